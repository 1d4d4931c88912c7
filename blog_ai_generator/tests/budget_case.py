# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from freezegun import freeze_time

from odoo.addons.blog_ai_generator import llm
from odoo.addons.blog_ai_generator.pump import Answered, Limits

from .common import BlogAiCase, call_that_used

# The most that a post costs at the prices of `paid`: 4,500 tokens in, 8,000 out.
WORST = 0.0365


class BudgetCase(BlogAiCase):
    """A provider that costs money, and a company with a budget for November 2026."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.paid = cls.provider_of("Paid box")
        cls.startClassPatcher(freeze_time("2026-11-29 12:00:00", tick=True))

    @classmethod
    def provider_of(cls, name, **values):
        return cls.env["blog.ai.provider"].create(
            {
                "name": name,
                "preset": "offline",
                "is_free": False,
                "price_in": 1.0,
                "price_out": 4.0,
                "max_output_tokens": 8000,
                **values,
            }
        )

    def limit(self, amount, zone="Europe/Berlin"):
        """Give the company a budget, and return that of November."""
        self.company.write(
            {"blog_ai_budget": amount, "blog_ai_budget_tz": zone},
        )
        return self.budget_of()

    def budget_of(self, **values):
        values = {"blog_id": False, "month": date(2026, 11, 1), **values}
        domain = [(name, "=", value) for name, value in values.items()]
        domain += [
            ("company_id", "=", self.company.id),
            ("currency_id", "=", self.env.ref("base.USD").id),
        ]
        return self.env["blog.ai.budget"].search(domain)

    def claim(self, *generations):
        self.env.flush_all()
        ids = [generation.id for generation in generations]
        claims = self.env["blog.ai.generation"]._claim(16, Limits.of(self.env), ids)
        self.env.invalidate_all()
        return claims

    def spend(self, cost, generation=None):
        """Store an answer for which a provider reports this cost."""
        generation = generation or self.ask(provider_id=self.paid.id)
        (claim,) = self.claim(generation)
        answer = llm.write(claim.request, claim.account)
        usage = llm.Usage(tokens_in=10, tokens_out=20, cost=cost)
        answer = llm.Answer(answer.article, usage, (call_that_used(usage),))
        generation._store(Answered(claim, answer))
        return generation
