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
            ("unreviewed", "Until responsibility is taken"),
            ("always", "Always"),
            ("never", "Never"),
        ],
        "AI Label",
        default="unreviewed",
        required=True,
        help="Posts that a language model wrote say so at the beginning: always, "
        "never, or until a person takes editorial responsibility for the text, by the "
        "tick in the window “Approve” or by “Take responsibility”. An approval alone "
        "does not count.",
    )
    blog_ai_label_text = fields.Char(
        "Text of the AI Label",
        translate=True,
        help="Leave empty for a sentence that says whether a person edited or reviewed "
        "the text.",
    )
    # Codes of the languages that have such a text of their own.
    blog_ai_label_langs = fields.Json(
        "Languages of the AI Label",
        compute="_compute_blog_ai_label_langs",
        store=True,
        copy=True,
    )
    # Odoo's copy in English of a text that was written first in another language.
    blog_ai_label_copied = fields.Char(
        "AI Label Copied to English",
        compute="_compute_blog_ai_label_langs",
        store=True,
        copy=True,
    )
    blog_ai_label_note = fields.Char(compute="_compute_blog_ai_label_note")

    @api.depends("blog_ai_label_text")
    def _compute_blog_ai_label_langs(self):
        """Tell the languages that people wrote in from Odoo's copy to English.

        The copy stays when the text in the other language is changed or removed. While
        English is switched off, all that Odoo writes there is a copy.
        """
        found = self._origin._blog_ai_label_texts()
        is_on = ENGLISH in dict(installed_languages(self))
        for blog in self:
            texts, langs, copied = found.get(blog._origin.id, ({}, None, None))
            english = texts.get(ENGLISH)
            others = {lang: text for lang, text in texts.items() if lang != ENGLISH}
            copies = [copied] if copied else others.values()
            is_own = is_on and (ENGLISH in (langs or ()) or english not in copies)
            own = {ENGLISH, *others} if is_own else {*others}
            blog.blog_ai_label_langs = sorted(own) if english else False
            blog.blog_ai_label_copied = not is_own and english

    def _blog_ai_label_texts(self) -> dict[int, tuple[dict, list | None, str | None]]:
        """Return what the database has of the texts of blogs.

        :return: the texts by language, without Odoo's fallback to English, then the
            other languages and the copy as they were computed before
        """
        self.flush_recordset(["blog_ai_label_text"])
        query = """
            SELECT id, blog_ai_label_text, blog_ai_label_langs, blog_ai_label_copied
              FROM blog_blog
             WHERE id = ANY(%s) AND blog_ai_label_text IS NOT NULL
        """
        return {row[0]: row[1:] for row in self.env.execute_query(SQL(query, self.ids))}

    @api.depends("blog_ai_label_text", "blog_ai_label_langs", "website_id")
    @api.depends_context("lang")
    def _compute_blog_ai_label_note(self):
        installed = dict(installed_languages(self))
        for blog in self:
            of_site = blog.website_id.sudo().language_ids.mapped("code") or installed
            own = {*(blog.blog_ai_label_langs or ())}
            if blog.blog_ai_label_text != blog._origin.blog_ai_label_text:
                # Not saved yet, and in the language of its writer.
                own.add(self.env.lang or ENGLISH)
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
        """Return the text that people wrote in the language of a page, or none.

        It may be in another language than the blog: an editor who works in French
        writes French words, which no reader of an English page should get.
        """
        is_own = (self.env.lang or ENGLISH) in (self.blog_ai_label_langs or ())
        return (is_own and self.blog_ai_label_text) or ""
