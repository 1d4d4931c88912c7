# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools.sql import column_exists, rename_column

RENAMED = [
    ("blog_ai_generation", "error_parts", "error_message"),
    ("blog_ai_generation", "repairs_parts", "repair_notes"),
    ("blog_ai_slot_day", "error_parts", "error_message"),
]


def migrate(cr, version):
    """Keep stored messages under the new names; ``messages`` still reads their form."""
    for table, old, new in RENAMED:
        if column_exists(cr, table, old):
            rename_column(cr, table, old, new)
