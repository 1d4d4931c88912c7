# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class BlogAiGenerationExamined(models.Model):
    """Tell whether somebody answers for a published text, and let a person do so."""

    _inherit = "blog.ai.generation"  # pylint: disable=consider-merging-classes-inherited

    is_unexamined = fields.Boolean(
        "Nobody Is Responsible", compute="_compute_is_unexamined"
    )
    unexamined_note = fields.Char(compute="_compute_unexamined_note")
    examined_note = fields.Char(compute="_compute_examined_note")

    @api.depends(
        "state",
        "translated_post_id.blog_ai_translated_langs",
        "translated_post_id.blog_ai_examined_langs",
        "post_ids.blog_ai_grade",
        "post_ids.is_published",
    )
    def _compute_is_unexamined(self):
        for generation in self:
            if generation.kind == "translation":
                post = generation.translated_post_id
                langs = {*(post.blog_ai_translated_langs or ())}
                examined = post.blog_ai_examined_langs or ()
                generation.is_unexamined = generation.lang in langs.difference(examined)
            else:
                # The window that publishes a draft asks for it.
                post = generation.post_id.sudo()
                graded = post.blog_ai_grade in ("generated", "edited")
                generation.is_unexamined = post.is_published and graded

    @api.depends(
        "is_unexamined",
        "post_ids.blog_ai_grade",
        "translated_post_id.blog_ai_grade",
        "translated_post_id.blog_id.blog_ai_label",
        "translated_post_id.blog_id.blog_ai_label_text",
        "blog_id.blog_ai_label",
        "blog_id.blog_ai_label_text",
    )
    @api.depends_context("lang")
    def _compute_unexamined_note(self):
        for generation in self:
            is_told = generation.is_unexamined
            generation.unexamined_note = is_told and (
                generation._unexamined_translation_note()
                if generation.kind == "translation"
                else generation._unexamined_text_note()
            )

    @api.depends(
        "is_unexamined",
        "post_ids.blog_ai_examined_by",
        "post_ids.blog_ai_translated_langs",
        "post_ids.blog_ai_examined_langs",
    )
    @api.depends_context("lang")
    def _compute_examined_note(self):
        # Tell of the text itself: a translation stores no person, its post's chatter
        # does.
        for generation in self:
            post = generation.post_ids[:1].sudo()
            is_told = post.is_published and post.blog_ai_grade == "reviewed"
            generation.examined_note = is_told and post._blog_ai_examined_note(
                post.blog_ai_examined_by, post._blog_ai_text_lang()
            )

    def _unexamined_text_note(self) -> str:
        post = self.post_id.sudo()
        label = post._blog_ai_in(post._blog_ai_text_lang())._blog_ai_text_label()
        if not label:
            return self.env._(
                "Nobody has taken responsibility for this text. The page shows no "
                "label, as the blog never does."
            )
        if post.blog_id.blog_ai_label == "always":
            return self.env._(
                "Nobody has taken responsibility for this text. The page says: "
                "“%(label)s”",
                label=label,
            )
        return self.env._(
            "Until somebody takes responsibility for this text, the page says: "
            "“%(label)s”",
            label=label,
        )

    def _unexamined_translation_note(self) -> str:
        post = self.translated_post_id._blog_ai_in(self.lang)
        label = post._blog_ai_label()
        if post.blog_id.blog_ai_label == "never":
            return self.env._(
                "Nobody has taken responsibility for this translation. The page shows "
                "no label, as the blog never does."
            )
        if not label:
            return self.env._("Nobody has taken responsibility for this translation.")
        if post.blog_id.blog_ai_label == "always":
            return self.env._(
                "Nobody has taken responsibility for this translation. In this "
                "language, the page says about the text: “%(label)s”",
                label=label,
            )
        return self.env._(
            "Until somebody takes responsibility for this translation, the page says "
            "in this language: “%(label)s”",
            label=label,
        )

    def action_examined(self):
        """Take editorial responsibility for a text that visitors can see."""
        post = self._reviewed_post()
        if self.kind != "translation":
            return post.action_blog_ai_examined()
        post.check_access("write")
        if self.env.context.get("blog_ai_asks"):
            return post._blog_ai_ask_examined(translated_lang=self.lang)
        return post._blog_ai_examine_translation(self.lang)
