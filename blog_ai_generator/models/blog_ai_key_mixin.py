# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.exceptions import UserError


class BlogAiKeyMixin(models.AbstractModel):
    """A form with an API key that ``create`` and ``write`` never carry.

    Addons that log changes, such as OCA's ``auditlog``, copy what both are given.
    """

    _name = "blog.ai.key.mixin"
    _description = "Form With an API Key"

    # Name of the field in which the key is typed.
    _key_field = "api_key"

    def _key_provider(self):
        """Return the provider to which a key belongs that is typed into this form."""
        return self

    def web_save(self, vals, specification, next_id=None):
        others = {name: vals[name] for name in vals if name != self._key_field}
        key = vals.get(self._key_field)
        if not key:
            return super().web_save(others, specification, next_id=next_id)
        # The key comes last: it belongs to the service that is chosen in the same save.
        (saved,) = super().web_save(others, {})
        record = self.browse(saved["id"])
        record._key_provider().set_api_key(key)
        shown = self.browse(next_id) if next_id else record
        return shown.with_context(bin_size=True).web_read(specification)

    @api.model_create_multi
    def create(self, vals_list):
        self._check_no_key(*vals_list)
        return super().create(vals_list)

    def write(self, vals):
        self._check_no_key(vals)
        return super().write(vals)

    @api.model
    def _check_no_key(self, *vals_list: dict) -> None:
        if any(vals.get(self._key_field) for vals in vals_list):
            raise UserError(
                self.env._(
                    "An API key is not saved with other values, which other apps may "
                    "log. Enter it in the form of the provider, or call its method "
                    "set_api_key."
                )
            )
