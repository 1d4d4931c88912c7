# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from ..utils import open_form, open_list

VIEW = "blog_ai_generator.blog_ai_generation_view_list_translations"


class BlogAiGenerationLanguage(models.Model):
    """Pages of a post in other languages, and whether visitors can read them."""

    _inherit = "blog.ai.generation"  # pylint: disable=consider-merging-classes-inherited

    has_translations = fields.Boolean(compute="_compute_has_translations")
    translation_count = fields.Integer(compute="_compute_has_translations")
    waiting_note = fields.Char(compute="_compute_has_translations")

    @api.depends("post_id", "state")
    @api.depends_context("lang", "uid", "allowed_company_ids")
    def _compute_has_translations(self):
        posts = (self - self._translations()).post_id
        # One statement for all fields, which the form reads.
        found = self.search_fetch(
            [("translated_post_id", "in", posts.ids)],
            ["translated_post_id", "lang", "state", "review_state"],
        )
        for generation in self:
            is_article = generation.kind != "translation"
            mine = found.filtered(
                lambda it, post=generation.post_id: it.translated_post_id == post
            )
            generation.has_translations = bool(mine)
            generation.translation_count = len(mine)
            generation.waiting_note = is_article and mine._waiting_note()

    def _waiting_note(self) -> str | bool:
        """Say which of these translations of a post visitors do not see yet."""
        waiting = self.filtered(lambda it: it.review_state == "pending")
        writing = self.filtered(lambda it: it.state in ("queued", "writing"))
        notes = []
        if waiting:
            notes.append(
                self.env._(
                    "Waiting for approval: the translation into %(languages)s. "
                    "Visitors do not see it until then.",
                    languages=waiting._language_names(),
                )
            )
        if writing:
            notes.append(
                self.env._(
                    "Not ready yet: the translation into %(languages)s.",
                    languages=writing._language_names(),
                )
            )
        return bool(notes) and " ".join(notes)

    def _language_names(self) -> str:
        return self.env["blog.post"]._blog_ai_language_names({*self.mapped("lang")})

    def action_review_translations(self):
        """Open the translation that waits for approval, or the list of several."""
        self.ensure_one()
        waiting = self._waiting_translations(self.post_id).filtered(
            lambda it: it.review_state == "pending"
        )
        if len(waiting) == 1:
            return open_form(waiting)
        return self.action_open_translations()

    def action_open_translations(self):
        self.ensure_one()
        return self._open_translations(
            [("translated_post_id", "in", self.post_id.ids)],
            help=self.env._(
                "The post is translated once it is written, or once it is approved if "
                "it is reviewed."
            ),
        )

    @api.model
    def _open_translations(self, domain: list, **values) -> dict:
        """Return the action that lists translations with their languages.

        :param values: further keys of the action
        """
        values["views"] = [(self.env.ref(VIEW).id, "list"), (False, "form")]
        return open_list(self, self.env._("Translations"), domain, **values)

    def action_open_post(self):
        """Open the page in the language of the translation, if visitors can."""
        action = super().action_open_post()
        is_shown = self.kind == "translation" and self.review_state in (
            "none",
            "approved",
        )
        if is_shown and not self._hidden_note() and "path" in action.get("params", {}):
            post = self.post_id.with_context(lang=self.lang)
            path = post.blog_id._blog_ai_path_in(self.lang, post.website_url)
            action["params"]["path"] = path
        return action

    def _hidden_note(self) -> str | bool:
        langs = self.env["res.lang"].search([("code", "=", self.lang)])
        return self.blog_id._blog_ai_hidden_note(langs)

    def _done_note(self) -> str:
        note = super()._done_note()
        is_complete = self.review_state == "approved"  # it is the note of the review
        return note if is_complete else self._with_hidden_note(note)

    def _review_note(self) -> str | bool:
        note = super()._review_note()
        is_open = self.review_state in ("pending", "approved")
        return self._with_hidden_note(note) if is_open else note

    def _with_hidden_note(self, note: str) -> str:
        hidden = self.kind == "translation" and self._hidden_note()
        return f"{note} {hidden}" if hidden else note
