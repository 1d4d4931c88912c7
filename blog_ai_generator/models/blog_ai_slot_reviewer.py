# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError


class BlogAiSlotReviewer(models.Model):
    """The person who reviews the drafts of a slot."""

    _inherit = "blog.ai.slot"  # pylint: disable=consider-merging-classes-inherited

    reviewer_id = fields.Many2one(
        "res.users",
        compute="_compute_reviewer_id",
        store=True,
        readonly=False,
        precompute=True,
        domain=lambda self: (
            f"{self._domain_reviewer_id()} + [('company_ids', 'in', [company_id])]"
        ),
        help="This person is asked to approve or reject the drafts of this slot. Leave "
        "empty to let any editor review them under “To Review”.",
    )
    reviewer_active = fields.Boolean(
        "Reviewer's User Is Active", related="reviewer_id.active"
    )
    reviewer_address = fields.Char(
        "Reviewer's Email",
        related="reviewer_id.partner_id.email_normalized",
        help="If it is empty, the reviewer gets no email.",
    )

    # Depends on nothing else, so that a reviewer who was removed is not proposed again.
    @api.depends("publish")
    def _compute_reviewer_id(self):
        """Propose whoever makes a slot that writes drafts, unless it is Odoo itself."""
        user = self.env.user
        may_review = user.active and user.has_group("website.group_website_designer")
        for slot in self:
            slot.reviewer_id = slot.reviewer_id or (
                may_review
                and not slot.publish
                and slot.company_id in user.company_ids
                and user
            )

    @api.model
    def _domain_reviewer_id(self) -> list:
        designers = self.env.ref("website.group_website_designer")
        return [("all_group_ids", "in", designers.ids)]

    @api.constrains("reviewer_id", "company_id")
    def _check_reviewer(self):
        for slot in self.filtered("reviewer_id"):
            reviewer = slot.reviewer_id.sudo()
            if (
                not reviewer.filtered_domain(self._domain_reviewer_id())
                or slot.company_id not in reviewer.company_ids
            ):
                raise ValidationError(
                    self.env._(
                        "%(user)s may not edit the website of %(company)s. Choose "
                        "another reviewer, or have an administrator give that right.",
                        user=reviewer.name,
                        company=slot.company_id.name,
                    )
                )
