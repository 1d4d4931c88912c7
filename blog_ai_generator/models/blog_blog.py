# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import math
from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ..similar import find_similar


class Written(NamedTuple):
    """A title that is taken: by a post, a draft, a generation or a waiting topic."""

    kind: str
    name: str
    title: str
    generation_id: int | None = None
    topic_id: int | None = None
    place: tuple[int, int] | None = None

    def label(self, env) -> str:
        return {
            "topic": env._("the waiting topic “%s”", self.name),
            "generation": env._("“%s”, which is being written", self.name),
            "draft": env._("the draft “%s”", self.name),
            "post": env._("the post “%s”", self.name),
        }[self.kind]


class BlogBlog(models.Model):
    _inherit = "blog.blog"

    blog_ai_link_hosts = fields.Char(
        "Sites the AI May Link To",
        groups="website.group_website_designer",
        help="Sites, such as www.example.com, that generated articles of this blog may "
        "link to. Links to any other site are removed: models invent them.",
    )

    blog_ai_recipient_ids = fields.Many2many(
        "res.partner",
        "blog_blog_blog_ai_recipient_rel",
        string="Recipients of AI Posts",
        groups="website.group_website_designer",
        help="Empty: those of the company.",
    )

    def _blog_ai_recipients(self):
        """Who is told of a post unless a slot or a person says otherwise."""
        company = self.website_id.company_id or self.env.company
        return self.blog_ai_recipient_ids or company.sudo().blog_ai_recipient_ids

    def _blog_ai_link_hosts(self) -> frozenset[str]:
        hosts = (self.blog_ai_link_hosts or "").replace(",", " ").lower()
        return frozenset(hosts.split())

    @api.constrains("blog_ai_link_hosts")
    def _check_link_hosts(self):
        for blog in self:
            for host in blog._blog_ai_link_hosts():
                if "/" in host or ":" in host or "." not in host.strip("."):
                    raise ValidationError(
                        self.env._(
                            "“%(host)s” is not the name of a site. Enter names such as "
                            "www.example.com, without https:// and path.",
                            host=host,
                        )
                    )

    def _blog_ai_find_similar(
        self, title: str, topic=None, generation=None, written=None
    ) -> str:
        """What of this blog a title resembles, in words for a person; else empty.

        The one check for wizard, queue, slot and retry: against waiting topics, what
        is being written, drafts and published posts.

        :param topic: the ``blog.ai.topic`` that the title is of; of two waiting topics
            that resemble each other, the later one is the duplicate
        :param generation: the generation that the title is of
        :param written: what :meth:`_blog_ai_titles` returned, to check many titles
        """
        self.ensure_one()
        own = set(topic.generation_ids.ids if topic else ()) | set(
            generation.ids if generation else ()
        )
        place = (topic.sequence, topic.id or math.inf) if topic else None
        found = find_similar(
            title,
            (
                (entry, entry.title)
                for entry in (self._blog_ai_titles() if written is None else written)
                if entry.generation_id not in own
                and (entry.place is None or place is None or entry.place < place)
                and (not generation or entry.topic_id != generation.topic_id.id)
            ),
        )
        return found.label(self.env) if found else ""

    def _blog_ai_titles(self) -> list[Written]:
        """All titles of this blog that another one is compared with, posts first.

        A post is compared by its own title and by the topic it was written for.
        """
        blog = self.sudo()
        posts = blog.env["blog.post"].search_fetch(
            [("blog_id", "=", blog.id)],
            ["name", "is_published", "blog_ai_generation_id"],
        )
        generations = blog.env["blog.ai.generation"].search_fetch(
            Domain("id", "in", posts.blog_ai_generation_id.ids)
            | Domain("blog_id", "=", blog.id)
            & Domain("state", "in", ("queued", "writing")),
            ["topic", "state"],
        )
        topics = blog.env["blog.ai.topic"].search_fetch(
            [("blog_id", "=", blog.id), ("state", "=", "waiting")],
            ["name", "sequence"],
        )
        titles = []
        for post in posts:
            kind = "post" if post.is_published else "draft"
            generation = post.blog_ai_generation_id
            titles.append(Written(kind, post.name, post.name, generation.id))
            if generation:
                titles.append(Written(kind, post.name, generation.topic, generation.id))
        for generation in generations.filtered(lambda g: g.state != "done"):
            topic = generation.topic
            titles.append(Written("generation", topic, topic, generation.id))
        for topic in topics:
            place = (topic.sequence, topic.id)
            titles.append(
                Written("topic", topic.name, topic.name, None, topic.id, place)
            )
        return titles
