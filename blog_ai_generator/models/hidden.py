# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields

USES = {"groupable", "searchable", "exportable"}


def hidden(found: dict[str, dict], names: set[str]) -> dict[str, dict]:
    """What ``fields_get`` found, with nothing to group, filter or export by ``names``.

    :param found: attributes by the name of the field; changed in place
    """
    for name in names & found.keys():
        for use in USES & found[name].keys():
            found[name][use] = False
    return found


class Secret(fields.Char):
    """Empty in every export: other models lead to it by a path."""

    def convert_to_export(self, value, record):
        return ""
