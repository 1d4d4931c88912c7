# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo.exceptions import ValidationError
from odoo.tests import Form, freeze_time, new_test_user, tagged
from odoo.tools import mute_logger
from odoo.tools.safe_eval import safe_eval

from .review_case import ReviewCase


@tagged("post_install", "-at_install")
class TestReviewAsking(ReviewCase):
    """The reviewer is asked by an activity and an email."""

    def test_the_form_says_you_to_the_reviewer_and_the_name_to_others(self):
        draft = self.run_slot()
        asked = draft.with_user(self.reviewer).review_note
        self.assertTrue(asked.startswith("You are asked to review this draft."))
        told = draft.with_user(self.writer).review_note
        self.assertIn(f"{self.reviewer.name} is asked to review this draft.", told)

    @freeze_time("2026-06-01 22:30:00")
    def test_a_draft_of_a_slot_with_a_reviewer_waits_for_him(self):
        self.reviewer.tz = "Europe/Berlin"
        generation = self.run_slot()
        self.assertEqual(generation.review_state, "pending")
        activity = self.activities(generation.post_id)
        self.assertEqual(activity.user_id, self.reviewer)
        self.assertTrue(activity.active)
        self.assertEqual(activity.summary, "Review the draft")
        self.assertEqual(
            activity.date_deadline, date(2026, 6, 2), "Today where the reviewer is"
        )

    def test_the_reviewer_gets_one_mail_with_a_link_that_opens_the_draft(self):
        post = self.run_slot().post_id
        mail = self.review_mails()
        self.assertEqual(len(mail), 1)
        self.assertIn(post.name, mail.subject)
        self.assertIn(f"/odoo/blog.post/{post.id}", mail.body_html)

    def test_the_reviewer_is_asked_in_his_own_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.reviewer.lang = "fr_FR"
        template = self.env.ref("blog_ai_generator.mail_template_review")
        template.with_context(lang="fr_FR").subject = "À relire : {{ object.name }}"
        self.run_slot()
        self.assertTrue(self.review_mails().subject.startswith("À relire : "))

    @mute_logger("odoo.addons.blog_ai_generator.models.blog_post")
    def test_a_broken_mail_template_does_not_cost_the_article(self):
        template = self.env.ref("blog_ai_generator.mail_template_review")
        template.body_html = "<t t-out='object.no_such_field'/>"
        with mute_logger("odoo.addons.mail.models.mail_render_mixin"):
            generation = self.run_slot()
        self.assertEqual(generation.state, "done")
        self.assertTrue(self.activities(generation.post_id))
        self.assertIn("not notified of this draft", generation.repairs)
        self.assertIn("template", generation.repairs)

    def test_a_reviewer_without_an_address_is_asked_by_an_activity_only(self):
        self.reviewer.email = False
        generation = self.run_slot()
        self.assertTrue(self.activities(generation.post_id))
        self.assertFalse(self.review_mails())
        self.assertIn("no valid email address", generation.repairs)

    def test_a_reviewer_who_has_left_is_not_asked(self):
        self.reviewer.active = False
        generation = self.run_slot()
        self.assertEqual(generation.review_state, "pending")
        self.assertFalse(generation.reviewer_id)
        self.assertFalse(self.activities(generation.post_id))

    def unsent(self, **values):
        """Make a draft whose email to the reviewer could not be sent."""
        generation = self.ask(slot_id=self.slot.id, reviewer_id=self.reviewer.id)
        generation.write(values)
        self.attempt(generation)
        mail = self.review_mails().filtered(
            lambda mail: mail.res_id == generation.post_id.id
        )
        mail.write({"state": "exception", "failure_reason": "Mailbox is full"})
        self.assertIn("asks for a review", generation.mail_error)
        self.assertIn("Notify the reviewer yourself", generation.mail_error)
        self.assertIn("Mailbox is full", generation.mail_error)
        self.assertEqual(generation.remark, "pending_unsent")
        return generation, mail

    def test_a_mail_to_the_reviewer_that_failed_counts_until_the_review_is_settled(
        self,
    ):
        for settle in (
            self.approve,
            self.reject,
            lambda generation: generation.post_id.write({"is_published": True}),
            lambda generation: generation.post_id.write({"active": False}),
        ):
            generation, mail = self.unsent()
            settle(generation)
            self.assertNotEqual(generation.review_state, "pending")
            self.assertEqual(mail.state, "exception")
            self.assertFalse(generation.mail_error)
            self.assertNotIn("unsent", generation.remark or "")

    def test_after_the_review_the_mail_to_the_recipients_is_named_and_opened(self):
        reader = self.env["res.partner"].create(
            {"name": "Reader", "email": "reader@example.com"}
        )
        generation, to_reviewer = self.unsent(recipient_ids=[(6, 0, reader.ids)])
        seen = generation.with_user(self.env.ref("base.user_admin"))
        self.assertEqual(seen.action_open_mail()["res_id"], to_reviewer.id)
        self.approve(generation)
        mail = self.env["mail.mail"].search([("recipient_ids", "in", reader.ids)])
        mail.write({"state": "exception", "failure_reason": "No route to host"})
        generation.invalidate_recordset(["mail_error"])
        named = "notifies recipients of this published post"
        self.assertIn(named, generation.mail_error)
        self.assertIn("No route to host", generation.mail_error)
        self.assertEqual(seen.action_open_mail()["res_id"], mail.id)

    def unnamed(self):
        """Make a draft of a slot that has no reviewer."""
        self.slot.reviewer_id = False
        return self.run_slot()

    def test_a_draft_of_a_slot_without_a_reviewer_waits_for_any_editor(self):
        generation = self.unnamed()
        self.assertEqual(generation.review_state, "pending")
        self.assertIn("Any editor may review", generation.review_note)
        self.assertFalse(self.activities(generation.post_id))
        self.assertFalse(
            self.env["mail.mail"].search_count(
                [
                    ("model", "=", "blog.post"),
                    ("res_id", "=", generation.post_id.id),
                ]
            )
        )
        self.approve(generation, user=self.writer)
        self.assertTrue(generation.post_id.is_published)
        self.assertEqual(generation.reviewed_by, self.writer)

    def test_any_editor_rejects_a_draft_that_nobody_was_asked_to_review(self):
        first = self.unnamed()
        action = self.reject(first, user=self.writer)
        self.assertEqual(first.review_state, "rejected")
        second = self.env["blog.ai.generation"].browse(action["res_id"])
        self.attempt(second)
        self.assertEqual(second.review_state, "pending")

    def test_a_draft_that_a_person_asked_for_waits_for_no_review(self):
        generation = self.ask()
        self.attempt(generation)
        self.assertEqual(generation.review_state, "none")

    def slot_of(self, user, **values):
        with Form(self.env["blog.ai.slot"].with_user(user)) as form:
            form.blog_id = self.blog
            form.provider_id = self.offline
            for name, value in values.items():
                form[name] = value
        return form.record

    def test_whoever_makes_a_slot_of_drafts_is_proposed_as_its_reviewer(self):
        self.assertEqual(self.slot_of(self.writer).reviewer_id, self.writer)

    def test_who_is_left_out_on_purpose_is_not_proposed_again(self):
        slot = self.slot_of(self.writer, reviewer_id=self.env["res.users"])
        self.assertFalse(slot.reviewer_id)
        slot.with_user(self.writer).hour = 9
        self.assertFalse(slot.reviewer_id)

    def test_a_slot_that_publishes_proposes_a_reviewer_once_it_makes_drafts(self):
        slot = self.env["blog.ai.slot"].with_user(self.writer)
        slot = slot.create({**self.values(), "publish": True})
        self.assertFalse(slot.reviewer_id)
        slot.publish = False
        self.assertEqual(slot.reviewer_id, self.writer)

    def test_odoo_itself_is_not_proposed(self):
        slots = self.env["blog.ai.slot"]
        self.assertFalse(slots.create(self.values()).reviewer_id)

    def test_no_review_of_what_the_slot_publishes_by_itself(self):
        self.slot.publish = True
        generation = self.run_slot()
        self.assertEqual(generation.review_state, "none")
        self.assertFalse(self.review_mails())

    def test_a_reviewer_who_may_not_edit_the_website_is_refused(self):
        employee = new_test_user(self.env, "unit-employee", groups="base.group_user")
        with self.assertRaisesRegex(ValidationError, "Choose another reviewer"):
            self.slot.reviewer_id = employee

    def test_reviewers_of_other_companies_are_not_offered(self):
        stranger = self.stranger()
        domain = self.slot.fields_get(["reviewer_id"])["reviewer_id"]["domain"]
        offered = self.env["res.users"].search(
            safe_eval(domain, {"company_id": self.slot.company_id.id})
        )
        self.assertIn(self.reviewer, offered)
        self.assertNotIn(stranger, offered)
