# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

from ..internals import group_spec
from ..utils import hide_fields

# Fields that are never listed, grouped by or exported: the key, and a technical one.
UNLISTED = {"api_key", "available_models"}


class BlogAiProviderKey(models.Model):
    """Keep ``api_key`` out of groups, aggregates and exports."""

    _inherit = "blog.ai.provider"  # pylint: disable=consider-merging-classes-inherited

    has_api_key = fields.Boolean(compute="_compute_has_api_key", compute_sudo=True)
    api_key_hint = fields.Char(compute="_compute_has_api_key", compute_sudo=True)

    @api.depends("api_key")
    @api.depends_context("lang")
    def _compute_has_api_key(self):
        for provider in self:
            provider.has_api_key = bool(provider.api_key)
            provider.api_key_hint = (
                self.env._("Set. Paste another key to replace it.")
                if provider.api_key
                else self.env._("Not set. Paste the key here.")
            )

    def set_api_key(self, key: str) -> None:
        """Store the key of these providers, for scripts and addons.

        :param key: as the service shows it; empty to forget the present one
        """
        self.check_access("write")
        key = (key or "").strip()
        changed = self.filtered(lambda provider: (provider.api_key or "") != key)
        changed._store_key(key)
        changed._set_account_changed()

    def action_remove_api_key(self):
        self.set_api_key("")

    def _store_key(self, key: str) -> None:
        """Store a key past ``write``, whose values other addons may log.

        An error of the database must not be logged either: it has the values.
        """
        self.flush_recordset(["api_key"])
        self.env.cr.execute(
            SQL(
                "UPDATE blog_ai_provider SET api_key = NULLIF(%s, ''), "
                "write_uid = %s, write_date = %s WHERE id = ANY(%s)",
                key,
                self.env.uid,
                self.env.cr.now(),
                self.ids,
            ),
            log_exceptions=False,
        )
        self.modified(["api_key"])
        self.invalidate_recordset(["api_key", "write_uid", "write_date"])

    @api.model
    def fields_get(self, allfields=None, attributes=None):
        """Offer no grouping, filter or export by the key, not even to administrators.

        It would be shown on a screen or stored in a file in clear text.
        """
        return hide_fields(super().fields_get(allfields, attributes), UNLISTED)

    @api.model
    def _read_group_groupby(self, *arguments):
        # A saved filter, or an address, may still ask for the key.
        self._check_unlisted(group_spec(arguments))
        return super()._read_group_groupby(*arguments)

    def _read_group_select(self, *arguments):
        # ``max(api_key)`` over a single record would reveal the key.
        self._check_unlisted(group_spec(arguments).partition(":")[0])
        return super()._read_group_select(*arguments)

    def export_data(self, fields_to_export):
        # A saved export template may still ask for the key.
        self._check_unlisted(*fields_to_export)
        return super().export_data(fields_to_export)

    @api.model
    def _check_unlisted(self, *names: str) -> None:
        if "api_key" in names:
            raise AccessError(
                self.env._(
                    "API keys are never shown. Remove the field from the grouping or "
                    "export."
                )
            )
