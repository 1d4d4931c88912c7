# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.addons.blog_ai_generator.models.blog_ai_generation_review import ACTIVITY

from .common import BlogAiCase


class ReviewCase(BlogAiCase):
    """A slot whose drafts wait for a reviewer, and what the reviewer does with them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reviewer = cls.new_editor("unit-reviewer", email="reviewer@example.com")
        cls.slot = cls.env["blog.ai.slot"].create(
            {**cls.values(), "reviewer_id": cls.reviewer.id}
        )
        cls.topic = cls.env["blog.ai.topic"].create(
            {"name": "Lemons in pots", "blog_id": cls.blog.id, "notes": "No poetry."}
        )

    @classmethod
    def values(cls):
        return {
            "blog_id": cls.blog.id,
            "provider_id": cls.offline.id,
            "lang": "en_US",
        }

    def stranger(self):
        """Return an editor of another company."""
        company = self.env["res.company"].create({"name": "Second"})
        companies = {"company_id": company.id, "company_ids": [(6, 0, company.ids)]}
        return self.new_editor("unit-stranger", **companies)

    def run_slot(self):
        self.slot.action_run_now()
        generation = self.slot.day_ids.generation_id
        self.attempt(generation)
        return generation

    def activities(self, post, **options):
        return post.with_context(active_test=False, **options).activity_ids.filtered(
            lambda activity: activity.activity_type_id == self.env.ref(ACTIVITY)
        )

    def approve(self, generation, user=None, **values):
        return (
            self.env["blog.ai.approve"]
            .with_user(user or self.reviewer)
            .create({"generation_id": generation.id, **values})
            .action_approve()
        )

    def reject(self, generation, reason="Too vague.", user=None, **values):
        return (
            self.env["blog.ai.reject"]
            .with_user(user or self.reviewer)
            .create({"generation_id": generation.id, "reason": reason, **values})
            .action_reject()
        )

    def review_mails(self):
        return self.env["mail.mail"].search(
            [("recipient_ids", "in", self.reviewer.partner_id.ids)]
        )
