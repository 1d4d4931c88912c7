# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
# Tables of actions inherit this one.
ADDRESS = "UPDATE ir_actions SET path = NULL WHERE path = 'blog-ai-calendar'"


def migrate(cr, version):
    """Free the address of the calendar of slot days for the editorial calendar.

    Odoo deletes the action of the earlier one at the end of the upgrade, and refuses
    two actions with one address before that.
    """
    cr.execute(ADDRESS)
