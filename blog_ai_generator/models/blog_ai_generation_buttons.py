# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from ..internals import cached_ref
from ..messages import Message, render
from ..pump import Limits
from ..utils import notification, open_form, open_wizard, selection_labels
from .blog_blog_similar import Written

# Key of the context of a click: attempts by id, as the person's page shows them.
SEEN = "blog_ai_attempts_seen"


class BlogAiGenerationButtons(models.Model):
    """The buttons of a generation: retry, cancel, write again, open the post."""

    _inherit = "blog.ai.generation"  # pylint: disable=consider-merging-classes-inherited

    def action_retry(self):
        """Queue failed and cancelled generations again, with fresh attempts.

        Asks first if a similar post was written meanwhile or is being written, or if
        the voice has changed. Skips generations that were retried since the page was
        loaded, and says how many of a selection were skipped, and why.
        """
        self._check_may_steer()
        stopped = self.sudo()._locked_in_state("failed", "cancelled")._as_seen()
        again = stopped.filtered(lambda g: not g._retry_obstacle())
        if stopped and not again:
            raise UserError(render(self.env, stopped[0]._retry_obstacle()))
        self._check_hourly(len(again), again.ids)
        note = self._note_left(again, stopped - again)
        question = again._question_before_retry()
        asks = question or again._with_changed_voice()
        if asks and not self.env.context.get("blog_ai_write_all_the_same"):
            return again._ask_before_retry("\n".join(filter(None, [question, note])))
        again._set_state_retried()
        return self._result_of_button(note)

    def _retry_obstacle(self) -> Message | None:
        return self._brief_obstacle() or self._asked_for()._obstacle()

    def _ask_before_retry(self, question: str) -> dict:
        name = self.env._("Retry all the same?") if question else self.env._("Retry")
        values = {"generation_ids": self.ids, "question": question}
        return open_wizard(self.env["blog.ai.retry"], name, values)

    def _set_state_retried(self) -> None:
        limit = Limits.of(self.env).max_attempts
        for generation in self:
            generation._set_state_queued(
                self.env.cr.now(),
                queued_at=self.env.cr.now(),
                finished_at=False,
                duration=False,
                attempt_limit=generation.attempts + limit,
                refused_since=False,
                **self._prepare_no_error(),
                **generation._prepare_no_fallback(),
                **generation._prepare_voice_again(),
            )
        self._set_state_of_origin()
        self._wake_pump()
        self._notify_updated()

    def _note_left(self, taken, blocked) -> str:
        """Explain which selected records the button skipped, and why.

        :param taken: those that it did not skip
        :param blocked: those that it skipped because of their brief or provider
        """
        left = self.sudo() - taken
        if not left:
            return ""
        states = selection_labels(self, "state")
        if len(self) == 1:
            return self.env._(
                "“%(topic)s” was left as it is: %(state)s.",
                topic=left.topic,
                state=states[left.state],
            )
        counts = [
            f"{states[state]} {len(generations)}"
            for state, generations in left.grouped("state").items()
        ]
        told = self.env._(
            "%(left)s of %(all)s were left as they are: %(counts)s.",
            left=len(left),
            all=len(self),
            counts=", ".join(counts),
        )
        obstacles = [render(self.env, g._retry_obstacle()) for g in blocked]
        return " ".join([told, *dict.fromkeys(obstacles)])

    def _result_of_button(self, note: str) -> dict | bool:
        return notification(note, "warning") if note else True

    def _as_seen(self):
        """Keep the generations that nobody has retried since the page was loaded.

        When two people click at once, the second request may arrive after the first
        retry has already failed; retrying again would cost a call nobody asked for.
        """
        seen = self.env.context.get(SEEN) or {}
        return self.filtered(lambda g: seen.get(str(g.id), g.attempts) == g.attempts)

    def _question_before_retry(self) -> str:
        lines = []
        for blog, generations in self.grouped("blog_id").items():
            like = blog._blog_ai_titles_like(generations.mapped("topic"))
            before: list[Written] = []
            for generation in generations:
                written = [*like[generation.topic], *before]
                lines.append(generation._question_for_one(written))
                before.append(generation._as_written())
        return "\n".join(filter(None, lines))

    def _question_for_one(self, written: list[Written]) -> str:
        if busy := self.topic_id._being_written():
            return busy
        similar = self.blog_id._blog_ai_find_similar(
            self.topic,
            self.company_id,
            topic=self.topic_id,
            generation=self,
            written=written,
        )
        return similar and self.env._(
            "“%(topic)s” resembles %(similar)s.", topic=self.topic, similar=similar
        )

    def _as_written(self) -> Written:
        # A retry of a selection writes them all, so they are compared with each other.
        company = self.company_id.id
        return Written(
            "generation", self.topic, self.topic, self.id, company_id=company
        )

    def action_cancel(self):
        """Stop generations that are queued or being written.

        A call that is under way is still paid for.
        """
        self._check_may_steer()
        stopped = self.sudo()._locked_in_state("queued", "writing")
        note = self._note_left(stopped, self.browse())
        stopped._set_state_ended("cancelled")
        stopped._notify_updated()
        return self._result_of_button(note)

    def action_open_post(self):
        self.ensure_one()
        if not self.post_id:
            raise UserError(
                self.env._(
                    "The post was deleted. Write it again with “Write a post” and the "
                    "same topic."
                )
            )
        return self.post_id.open_website_url()

    def action_write_again(self):
        """Open “Write a post” with this brief, to be changed.

        The model follows from the provider, and the topic gives its present keywords
        and author. The person decides again whether to publish at once.
        """
        return self._prepare_open_wizard(
            without=("model", "keywords", "author_id", "publish"),
            topic=self.topic,
            topic_id=self.topic_id.id,
            provider_id=self._asked_for().id,
            again_id=self.id,
        )

    def action_open_provider(self):
        self.ensure_one()
        return open_form(self.provider_id)

    def action_open_social(self):
        self.ensure_one()
        if not self.post_id:
            return self.action_open_post()
        view = cached_ref(self.env, "blog_ai_generator.blog_post_view_form_social")
        return open_form(self.post_id, views=[(view.id, "form")])

    def _check_may_steer(self):
        self.check_access("read")
        if not self.env["blog.post"].has_access("create"):
            raise AccessError(
                self.env._(
                    "Only people who may write blog posts can do this. Ask an "
                    "administrator for that right."
                )
            )

    def _locked_in_state(self, *states):
        """Lock the records and return those in one of ``states``.

        Waits for a concurrent transaction, unlike ``lock_for_update``. If that commits
        a change, PostgreSQL raises a serialization failure, Odoo repeats the request,
        and the repeat sees the new state.
        """
        self.env.cr.execute(
            SQL(
                "SELECT id FROM blog_ai_generation WHERE id = ANY(%s) ORDER BY id "
                "FOR NO KEY UPDATE",
                self.ids,
            ),
            log_exceptions=False,
        )
        self.invalidate_recordset()
        return self.filtered(lambda generation: generation.state in states)
