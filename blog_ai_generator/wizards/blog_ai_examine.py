# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from ..utils import IN_WINDOW, installed_languages, notification


class BlogAiExamine(models.TransientModel):
    """Say what a person takes responsibility for before, and who took it after."""

    _name = "blog.ai.examine"
    _description = "Take Responsibility"

    post_id = fields.Many2one(
        "blog.post", required=True, readonly=True, ondelete="cascade"
    )
    # The language of a translation; empty for the text itself.
    translated_lang = fields.Selection(installed_languages, readonly=True)
    title = fields.Char(compute="_compute_effect")
    language = fields.Char(compute="_compute_effect")
    effect = fields.Text(compute="_compute_effect")
    others = fields.Text(compute="_compute_effect")

    @api.depends("post_id", "translated_lang")
    @api.depends_context("lang")
    def _compute_effect(self):
        self.title = self.language = self.effect = self.others = False
        for wizard in self.filtered("post_id"):
            post, lang = wizard.post_id, wizard._lang()
            wizard.title = post._blog_ai_in(lang).name
            wizard.language = post._blog_ai_language_names([lang])
            wizard.effect = wizard._effect()
            others = post._blog_ai_open_langs() - {lang}
            wizard.others = bool(others) and self.env._(
                "This does not include: %(languages)s.",
                languages=post._blog_ai_language_names(others),
            )

    def _lang(self) -> str:
        return self.translated_lang or self.post_id.sudo()._blog_ai_text_lang()

    def _effect(self) -> str:
        post = self.post_id.sudo()
        label = post._blog_ai_in(self._lang())._blog_ai_label()
        setting = post.blog_id.blog_ai_label
        if setting == "never" or not label:
            return self.env._("The page has no label, so visitors see no change.")
        if setting == "always":
            return self.env._(
                "The label of the page then says that a person reviewed the text."
            )
        return self.env._(
            "In this language, the page no longer says: “%(label)s”", label=label
        )

    def _taken_note(self) -> str:
        # The fields of a translation do not say who took it.
        user = not self.translated_lang and self.post_id.sudo().blog_ai_examined_by
        return self.env._(
            "%(user)s has already taken responsibility (%(language)s).",
            user=user and user.name or self.env._("Somebody"),
            language=self.language,
        )

    def action_take(self):
        self.ensure_one()
        post, lang = self.post_id.with_context(blog_ai_asks=False), self._lang()
        is_in_window = self.env.context.get(IN_WINDOW)
        if is_in_window and lang not in post._blog_ai_open_langs():
            return notification(self._taken_note(), "warning")
        if self.translated_lang:
            post._blog_ai_examine_translation(lang)
        else:
            post.action_blog_ai_examined()
        return notification(post._blog_ai_examined_note(self.env.user, lang))
