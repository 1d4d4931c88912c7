# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields


class Duration(fields.Float):
    """Seconds. Of what has none, NULL instead of Odoo's zero, which an average
    would count."""

    def convert_to_column(self, value, record, values=None, validate=True):
        column = super().convert_to_column(value, record, values, validate)
        return column if value else None

    def convert_to_read(self, value, record, use_display_name=True):
        return value or False
