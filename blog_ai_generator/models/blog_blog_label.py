# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.tools import SQL

from ..utils import installed_languages

ENGLISH = "en_US"


class BlogBlogLabel(models.Model):
    """Settings for the label that says that a model wrote a post."""

    _inherit = "blog.blog"  # pylint: disable=consider-merging-classes-inherited

    # They have no groups: a visitor's page reads them with the other columns of a blog.
    blog_ai_label = fields.Selection(
        [
            ("unreviewed", "Unless reviewed"),
            ("always", "Always"),
            ("never", "Never"),
        ],
        "AI Label",
        default="unreviewed",
        required=True,
        help="Posts that a language model wrote say so at the beginning: always, "
        "never, or until a person takes editorial responsibility for the text.",
    )
    blog_ai_label_text = fields.Char(
        "Text of the AI Label",
        translate=True,
        help="Leave empty for a sentence that says whether a person edited or reviewed "
        "the text.",
    )
    # Codes of the languages that have such a text of their own.
    blog_ai_label_langs = fields.Json(
        "Languages of the AI Label", compute="_compute_blog_ai_label_langs", store=True
    )
    blog_ai_label_note = fields.Char(compute="_compute_blog_ai_label_note")

    @api.depends("blog_ai_label_text")
    def _compute_blog_ai_label_langs(self):
        found = self._origin._blog_ai_label_texts()
        for blog in self:
            texts = {**found.get(blog._origin.id, {})}
            # Odoo copies a text that is written in another language first to English.
            english = texts.pop(ENGLISH, None)
            langs = {*texts} if english in texts.values() else {ENGLISH, *texts}
            blog.blog_ai_label_langs = sorted(langs) if english else False

    def _blog_ai_label_texts(self) -> dict[int, dict[str, str]]:
        """Return the texts of blogs by language, without Odoo's fallback to English."""
        self.flush_recordset(["blog_ai_label_text"])
        query = """
            SELECT id, blog_ai_label_text
              FROM blog_blog
             WHERE id = ANY(%s) AND blog_ai_label_text IS NOT NULL
        """
        return dict(self.env.execute_query(SQL(query, self.ids)))

    @api.depends("blog_ai_label_langs", "website_id")
    @api.depends_context("lang")
    def _compute_blog_ai_label_note(self):
        installed = dict(installed_languages(self))
        for blog in self:
            of_site = blog.website_id.sudo().language_ids.mapped("code") or installed
            own = {blog._blog_ai_lang(), *(blog.blog_ai_label_langs or ())}
            others = [
                name
                for code, name in installed.items()
                if code in of_site and code not in own
            ]
            blog.blog_ai_label_note = bool(blog.blog_ai_label_text and others) and (
                self.env._(
                    "Pages in %(others)s show the usual sentence. To translate your "
                    "text, save it and press the code of the language beside it.",
                    others=", ".join(others),
                )
            )

    def _blog_ai_own_label(self) -> str:
        """Return the text that people wrote for the language of a page, or none."""
        lang = self.env.lang or ENGLISH
        text = self.blog_ai_label_text
        is_own = lang in (self.blog_ai_label_langs or ())
        return text if text and (is_own or lang == self._blog_ai_lang()) else ""
