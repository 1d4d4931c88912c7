# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import uuid
from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields, models

from odoo.addons.blog_ai_generator import llm
from odoo.addons.blog_ai_generator.pump import Answered, Claim, Limits

# Longer than any call of the comparison.
LEASE = timedelta(minutes=10)


class BlogAiGeneration(models.Model):
    """Write a requested post without the pump.

    ``blog_ai_alternatives.way`` says how: ``queue_job`` or ``request``.
    """

    _inherit = "blog.ai.generation"

    @api.model_create_multi
    def create(self, vals_list):
        generations = super().create(vals_list)
        way = (
            self.env["ir.config_parameter"].sudo().get_param("blog_ai_alternatives.way")
        )
        for generation in generations.with_user(SUPERUSER_ID):
            if way == "queue_job":
                generation.with_delay()._write_in_this_transaction()
            else:
                generation._write_in_this_transaction()
        return generations

    def _write_in_this_transaction(self) -> None:
        """Write one post as the pump does, without its commit before the call.

        A job that is started a second time finds nothing to write.
        """
        for generation in self.filtered(lambda one: one.state == "queued"):
            claim = generation._leased_without_gate()
            answer = llm.write(claim.request, claim.account)
            generation._store(Answered(claim, answer))

    def _leased_without_gate(self) -> Claim:
        """Lease one generation and return its claim.

        The claim of the pump shuts the gate until its transaction ends. Here, that is
        only after the call, so one job would keep all the others waiting.
        """
        token = uuid.uuid4().hex
        self.write(
            {
                "state": "writing",
                "attempts": self.attempts + 1,
                "lease_token": token,
                "lease_until": fields.Datetime.now() + LEASE,
            }
        )
        call = self.env["blog.ai.call"].create(
            {
                "generation_id": self.id,
                "provider_id": self.provider_id.id,
                "company_id": self.company_id.id,
                "attempt": self.attempts,
                "model": self._requested_model() or self.provider_id.model,
                "currency_id": self.provider_id.currency_id.id,
                "prompt_version": llm.PROMPT_VERSION,
            }
        )
        return self._make_claim(token, call, Limits.of(self.env))
