# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Statements of the pump's stages: claim, store, emails."""

from unittest.mock import patch

from odoo.fields import Command

from odoo.addons.blog_ai_generator import llm
from odoo.addons.blog_ai_generator.messages import Message
from odoo.addons.blog_ai_generator.pump import (
    Failed,
    Failure,
    Limits,
    Outcome,
    Pump,
    generation_queue,
)
from odoo.addons.blog_ai_generator.pump.outcome import call, checked

from .statements import statements
from .workshop import Workshop

LIMITS = Limits(width=1000)
REFUSED = Failure("quota", Message("quota"))


def outcome_of(claim) -> Outcome:
    found = call(claim, llm.Cancellation())
    return found if isinstance(found, Failed) else checked(claim, found)


class PostStages(Workshop):
    """The stages of a post that the pump goes through."""

    def claims(self, ids: list[int]):
        return self.do(
            lambda env: env["blog.ai.generation"]._claim(len(ids), LIMITS, ids)
        )

    def claim(self, ids: list[int]) -> list[str]:
        texts = self.claims(ids)[1]
        with self.committed() as env:
            # They would count as calls in flight.
            env["blog.ai.generation"].browse(ids).action_cancel()
        return texts

    def store(self, ids: list[int], failure: Failure | None = None) -> list[str]:
        """Store all of them, each in a transaction of its own."""
        texts = []
        for outcome in self.outcomes(ids, failure):
            texts += self._store(outcome)
        return texts

    def burst(self, ids: list[int], failure: Failure | None = None) -> list[str]:
        """Store all of them in one transaction."""
        return self._store(*self.outcomes(ids, failure))

    def outcomes(self, ids: list[int], failure: Failure | None) -> list[Outcome]:
        return [
            Failed(claim, failure) if failure else outcome_of(claim)
            for claim in self.claims(ids)[0]
        ]

    def _store(self, *outcomes: Outcome) -> list[str]:
        return self.do(lambda env: generation_queue(env)._store(*outcomes))[1]

    def failed(self, count: int = 1) -> list[int]:
        ids = self.ask(count)
        self.store(ids, REFUSED)
        return ids

    def publish_for(self, count: int, languages: int = 1) -> list[str]:
        """Publish a post for ``count`` recipients of each language; queue emails."""
        people = [Command.set(self.recipients(count, languages))]
        return self.store(self.ask(publish=True, recipient_ids=people))

    def mail_to(self, count: int) -> list[str]:
        """Send an email to ``count`` recipients."""
        people = self.recipients(count)
        self.store(self.ask(publish=True, recipient_ids=[Command.set(people)]))
        return self.send_mails(people[0])

    def send_mails(self, recipient: int | None = None) -> list[str]:
        """Send the recipient's queued emails, through a server that accepts all."""
        with self.committed() as env:
            mails = env["mail.mail"].search(
                [
                    ("recipient_ids", "in", [recipient or self.recipient_id]),
                    ("state", "=", "outgoing"),
                ]
            )
        server = type(env["ir.mail_server"])
        with (
            # Tests send nothing unless told so.
            patch.object(server, "_disable_send", lambda *args: False),
            patch.object(server, "_connect__", lambda *args, **kwargs: None),
            patch.object(server, "send_email", lambda *args, **kwargs: "<sent>"),
        ):
            return self.do(lambda env: env["mail.mail"].browse(mails.ids[-1:]).send())[
                1
            ]

    def pump(self, ids: list[int]) -> list[str]:
        """Run the pump with one call at a time.

        With more room it would look at the queue as often as the answer takes.
        """
        with statements() as texts:
            Pump(self.registry, LIMITS._replace(width=1), only=ids).run()
        return texts

    def plain(self) -> list[str]:
        return self.do(self._plain)[1]

    def _plain(self, env) -> None:
        """Publish a post and queue its email with plain Odoo."""
        posts = env["blog.post"].with_user(self.user_id).sudo()
        post = posts.create(
            {
                "name": self.topic(),
                "subtitle": "Teaser",
                "content": "<p>Text</p>",
                "blog_id": self.blog_id,
                "is_published": True,
            }
        )
        template = env.ref("blog_ai_generator.mail_template_post_published")
        template.send_mail(
            post.id, email_values={"recipient_ids": [(6, 0, [self.recipient_id])]}
        )
        env.ref("mail.ir_cron_mail_scheduler_action")._trigger()
