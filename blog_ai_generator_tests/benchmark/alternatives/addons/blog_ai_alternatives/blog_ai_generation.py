# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import SUPERUSER_ID, api, models

from odoo.addons.blog_ai_generator import llm
from odoo.addons.blog_ai_generator.pump import Answered, Limits


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

        A job that is started a second time finds nothing to claim.
        """
        for claim in self._claim(1, Limits.of(self.env), self.ids):
            answer = llm.write(claim.request, claim.account)
            self._store(Answered(claim, answer))
