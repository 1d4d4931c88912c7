# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
ACTIONS = """
    UPDATE ir_model_data SET noupdate = TRUE
     WHERE module = 'blog_ai_generator'
       AND model IN ('ir.cron', 'ir.actions.server')
       AND name LIKE 'cron%'
       AND noupdate IS NOT TRUE
"""


def migrate(cr, version):
    """Leave the intervals of scheduled actions to administrators from now on.

    An upgrade would also fail at an action that is running.
    """
    cr.execute(ACTIONS)
