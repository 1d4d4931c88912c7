# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.exceptions import AccessError

from ..utils import hide_fields

# Fields that are never listed, grouped by or exported: the key, and a technical one.
UNLISTED = {"api_key", "available_models"}


class BlogAiProviderKey(models.Model):
    """Keep ``api_key`` out of groups, aggregates and exports."""

    _inherit = "blog.ai.provider"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def fields_get(self, allfields=None, attributes=None):
        """Offer no grouping, filter or export by the key, not even to administrators.

        It would be shown on a screen or stored in a file in clear text.
        """
        return hide_fields(super().fields_get(allfields, attributes), UNLISTED)

    @api.model
    def _read_group_groupby(self, alias, groupby_spec, query):
        # A saved filter, or an address, may still ask for the key.
        self._check_unlisted(groupby_spec)
        return super()._read_group_groupby(alias, groupby_spec, query)

    def _read_group_select(self, aggregate_spec, query):
        # ``max(api_key)`` over a single record would reveal the key.
        self._check_unlisted(aggregate_spec.partition(":")[0])
        return super()._read_group_select(aggregate_spec, query)

    def export_data(self, fields_to_export):
        # A saved export template may still ask for the key.
        self._check_unlisted(*fields_to_export)
        return super().export_data(fields_to_export)

    @api.model
    def _check_unlisted(self, *names: str) -> None:
        if "api_key" in names:
            raise AccessError(
                self.env._(
                    "API keys are only shown on the provider's form. Remove the field "
                    "from the grouping or export."
                )
            )
