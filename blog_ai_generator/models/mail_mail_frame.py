# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from ..mail_body import (
    FOR_OTHERS,
    FOR_USERS,
    ListUnsubscribe,
    is_ours,
    plain_text,
    unsubscribe,
    without,
)

ONE_CLICK = "List-Unsubscribe=One-Click"
# Context key: what the message below each post says about the email, by its id.
SAID = "blog_ai_said"
# Context keys: why a partner gets the email about a post, by the partner's id, and why
# the recipients of one email do.
REASONS, REASON = "blog_ai_reasons", "blog_ai_reason"


class MailMailFrame(models.Model):
    """Finish our emails for each recipient, and give them a readable plain text."""

    _inherit = "mail.mail"  # pylint: disable=consider-merging-classes-inherited

    @api.model_create_multi
    def create(self, vals_list):
        """Keep the frame of our emails out of the messages below a post.

        Odoo copies the whole email there, and cleans up the copy, which would take as
        long as making the post.
        """
        said = self.env.context.get(SAID, {})
        return super().create(
            [
                {**vals, "body": said[vals["res_id"]]}
                if vals.get("model") == "blog.post" and vals.get("res_id") in said
                else vals
                for vals in vals_list
            ]
        )

    def _prepare_outgoing_list(self, *args, **kwargs):
        prepared = super()._prepare_outgoing_list(*args, **kwargs)
        return [
            self._blog_ai_finished(it) if is_ours(it["body"]) else it for it in prepared
        ]

    def _blog_ai_finished(self, email: dict) -> dict:
        """Return an email with what its recipient can use.

        Internal users find their settings in Odoo; all others get a link, and a button
        in their mail program, that ends the emails.
        """
        partner = email["partner_id"]
        is_other = bool(partner and partner.partner_share)
        body = without(email["body"], FOR_USERS if is_other else FOR_OTHERS)
        headers = email["headers"]
        if is_other:
            body, url = unsubscribe(body, self._blog_ai_path(partner))
            if url:
                headers = {
                    **headers,
                    ListUnsubscribe.name: ListUnsubscribe(f"<{url}>"),
                    "List-Unsubscribe-Post": ONE_CLICK,
                }
        return {
            **email,
            "body": body,
            "body_alternative": plain_text(body),
            "headers": headers,
        }

    def _blog_ai_path(self, partner):
        """Return what completes the address of a company's page for this partner."""
        companies = self.env["res.company"]
        return lambda company_id: (
            f"/{partner.id}/{companies.browse(company_id)._blog_ai_token(partner.id)}"
        )
