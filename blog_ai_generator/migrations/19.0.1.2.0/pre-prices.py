# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


def migrate(cr, version):
    # Odoo would compute the column, and with it replace all prices by list prices.
    cr.execute(
        "ALTER TABLE blog_ai_provider ADD COLUMN IF NOT EXISTS listed_prices jsonb"
    )
