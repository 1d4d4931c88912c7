# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from contextlib import contextmanager
from unittest.mock import patch

from odoo.tests import Form, tagged
from odoo.tools.convert import convert_file

from odoo.addons.blog_ai_generator import llm
from odoo.addons.blog_ai_generator.messages import Message
from odoo.addons.blog_ai_generator.pump import Failure, Limits
from odoo.addons.blog_ai_generator.pump.prices import Prices
from odoo.addons.blog_ai_generator.utils import cost_digits

from .common import BlogAiCase, call_that_used, create_provider

TOKENS = llm.Usage(tokens_in=1000, tokens_out=500)


@tagged("post_install", "-at_install")
class TestPrices(BlogAiCase):
    def openai(self, **values):
        return create_provider(self.env, "k", name="OpenAI", preset="openai", **values)

    def prices(self, provider):
        return provider.price_in, provider.price_cached, provider.price_out

    def cost_of(self, usage, outcome="ok", **values):
        provider = self.openai(model="unheard-of", **values)
        record = call_that_used(usage, outcome=outcome)
        calls = self.env["blog.ai.call"]
        return calls.create(calls._prepare_record(record, provider._prices())).cost

    def assertNothing(self, cost):
        self.assertIsNot(cost, False, "It is known.")
        self.assertEqual(cost, 0.0)

    def test_the_list_price_of_a_chosen_model_is_proposed(self):
        price = llm.list_price("openai", llm.PRESETS["openai"].default_model)
        provider = self.openai()
        self.assertEqual(provider.price_in, price.tokens_in)
        self.assertEqual(provider.price_out, price.tokens_out)
        self.assertIn(f"List price of {price.date[:7]}.", provider.price_note)

    def test_it_follows_the_model_until_somebody_enters_a_price(self):
        with Form(self.openai()) as form:
            form.model = "gpt-4.1-mini"
            self.assertEqual((form.price_in, form.price_out), (0.4, 1.6))
            form.price_out = 1.2
            self.assertFalse(form.price_note)

    def test_the_list_price_of_another_model_does_not_stay(self):
        provider = self.openai()
        provider.model = "unheard-of"
        self.assertEqual(self.prices(provider), (0, 0, 0))
        self.assertIn("Not known", provider.price_note)

    def test_a_price_of_a_contract_stays_with_an_unlisted_model(self):
        provider = self.openai(model="unheard-of", price_in=2.0, price_out=8.0)
        provider.model = "unheard-of-2"
        self.assertEqual(self.prices(provider), (2.0, 0, 8.0))

    def test_a_price_that_is_given_counts_more_than_the_list(self):
        provider = self.openai(price_in=2.0, price_out=8.0)
        self.assertEqual((provider.price_in, provider.price_out), (2.0, 8.0))

    @contextmanager
    def upgraded(self, listed: dict):
        """Upgrade the app to a list that has these models alone, with their prices."""

        def list_price(_preset, model):
            prices = listed.get(model)
            return prices and llm.ListPrice(model, *prices, "2027-01-15", "test")

        with patch.object(llm, "list_price", list_price):
            data = "data/blog_ai_provider_prices.xml"
            convert_file(self.env, "blog_ai_generator", data, {}, mode="update")
            yield

    def test_a_list_price_follows_the_list_at_an_upgrade(self):
        provider = self.openai(model="gpt-4.1-mini")
        archived = self.openai(model="gpt-4.1-mini", active=False)
        new = self.openai(model="new")
        self.assertEqual(self.prices(new), (0, 0, 0))
        listed = {"gpt-4.1-mini": (0.3, 0.1, 1.5), "new": (5.0, None, 20.0)}
        with self.upgraded(listed):
            for followed in (provider, archived):
                self.assertEqual(self.prices(followed), (0.3, 0.1, 1.5))
            self.assertEqual(self.prices(new), (5.0, 5.0, 20.0))
            self.assertIn("List price of 2027-01.", provider.price_note)

    def test_a_provider_of_the_form_and_its_duplicate_follow_the_list_too(self):
        with Form(self.env["blog.ai.provider"]) as form:
            form.name, form.preset, form.model = "Box", "openai", "gpt-4.1-mini"
        provider = form.record
        self.assertEqual((provider.price_in, provider.price_out), (0.4, 1.6))
        duplicate = provider.copy()
        with self.upgraded({"gpt-4.1-mini": (0.3, 0.1, 1.5)}):
            for followed in (provider, duplicate):
                self.assertEqual(self.prices(followed), (0.3, 0.1, 1.5))
        provider.model = "unheard-of"
        self.assertEqual(self.prices(provider), (0, 0, 0))

    def test_prices_of_the_list_follow_it_after_those_of_another_model(self):
        provider = self.openai(model="gpt-4.1-mini")
        provider.listed_prices = {
            "price_in": 9.0,
            "price_cached": 9.0,
            "price_out": 9.0,
        }
        present = self.prices(provider)
        for prices in (present, (0.3, 0.1, 1.5)):
            with self.upgraded({"gpt-4.1-mini": prices}):
                self.assertEqual(self.prices(provider), prices)

    def test_a_price_that_somebody_entered_outlives_an_upgrade(self):
        model = {"model": "gpt-4.1-mini"}
        typed = self.openai(**model, price_in=2.0, price_cached=1.0, price_out=8.0)
        one_typed = self.openai(**model)
        one_typed.price_out = 1.2
        before = self.prices(one_typed)
        with self.upgraded({"gpt-4.1-mini": (0.3, 0.1, 1.5)}):
            self.assertEqual(self.prices(typed), (2.0, 1.0, 8.0))
            self.assertEqual(self.prices(one_typed), before)

    def test_a_price_that_is_no_longer_listed_stays(self):
        provider = self.openai(model="gpt-4.1-mini")
        before = self.prices(provider)
        with self.upgraded({}):
            self.assertEqual(self.prices(provider), before)

    def test_a_reported_cost_beyond_belief_is_not_taken(self):
        calls, odd = self.env["blog.ai.call"], {"price_in": 2.0, "price_out": 8.0}
        for cost, values, taken in (
            (49.0, odd, 49.0), (900_000_000.0, odd, 0.006), (51.0, odd, 0.006),
            (900_000_000.0, {}, False), (900_000_000.0, {"is_free": True}, 0.0),
            (51.0, {"price_in": 2.0, "price_out": 2000.0}, 51.0),
        ):  # fmt: skip
            with self.subTest(cost=cost, values=values):
                usage = llm.Usage(tokens_in=1000, tokens_out=500, cost=cost)
                self.assertEqual(self.cost_of(usage, **values), taken)
                noted = calls.search([], limit=1, order="id desc").detail or ""
                self.assertEqual("beyond belief" in noted, cost != taken)

    def test_list_prices_are_in_dollars_only(self):
        euro = self.env.ref("base.EUR")
        euro.active = True
        self.assertEqual(self.prices(self.openai(currency_id=euro.id)), (0, 0, 0))

    def test_own_servers_are_free_of_charge(self):
        free = {
            key
            for key in llm.PRESETS
            if self.env["blog.ai.provider"].new({"preset": key}).is_free
        }
        self.assertLessEqual({"ollama", "lmstudio", "vllm", "offline"}, free)
        self.assertFalse({"openai", "anthropic", "compatible"} & free)

    def test_another_model_costs_its_own_list_price(self):
        provider = self.openai()
        self.assertEqual(provider._prices("gpt-4.1-mini").out, 1.6)
        self.assertEqual(provider._prices("unheard-of").out, provider.price_out)

    def test_a_cost_without_prices_is_not_known(self):
        self.assertIs(self.cost_of(TOKENS), False)

    def test_a_cost_that_the_provider_reports_is_known(self):
        usage = llm.Usage(tokens_in=1000, tokens_out=500, cost=0.25)
        self.assertEqual(self.cost_of(usage), 0.25)

    def test_what_is_free_of_charge_costs_nothing(self):
        self.assertNothing(self.cost_of(TOKENS, is_free=True))

    def test_an_answer_without_usage_has_no_known_cost(self):
        known = {"price_in": 1.0, "price_out": 4.0}
        self.assertIs(self.cost_of(llm.Usage(), **known), False)
        self.assertNothing(self.cost_of(llm.Usage(), "connection", **known))

    def test_a_call_that_was_cut_has_no_known_cost(self):
        known = {"price_in": 1.0, "price_out": 4.0}
        for outcome in ("cancelled", "stopped", "timeout"):
            self.assertIs(self.cost_of(llm.Usage(), outcome, **known), False)

    def test_an_unknown_cost_is_stored_read_and_exported_as_empty(self):
        call = self.env["blog.ai.call"].create({"cost": False})
        self.env.flush_all()
        self.env.cr.execute("SELECT cost FROM blog_ai_call WHERE id = %s", call.ids)
        self.assertEqual(self.env.cr.fetchone(), (None,))
        call.invalidate_recordset()
        self.assertIs(call.read(["cost"])[0]["cost"], False)
        self.assertEqual(call.export_data(["cost"])["datas"], [[""]])

    def test_a_sum_leaves_out_what_is_not_known(self):
        generation = self.ask()
        for cost in (0.25, False, 0.5):
            call = self.env["blog.ai.call"].create(
                {"cost": cost, "currency_id": generation.currency_id.id}
            )
            generation._add_spending(call)
        self.assertEqual(generation.cost, 0.75)

    def test_the_cost_of_a_generation_is_not_known_if_none_is(self):
        generation = self.ask()
        call = self.env["blog.ai.call"].create(
            {"cost": False, "currency_id": generation.currency_id.id}
        )
        generation._add_spending(call)
        self.assertIs(generation.cost, False)

    def test_what_was_never_asked_for_cost_nothing(self):
        generation = self.ask()
        self.assertIs(generation.cost, False)
        generation.action_cancel()
        self.assertNothing(generation.cost)

    def test_two_to_four_digits_are_shown(self):
        for amount, digits in (
            (0.0, 0),
            (0.0000041, 6),
            (0.00123, 4),
            (0.5, 2),
            (1.234, 2),
            (12.345, 2),
            (123.4, 1),
            (98765.4, 0),
        ):
            with self.subTest(amount):
                self.assertEqual(cost_digits(amount), digits)

    def test_a_translation_is_about_as_long_as_its_post(self):
        prices = Prices(1, 2.0, 0.5, 8.0, True)
        # 250 tokens of instructions, 1000 of the texts, and 1000 of the answer
        self.assertAlmostEqual(prices.estimate_translation(4000), 0.0105)
        unknown = Prices(1, 0.0, 0.0, 0.0, True)
        self.assertIsNone(unknown.estimate_translation(4000))

    def test_an_estimate_is_never_above_the_worst_case(self):
        prices = Prices(1, 2.0, 0.5, 8.0, True)
        for text in ("Lemons " * 500, "नींबू " * 500, "レモン" * 500):
            octets = len(text.encode())
            for words in (400, 1200):
                with self.subTest(text[:8], words=words):
                    estimate = prices.estimate(words, len(text))
                    self.assertLess(estimate, prices.worst(octets, 8000))


