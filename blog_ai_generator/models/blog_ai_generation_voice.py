# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import dataclasses

from odoo import api, fields, models

from .. import llm
from ..attempt import Attempt
from ..pump import Limits
from ..utils import open_wizard


class BlogAiGenerationVoice(models.Model):
    """The voice of a post: the version that its first attempt found."""

    _inherit = "blog.ai.generation"  # pylint: disable=consider-merging-classes-inherited

    # The claim writes it, with the statement that leases the row.
    voice_version_id = fields.Many2one(
        "blog.ai.voice.version",
        "Voice",
        ondelete="restrict",
        index="btree_not_null",
        readonly=True,
        copy=False,
    )

    # The user turn of the request that was answered; only “Show the prompt” reads it.
    # The turn for a translation is as long as its post, so it is emptied with the
    # details of the call; the turn for an article is only as long as its notes.
    prompt_sent = fields.Text(readonly=True, copy=False, prefetch=False)

    @api.constrains("voice_id", "company_id")
    def _check_voice_company(self):
        for generation in self:
            generation.voice_id._check_serves(generation.company_id)

    def _voice_version(self):
        """Return the version that was sent, or that the first attempt will take."""
        return self.voice_version_id or self._voice_today()

    def _voice_today(self):
        return self.blog_id._blog_ai_voice_version(self.voice_id)

    def _with_changed_voice(self):
        """Return those that were written in a voice which is another one today."""
        return self.filtered(
            lambda generation: (
                generation.voice_version_id
                and generation.voice_version_id != generation._voice_today()
            )
        )

    def _voice_note(self) -> str | bool:
        return bool(self) and self.env._(
            "It was written in “%(then)s”. Today it would be “%(now)s”.",
            then=self.voice_version_id.display_name,
            now=self._voice_today().display_name or self.env._("no voice"),
        )

    def _prepare_voice_again(self) -> dict:
        """Let a retry take the version of that moment, if somebody has chosen so."""
        is_chosen = self.env.context.get("blog_ai_voice_of_today")
        return {"voice_version_id": False} if is_chosen else {}

    def _prepare_request(self) -> llm.ArticleRequest:
        request = super()._prepare_request()
        return dataclasses.replace(request, voice=self._voice_version()._voice())

    def action_show_prompt(self):
        self.ensure_one()
        wizards, name = self.env["blog.ai.prompt"], self.env._("What is sent")
        return open_wizard(wizards, name, {"generation_id": self.id})

    def _shown(self) -> llm.Shown:
        """Return the prompt that was answered, or else the one that is sent next.

        The latter has the pages to link to of this moment.
        """
        generation = self.sudo()
        account = generation._account(Limits.of(self.env))
        request = generation._prepare_request()
        if generation.prompt_sent:
            return llm.shown(request, account)._replace(user=generation.prompt_sent)
        return llm.shown(generation._with_pages(request), account)

    def _shown_note(self) -> str | bool:
        generation = self.sudo()
        if generation.state != "done":
            return False
        if not generation.prompt_sent:
            return self.env._(
                "What was sent was not kept. This is what would be sent today."
            )
        calls = generation.call_ids.filtered(
            lambda call: call.kind == generation.kind and call.outcome == "ok"
        )
        version = llm.PROMPT_VERSIONS[generation.kind]
        return any(call.prompt_version != version for call in calls) and self.env._(
            "An update has changed the prompt since. Rules and form of the answer are "
            "those of today; “Your Post” is what was sent."
        )

    @api.model
    def _prepare_prompt_sent(self, attempt: Attempt) -> dict:
        request = attempt.outcome.claim.request
        is_translation = request.kind == "translation"
        prompt = llm.translation_prompt if is_translation else llm.article_prompt
        return {"prompt_sent": prompt(request, 0).user}

    def _octets(self):
        return super()._octets() + self._voice_version().octets
