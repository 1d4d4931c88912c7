# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import dataclasses
from collections.abc import Sequence

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from .. import llm
from ..attempt import Attempt
from ..database import database_hold
from ..fields import PlainChar
from ..messages import Message, as_json, note_message
from ..pump import Claim, Failure, Limits
from ..utils import installed_languages

# Texts that people add to a post between the request and the call are paid for, too.
HEADROOM = 1.25


class BlogAiGenerationTranslation(models.Model):
    """The translation of a post: a generation that writes one more of its languages.

    It is queued, claimed, called and paid for like an article. Its post is the one that
    it translates, which keeps its own generation. A translation that waits for a review
    is stored here; visitors see it once it is written into the post.
    """

    _inherit = "blog.ai.generation"  # pylint: disable=consider-merging-classes-inherited

    kind = fields.Selection(
        [("article", "Article"), ("translation", "Translation")],
        required=True,
        default="article",
        readonly=True,
    )
    translated_post_id = fields.Many2one(
        "blog.post",
        ondelete="set null",
        index="btree_not_null",
        readonly=True,
    )
    source_lang = fields.Selection(
        installed_languages, "Translated From", readonly=True
    )
    # A hash of the texts that were translated: it differs once a text has changed.
    source_hash = PlainChar(readonly=True, copy=False)
    # UTF-8 octets that the request adds to the brief, for the budget.
    source_octets = fields.Integer(readonly=True, aggregator=None)
    # ``fields``, ``terms`` and ``labels`` of a ``llm.Translation``.
    translation = fields.Json("Translated Texts", readonly=True, copy=False)
    translation_html = fields.Html(
        "Translation", compute="_compute_translation_html", sanitize_style=True
    )
    translated_title = fields.Char(compute="_compute_translated_title")
    is_outdated = fields.Boolean(
        "Older Than the Text",
        compute="_compute_is_outdated",
        help="The post was changed after it was translated.",
    )

    _one_translation_at_a_time = models.UniqueIndex(
        "(translated_post_id, lang) "
        "WHERE translated_post_id IS NOT NULL AND state IN ('queued', 'writing')",
        "This post is being translated into that language already. Wait until it is "
        "done, or cancel that generation.",
    )
    _translations_have_no_post_of_their_own = models.Constraint(
        "CHECK (kind = 'translation' OR translated_post_id IS NULL)",
        "Only a translation begins with a post. Use “Translate” on the post.",
    )

    @api.depends("kind", "state", "translated_post_id")
    def _compute_post_id(self):
        result = super()._compute_post_id()
        for generation in self._translations():
            is_done = generation.state == "done"
            generation.post_id = is_done and generation.translated_post_id
        return result

    @api.depends("translation", "translated_post_id")
    @api.depends_context("lang")
    def _compute_translation_html(self):
        for generation in self:
            generation.translation_html = (
                generation.translation
                and generation.translated_post_id
                and generation._translation_html()
            )

    @api.depends("kind", "lang", "topic")
    @api.depends_context("lang")
    def _compute_display_name(self):
        """Name the language of a translation, which has the topic of its post."""
        result = super()._compute_display_name()
        names = dict(installed_languages(self))
        for translation in self._translations():
            language = names.get(translation.lang, translation.lang)
            translation.display_name = f"{translation.topic} ({language})"
        return result

    @api.depends("translation")
    def _compute_translated_title(self):
        for generation in self:
            texts = (generation.translation or {}).get("fields", {})
            generation.translated_title = texts.get("title")

    @api.depends("source_hash", "translated_post_id.content", "translated_post_id.name")
    def _compute_is_outdated(self):
        for generation in self:
            generation.is_outdated = bool(
                generation.source_hash
                and generation.translated_post_id
                and generation._source_hash() != generation.source_hash
            )

    def _translations(self):
        return self.filtered(lambda generation: generation.kind == "translation")

    def action_translate(self):
        self.ensure_one()
        return self.post_id.action_blog_ai_translate()

    def action_translate_again(self):
        """Open “Translate” with the post and the language of this translation."""
        self.ensure_one()
        lang = self.env["res.lang"].search([("code", "=", self.lang)])
        # Do not propose to pay for what another generation does already.
        waiting = self._waiting_translations(self.translated_post_id) - self.sudo()
        is_free = self.lang not in waiting.mapped("lang")
        return self.translated_post_id._blog_ai_open_translate(
            source_lang=self.source_lang, lang_ids=lang.ids if is_free else []
        )

    @api.model
    def _waiting_translations(self, posts):
        waits = Domain("state", "in", ("queued", "writing"))
        waits |= Domain("review_state", "=", "pending")
        return self.sudo().search(Domain("translated_post_id", "in", posts.ids) & waits)

    @api.model
    def _cancel_translations(self, posts) -> None:
        """Stop the translations of archived posts: nobody would read them."""
        waits = ("queued", "writing")
        domain = [("translated_post_id", "in", posts.ids), ("state", "in", waits)]
        if waiting := self.sudo().search(domain):
            stopped = waiting._locked_in_state(*waits)
            stopped._set_state_ended("cancelled")
            stopped._notify_updated()

    @api.model
    def _prepare_translation(self, post, source: str, lang: str) -> dict:
        """Return the values of the generation that translates a post.

        :raises UserError: if the post can't be translated
        """
        request = post._blog_ai_translation_request(source, lang)
        return {
            "kind": "translation",
            "topic": request.topic[:500],
            "blog_id": post.blog_id.id,
            "translated_post_id": post.id,
            "source_lang": source,
            "source_octets": int(_octets(request) * HEADROOM),
            "lang": lang,
            "voice_id": self._voice_of(post).id,
        }

    def _voice_of(self, post):
        """Return the voice that was chosen for a post, if it may be used here."""
        voice = post.sudo().blog_ai_generation_id.voice_id
        serves = map(voice._serves, (post._blog_ai_company(), self.env.company))
        return voice if voice and all(serves) else voice.browse()

    def _brief_obstacle(self):
        if obstacle := super()._brief_obstacle():
            return obstacle
        if self.kind != "translation":
            return None
        if not self.translated_post_id:
            return Message("brief.post_gone")
        return self._lang_obstacle(self.source_lang)

    def _request(self):
        if self.kind != "translation":
            return super()._request()
        request = self._translation_request()
        if (octets := _octets(request)) > self.source_octets:
            # The budget keeps no money free for the rest of it.
            self.source_octets = int(octets * HEADROOM)
            raise UserError(
                self.env._(
                    "The post has become longer since its translation was asked for. "
                    "Retry to translate all of it."
                )
            )
        return request

    def _translation_request(self) -> llm.TranslationRequest:
        post = self.translated_post_id
        return post._blog_ai_translation_request(
            self.source_lang,
            self.lang,
            notes=self.notes or "",
            voice=self._voice_version()._voice(),
        )

    def _shown(self) -> llm.Shown:
        if self.kind != "translation":
            return super()._shown()
        generation = self.sudo()
        account = generation._account(Limits.of(self.env))
        if generation.prompt_sent:
            return llm.shown_translation(generation.prompt_sent, account)
        return llm.shown(generation._translation_request(), account)

    def _source_hash(self) -> str:
        try:
            return llm.digest(self._translation_request())
        except UserError:
            # A post that can't be translated any more differs from its translation.
            return ""

    def _make_claim(self, token: str, call, limits: Limits) -> Claim:
        claim = super()._make_claim(token, call, limits)
        return claim._replace(cover=None) if self.kind == "translation" else claim

    def _offer_links(self, claims: Sequence[Claim]) -> list[Claim]:
        articles = [claim for claim in claims if claim.request.kind == "article"]
        offered = {c.call_id: c for c in super()._offer_links(articles)}
        return [offered.get(claim.call_id, claim) for claim in claims]

    @api.model
    def _set_state_done(self, attempts: Sequence[Attempt]) -> None:
        """Store translations here; their posts exist already."""
        translated = [a for a in attempts if a.generation.kind == "translation"]
        for attempt in translated:
            attempt.generation._set_state_translated(attempt)
        shown = self.browse([a.generation.id for a in translated])
        shown.filtered(lambda g: g.review_state == "none")._reject_earlier()
        articles = [a for a in attempts if a.generation.kind != "translation"]
        if not articles:
            return None
        result = super()._set_state_done(articles)
        written = self.browse().concat(*(a.generation for a in articles))
        written.filtered(lambda g: g.review_state != "pending")._queue_translations()
        return result

    def _queue_translations(self) -> None:
        """Have posts translated into the languages that were asked for with them."""
        for generation in self.filtered("translation_langs"):
            # Languages that are switched off are left out.
            wanted = generation.translation_lang_ids.mapped("code")
            codes = set(wanted) - {generation.lang}
            try:
                values = [generation._prepare_own_translation(c) for c in sorted(codes)]
            except UserError as refusal:
                generation._add_notes(
                    Message("note.not_translated", {"reason": str(refusal)})
                )
            else:
                self.create(values)

    def _prepare_own_translation(self, lang: str) -> dict:
        return {
            **self._prepare_translation(self.post_ids[:1], self.lang, lang),
            "company_id": self.company_id.id,
            "voice_id": self.voice_id.id,
            "user_id": self.user_id.id,
            "provider_id": self._asked_for().id,
            "model": self.model,
            "publish": self.publish,
            "reviewer_id": self.reviewer_id.id,
        }

    def _set_state_translated(self, attempt: Attempt) -> None:
        if not self.translated_post_id:
            gone = Failure("brief", Message("brief.post_gone"))
            self._set_state_from_failure(gone)
            return
        translation = attempt.outcome.answer.translation
        is_held = database_hold(self.env) or self._lang_obstacle(self.lang)
        is_shown = self.publish and not is_held
        held = [Message("note.translation_waits")] if self.publish and is_held else []
        notes = [*held, *map(note_message, translation.repairs)]
        values = {
            "translation": {
                "fields": dict(translation.fields),
                "terms": dict(translation.terms),
                "labels": dict(translation.labels),
            },
            "source_hash": llm.digest(attempt.outcome.claim.request),
            "repair_notes": [as_json(note) for note in notes],
            "review_state": "none" if is_shown else "pending",
            **self._prepare_prompt_sent(attempt),
        }
        self._set_state_ended("done", **values, **self._prepare_no_error())
        if is_shown:
            self._show_translation()
        else:
            self._ask_for_translation_review(email=not attempt.outcome.emails_refused)
        # The form of the post names the translations that wait.
        (self + self.translated_post_id.blog_ai_generation_id)._notify_updated()

    def _show_translation(self, responsible: bool = False) -> None:
        """Write the translation into the post.

        :param responsible: whether this person takes editorial responsibility for it
        """
        post = self.translated_post_id
        unknown = post._blog_ai_write_translation(
            self.source_lang, self.lang, self.translation
        )
        post._blog_ai_set_translated(self.lang, responsible)
        if unknown:
            self._add_notes(Message("note.text_changed", {"count": str(unknown)}))


def _octets(request: llm.TranslationRequest) -> int:
    # The version of the voice has its own octets, the notes are part of the brief.
    alone = dataclasses.replace(request, voice=llm.Voice(), notes="")
    prompt = llm.translation_prompt(alone, 0)
    return prompt.octets + len(str(prompt.schema))
