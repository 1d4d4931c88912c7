# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from contextlib import suppress
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from odoo.addons.blog_ai_generator import llm, networks
from odoo.addons.blog_ai_generator.models.blog_post_social import fitting

from .common import call_that_used
from .social_case import SocialCase

LINK = "https://example.com/blog/lemons-1"


@tagged("post_install", "-at_install")
class TestWriteAgain(SocialCase):
    def setUp(self):
        super().setUp()
        self.asked = []

    def logged(self):
        """Return the outcomes of the logged calls."""
        calls = self.env["blog.ai.call"].search([("kind", "=", "social")])
        return calls.mapped("outcome")

    def write_again(self, post, network="x", present="Mine", user=None):
        user = user or self.writer
        socials = self.env["blog.post.social"].with_user(user)
        asked = socials.write_again(post.id, network, present)
        return self.answer_to(asked, user)["text"]

    def answered(self, function):
        """Answer with ``function(request, account)`` instead of a provider."""

        def write_social(request, account, cancellation):
            self.asked.append(request)
            return function(request, account)

        return patch.object(llm, "write_social", write_social)

    def text(self, text):
        return self.answered(lambda request, account: llm.SocialCopy(text, ()))

    def test_other_copy_is_proposed_and_nothing_is_changed(self):
        post = self.written()
        copy = self.copy_of(post, "x")
        before = copy.text
        proposal = self.write_again(post, present=before)
        self.assertTrue(proposal)
        self.assertNotEqual(proposal, before)
        self.assertEqual(copy.text, before)
        self.assertFalse(copy.is_edited)

    def test_an_unknown_network_is_refused_with_a_sentence(self):
        post = self.written()
        for network in ("myspace", "", False):
            with self.assertRaisesRegex(UserError, "It knows X, Bluesky, Mastodon"):
                self.write_again(post, network=network)

    def test_the_call_is_on_record_with_the_posts_generation(self):
        post = self.written()
        self.write_again(post)
        call = self.env["blog.ai.call"].search([("kind", "=", "social")])
        self.assertEqual(call.generation_id, post.blog_ai_generation_id)
        self.assertEqual((call.outcome, call.provider_id), ("ok", self.offline))
        self.assertEqual(call.company_id, self.env.company)
        self.assertTrue(call.tokens_out)

    def answer_that_cost(self, cost, outcome="ok"):
        usage = llm.Usage(tokens_in=300, tokens_out=40, cost=cost)
        return call_that_used(usage, "social", outcome)

    def totals(self, generation):
        return generation.tokens_in, generation.tokens_out, round(generation.cost, 4)

    def test_what_another_copy_cost_is_in_the_generations_totals(self):
        post = self.written()
        generation = post.blog_ai_generation_id
        tokens_in, tokens_out, cost = self.totals(generation)
        for _time in range(2):
            record = self.answer_that_cost(0.25)
            with self.answered(lambda r, a, c=record: llm.SocialCopy("Yes", (c,))):
                self.write_again(post)
        self.assertEqual(
            self.totals(generation), (tokens_in + 600, tokens_out + 80, cost + 0.5)
        )
        self.assertEqual(sum(generation.call_ids.mapped("tokens_in")), tokens_in + 600)

    def test_what_a_copy_cost_that_failed_is_in_the_totals_too(self):
        post = self.written()
        generation = post.blog_ai_generation_id
        before = self.totals(generation)
        error = llm.LLMError("unusable")
        error.calls = (self.answer_that_cost(0.25, "unusable"),)

        def fail(request, account):
            raise error

        # Odoo's own assertion would roll back what is kept.
        with self.answered(fail), suppress(UserError):
            self.write_again(post)
        after = (before[0] + 300, before[1] + 40, before[2] + 0.25)
        self.assertEqual(self.totals(generation), after)

    def test_what_was_paid_in_another_currency_is_not_added_to_the_cost(self):
        post = self.written()
        generation = post.blog_ai_generation_id
        before = self.totals(generation)
        self.env.company.blog_ai_provider_id = self.provider(
            currency_id=self.env.ref("base.GBP").id
        )
        self.offline.active = False
        record = self.answer_that_cost(0.25)
        with self.answered(lambda r, a: llm.SocialCopy("Yes", (record,))):
            self.write_again(post)
        self.assertEqual(
            self.totals(generation), (before[0] + 300, before[1] + 40, before[2])
        )

    def test_the_model_gets_the_post_its_language_and_the_room(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        post = self.written(lang="fr_FR")
        post.with_context(lang="fr_FR").name = "Citrons en pot"
        seen = []
        with self.answered(lambda r, a: seen.append(r) or llm.SocialCopy("Oui", ())):
            self.write_again(post, "bluesky", "Present copy")
        (request,) = seen
        self.assertEqual((request.topic, request.language), ("Citrons en pot", "fr_FR"))
        self.assertEqual(
            (request.network, request.present), ("bluesky", "Present copy")
        )
        self.assertEqual(request.teaser, post.teaser)
        link = self.copy_of(post, "bluesky").link
        self.assertIn("/r/", link)
        self.assertEqual(request.room, 300 - len(f"\n{link}") - 1)
        self.assertTrue(len(request.article) > 500 and "<" not in request.article)

    def test_a_proposal_that_is_too_long_is_cut_at_a_word(self):
        post = self.written()
        with self.text("lemons " * 100):
            for network in networks.RULES:
                proposal = self.write_again(post, network)
                link = self.copy_of(post, network).link
                self.assertTrue(networks.measure(network, proposal, link).is_valid)
        with self.text("lemons " * 100):
            self.assertRegex(self.write_again(post), r"lemons…$")

    def test_a_refusal_is_explained_and_logged(self):
        post = self.written()

        def refuse(request, account):
            record = llm.CallRecord(
                "social", "m", "", llm.Usage(), 5, "quota", 429, "", "", ""
            )
            error = llm.LLMError("quota")
            error.calls = (record,)
            raise error

        said = ""
        with self.answered(refuse):
            try:
                self.write_again(post)
            except UserError as error:
                said = str(error)
        self.assertIn("no credit left. Ask an administrator", said)
        self.assertEqual(self.logged(), ["quota"])

    def account_asked(self, post):
        accounts = []
        copy = llm.SocialCopy("Lemons", ())
        with self.answered(lambda request, account: accounts.append(account) or copy):
            self.write_again(post)
        return accounts[0]

    def provider(self, **values):
        return self.env["blog.ai.provider"].create(
            {
                "name": "Second",
                "preset": "compatible",
                "base_url": "http://127.0.0.1:9/v1",
                "model": "second",
                **values,
            }
        )

    def test_the_provider_of_the_post_writes_again_with_the_same_model(self):
        self.env.company.blog_ai_provider_id = self.provider()
        account = self.account_asked(self.written(model="sample-2"))
        self.assertEqual((account.protocol, account.model), ("offline", "sample-2"))
        self.assertEqual(account.deadline, self.offline.time_limit)

    def test_otherwise_the_companys_default_provider_writes(self):
        post = self.written(model="sample-2")
        self.env.company.blog_ai_provider_id = self.provider()
        self.offline.active = False
        self.assertEqual(self.account_asked(post).model, "second")

    def test_posts_written_by_hand_get_copy_too(self):
        post = self.env["blog.post"].create(
            {"name": "By hand", "blog_id": self.blog.id}
        )
        self.env.company.blog_ai_provider_id = self.provider()
        self.assertEqual(self.account_asked(post).model, "second")

    def test_without_any_provider_the_error_says_where_to_add_one(self):
        post = self.written()
        self.env["blog.ai.provider"].search([("active", "=", True)]).active = False
        with self.assertRaisesRegex(UserError, "Settings ▸ Blog AI"):
            self.write_again(post)
        self.assertFalse(self.asked)

    def test_only_website_designers_spend_money(self):
        editor = new_test_user(
            self.env,
            "unit-editor",
            groups="base.group_user,website.group_website_restricted_editor",
        )
        post = self.written()
        with self.assertRaises(AccessError):
            self.write_again(post, user=editor)
        self.assertFalse(self.asked)

    def test_no_money_of_another_company_is_spent(self):
        company = self.env["res.company"].create({"name": "Second"})
        website = self.env["website"].create(
            {"name": "Second", "company_id": company.id}
        )
        post = self.env["blog.post"].create(
            {"name": "Theirs", "blog_id": self.blog.copy({"website_id": website.id}).id}
        )
        with self.assertRaisesRegex(UserError, "Switch to that company"):
            self.write_again(post)

    def test_a_link_that_leaves_no_room_is_refused_before_money_is_spent(self):
        post = self.written()
        # A text that is not saved yet has no short link.
        self.copy_of(post, "bluesky").unlink()
        post.seo_name = "lemon-" * 60
        post.invalidate_recordset(["website_url", "website_absolute_url"])
        with self.assertRaisesRegex(UserError, "too long for Bluesky"):
            self.write_again(post, "bluesky")
        self.assertFalse(self.asked)

    def test_cut_copy_always_fits(self):
        texts = ("lemons " * 900, "字" * 4000, "👩‍👩‍👧 " * 900, "a" * 9000, "x " * 140)
        for network in networks.RULES:
            for text in texts:
                with self.subTest(network=network, text=text[:7]):
                    fit = fitting(network, text, LINK, 0)
                    measured = networks.measure(network, fit, LINK)
                    self.assertTrue(measured.is_valid)
                    least = measured.limit * 0.9
                    self.assertTrue(fit == text or measured.length > least, fit)
        self.assertEqual(fitting("x", "Lemons", LINK, 0), "Lemons")
        self.assertEqual(len(fitting("bluesky", "Lemons", "h" * 400, 0)), 1)
