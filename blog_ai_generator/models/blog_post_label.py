# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json

from markupsafe import Markup

from odoo import api, models
from odoo.tools import SQL

LABEL = Markup('<p class="o_blog_ai_label small" role="note">%s</p>')


class BlogPostLabel(models.Model):
    """The label at the beginning of a text that a model wrote."""

    _inherit = "blog.post"  # pylint: disable=consider-merging-classes-inherited

    def _blog_ai_label(self) -> str:
        """Return the label that visitors read, or an empty string.

        Everything has been read for the page already: this makes no query.
        """
        self.ensure_one()
        blog = self.blog_id
        is_shown = blog.blog_ai_label == "always" or (
            blog.blog_ai_label == "unreviewed" and self.blog_ai_grade != "reviewed"
        )
        if not (self.blog_ai_is_generated and is_shown):
            return ""
        return blog.blog_ai_label_text or self._blog_ai_default_label()

    def _blog_ai_default_label(self) -> str:
        match self.blog_ai_grade:
            case "reviewed":
                return self.env._(
                    "Artificial intelligence (AI) wrote this text, and a person "
                    "reviewed it."
                )
            case "edited":
                return self.env._(
                    "Artificial intelligence (AI) wrote this text, and a person "
                    "edited it."
                )
        return self.env._("Artificial intelligence (AI) wrote this text.")

    @api.model
    def _blog_ai_keep_labels(self) -> None:
        """Write the labels into the texts, as the addon is uninstalled.

        Written as SQL, since the ORM would replace the text of the other languages.
        """
        posts = self.with_context(active_test=False)
        for post in posts.search([("blog_ai_is_generated", "=", True)]):
            query = "SELECT content FROM blog_post WHERE id = %s"
            ((texts,),) = self.env.execute_query(SQL(query, post.id))
            labelled = {
                lang: LABEL % label + Markup(text) if label else text
                for lang, text in (texts or {}).items()
                for label in [post._blog_ai_label_in(lang)]
            }
            query = "UPDATE blog_post SET content = %s::jsonb WHERE id = %s"
            self.env.cr.execute(SQL(query, json.dumps(labelled), post.id))
        posts.invalidate_model(["content"])

    def _blog_ai_label_in(self, lang: str) -> str:
        # A text may be left of a language that was switched off.
        is_on = lang in dict(self.env["res.lang"].get_installed())
        lang = lang if is_on else self.blog_id._blog_ai_lang()
        return self.with_context(lang=lang)._blog_ai_label()
