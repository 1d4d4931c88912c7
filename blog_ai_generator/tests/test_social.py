# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date
from functools import partial
from unittest.mock import patch

import psycopg2

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, new_test_user, tagged

from odoo.addons.blog_ai_generator import llm, networks
from odoo.addons.blog_ai_generator.messages import Message
from odoo.addons.blog_ai_generator.models import blog_post_social
from odoo.addons.blog_ai_generator.models.blog_post_social import fitting
from odoo.addons.blog_ai_generator.pump import Answered, Failure

from .common import BlogAiCase, call_that_used

LINK = "https://example.com/blog/lemons-1"


class SocialCase(BlogAiCase):
    def written(self, **values):
        """The post of a generation that is done."""
        generation = self.ask(**values)
        self.attempt(generation)
        return generation.post_id

    def copy_of(self, post, network):
        return post.social_ids.filtered(lambda copy: copy.network == network)


@tagged("post_install", "-at_install")
class TestWriteAgain(SocialCase):
    def setUp(self):
        super().setUp()
        self.steps = []
        self.patch(self.env.cr, "commit", lambda: self.steps.append(self.logged()))

    def logged(self):
        """Outcomes of the calls that are on record."""
        self.env.flush_all()
        calls = self.env["blog.ai.call"].search([("kind", "=", "social")])
        return calls.mapped("outcome")

    def write_again(self, post, network="x", present="Mine", user=None):
        socials = self.env["blog.post.social"].with_user(user or self.writer)
        return socials.write_again(post.id, network, present)

    def answered(self, function):
        """Have ``function(request, account)`` take the provider's place."""

        def write_social(request, account):
            self.steps.append("call")
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

        committed = []
        keep = partial(self.totals, generation)
        self.patch(self.env.cr, "commit", lambda: committed.append(keep()))
        with self.answered(fail), self.assertRaises(UserError):
            self.write_again(post)
        after = (before[0] + 300, before[1] + 40, before[2] + 0.25)
        self.assertEqual(committed, [before, after])

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

    def test_a_conflict_over_the_totals_does_not_pay_for_another_call(self):
        post = self.written()
        add = type(self.env["blog.ai.generation"])._add_spending
        tried = []

        def conflict_first(generation, calls):
            tried.append(len(calls))
            if len(tried) == 1:
                raise psycopg2.errors.SerializationFailure("changed by another")
            return add(generation, calls)

        self.patch(type(post.blog_ai_generation_id), "_add_spending", conflict_first)
        self.patch(self.env.cr, "rollback", lambda: self.steps.append("again"))
        self.write_again(post)
        self.assertEqual(self.steps.count("again"), 1)
        self.assertEqual(len(tried), 2)

    def test_no_transaction_is_open_during_the_call(self):
        with self.text("Lemons"):
            self.write_again(self.written())
        self.assertEqual(self.steps, [[], "call"])

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
        self.assertEqual(request.room, 300 - len(f"\n{post.website_absolute_url}") - 1)
        self.assertTrue(len(request.article) > 500 and "<" not in request.article)

    def test_a_proposal_that_is_too_long_is_cut_at_a_word(self):
        post = self.written()
        with self.text("lemons " * 100):
            for network in networks.RULES:
                proposal = self.write_again(post, network)
                link = post.website_absolute_url
                self.assertTrue(networks.measure(network, proposal, link).is_valid)
        with self.text("lemons " * 100):
            self.assertRegex(self.write_again(post), r"lemons…$")

    def test_a_refusal_is_the_providers_sentence_and_on_record(self):
        post = self.written()

        def refuse(request, account):
            record = llm.CallRecord(
                "social", "m", "", llm.Usage(), 5, "quota", 429, "", "", ""
            )
            error = llm.LLMError("quota")
            error.calls = (record,)
            raise error

        with (
            self.answered(refuse),
            self.assertRaisesRegex(UserError, "no credit left. Ask an administrator"),
        ):
            self.write_again(post)
        self.assertEqual(self.steps, [[], "call", ["quota"]])

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

    def test_who_wrote_the_post_writes_again_with_the_same_model(self):
        self.env.company.blog_ai_provider_id = self.provider()
        account = self.account_asked(self.written(model="sample-2"))
        self.assertEqual((account.protocol, account.model), ("offline", "sample-2"))
        self.assertLessEqual(account.deadline, 20)

    def test_without_him_the_companys_default_provider_writes(self):
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

    def test_without_any_provider_somebody_says_where_to_add_one(self):
        post = self.written()
        self.env["blog.ai.provider"].search([("active", "=", True)]).active = False
        with self.assertRaisesRegex(UserError, "Settings ▸ Blog AI"):
            self.write_again(post)
        self.assertFalse(self.steps)

    def test_only_website_designers_spend_money(self):
        editor = new_test_user(
            self.env,
            "unit-editor",
            groups="base.group_user,website.group_website_restricted_editor",
        )
        post = self.written()
        with self.assertRaises(AccessError):
            self.write_again(post, user=editor)
        self.assertFalse(self.steps)

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

    def test_a_link_that_leaves_no_room_is_said_before_money_is_spent(self):
        post = self.written()
        post.seo_name = "lemon-" * 60
        post.invalidate_recordset(["website_url", "website_absolute_url"])
        with self.assertRaisesRegex(UserError, "too long for Bluesky"):
            self.write_again(post, "bluesky")
        self.assertFalse(self.steps)

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


