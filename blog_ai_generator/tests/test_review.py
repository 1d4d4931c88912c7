# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from ast import literal_eval
from datetime import datetime

from lxml import etree

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, new_test_user, tagged
from odoo.tools.safe_eval import safe_eval

from odoo.addons.blog_ai_generator.models.blog_ai_brief_mixin_texts import MAX_NOTES

from .review_case import ReviewCase


@tagged("post_install", "-at_install")
class TestReview(ReviewCase):
    # Approving

    def test_approving_publishes_now(self):
        generation = self.run_slot()
        post = generation.post_id
        action = post.with_user(self.reviewer).action_blog_ai_approve()
        wizard = Form(
            self.env[action["res_model"]]
            .with_user(self.reviewer)
            .with_context(**action["context"])
        )
        wizard.save().action_approve()
        self.assertTrue(post.is_published)
        self.assertEqual(generation.review_state, "approved")
        self.assertEqual(generation.reviewed_by, self.reviewer)
        self.assertTrue(generation.reviewed_at)
        self.assertFalse(self.activities(post).active)

    @freeze_time("2026-06-01 09:00:00")
    def test_approving_at_a_date_publishes_then(self):
        generation = self.run_slot()
        at = datetime(2026, 6, 3, 7, 30)
        self.approve(generation, when="later", publish_at=at)
        post = generation.post_id
        self.assertEqual(post.post_date, at)
        self.assertEqual(post.blog_ai_announce_at, at)
        self.assertEqual(generation.review_state, "approved")

    def test_a_date_that_is_cleared_makes_the_post_visible_at_once(self):
        generation = self.run_slot()
        self.approve(generation, when="later", publish_at=datetime(2036, 6, 3, 7, 30))
        post = generation.post_id
        post.post_date = False
        self.assertTrue(post.is_published)
        self.assertLessEqual(post.post_date, datetime.now())
        self.assertFalse(post.blog_ai_announce_at)

    def columns(self, action):
        """Return the columns that the list of an action shows by default."""
        action = self.env.ref(f"blog_ai_generator.{action}")
        generations = self.env["blog.ai.generation"].with_user(self.reviewer)
        arch = etree.fromstring(generations.get_view(action.view_id.id, "list")["arch"])
        action_context = literal_eval(action.context)
        return {
            field.get("name")
            for field in arch.xpath("./field[not(@optional='hide')]")
            if not safe_eval(
                field.get("column_invisible", "False"), {"context": action_context}
            )
        }

    def test_the_lists_of_drafts_and_posts_to_look_at_show_what_a_reviewer_needs(self):
        needed = {"topic", "blog_id", "slot_id", "create_date"}
        idle = {"attempts", "provider_id", "cost", "currency_id", "user_id"}
        for action, has_reviewer in (
            ("action_to_review", True),
            ("action_not_looked_at", False),
        ):
            with self.subTest(action):
                columns = self.columns(action)
                self.assertLessEqual(needed, columns)
                self.assertFalse(idle & columns)
                self.assertEqual("reviewer_id" in columns, has_reviewer)

    def test_who_approved_is_said(self):
        generation = self.run_slot()
        self.approve(generation)
        name = "unit-reviewer (base.group_user,website.group_website_designer)"
        approved = f"{name} approved this draft"
        self.assertEqual(generation.review_note, f"{approved} and published it.")
        generation.post_id.is_published = False
        self.assertEqual(generation.review_note, f"{approved}.")

    @freeze_time("2026-06-01 09:00:00")
    def test_from_when_visitors_see_it_is_said_by_the_readers_clock(self):
        self.env["res.lang"]._activate_lang("de_DE")
        generation = self.run_slot()
        self.approve(generation, when="later", publish_at=datetime(2026, 6, 3, 22, 30))
        self.assertRegex(generation.review_note, r"from Jun 3, 10:30\sPM \(UTC\)\.$")
        self.writer.tz = "Europe/Berlin"
        seen = generation.with_user(self.writer).with_context(lang="de_DE")
        self.assertIn("4. Juni, 00:30 (Europe/Berlin)", seen.review_note)
        with freeze_time("2026-06-03 22:30:01"):
            generation.invalidate_recordset(["review_note"])
            self.assertNotIn("Jun 3", generation.review_note)

    @freeze_time("2026-06-01 09:00:00")
    def test_approving_for_the_past_is_refused_with_a_sentence(self):
        generation = self.run_slot()
        for at in (False, datetime(2026, 6, 1, 9), datetime(2026, 5, 1)):
            with self.assertRaisesRegex(UserError, "a date in the future"):
                self.approve(generation, when="later", publish_at=at)
        self.assertEqual(generation.review_state, "pending")

    def test_publishing_on_the_website_approves(self):
        generation = self.run_slot()
        generation.post_id.with_user(self.reviewer).website_publish_button()
        self.assertEqual(generation.review_state, "approved")
        self.assertEqual(generation.reviewed_by, self.reviewer)
        self.assertFalse(self.activities(generation.post_id).active)

    # Rejecting

    def test_rejecting_archives_the_draft_and_keeps_the_reason(self):
        generation = self.run_slot()
        post = generation.post_id
        self.reject(generation, "Too vague.", again=False)
        self.assertFalse(post.active)
        self.assertEqual(generation.review_state, "rejected")
        self.assertEqual(generation.reject_reason, "Too vague.")
        activity = self.activities(post)
        self.assertFalse(activity.active)
        self.assertEqual(activity.feedback, "Too vague.")
        self.assertEqual(self.topic.generation_ids, generation)

    def test_a_rejected_draft_is_written_again_with_the_reason_in_mind(self):
        first = self.run_slot()
        action = self.reject(first, "Too vague.")
        second = self.env["blog.ai.generation"].browse(action["res_id"])
        self.assertEqual(second.state, "queued")
        self.assertEqual(first.action_open_rewrite()["res_id"], second.id)
        self.assertFalse(second.rewrite_id)
        self.assertTrue(second.notes.startswith("No poetry."))
        self.assertIn("Too vague.", second._prepare_request().notes)
        for field in ("topic", "topic_id", "blog_id", "provider_id", "words", "lang"):
            self.assertEqual(second[field], first[field], field)
        self.attempt(second)
        self.assertEqual(second.review_state, "pending")
        self.assertEqual(self.activities(second.post_id).user_id, self.reviewer)
        self.assertEqual(self.topic.state, "written")
        self.assertEqual(self.topic.post_id, second.post_id)
        action = self.reject(second, "Too vague.")
        third = self.env["blog.ai.generation"].browse(action["res_id"])
        self.assertEqual(third.notes, second.notes, "A reason is given once.")
        self.assertIn("An earlier version was rejected.", third.notes)

    def test_the_slots_day_stays_with_the_first_one(self):
        first = self.run_slot()
        second = self.env["blog.ai.generation"].browse(self.reject(first)["res_id"])
        self.assertEqual((first.slot_id, bool(first.slot_day)), (self.slot, True))
        self.assertEqual((second.slot_id, second.slot_day), (self.slot, False))
        self.attempt(second)
        self.assertEqual(self.slot.last_day_id.generation_id, first)
        self.assertEqual(self.slot.last_state, "written")

    def test_a_draft_that_was_rejected_twice_stays_with_its_slot(self):
        generation = self.run_slot()
        for _time in range(2):
            action = self.reject(generation)
            generation = self.env["blog.ai.generation"].browse(action["res_id"])
            self.attempt(generation)
        self.assertEqual(generation.slot_id, self.slot)
        self.assertFalse(generation.slot_day)

    def test_a_rejected_draft_is_muted_in_the_list(self):
        arch = self.env["blog.ai.generation"].get_view(view_type="list")["arch"]
        self.assertEqual(
            etree.fromstring(arch).get("decoration-muted").strip(),
            "review_state == 'rejected'",
        )

    def test_approve_and_reject_stand_once_where_a_phone_shows_them(self):
        """The status bar of a small screen keeps all but its first button in a menu."""
        for model, names in (
            ("blog.ai.generation", ("action_approve", "action_reject")),
            ("blog.post", ("action_blog_ai_approve", "action_blog_ai_reject")),
        ):
            arch = self.env[model].get_view(view_type="form")["arch"]
            form = etree.fromstring(arch)
            for name in names:
                with self.subTest(name=name):
                    self.assertFalse(form.xpath(f"//header//button[@name='{name}']"))
                    banner = "//div[@data-blog-ai='review']"
                    (button,) = form.xpath(f"{banner}//button[@name='{name}']")
                    (banner,) = button.xpath("ancestor::div[@data-blog-ai]")
                    self.assertIn("!= 'pending'", banner.get("invisible"))
                    # Another one may be shown if there is no review.
                    for other in {*form.xpath(f"//button[@name='{name}']")} - {button}:
                        hidden = other.xpath("ancestor-or-self::*/@invisible")
                        self.assertRegex(" ".join(hidden), "is_plain_draft|!= 'none'")

    def test_a_remark_tells_drafts_under_review_and_errors_from_what_is_just_done(self):
        draft = self.run_slot()
        self.assertEqual(draft.remark, "pending")
        self.reject(draft, again=False)
        self.assertEqual(draft.remark, "rejected")
        plain = self.ask()
        self.attempt(plain)
        self.assertEqual((plain.state, plain.remark), ("done", False))
        plain.write({"state": "failed", "error_code": "quota"})
        self.assertEqual(plain.remark, "quota")
        labels = dict(plain._fields["remark"]._description_selection(self.env))
        self.assertEqual(labels["rejected"], "Rejected")
        self.assertEqual(labels["quota"], "Credit used up")

    def test_lists_and_cards_show_how_the_review_stands(self):
        shown = {
            kind: etree.fromstring(
                self.env["blog.ai.generation"].get_view(view_type=kind)["arch"]
            )
            for kind in ("list", "kanban")
        }
        (column,) = shown["list"].xpath("//field[@name='remark']")
        self.assertEqual(column.get("optional"), "show")
        (badge,) = shown["kanban"].xpath("//field[@name='remark']")
        for remark, is_hidden in (("pending", False), ("unsent", False), (False, True)):
            hidden = safe_eval(badge.get("invisible"), {"remark": remark})
            self.assertEqual(hidden, is_hidden)

    def test_rejecting_twice_keeps_both_reasons(self):
        first = self.run_slot()
        second = self.env["blog.ai.generation"].browse(self.reject(first)["res_id"])
        self.attempt(second)
        third = self.reject(second, "No figures.")["res_id"]
        notes = self.env["blog.ai.generation"].browse(third).notes
        self.assertIn("Too vague.", notes)
        self.assertIn("No figures.", notes)

    def test_a_topic_with_another_post_stays_written_when_a_draft_is_rejected(self):
        self.attempt(self.ask("Figs", topic_id=self.topic.id, publish=True))
        self.topic.sudo().state = "waiting"
        self.topic.name = "Quinces for jam"
        for requeue in (True, False):
            draft = self.ask(
                slot_id=self.slot.id,
                reviewer_id=self.reviewer.id,
                topic_id=self.topic.id,
            )
            self.attempt(draft)
            self.reject(draft, again=False, requeue=requeue)
            self.assertEqual(self.topic.state, "written")

    def test_rejecting_needs_a_reason(self):
        generation = self.run_slot()
        with self.assertRaisesRegex(UserError, "next version takes it into account"):
            self.reject(generation, "  \n")
        with self.assertRaisesRegex(UserError, "kept with the rejected draft"):
            self.reject(generation, "  \n", again=False)
        self.assertEqual(generation.review_state, "pending")

    def test_a_reason_too_long_for_the_model_is_refused_with_a_sentence(self):
        generation = self.run_slot()
        with self.assertRaisesRegex(UserError, "Shorten the reason"):
            self.reject(generation, "vague " * (MAX_NOTES // 6))

    def test_a_rejected_draft_is_no_duplicate(self):
        self.reject(self.run_slot(), again=False)
        self.assertFalse(
            self.blog._blog_ai_find_similar("Lemons in pots", self.env.company)
        )

    # Once, and only by those who may

    def test_the_second_decision_is_told_of_the_first(self):
        generation = self.run_slot()
        self.approve(generation)
        with self.assertRaisesRegex(UserError, "unit-reviewer.* approved"):
            self.reject(generation, user=self.writer)
        self.assertTrue(generation.post_id.is_published)
        self.assertEqual(generation.reviewed_by, self.reviewer)

    def test_two_rejections_write_one_new_post(self):
        generation = self.run_slot()
        self.reject(generation)
        with self.assertRaisesRegex(UserError, "rejected"):
            self.reject(generation, user=self.writer)
        self.assertEqual(len(self.topic.generation_ids), 2)

    def test_only_website_designers_decide(self):
        generation = self.run_slot()
        employee = new_test_user(self.env, "unit-employee", groups="base.group_user")
        for action in ("action_approve", "action_reject"):
            with self.assertRaisesRegex(AccessError, "Ask the reviewer"):
                getattr(generation.with_user(employee), action)()
        with self.assertRaises(AccessError):
            self.approve(generation, user=employee)

    def test_other_companies_do_not_decide(self):
        generation = self.run_slot()
        stranger = self.stranger()
        with self.assertRaises(AccessError):
            self.approve(generation, user=stranger)

    def test_archiving_the_draft_ends_the_review(self):
        generation = self.run_slot()
        post = generation.post_id
        post.with_user(self.writer).active = False
        self.assertEqual(generation.review_state, "none")
        self.assertFalse(self.activities(post))
        with self.assertRaisesRegex(UserError, "archived or deleted"):
            self.approve(generation)

    def test_deleting_the_draft_ends_the_review(self):
        generation = self.run_slot()
        activity = self.activities(generation.post_id)
        generation.post_id.with_user(self.writer).unlink()
        self.assertEqual(generation.review_state, "none")
        self.assertFalse(activity.exists())

    def test_deleting_the_generation_ends_the_review(self):
        generation = self.run_slot()
        post, activity = generation.post_id, self.activities(generation.post_id)
        generation.unlink()
        self.assertTrue(post.exists())
        self.assertFalse(activity.exists())
