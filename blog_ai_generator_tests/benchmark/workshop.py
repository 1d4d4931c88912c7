# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Committed records on which SQL statements are counted."""

import secrets
from contextlib import contextmanager

from odoo import SUPERUSER_ID, api
from odoo.fields import Command

from .. import fixtures
from .browser import Browser
from .statements import transaction

# Subjects without any resemblance: a slot would skip a topic that resembles another.
SUBJECTS = ("Herbs", "Bridges", "Violins", "Lichens", "Kettles", "Sundials", "Falcons")


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
            {"name": self.mark, "preset": "offline", "calls_at_once": 1000}
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
            # A claimed generation cannot be deleted.
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

    def ask(self, count: int = 1, **values) -> list[int]:
        """Create due generations, requested by the writer, and return their ids."""
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

    def recipients(self, count: int, languages: int = 1) -> list[int]:
        """Create ``count`` people for each language.

        A partner without a language gets Odoo's own, which is different from the same
        language chosen.
        """
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

    def providers(self, count: int) -> None:
        with self.committed() as env:
            env["blog.ai.provider"].create(
                [{"name": self.mark, "preset": "offline"}] * count
            )
