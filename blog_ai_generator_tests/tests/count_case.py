# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import itertools
from contextlib import contextmanager, nullcontext

from odoo.fields import Command
from odoo.tests import TransactionCase

from odoo.addons.blog_ai_generator import llm
from odoo.addons.blog_ai_generator.pump import Answered, Failed, Failure, Limits

from .. import fixtures
from ..benchmark.statements import own, statements
from ..benchmark.workshop import SUBJECTS
from .query_case import is_pinned

MANY = 10
LIMITS = Limits(width=MANY)
WRITER, ADMINISTRATOR = "counted_writer", "counted_administrator"


class CountCase(TransactionCase):
    """Budgets of SQL statements, asserted by Odoo's ``assertQueryCount``.

    They are counted in the test's transaction, so that commits and what follows them
    are not part of them: ``QueryCase`` counts those.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.is_pinned = is_pinned(cls.env)

    @contextmanager
    def assertExactQueryCount(self, count: int):
        """Check as ``assertQueryCount`` does, and fail where there are fewer, too.

        Odoo only logs that. A budget that is too large would hide the next regression.
        """
        with self.assertQueryCount(count):
            before = self.cr.sql_log_count
            yield
        if self.warm:
            counted = self.cr.sql_log_count - before
            self.assertGreaterEqual(counted, count, "Fewer: lower the budget.")

    @contextmanager
    def assertBudget(self, everything: int = 0, ours: int = 0, **by_login):
        """Check that the block takes exactly as many statements, flushed.

        Beside other modules only those on the addons' own tables are compared.

        :param ours: number of statements that name the addons' tables
        :param by_login: ``(everything, ours)`` of users, as ``assertQueryCount`` has it
        """
        everything, ours = by_login.get(self.env.user.login, (everything, ours))
        exactly = self.assertExactQueryCount(everything)
        with exactly if self.is_pinned else nullcontext(), self._listed() as texts:
            yield
        if self.warm:
            listing = "\n".join(" ".join(text.split())[:160] for text in texts)
            self.assertEqual(len(own(texts)), ours, f"Own statements\n{listing}")

    @contextmanager
    def _listed(self):
        self.env.flush_all()
        self.env.cr.flush()
        with statements() as texts:
            yield texts
            self.env.flush_all()
            self.env.cr.flush()


class CountPostsCase(CountCase):
    """A blog with its writer and an administrator, and the offline provider."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        writer = fixtures.writer(cls.env, WRITER)
        fixtures.administrator(cls.env, ADMINISTRATOR)
        cls.reader = cls.env["res.partner"].create(
            {"name": "Reader", "email": "reader@example.com"}
        )
        cls.blog = cls.env["blog.blog"].create({"name": "Counted"})
        cls.provider = cls.env["blog.ai.provider"].create(
            {"name": "Counted", "preset": "offline", "calls_at_once": 1000}
        )
        cls.numbers = itertools.count()
        cls.generations = cls.env["blog.ai.generation"].with_user(writer).sudo()

    def topics(self, count: int) -> list[str]:
        """Return topics that resemble no other one: a retry would ask about those."""
        numbers = itertools.islice(self.numbers, count)
        return [f"{SUBJECTS[number % len(SUBJECTS)]} {number}" for number in numbers]

    def ask(self, count: int = 1, **values):
        return self.generations.create(
            [
                {
                    "topic": topic,
                    "blog_id": self.blog.id,
                    "provider_id": self.provider.id,
                    "recipient_ids": [Command.set(self.reader.ids)],
                    **values,
                }
                for topic in self.topics(count)
            ]
        )

    def outcomes(self, generations, failure: Failure | None = None) -> list:
        """Let the pump claim all of them, and the provider write or fail."""
        self.env.flush_all()
        ids = generations.ids
        claims = self.generations._claim(len(ids), LIMITS, ids)
        self.env.invalidate_all()
        return [
            Failed(claim, failure)
            if failure
            else Answered(claim, llm.write(claim.request, claim.account))
            for claim in claims
        ]

    def store(self, outcomes: list) -> None:
        for outcome in outcomes:
            self.generations._store(outcome)
            self.env.flush_all()
