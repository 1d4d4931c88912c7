# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError


class BlogAiProviderFallback(models.Model):
    """The provider that takes over when this one fails."""

    _inherit = "blog.ai.provider"  # pylint: disable=consider-merging-classes-inherited

    fallback_id = fields.Many2one(
        "blog.ai.provider",
        "Fallback Provider",
        ondelete="set null",
        domain="[('id', '!=', id), ('company_id', 'in', [company_id, False]),"
        " ('currency_id', '=', currency_id)]",
        help="Takes over when this provider fails, using its own default model.",
    )

    @api.constrains("fallback_id", "company_id", "currency_id")
    def _check_fallback(self):
        """Check the fallback's company and currency.

        Checked here and on every provider that falls back to this one.
        """
        for provider in self | self.sudo().search([("fallback_id", "in", self.ids)]):
            if provider.fallback_id:
                provider._check_can_fall_back()

    def _check_can_fall_back(self) -> None:
        fallback = self.fallback_id
        if fallback == self:
            raise ValidationError(
                self.env._("A provider can't replace itself. Choose another one.")
            )
        if fallback.company_id not in (self.company_id, self.env["res.company"]):
            raise ValidationError(
                self.env._(
                    "%(fallback)s belongs to %(company)s and can't replace "
                    "%(provider)s everywhere. Choose a provider of the same company or "
                    "a shared one.",
                    fallback=fallback.name,
                    company=fallback.company_id.name,
                    provider=self.name,
                )
            )
        # The cost of a generation is one sum in one currency.
        if fallback.currency_id != self.currency_id:
            raise ValidationError(
                self.env._(
                    "%(fallback)s has its prices in %(theirs)s, %(provider)s in "
                    "%(ours)s. Enter both in the same currency.",
                    fallback=fallback.name,
                    theirs=fallback.currency_id.name,
                    provider=self.name,
                    ours=self.currency_id.name,
                )
            )

    def _check_any_can_write(self) -> None:
        if not self._after(self):
            self._check_can_write()

    def _chain(self):
        chain = self
        while (following := chain[-1:].fallback_id) and following not in chain:
            chain += following
        return chain

    def _after(self, provider):
        """Return the next provider of this chain after ``provider`` that can write.

        Empty if there is none, or if ``provider`` is not in the chain.
        """
        chain = self._chain()
        later = chain.ids.index(provider.id) + 1 if provider in chain else len(chain)
        return chain[later:].filtered(lambda p: not p._obstacle())[:1]
