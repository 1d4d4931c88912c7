# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models

from .mail_mail_frame import REASON


class BlogPostRecipients(models.Model):
    """Tell recipients in the email about a post why they get it."""

    _inherit = "blog.post"  # pylint: disable=consider-merging-classes-inherited

    def _blog_ai_recipient_reasons(self) -> frozenset[tuple[int, str]]:
        """Return each recipient's id with why they get the email.

        “blog”: as for each post of the blog; “slot”: as for the other posts of a daily
        slot; “post”: they were chosen for this post.
        """
        generation = self.blog_ai_generation_id
        told = self.blog_id._blog_ai_standing_recipient_ids(generation.company_id)
        other = "slot" if generation.slot_id else "post"
        return frozenset(
            (partner_id, "blog" if partner_id in told else other)
            for partner_id in generation.recipient_ids.ids
        )

    def _blog_ai_mail_reason(self) -> str:
        blog = self.blog_id.name or ""
        match self.env.context.get(REASON):
            case "blog":
                return self.env._("You get this email about each new post of %s.", blog)
            case "slot":
                return self.env._(
                    "You get this email about the daily posts of %s.", blog
                )
        return self.env._(
            "You get this email because somebody chose you for this post."
        )
