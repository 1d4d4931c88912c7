# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from .common import BlogAiCase


class TopicCase(BlogAiCase):
    """Topics in the queue of one blog."""

    def topic(self, name="Lemons in pots", **values):
        return self.env["blog.ai.topic"].create(
            {"name": name, "blog_id": self.blog.id, **values}
        )
