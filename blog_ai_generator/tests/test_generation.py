# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import datetime, timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, tagged

from odoo.addons.blog_ai_generator import llm
from odoo.addons.blog_ai_generator.messages import Message
from odoo.addons.blog_ai_generator.pump import Failed, Failure, Limits

from .common import BlogAiCase, call_that_used

BUSY = Failure(
    "overloaded", Message.of_text("Busy. Retry."), "HTTP 503", retryable=True
)
REFUSED = Failure("authentication", Message.of_text("The key is refused."), "HTTP 401")


@tagged("post_install", "-at_install")
class TestGeneration(BlogAiCase):
    def test_it_ends_by_the_clock_also_in_a_long_transaction(self):
        begun = datetime.now()
        generation = self.ask()
        self.attempt(generation)
        self.assertGreaterEqual(generation.finished_at, begun)
        self.assertGreaterEqual(generation.duration, 0)

    def test_a_done_generation_has_its_post_with_every_field(self):
        tag = self.env["blog.tag"].create({"name": "Citrus"})
        generation = self.ask(tag_ids=[(6, 0, tag.ids)], user_id=self.writer.id)
        self.attempt(generation)
        post = generation.post_id
        self.assertEqual(generation.state, "done")
        self.assertEqual(post.blog_id, self.blog)
        self.assertEqual(post.tag_ids, tag)
        self.assertEqual(post.create_uid, self.writer)
        self.assertEqual(post.write_uid, self.writer)
        self.assertEqual(post.author_id, self.writer.partner_id)
        self.assertFalse(post.is_published)
        self.assertTrue(post.is_seo_optimized)
        self.assertIn("Lemons in pots", post.name)
        self.assertTrue(post.teaser_manual)
        self.assertEqual(
            sorted(post.social_ids.mapped("network")),
            ["bluesky", "linkedin", "mastodon", "x"],
        )

    def test_a_done_generation_knows_its_tokens_and_its_model(self):
        generation = self.ask()
        self.attempt(generation)
        call = generation.call_ids
        self.assertEqual(call.outcome, "ok")
        self.assertGreater(call.tokens_out, 800)
        self.assertEqual(generation.tokens_out, call.tokens_out)
        self.assertEqual(generation.tokens_in, call.tokens_in)
        self.assertTrue(generation.model_answered)
        self.assertTrue(call.prompt_version)

    def test_its_cost_is_the_sum_of_its_calls_however_little_they_cost(self):
        generation = self.ask()
        usage = llm.Usage(tokens_in=3, tokens_out=1, cost=0.0000014)
        calls = [call_that_used(usage)] * 3
        for _attempt in range(2):
            generation.next_try_at = "2000-01-01"
            self.attempt(generation, BUSY._replace(calls=calls))
            generation.invalidate_recordset()
        self.env.invalidate_all()
        self.assertEqual(len(generation.call_ids), 6)
        self.assertAlmostEqual(generation.cost, 0.000006, 9)
        self.assertAlmostEqual(generation.cost, sum(generation.call_ids.mapped("cost")))

    def test_a_call_that_was_paid_in_another_currency_is_no_part_of_its_cost(self):
        generation = self.ask()
        (claim,) = generation._claim(1, Limits.of(self.env), generation.ids)
        prices = claim.prices._replace(currency_id=self.env.ref("base.GBP").id)
        call = call_that_used(llm.Usage(tokens_in=3, tokens_out=7, cost=0.25))
        failure = REFUSED._replace(calls=[call])
        generation._store(Failed(claim._replace(prices=prices), failure))
        self.assertEqual(generation.call_ids.cost, 0.25)
        self.assertEqual((generation.cost, generation.tokens_out), (0, 7))

    def test_publish_at_once_makes_a_visible_post(self):
        generation = self.ask(publish=True)
        self.attempt(generation)
        self.assertTrue(generation.post_id.is_published)
        self.assertTrue(generation.post_id.published_date)

    def test_a_title_that_the_blog_has_is_not_published_a_second_time(self):
        first = self.ask(publish=True)
        self.attempt(first)
        first.post_id.name = first.post_id.name.upper()
        second = self.ask(publish=True, recipient_ids=[(6, 0, self.reader.ids)])
        self.attempt(second)
        self.assertEqual((second.state, second.review_state), ("done", "pending"))
        self.assertFalse(second.post_id.is_published or second.notified_at)
        self.assertIn("post or draft with the same title", second.repairs)
        second.with_user(self.writer)._approve()
        self.assertTrue(second.post_id.is_published and second.notified_at)

    def test_a_text_with_a_placeholder_is_kept_as_a_draft(self):
        generation = self.ask(topic="Lemons at [Your Company Name]", publish=True)
        self.attempt(generation)
        self.assertEqual(generation.review_state, "pending")
        self.assertFalse(generation.post_id.is_published)
        self.assertIn("[Your Company Name]", generation.post_id.name)
        self.assertIn("placeholder: [Your Company Name]", generation.repairs)

    def test_a_title_of_a_draft_of_the_blog_is_not_published_either(self):
        for name, published in (("Kept", False), ("Another blog", True)):
            draft = self.ask(topic=name)
            self.attempt(draft)
            if published:
                draft.post_id.blog_id = self.blog.copy()
            post = self.ask(topic=name, publish=True)
            self.attempt(post)
            self.assertEqual(post.post_id.is_published, published, name)

    def test_a_draft_may_have_a_title_that_the_blog_has(self):
        for _twice in range(2):
            draft = self.ask()
            self.attempt(draft)
            self.assertNotIn("same title", draft.repairs or "")
            self.assertEqual(draft.review_state, "none")

    def test_a_transient_failure_is_queued_again_for_later(self):
        generation = self.ask()
        self.attempt(generation, BUSY)
        self.assertEqual((generation.state, generation.attempts), ("queued", 1))
        self.assertGreater(generation.next_try_at, fields.Datetime.now())
        self.assertEqual(generation.error, "Busy. Retry.")
        self.assertFalse(generation._claim(1, Limits(), generation.ids))

    def test_the_providers_pause_is_respected(self):
        generation = self.ask()
        self.attempt(generation, BUSY._replace(retry_after=1800.0))
        pause = generation.next_try_at - fields.Datetime.now()
        self.assertAlmostEqual(pause.total_seconds(), 1800, delta=5)

    def test_a_provider_does_not_shorten_the_pause(self):
        generation = self.ask()
        for least in (15, 60):
            self.attempt(generation, BUSY._replace(retry_after=1.0))
            pause = generation.next_try_at - fields.Datetime.now()
            self.assertGreater(pause.total_seconds(), least - 2)
            generation.next_try_at = fields.Datetime.now()

    def test_an_endless_pause_is_a_failure(self):
        generation = self.ask()
        self.attempt(generation, BUSY._replace(retry_after=86400.0))
        self.assertEqual(generation.state, "failed")

    def test_a_lasting_failure_is_final_and_leaves_no_post(self):
        generation = self.ask()
        self.attempt(generation, REFUSED)
        self.assertEqual(generation.state, "failed")
        self.assertEqual(generation.error_code, "authentication")
        self.assertFalse(generation.post_id)
        self.assertTrue(generation.finished_at)

    def test_retry_gives_fresh_attempts_and_keeps_the_count(self):
        generation = self.ask()
        self.attempt(generation, REFUSED)
        generation.with_user(self.writer).action_retry()
        self.assertEqual(generation.state, "queued")
        self.assertEqual(generation.attempt_limit, 4)
        self.assertFalse(generation.error)
        self.attempt(generation)
        self.assertEqual((generation.state, generation.attempts), ("done", 2))

    def test_what_has_ended_has_no_next_attempt_until_a_retry(self):
        done, failed, cancelled = self.ask(), self.ask("Oak"), self.ask("Hedges")
        self.attempt(done)
        self.attempt(failed, REFUSED)
        cancelled.action_cancel()
        ended = done + failed + cancelled
        self.assertEqual(ended.mapped("next_try_at"), [False] * 3)
        (failed + cancelled).action_retry()
        self.assertTrue(all((failed + cancelled).mapped("next_try_at")))

    def test_retry_of_what_is_done_writes_no_second_post(self):
        generation = self.ask()
        self.attempt(generation)
        generation.action_retry()
        self.assertEqual(generation.state, "done")

    def test_no_average_counts_what_was_cancelled_or_waits(self):
        minute = self.env.cr.now() - timedelta(minutes=1)
        topics = ("Lemons in pots", "A bench of oak", "Hedges for birds")
        done, waiting, cancelled = (self.ask(it, queued_at=minute) for it in topics)
        self.attempt(done)
        for generation in (waiting, cancelled):
            self.attempt(generation, REFUSED)
            generation.action_retry()
        cancelled.action_cancel()
        self.assertTrue(cancelled.finished_at)
        ours = done + waiting + cancelled
        self.assertEqual(
            [values["duration"] for values in ours.read(["duration"])],
            [done.duration, False, False],
        )
        self.assertGreater(done.duration, 59)
        ((average,),) = ours._read_group([("id", "in", ours.ids)], [], ["duration:avg"])
        self.assertAlmostEqual(average, done.duration, places=2)

    def test_cancel_takes_a_queued_generation_out(self):
        generation = self.ask()
        generation.with_user(self.writer).action_cancel()
        self.assertEqual(generation.state, "cancelled")
        self.assertFalse(generation._claim(1, Limits(), generation.ids))

    def test_an_old_lease_can_not_store(self):
        generation = self.ask()
        claim = self.attempt(generation, BUSY)
        generation.next_try_at = fields.Datetime.now() - timedelta(minutes=1)
        generation.flush_recordset()
        generation._claim(1, Limits(), generation.ids)
        generation.invalidate_recordset()
        generation._store(Failed(claim, REFUSED))
        self.assertEqual(generation.state, "writing")

    def test_a_generation_that_is_written_is_not_deleted(self):
        generation = self.ask()
        generation._claim(1, Limits(), generation.ids)
        generation.invalidate_recordset()
        with self.assertRaisesRegex(UserError, "Cancel"):
            generation.unlink()

    def test_a_queued_generation_is_not_deleted_under_its_topic(self):
        topic = self.env["blog.ai.topic"].create(
            {"name": "Lemons in pots", "blog_id": self.blog.id}
        )
        generation = self.ask(topic_id=topic.id)
        with self.assertRaisesRegex(UserError, "Cancel"):
            generation.unlink()
        generation.action_cancel()
        generation.unlink()
        self.assertEqual(topic.state, "waiting")

    def test_a_blog_is_not_deleted_while_it_is_written_for(self):
        idle = self.env["blog.blog"].create({"name": "Idle blog"})
        generation = self.ask()
        blogs = (idle + self.blog).with_user(self.writer)
        with self.assertRaisesRegex(UserError, "for the blog Unit blog. Cancel"):
            blogs.unlink()
        generation._claim(1, Limits(), generation.ids)
        with self.assertRaisesRegex(UserError, "for the blog Unit blog. Cancel"):
            blogs.unlink()
        generation.invalidate_recordset()
        generation.action_cancel()
        blogs.unlink()
        self.assertFalse(blogs.exists())

    def test_the_account_of_what_was_spent_outlives_the_generation(self):
        generation = self.ask()
        self.attempt(generation)
        call = generation.call_ids
        generation.unlink()
        self.assertTrue(call.exists())

    def test_a_provider_archived_meanwhile_is_not_called(self):
        generation = self.ask()
        self.offline.active = False
        generation.flush_recordset()
        self.assertFalse(generation._claim(1, Limits(), generation.ids))
        self.assertEqual(generation.state, "failed")
        self.assertIn("Choose another one", generation.error)

    def test_a_provider_of_another_company_is_refused_with_the_reason(self):
        other = self.env["res.company"].create({"name": "Second"})
        self.offline.company_id = other
        with self.assertRaisesRegex(ValidationError, "belongs to Second"):
            self.ask()

    def test_an_empty_topic_is_refused_with_a_sentence(self):
        for topic in ("", "   ", "\n"):
            with self.assertRaisesRegex(ValidationError, "topic is empty"):
                self.ask(topic)

    def test_a_topic_of_a_page_is_refused_with_a_sentence(self):
        with self.assertRaisesRegex(ValidationError, "into the notes"):
            self.ask("lemon " * 100)

    def test_a_topic_is_one_line(self):
        self.assertEqual(self.ask("Lemons\n in  pots").topic, "Lemons in pots")

    def test_only_blog_writers_may_steer(self):
        generation = self.ask()
        employee = self.env["res.users"].create(
            {"name": "Employee", "login": "unit-employee"}
        )
        for action in ("action_cancel", "action_retry"):
            with self.assertRaises(AccessError):
                getattr(generation.with_user(employee), action)()

    def test_a_restricted_editor_is_told_who_sees_generations(self):
        group = "website.group_website_restricted_editor"
        restricted = new_test_user(self.env, "unit-restricted", groups=group)
        generations = self.env["blog.ai.generation"].with_user(restricted)
        with self.assertRaisesRegex(AccessError, "^Only website editors see what"):
            generations.web_search_read([], {"topic": {}})
        with self.assertRaisesRegex(AccessError, "Editor and Designer"):
            self.ask().with_user(restricted).read(["topic"])

    def test_writers_do_not_write_the_log(self):
        generation = self.ask().with_user(self.writer)
        with self.assertRaises(AccessError):
            generation.state = "done"

    def test_nobody_takes_a_generations_place_for_its_post(self):
        generation = self.ask()
        post = (
            self.env["blog.post"]
            .with_user(self.writer)
            .create({"name": "Forged", "blog_ai_generation_id": generation.id})
        )
        post.blog_ai_generation_id = generation
        self.assertFalse(post.blog_ai_generation_id)
        by_default = post.with_context(default_blog_ai_generation_id=generation.id)
        other = by_default.create({"name": "Forged too", "blog_id": self.blog.id})
        self.assertFalse(other.blog_ai_generation_id)

    def test_invisible_characters_are_no_topic(self):
        with self.assertRaisesRegex(ValidationError, "topic is empty"):
            self.ask("\u200b\u2060")

    def test_a_failure_before_any_request_closes_the_call(self):
        generation = self.ask()
        self.attempt(generation, REFUSED)
        self.assertEqual(generation.call_ids.outcome, "authentication")

    def test_a_failed_generation_is_asked_for_again_with_changes(self):
        generation = self.ask(notes="With a recipe")
        self.attempt(generation, REFUSED)
        context = generation.with_user(self.writer).action_write_again()["context"]
        wizard = self.env["blog.ai.write"].with_context(**context).create({})
        self.assertEqual(wizard.topic, generation.topic)
        self.assertEqual(wizard.notes, "With a recipe")

    def test_a_blogs_own_website_decides_the_company(self):
        company = self.env["res.company"].create({"name": "Second"})
        website = self.env["website"].create(
            {"name": "Second site", "company_id": company.id}
        )
        self.blog.website_id = website
        self.assertEqual(self.ask().company_id, company)
