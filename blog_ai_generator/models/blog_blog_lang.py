# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models

from ..internals import default_language


class BlogBlogLang(models.Model):
    """The languages in which visitors read a blog."""

    _inherit = "blog.blog"  # pylint: disable=consider-merging-classes-inherited

    def _blog_ai_hidden_note(self, langs) -> str | bool:
        """Return which of these languages visitors can't choose, and what to do."""
        if not langs:
            return False
        having = [("language_ids", "in", langs.ids)]
        websites = self.website_id or self.env["website"].search(having)
        hidden = langs - websites.sudo().language_ids
        return bool(hidden) and self.env._(
            "The website does not have these languages yet, so visitors can't choose "
            "them: %(languages)s. An administrator can add them under Website ▸ "
            "Configuration ▸ Settings.",
            languages=", ".join(hidden.mapped("name")),
        )

    def _blog_ai_path_in(self, lang: str, path: str) -> str:
        """Return the path of a page of this blog in a language.

        :param lang: code of the language; the website may not have it any more
        :param path: as it is in the website's default language
        """
        website = self.website_id or self.env["website"].get_current_website()
        if default_language(website) == lang:
            return path
        found = website.sudo().language_ids.filtered(lambda it: it.code == lang)
        return f"/{found.url_code}{path}" if found else path
