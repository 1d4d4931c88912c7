# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.exceptions import AccessError

from ..utils import hide_fields

# What stands in no list, no heading and no file: the key, and what only a field needs.
UNLISTED = {"api_key", "available_models"}


class BlogAiProviderKey(models.Model):
    """The key leaves by no group, no sum and no file."""

    # A file of its own: all that keeps the key on its form.
    _inherit = "blog.ai.provider"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def fields_get(self, allfields=None, attributes=None):
        """Nor does an administrator group, filter or export by the key: it would stand
        on a screen, or in a file, in clear text.
        """
        return hide_fields(super().fields_get(allfields, attributes), UNLISTED)

    @api.model
    def _read_group_groupby(self, alias, groupby_spec, query):
        """A filter that was saved, or an address, may still ask for the key."""
        self._check_unlisted(groupby_spec)
        return super()._read_group_groupby(alias, groupby_spec, query)

    def _read_group_select(self, aggregate_spec, query):
        """The greatest of one key would be that key."""
        self._check_unlisted(aggregate_spec.partition(":")[0])
        return super()._read_group_select(aggregate_spec, query)

    def export_data(self, fields_to_export):
        """A template of an export that was saved may still ask for the key."""
        self._check_unlisted(*fields_to_export)
        return super().export_data(fields_to_export)

    @api.model
    def _check_unlisted(self, *names: str) -> None:
        """:raises AccessError: when one of them is the key"""
        if "api_key" in names:
            raise AccessError(
                self.env._(
                    "An API key is shown nowhere but on the form of its provider. "
                    "Leave it out of groups and exports."
                )
            )
