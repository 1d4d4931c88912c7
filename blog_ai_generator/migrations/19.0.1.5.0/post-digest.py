# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import SUPERUSER_ID, api
from odoo.tools import convert_file

WEEK = "blog_ai_generator.digest_week"


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    # As an installation does: a later upgrade does not create it again.
    if not env.ref(WEEK, raise_if_not_found=False):
        path = "data/digest_week.xml"
        convert_file(env, "blog_ai_generator", path, {}, "init", noupdate=True)
        # An upgrade sends nobody an email that they did not get before.
        env.ref(WEEK).write({"user_ids": False, "state": "deactivated"})
