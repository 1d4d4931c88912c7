# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from .common import BlogAiCase


class SocialCase(BlogAiCase):
    def written(self, **values):
        """Return the post of a generation that is done."""
        generation = self.ask(**values)
        self.attempt(generation)
        return generation.post_id

    def copy_of(self, post, network):
        return post.social_ids.filtered(lambda copy: copy.network == network)
