# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import SUPERUSER_ID
from odoo.api import Environment

from odoo.addons.blog_ai_generator.database import confirm_new_database


def migrate(cr, version):
    """Confirm the database, which no earlier version has done."""
    confirm_new_database(Environment(cr, SUPERUSER_ID, {}))
