# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from ..utils import installed_languages


class BlogPostSocialTranslation(models.Model):
    """The text for one network that comes with a translation of a post.

    It has a table of its own: a condition on the texts of a post would cost each new
    post a statement.
    """

    _name = "blog.post.social.translation"
    _description = "Social Copy in Another Language"
    _inherit = ["blog.post.social"]
    _order = "post_id, lang, id"

    lang = fields.Selection(
        installed_languages, "Language", required=True, readonly=True
    )

    _one_a_network = models.Constraint(
        "UNIQUE (post_id, network, lang)",
        "This post has a text for that network and language already. Change that one.",
    )

    def _announced_post(self):
        return self.post_id._origin._blog_ai_in(self.lang)

    def _page_url(self) -> str:
        post = self._announced_post()
        path = post.blog_id._blog_ai_path_in(self.lang, post.website_url)
        return f"{post.get_base_url()}{path}"

    def _tracked_url(self) -> str:
        return self._page_url()

    @api.model
    def _check_one_a_network(self, vals_list):
        """Leave it to the database: only an approved translation creates texts."""
