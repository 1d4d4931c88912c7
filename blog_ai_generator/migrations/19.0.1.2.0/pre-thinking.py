# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools.sql import column_exists, create_column


def migrate(cr, version):
    """Leave the thinking of existing providers to their services, as before."""
    if not column_exists(cr, "blog_ai_provider", "thinking"):
        create_column(cr, "blog_ai_provider", "thinking", "varchar")
