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
        help="Takes over, with its own default model, what this provider has failed to "
        "write.",
    )

    @api.constrains("fallback_id", "company_id", "currency_id")
    def _check_fallback(self):
        """Those we fall back to, and those that fall back to us."""
        for provider in self | self.sudo().search([("fallback_id", "in", self.ids)]):
            fallback = provider.fallback_id
            if fallback == provider:
                raise ValidationError(
                    self.env._("A provider can't replace itself. Choose another one.")
                )
            if fallback.company_id not in (
                provider.company_id,
                self.env["res.company"],
            ):
                raise ValidationError(
                    self.env._(
                        "%(fallback)s belongs to %(company)s and can't replace "
                        "%(provider)s everywhere. Choose a provider of the same "
                        "company or a shared one.",
                        fallback=fallback.name,
                        company=fallback.company_id.name,
                        provider=provider.name,
                    )
                )
            # What a generation costs is one sum in one currency.
            if fallback and fallback.currency_id != provider.currency_id:
                raise ValidationError(
                    self.env._(
                        "%(fallback)s has its prices in %(theirs)s, %(provider)s in "
                        "%(ours)s. Enter both in the same currency.",
                        fallback=fallback.name,
                        theirs=fallback.currency_id.name,
                        provider=provider.name,
                        ours=provider.currency_id.name,
                    )
                )

    def _check_any_can_write(self) -> None:
        """:raises UserError: when neither we nor who takes over from us can write"""
        if not self._after(self):
            self._check_can_write()

    def _chain(self):
        """This provider, and those that take over one after the other."""
        chain = self
        while (following := chain[-1:].fallback_id) and following not in chain:
            chain += following
        return chain

    def _after(self, provider):
        """Who of this chain takes over from `provider`: the next one that can write."""
        chain = self._chain()
        later = chain.ids.index(provider.id) + 1 if provider in chain else len(chain)
        return chain[later:].filtered(lambda p: not p._obstacle())[:1]