@tagged("post_install", "-at_install")
class TestEstimate(BlogAiCase):
    def note(self, **values):
        provider = create_provider(self.env, "k", name="Box", preset="openai", **values)
        wizard = self.env["blog.ai.write"].with_user(self.writer)
        return wizard.new(
            {
                "topic": "Lemons in pots",
                "blog_id": self.blog.id,
                "provider_id": provider.id,
                "words": "800",
            }
        ).cost_note

    def test_the_wizard_says_about_what_a_post_costs(self):
        note = self.note(price_in=0.4, price_out=1.6)
        self.assertEqual(note, "about 0.003 USD")

    def test_the_wizard_says_so_if_it_is_not_known(self):
        self.assertEqual(self.note(model="unheard-of"), "not known")

    def test_the_wizard_says_so_if_nobody_has_to_pay(self):
        self.assertEqual(self.note(is_free=True), "free of charge")

    def said(self, **values):
        """Return what is said before titles, a text for a network and a section."""
        provider = create_provider(self.env, "k", name="Box", preset="openai", **values)
        generation = self.ask()
        self.attempt(generation)
        generation.provider_id = provider
        generation, post = (
            it.with_user(self.writer) for it in (generation, generation.post_id)
        )
        opened = post.action_blog_ai_rewrite_section()
        section = post.env[opened["res_model"]].search(opened["domain"], limit=1)
        section.present = f"<p>{'Loam. ' * 200}</p>"
        cost = section.cost_note
        section.reason = "Say more. " * 1000
        self.assertEqual(post.blog_ai_titles_cost, generation.titles_cost)
        return [generation.titles_cost, post.blog_ai_social_cost, cost, section]

    def test_what_a_call_about_a_post_costs_is_said_before_it(self):
        titles, copy, cost, section = self.said(price_in=400, price_out=1600)
        self.assertEqual(titles, "about 0.5 USD")
        self.assertEqual(copy, "Have Box write a text again: about 0.6 USD")
        self.assertEqual(cost, "about 0.7 USD")
        self.assertEqual(section.cost_note, "about 1.70 USD")

    def test_what_is_free_of_charge_or_not_known_is_said_in_the_same_words(self):
        for values, words in (
            ({"is_free": True}, "free of charge"),
            ({"model": "unheard-of"}, "not known"),
        ):
            titles, copy, cost, _section = self.said(**values)
            unknown = words == "not known"
            self.assertEqual(titles, "Cost not known" if unknown else words)
            self.assertEqual(copy, f"Have Box write a text again: {words}")
            self.assertEqual(cost, words)

    def test_the_default_provider_writes_where_that_of_the_post_is_gone(self):
        post = self.env["blog.post"].create({"name": "Mine", "blog_id": self.blog.id})
        self.env.company.blog_ai_provider_id = self.offline
        said = f"Have {self.offline.name} write a text again: free of charge"
        self.assertEqual(post.blog_ai_social_cost, said)
        # A post that is not saved has no button to write one.
        new = self.env["blog.post"].new({"blog_id": self.blog.id})
        self.assertFalse(new.blog_ai_social_cost)

    def test_the_forms_show_it_beside_what_makes_the_call(self):
        for model, field in (
            ("blog.ai.generation", "titles_cost"),
            ("blog.post", "blog_ai_social_cost"),
            ("blog.post", "blog_ai_titles_cost"),
            ("blog.ai.section", "cost_note"),
        ):
            view = self.env[model].with_user(self.writer).get_view(view_type="form")
            self.assertIn(f'name="{field}"', view["arch"])

    def test_the_cost_of_a_post_stays_unknown_when_a_refusal_follows_a_lost_call(self):
        usage = llm.Usage(cost=0.0)
        for calls in ([], [call_that_used(usage, outcome="authentication")]):
            with self.subTest(requests=len(calls)):
                generation = self.ask()
                generation._claim(1, Limits.of(self.env), generation.ids)
                generation.invalidate_recordset()
                generation.lease_until = "2000-01-01"
                self.env.flush_all()
                generation._requeue_lost()
                generation.next_try_at = "2000-01-01"
                failure = Failure("authentication", Message("authentication"))
                self.attempt(generation, failure._replace(calls=calls))
                generation.invalidate_recordset()
                self.assertEqual(len(generation.call_ids), 2)
                self.assertIs(generation.cost, False)
