# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json

from markupsafe import Markup

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.i18n import format_list

from ..content import text_digest
from ..utils import installed_languages, open_wizard

LABEL = Markup('<p class="o_blog_ai_label small" role="note">%s</p>')
CREDIT = Markup('<p class="o_blog_ai_credit small">%s</p>')


class BlogPostLabel(models.Model):
    """The label at the beginning of a text that a model wrote."""

    _inherit = "blog.post"  # pylint: disable=consider-merging-classes-inherited

    # Codes of languages whose text a model translated, and of those among them for
    # which a person has taken responsibility. Without groups: a visitor's page reads
    # them with the other columns.
    blog_ai_translated_langs = fields.Json("Languages by AI", readonly=True, copy=False)
    blog_ai_examined_langs = fields.Json(
        "Languages Examined", readonly=True, copy=False
    )

    def _blog_ai_label(self) -> str:
        """Return the label that visitors read, or an empty string.

        Everything has been read for the page already: this makes no query.
        """
        return self._blog_ai_text_label() or self._blog_ai_translation_label()

    def _blog_ai_translation_label(self) -> str:
        setting = self.blog_id.blog_ai_label
        if setting == "never" or not self._blog_ai_is_translated():
            return ""
        if self._blog_ai_page_grade() != "reviewed":
            return self.env._("Artificial intelligence (AI) translated this text.")
        if setting != "always":
            return ""
        return self.env._(
            "Artificial intelligence (AI) translated this text, and a person reviewed "
            "it."
        )

    def _blog_ai_is_translated(self) -> bool:
        return self.env.lang in (self.blog_ai_translated_langs or ())

    def _blog_ai_page_grade(self) -> str | bool:
        """Return the grade of the text in this language.

        A translation is not the text that people edited or examined: it has a person
        of its own who answers for it, or nobody.
        """
        if not self._blog_ai_is_translated():
            return self.blog_ai_grade
        is_examined = self.env.lang in (self.blog_ai_examined_langs or ())
        return "reviewed" if is_examined else "generated"

    def _blog_ai_set_translated(self, lang: str, responsible: bool) -> None:
        """Note that a model translated the text of a language.

        :param responsible: whether this person takes editorial responsibility for it
        """
        translated = {*(self.blog_ai_translated_langs or ()), lang}
        examined = {*(self.blog_ai_examined_langs or ())} - {lang}
        if responsible:
            examined.add(lang)
        self.blog_ai_translated_langs = sorted(translated)
        self.blog_ai_examined_langs = sorted(examined)
        if responsible:
            said = self.env._(
                "I have examined the translation into %(language)s and take editorial "
                "responsibility.",
                language=dict(installed_languages(self)).get(lang, lang),
            )
            content = self._blog_ai_in(lang).content or ""
            self._blog_ai_log_examined(said, text_digest(lang, content))

    def _blog_ai_examine_translation(self, lang: str) -> None:
        self.env["blog.ai.generation"]._check_may_review()
        self.check_access("write")
        if lang in (self.blog_ai_translated_langs or ()):
            self.sudo()._blog_ai_set_translated(lang, responsible=True)

    def _blog_ai_ask_examined(self, **values) -> dict:
        """Open the window that names what a person takes responsibility for."""
        name, values = self.env._("Take responsibility"), {"post_id": self.id, **values}
        return open_wizard(self.env["blog.ai.examine"], name, values)

    def _blog_ai_open_langs(self) -> set[str]:
        """Return the languages for whose text nobody answers."""
        post = self.sudo()
        langs = {*(post.blog_ai_translated_langs or ())}
        if post.blog_ai_grade in ("generated", "edited"):
            langs.add(post._blog_ai_text_lang())
        return langs.difference(post.blog_ai_examined_langs or ())

    def _blog_ai_examined_note(self, user, lang: str) -> str:
        """Say who answers for a language, and for which ones nobody does."""
        language = self._blog_ai_language_names([lang])
        if others := self._blog_ai_open_langs() - {lang}:
            return self.env._(
                "%(user)s has taken responsibility (%(language)s). Still open: "
                "%(languages)s.",
                user=user.sudo().name,
                language=language,
                languages=self._blog_ai_language_names(others),
            )
        return self.env._(
            "%(user)s has taken responsibility (%(language)s).",
            user=user.sudo().name,
            language=language,
        )

    @api.model
    def _blog_ai_language_names(self, langs) -> str:
        # A language may have been switched off meanwhile.
        names = dict(installed_languages(self))
        return format_list(self.env, sorted(names.get(lang, lang) for lang in langs))

    def _blog_ai_text_label(self) -> str:
        self.ensure_one()
        blog, grades = self.blog_id, (self.blog_ai_grade, self._blog_ai_page_grade())
        is_shown = blog.blog_ai_label == "always" or (
            blog.blog_ai_label == "unreviewed" and "reviewed" not in grades
        )
        if not (self.blog_ai_is_generated and is_shown):
            return ""
        return blog._blog_ai_own_label() or self._blog_ai_default_label()

    def _blog_ai_default_label(self) -> str:
        if self._blog_ai_is_translated():
            return self._blog_ai_translated_label()
        match self._blog_ai_page_grade():
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

    def _blog_ai_translated_label(self) -> str:
        if self._blog_ai_page_grade() == "reviewed":
            return self.env._(
                "Artificial intelligence (AI) wrote and translated this text, and a "
                "person reviewed it."
            )
        return self.env._(
            "Artificial intelligence (AI) wrote and translated this text."
        )

    @api.model
    def _blog_ai_keep_labels(self) -> None:
        """Write labels and photographers into the texts, as the addon is uninstalled.

        Written as SQL, since the ORM would replace the text of the other languages.
        """
        posts = self.with_context(active_test=False)
        marked = Domain("blog_ai_is_generated", "=", True)
        for name in ("blog_ai_credit", "blog_ai_translated_langs"):
            marked |= Domain(name, "!=", False)
        for post in posts.search(marked):
            query = "SELECT content FROM blog_post WHERE id = %s"
            ((texts,),) = self.env.execute_query(SQL(query, post.id))
            labelled = {
                lang: post._blog_ai_in(lang)._blog_ai_with_labels(text)
                for lang, text in (texts or {}).items()
            }
            query = "UPDATE blog_post SET content = %s::jsonb WHERE id = %s"
            self.env.cr.execute(SQL(query, json.dumps(labelled), post.id))
        posts.invalidate_model(["content"])

    def _blog_ai_in(self, lang: str):
        """Return the post in a language, or in its blog's if that was switched off."""
        is_on = lang in dict(self.env["res.lang"].get_installed())
        lang = lang if is_on else self.blog_id._blog_ai_lang()
        return self.with_context(lang=lang)

    def _blog_ai_with_labels(self, text: str) -> Markup:
        label, credit = self._blog_ai_label(), self._blog_ai_credit()
        front = LABEL % label if label else Markup()
        end = CREDIT % credit if credit else Markup()
        return front + Markup(text) + end
