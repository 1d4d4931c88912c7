# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


def migrate(cr, version):
    """Add columns that are empty for what has ended, which Odoo would compute."""
    cr.execute(
        "ALTER TABLE blog_ai_generation ADD COLUMN IF NOT EXISTS listed_in numeric, "
        "ADD COLUMN IF NOT EXISTS listed_out numeric"
    )
