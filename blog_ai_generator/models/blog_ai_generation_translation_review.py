# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from markupsafe import Markup

from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..llm.translation import pieces_of
from ..messages import value_of
from ..utils import installed_languages
from .blog_ai_generation_review import ACTIVITY
from .blog_post_social import NETWORKS

# Activities about the translations of posts.
OTHERS = """
    (SELECT review_activity_id
       FROM blog_ai_generation
      WHERE translated_post_id = ANY(%s) AND review_activity_id IS NOT NULL)
"""

# The title is the heading of the form.
PAGE = Markup("%s<p><em>%s</em></p>%s")
SUBTITLE = Markup('<p class="lead">%s</p>')
# A list instead of a table: it fits on a phone.
BESIDE = Markup("<hr/><h2>%s</h2><dl>%s</dl>")
TEXT = Markup(
    '<dt class="fw-bold">%s</dt>'
    '<dd class="text-break" style="white-space: pre-line">%s</dd>'
)
# Texts that are not on the page, by their names in messages.
NOT_ON_PAGE = {key: key for key in ("seo_title", "seo_description", "keywords")}
NOT_ON_PAGE |= {f"social.{key}": key for key, _name in NETWORKS}


class BlogAiGenerationTranslationReview(models.Model):
    """The review of a translation, whose post may be published already."""

    _inherit = "blog.ai.generation"  # pylint: disable=consider-merging-classes-inherited

    # A post has one for each language, besides that of the draft itself.
    review_activity_id = fields.Many2one(
        "mail.activity",
        ondelete="set null",
        index="btree_not_null",
        readonly=True,
        copy=False,
    )

    def _translation_html(self) -> Markup:
        post = self.translated_post_id._blog_ai_in(self.source_lang)
        translation = self.translation
        pieces = pieces_of(translation["terms"], translation["labels"])
        texts = translation["fields"]
        body = post._fields["content"].translate(pieces.get, str(post.content or ""))
        page = PAGE % (
            SUBTITLE % texts["subtitle"] if "subtitle" in texts else "",
            texts.get("teaser", ""),
            Markup(body),  # the post's own, with pieces that are safe in it
        )
        return page + self._texts_beside_html(texts)

    def _texts_beside_html(self, texts: dict[str, str]) -> Markup:
        found = {name: texts[key] for name, key in NOT_ON_PAGE.items() if key in texts}
        named = (TEXT % (value_of(self.env, "field", n), t) for n, t in found.items())
        heading = self.env._("For search engines and networks")
        return BESIDE % (heading, Markup().join(named)) if found else Markup()

    def _ask_for_translation_review(self, email: bool) -> None:
        """Ask the reviewer, if there is one, as for a draft.

        :param email: whether Odoo sends its email about the activity
        """
        reviewer = self.reviewer_id
        if not reviewer:
            return
        # A language may have been switched off during the call.
        language = dict(installed_languages(self)).get(self.lang, self.lang)
        post = self.translated_post_id.with_context(
            lang=reviewer.lang, tz=reviewer.tz, mail_activity_quick_update=not email
        )
        self.review_activity_id = post.activity_schedule(
            ACTIVITY,
            user_id=reviewer.id,
            summary=post.env._("Review the translation: %s", language),
        )
        self.flush_recordset(["review_activity_id"])

    def _review_activities(self, domain=None):
        """Return also those of translations: each language has its own one."""
        translations = self._translations()
        drafts = self - translations
        # SQL, since the ORM would write first what is written together later.
        others = SQL(OTHERS, drafts.post_ids.ids)
        found = super(BlogAiGenerationTranslationReview, drafts)._review_activities(
            Domain(domain or []) & Domain("id", "not in", others)
        )
        return found + translations.review_activity_id

    def _approve(self, at=None, responsible=False, or_plain=False) -> None:
        if self.kind != "translation":
            return super()._approve(at, responsible, or_plain)
        self._check_undecided()
        self._check_brief()
        generation = self.sudo()
        generation._show_translation(responsible)
        generation._set_review_state("approved")
        return generation._reject_earlier()

    def _reject_earlier(self) -> None:
        """Replace what still waits by these translations, which are in their posts.

        The approval of one that was made before would bring an older text back. A
        rejection without a reason marks it as replaced: nobody has objected to it.
        """
        later = {(g.translated_post_id, g.lang): g for g in self}
        replaced = self.browse()
        for waiting in self._waiting_translations(self.translated_post_id):
            shown = later.get((waiting.translated_post_id, waiting.lang))
            if shown and waiting.review_state == "pending" and waiting.id < shown.id:
                waiting.rewrite_id = shown
                replaced += waiting
        if replaced:
            replaced._set_review_state("rejected", replaced[0]._replacement_note())

    def _set_review_state(self, state: str, feedback: str = "") -> None:
        pending = self.filtered(lambda g: g.review_state == "pending")
        result = super()._set_review_state(state, feedback)
        if state == "approved":
            approved = pending.filtered(lambda g: g.review_state == "approved")
            (approved - approved._translations()).sudo()._queue_translations()
        return result

    def _question_before_retry(self) -> str:
        # The post of a translation resembles itself.
        return super(
            BlogAiGenerationTranslationReview, self - self._translations()
        )._question_before_retry()

    def _done_note(self) -> str:
        if self.kind != "translation" or self.review_state == "approved":
            return super()._done_note()
        post = self.post_id.sudo()
        if not post.is_published:
            return self.env._(
                "The translation is ready. Visitors see it when you publish the post."
            )
        if post._blog_ai_is_ahead():
            return self.env._(
                "The translation is ready. Visitors see it from %(moment)s.",
                moment=self._moment(post.post_date),
            )
        return self.env._("The translation is ready, and visitors can see it.")

    def _approval_effect(self) -> str:
        """Return when visitors see this translation if somebody approves it."""
        post = self.post_id.sudo()
        if not post.is_published:
            return self.env._(
                "The post is not published yet. Visitors who read it in this language "
                "see these texts once it is."
            )
        if post._blog_ai_is_ahead():
            return self.env._(
                "Visitors who read the post in this language see these texts from "
                "%(moment)s, when the post becomes visible.",
                moment=self._moment(post.post_date),
            )
        return self.env._(
            "Visitors who read the post in this language see these texts then."
        )

    def _review_note(self) -> str | bool:
        if self.kind == "translation" and self.review_state == "pending":
            return self.env._(
                "This translation is not in the post yet. Read it below, then approve "
                "it to put it there, or reject it with a reason."
            )
        return super()._review_note()

    def _approval_note(self, user: str) -> str:
        if self.kind != "translation":
            return super()._approval_note(user)
        return self.env._("%(user)s approved this translation.", user=user)

    def _rejection_note(self, user: str) -> str:
        if self.kind != "translation":
            return super()._rejection_note(user)
        if not self.reject_reason:
            return self._replacement_note()
        return self.env._(
            "%(user)s rejected this translation: %(reason)s",
            user=user,
            reason=self.reject_reason,
        )

    def _replacement_note(self) -> str:
        if self.rewrite_id.sudo().review_state == "approved":
            return self.env._("A later translation was approved in its place.")
        return self.env._("A later translation took its place.")

    def _decided_note(self) -> str:
        is_replaced = self.kind == "translation" and self.review_state == "rejected"
        if is_replaced and not self.reject_reason:
            return self._replacement_note()
        return super()._decided_note()
