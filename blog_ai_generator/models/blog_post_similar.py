# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.tools import SQL

from ..fields import TitleKeys
from ..similar_keys import title_keys
from ..utils import hide_fields


class BlogPostSimilar(models.Model):
    _inherit = "blog.post"  # pylint: disable=consider-merging-classes-inherited

    # The group keeps the column out of the queries of visitors.
    blog_ai_title_keys = TitleKeys(
        "Title Keys",
        compute="_compute_blog_ai_title_keys",
        store=True,
        precompute=True,
        groups="website.group_website_designer",
    )

    _blog_ai_similar = models.Index(
        "USING gin (blog_ai_title_keys) WITH (fastupdate = off)"
    )

    @api.model
    def fields_get(self, allfields=None, attributes=None):
        found = super().fields_get(allfields, attributes)
        return hide_fields(found, {"blog_ai_title_keys"})

    # The topic of a generation never changes.
    @api.depends("name", "blog_ai_generation_id")
    def _compute_blog_ai_title_keys(self):
        names = self._blog_ai_names()
        for post in self:
            asked = post.sudo().blog_ai_generation_id.topic
            titles = {*names.get(post.id, [post.name]), asked}
            post.blog_ai_title_keys = title_keys(*filter(None, titles))

    def _blog_ai_names(self) -> dict[int, list[str]]:
        """Return the titles in all languages of the posts that are stored, by id."""
        if not self.ids:
            return {}
        self.flush_recordset(["name"])
        rows = self.env.execute_query(
            SQL("SELECT id, name FROM blog_post WHERE id = ANY(%s)", self.ids)
        )
        return {post: list((name or {}).values()) for post, name in rows}