@tagged("post_install", "-at_install")
class TestMastodonServer(SocialCase):
    def test_copy_is_counted_by_the_limit_of_the_companys_server(self):
        post = self.written()
        copy = self.copy_of(post, "mastodon")
        copy.text = "a" * 900
        self.assertEqual((copy.limit, copy.is_too_long), (500, True))
        with Form(self.env["res.config.settings"]) as settings:
            settings.blog_ai_mastodon_server = "https://Pots.example/@garden"
            settings.blog_ai_mastodon_limit = 1000
        settings.record.execute()
        copy.invalidate_recordset()
        self.assertEqual((copy.limit, copy.is_too_long), (1000, False))
        self.assertEqual(copy.server, "pots.example")
        self.assertEqual(self.copy_of(post, "x").limit, 280)
        self.assertFalse(self.copy_of(post, "x").server)

    def test_each_company_has_its_own_server(self):
        company = self.env["res.company"].create(
            {"name": "Second", "blog_ai_mastodon_limit": 5000}
        )
        website = self.env["website"].create(
            {"name": "Second", "company_id": company.id}
        )
        theirs = self.written(blog_id=self.blog.copy({"website_id": website.id}).id)
        self.assertEqual(self.copy_of(theirs, "mastodon").limit, 5000)
        ours = self.written(topic="Figs on a wall")
        self.assertEqual(self.copy_of(ours, "mastodon").limit, 500)

    def test_a_limit_that_no_server_has_is_refused(self):
        for limit in (0, -1, 99, 100_001):
            with self.assertRaisesRegex(ValidationError, "Enter your server's limit"):
                self.env.company.blog_ai_mastodon_limit = limit

    def test_a_server_must_be_a_name(self):
        for name in ("mastodon", "a b.example", "a.example/x", "javascript:alert(1)"):
            with self.assertRaisesRegex(ValidationError, "is not a server name"):
                self.env.company.blog_ai_mastodon_server = name


