# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""How many SQL statements a post costs, stage by stage.

Transactions are real and committed. Caches of records are cold, as in each transaction
of the pump; those of the registry (views, rights, external ids) are warm.

    >>> from odoo.addons.blog_ai_generator_tests.benchmark.queries import measure
    >>> measure(env)
"""

import secrets
from contextlib import contextmanager
from datetime import timedelta
from unittest.mock import patch

from odoo import SUPERUSER_ID, api, fields
from odoo.fields import Command

from odoo.addons.blog_ai_generator import llm
from odoo.addons.blog_ai_generator.pump import Failure, Pump
from odoo.addons.blog_ai_generator.pump.limits import Limits

from .. import fixtures
from .browser import Browser, specification
from .statements import statements, transaction

LIMITS = Limits()
REFUSED = Failure("quota", "The account has no credit. Top it up, then press Retry.")
# Subjects that resemble each other in nothing, or no slot would write the second one.
SUBJECTS = ("Herbs", "Bridges", "Violins", "Lichens", "Kettles", "Sundials", "Falcons")

# What the web client does not send of the form when it is saved.
READONLY = {"topic_id", "similar_to", "company_id", "available_models"}


def measure(env) -> dict[str, int]:
    """SQL statements by stage of one generation, in the order of its life.

    ``generation`` is what is promised: the claim and the store of a post that is
    published at once, with its mail to one recipient queued and the log closed. The
    writer follows his post, nobody follows the blog. ``plain`` is the same post and the
    same mail made by Odoo's own means in one transaction, for comparison. ``pump`` is a
    whole run of the pump for one generation.

    Commits, and deletes what it made: for a database that nobody works with meanwhile.

    :param env: only its registry is used
    """
    with workshop(env.registry) as shop:
        # The first round fills the caches of the registry.
        shop.stages()
        counts = {name: len(texts) for name, texts in shop.stages().items()}
    counts["generation"] = counts["claim"] + counts["store_published"]
    counts["wizard"] = sum(
        count for name, count in counts.items() if name.startswith("wizard_")
    )
    return counts


@contextmanager
def workshop(registry):
    """A :class:`Workshop` whose records are gone after the block."""
    shop = Workshop(registry)
    try:
        yield shop
    finally:
        shop.close()


class Workshop:
    """A blog, its writer, one recipient and the offline provider, all committed."""

    def __init__(self, registry):
        self.registry = registry
        self._asked = 0
        self.zone = fixtures.noon_zone()
        self.mark = f"counted-{secrets.token_hex(8)}"
        with self.committed() as env:
            self._furnish(env)
        self.browser = Browser(registry, self.user_id)

    def _furnish(self, env) -> None:
        quiet = {"mail_create_nosubscribe": True, "no_reset_password": True}
        env = env(context={**env.context, **quiet})
        user = env["res.users"].create(
            {
                "name": "Query counter",
                "login": self.mark,
                "email": "counter@example.com",
                "group_ids": [
                    Command.link(env.ref("base.group_user").id),
                    Command.link(env.ref("website.group_website_designer").id),
                ],
            }
        )
        recipient = env["res.partner"].create(
            {"name": "Recipient", "email": "recipient@example.com"}
        )
        blog = env["blog.blog"].create({"name": "Query counts"})
        provider = env["blog.ai.provider"].create(
            {"name": self.mark, "preset": "offline"}
        )
        self.user_id, self.recipient_id = user.id, recipient.id
        self.blog_id, self.provider_id = blog.id, provider.id

    def close(self) -> None:
        self.browser.close()
        with self.committed() as env:
            mine = [("blog_id", "=", self.blog_id)]
            env["blog.post"].search(mine).unlink()
            env["blog.ai.slot"].search(mine).unlink()
            env["blog.ai.call"].search(
                [("provider_id", "=", self.provider_id)]
            ).unlink()
            # Some of them are claimed, and what is written can't be deleted.
            env["blog.ai.generation"].search(mine).action_cancel()
            env["blog.ai.generation"].search(mine).unlink()
            env["blog.ai.topic"].search(mine).unlink()
            env["blog.ai.write"].search(mine).unlink()
            env["blog.ai.provider"].search([("name", "=", self.mark)]).unlink()
            env["blog.blog"].browse(self.blog_id).unlink()
            user = env["res.users"].browse(self.user_id)
            partners = user.partner_id | user.partner_id.search(
                ["|", ("id", "=", self.recipient_id), ("name", "=", self.mark)]
            )
            user.unlink()
            env["mail.mail"].search([("recipient_ids", "in", partners.ids)]).unlink()
            partners.unlink()

    @contextmanager
    def committed(self, uid: int = SUPERUSER_ID):
        with self.registry.cursor() as cr:
            yield api.Environment(cr, uid, {})

    def do(self, function, uid: int = SUPERUSER_ID):
        return transaction(self.registry, function, uid)

    def stages(self) -> dict[str, list[str]]:
        """The statements of each stage of a generation's life."""
        return {
            **self.wizard(),
            "claim": self.claim(self.ask()),
            "store_draft": self.store(self.ask()),
            "store_published": self.store(self.ask(publish=True)),
            "store_failed": self.store(self.ask(), REFUSED),
            "mail_sent": self.send_mails(),
            "pump": self.pump(self.ask(publish=True)),
            "plain": self.plain(),
            "retry": self.click("action_retry", self.failed()),
            "cancel": self.click("action_cancel", self.ask()),
            "slot_day": self.run_slot_days(1),
            "slot_tick": self.tick(1),
            "approve": self.decide("blog.ai.approve", "action_approve"),
            "reject": self.decide("blog.ai.reject", "action_reject", reason="Dry"),
            "paste": self.paste(1),
        }

    def ask(self, count: int = 1, **values) -> list[int]:
        """Ids of generations that were asked for by the writer, and are due."""
        return self._ask(count, values)[0]

    def ask_counted(self, count: int) -> list[str]:
        return self._ask(count, {})[1]

    def _ask(self, count: int, values: dict):
        def create(env):
            generations = env["blog.ai.generation"].with_user(self.user_id).sudo()
            return generations.create(
                [self._prepare_generation(values) for _number in range(count)]
            ).ids

        return self.do(create)

    def _prepare_generation(self, values: dict) -> dict:
        return {
            "topic": self.topic(),
            "blog_id": self.blog_id,
            "provider_id": self.provider_id,
            "recipient_ids": [Command.set([self.recipient_id])],
            **values,
        }

    def topic(self) -> str:
        self._asked += 1
        return f"{SUBJECTS[self._asked % len(SUBJECTS)]} {self._asked}"

    def wizard(self) -> dict[str, list[str]]:
        """“Write a post” from its opening to the form that it leads to."""
        with self.committed(self.user_id) as env:
            spec = specification(env, "blog.ai.write", "form")
        call, topic = self.browser.call, self.topic()
        opened, texts = call("blog.ai.write", "onchange", [], {}, [], spec)
        stages = {"wizard_open": texts}
        values = {
            **{name: [] if name.endswith("_ids") else False for name in spec},
            **sent_back(opened["value"]),
            "blog_id": self.blog_id,
            "provider_id": self.provider_id,
            "topic": topic,
        }
        _changed, texts = call("blog.ai.write", "onchange", [], values, ["topic"], spec)
        stages["wizard_type"] = texts
        saved = {name: values[name] for name in values if name not in READONLY}
        _action, texts = call("blog.ai.write", "action_write_values", saved)
        return {**stages, "wizard_write": texts}

    def claims(self, ids: list[int]):
        return self.do(
            lambda env: env["blog.ai.generation"]._claim(len(ids), LIMITS, ids)
        )

    def claim(self, ids: list[int]) -> list[str]:
        return self.claims(ids)[1]

    def store(self, ids: list[int], failure: Failure | None = None) -> list[str]:
        """All of them, each in a transaction of its own as by the pump."""
        texts = []
        for claim in self.claims(ids)[0]:
            answer = None if failure else llm.write(claim.request, claim.account)
            texts += self._store(claim, answer, failure)
        return texts

    def _store(self, claim, answer, failure) -> list[str]:
        def store(env):
            generation = env["blog.ai.generation"].browse(claim.generation_id)
            generation._store(claim, answer, failure)

        return self.do(store)[1]

    def failed(self, count: int = 1) -> list[int]:
        ids = self.ask(count)
        self.store(ids, REFUSED)
        return ids

    def click(
        self, button: str, ids: list[int], model: str = "blog.ai.generation"
    ) -> list[str]:
        """A button of a form, or of a list for several."""
        return self.browser.call(model, button, ids, route="call_button")[1]

    def recipients(self, count: int, languages: int = 1) -> list[int]:
        """So many people of each language; without a language, Odoo's own is another
        one than the same language chosen."""
        with self.committed() as env:
            return (
                env["res.partner"]
                .create(
                    [
                        {"name": self.mark, "email": "a@example.com", "lang": lang}
                        for lang in ("en_US", False)[:languages]
                        for _person in range(count)
                    ]
                )
                .ids
            )

    def publish_for(self, count: int, languages: int = 1) -> list[str]:
        """A post with so many recipients of each language, and their mails queued."""
        people = [Command.set(self.recipients(count, languages))]
        return self.store(self.ask(publish=True, recipient_ids=people))

    def mail_to(self, count: int) -> list[str]:
        """A mail to so many recipients goes out."""
        people = self.recipients(count)
        self.store(self.ask(publish=True, recipient_ids=[Command.set(people)]))
        return self.send_mails(people[0])

    def drafts_to_review(self) -> list[int]:
        """The id of a generation whose draft waits for the writer to decide."""
        ids = self.ask(reviewer_id=self.user_id)
        self.store(ids)
        return ids

    def decide(self, wizard: str, button: str, **values) -> list[str]:
        """A reviewer's wizard: opened, filled in, and its button pressed."""
        generation = self.drafts_to_review()
        with self.committed(self.user_id) as env:
            spec = specification(env, wizard, "form")
        context = {"default_generation_id": generation[0]}
        call = self.browser.call
        texts = self.click(button, generation)
        texts += call(wizard, "onchange", [], {}, [], spec, context=context)[1]
        saved = {"generation_id": generation[0], **values}
        (record,), stored = call(
            wizard, "web_save", [], saved, specification={}, context=context
        )
        return texts + stored + self.click(button, [record["id"]], wizard)

    def retry_all_the_same(self, count: int) -> list[str]:
        """The question whether to write again what resembles something is answered."""
        generations = self.failed(count)
        with self.committed(self.user_id) as env:
            values = {"generation_ids": [Command.set(generations)]}
            wizard = env["blog.ai.retry"].create(values)
        return self.click("action_retry", wizard.ids, "blog.ai.retry")

    def paste(self, count: int) -> list[str]:
        """So many topics, one a line, added to the queue."""
        values = {
            "blog_id": self.blog_id,
            "lines": "\n".join(self.topic() for _line in range(count)),
        }
        (record,), stored = self.browser.call(
            "blog.ai.topic.paste", "web_save", [], values, specification={}
        )
        return stored + self.click("action_add", [record["id"]], "blog.ai.topic.paste")

    def send_mails(self, recipient: int | None = None) -> list[str]:
        """What is queued for the recipient goes out, to a server that takes all."""
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
        """A whole run; one call at a time, or it would look at the queue meanwhile as
        often as the answer takes."""
        with statements() as texts:
            Pump(self.registry, LIMITS._replace(width=1), only=ids).run()
        return texts

    def plain(self) -> list[str]:
        return self.do(self._plain)[1]

    def _plain(self, env) -> None:
        """Odoo's own way to a published post and a queued mail."""
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

    def providers(self, count: int) -> None:
        with self.committed() as env:
            env["blog.ai.provider"].create(
                [{"name": self.mark, "preset": "offline"}] * count
            )

    def slot_days(self, count: int) -> list[int]:
        """Ids of days that are due, each of a slot of its own with its own topic."""
        with self.committed() as env:
            slots = env["blog.ai.slot"].create(
                [self._prepare_slot(number) for number in range(count)]
            )
            env["blog.ai.topic"].create(
                [
                    {"name": self.topic(), "blog_id": self.blog_id}
                    for _number in range(count)
                ]
            )
            slots.day_ids.unlink()
            today = slots[0]._local_now().date()
            due = fields.Datetime.now() - timedelta(minutes=1)
            days = [{**slot._prepare_day(today), "planned_at": due} for slot in slots]
            return env["blog.ai.slot.day"].create(days).ids

    def _prepare_slot(self, number: int) -> dict:
        return {
            "name": f"Slot {number}",
            "day_part": "any",
            "hour": number % 24,
            "blog_id": self.blog_id,
            "provider_id": self.provider_id,
            "lang": "en_US",
            "tz": self.zone,
        }

    def run_slot_days(self, count: int) -> list[str]:
        """Each in a transaction of its own as by the scheduled action."""
        texts = []
        for day in self.slot_days(count):
            texts += self.do(
                lambda env, day=day: env["blog.ai.slot.day"].browse(day)._run_locked()
            )[1]
        return texts

    def tick(self, due: int, resting: int = 0) -> list[str]:
        """The scheduled action as Odoo runs it, each slot at an hour of its own and
        with one more day to plan.

        :param due: slots that have to write now
        :param resting: slots that have not
        """
        with self.committed() as env:
            env["blog.ai.slot"].search([("blog_id", "=", self.blog_id)]).unlink()
        days = self.slot_days(due + resting)
        with self.committed() as env:
            slots = env["blog.ai.slot.day"].browse(days).slot_id
            slots._plan()
            last = max(slots.day_ids.mapped("day"))
            slots.day_ids.filtered(
                lambda day: day.day == last or day.id in days[due:]
            ).unlink()
            # A tick asks to be woken for moments that nobody has asked for.
            cron = env.ref("blog_ai_generator.cron_slots")
            env["ir.cron.trigger"].search([("cron_id", "=", cron.id)]).unlink()
        return self.do(self._tick)[1]

    def _tick(self, env) -> None:
        cron = env.ref("blog_ai_generator.cron_slots")
        cron, _progress = cron.with_context(cron_id=cron.id)._add_progress()
        cron.env["blog.ai.slot"]._cron_tick()


def sent_back(value: dict) -> dict:
    """What the web client sends back of the values that it got."""
    return {name: _sent_back(content) for name, content in value.items()}


def _sent_back(content):
    if isinstance(content, dict):
        return content["id"]
    if isinstance(content, list):
        return [command[:2] for command in content]
    return content