@tagged("post_install", "-at_install")
class TestEditedCopy(SocialCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.slot = cls.env["blog.ai.slot"].create(
            {
                "blog_id": cls.blog.id,
                "provider_id": cls.offline.id,
                "lang": "en_US",
                "reviewer_id": cls.writer.id,
            }
        )

    def draft(self):
        return self.written(
            slot_id=self.slot.id, slot_day=date.today(), reviewer_id=self.writer.id
        )

    def edit(self, post, network="x", text="Mine"):
        copy = self.copy_of(post, network)
        copy.with_user(self.writer).text = text
        return copy

    def reject_form(self, post):
        wizards = self.env["blog.ai.reject"].with_user(self.writer)
        form = Form(
            wizards.with_context(default_generation_id=post.blog_ai_generation_id.id)
        )
        form.reason = "Too vague."
        return form

    def test_generated_copy_fits_its_network_with_any_link(self):
        parameters = self.env["ir.config_parameter"]
        parameters.set_param("web.base.url", f"https://{'garden.' * 25}example")
        generation = self.ask()
        self.attempt(generation)
        copies = generation.post_id.social_ids
        self.assertFalse(copies.filtered("is_too_long"))
        self.assertTrue(self.copy_of(generation.post_id, "bluesky").text.endswith("…"))
        self.assertIn("The text for Bluesky was too long", generation.repairs)
        self.assertFalse(copies.filtered("is_edited"))

    def test_what_a_person_changed_is_known(self):
        post = self.draft()
        copy = self.edit(post)
        added = (
            self.env["blog.post.social"]
            .with_user(self.writer)
            .create(
                {
                    "post_id": self.written(topic="Figs on a wall").copy().id,
                    "network": "x",
                    "text": "Figs",
                }
            )
        )
        self.assertTrue(copy.is_edited and added.is_edited)
        self.assertFalse((post.social_ids - copy).filtered("is_edited"))

    def test_rejecting_says_which_edits_the_new_post_will_not_have(self):
        post = self.draft()
        self.assertFalse(self.reject_form(post).edited_copy)
        self.edit(post)
        self.edit(post, "linkedin")
        self.assertIn(
            "edited by hand (X, LinkedIn)", self.reject_form(post).edited_copy
        )

    def test_a_rejected_draft_keeps_its_edited_copy_within_reach(self):
        post = self.draft()
        copy = self.edit(post)
        action = self.reject_form(post).save().action_reject()
        again = self.env["blog.ai.generation"].browse(action["res_id"])
        self.attempt(again)
        self.assertEqual(copy.text, "Mine")
        self.assertNotEqual(self.copy_of(again.post_id, "x").text, "Mine")
        first = post.blog_ai_generation_id.with_user(self.writer)
        action = first.action_open_rejected()
        self.assertEqual((action["res_model"], action["res_id"]), (post._name, post.id))

    def test_a_rejected_draft_that_was_deleted_is_told_of(self):
        post = self.draft()
        self.reject_form(post).save().action_reject()
        generation = post.blog_ai_generation_id
        post.unlink()
        with self.assertRaisesRegex(UserError, "The post was deleted"):
            generation.action_open_rejected()

    def test_a_retry_leaves_the_copy_of_a_written_post_alone(self):
        post = self.draft()
        copy = self.edit(post)
        generation = post.blog_ai_generation_id
        failed = self.ask("Figs on a wall")
        self.attempt(failed, Failure("quota", Message("quota")))
        (generation + failed).with_user(self.writer).action_retry()
        self.assertEqual((generation.state, failed.state), ("done", "queued"))
        self.attempt(failed)
        self.assertEqual(copy.text, "Mine")
        self.assertEqual(generation.post_ids, post)

    def test_a_late_answer_leaves_edited_copy_alone(self):
        generation = self.ask()
        claim = self.attempt(generation)
        copy = self.edit(generation.post_id)
        self.env.flush_all()
        generation._store(Answered(claim, llm.write(claim.request, claim.account)))
        self.assertEqual(copy.text, "Mine")
        self.assertEqual(len(generation.post_ids), 1)

    def test_a_second_text_for_a_network_is_refused_with_the_networks_name(self):
        post = self.draft().with_user(self.writer)
        with self.assertRaisesRegex(ValidationError, "text for Bluesky already"):
            with Form(post) as form, form.social_ids.new() as line:
                line.network, line.text = "bluesky", "Figs"
        post.social_ids.unlink()
        for_x = {"network": "x", "text": "Figs"}
        with self.assertRaisesRegex(ValidationError, "text for X already"):
            post.social_ids = [Command.create(for_x)] * 2
        post.social_ids = [Command.create(for_x)]
        post.social_ids = [Command.delete(post.social_ids.id), Command.create(for_x)]
        self.assertEqual(post.social_ids.mapped("network"), ["x"])

    def test_networks_have_one_list_of_names(self):
        self.assertEqual(dict(blog_post_social.NETWORKS).keys(), networks.RULES.keys())
