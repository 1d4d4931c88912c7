# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import math

KEY = "blog_ai_generator.call_timeout"
DEFAULT, LEAST, MOST = 90.0, 5, 3600


def migrate(cr, version):
    """Give each provider the time limit that was one setting for all of them.

    Skip an unchanged one: the presets know better than the old default.
    """
    cr.execute("DELETE FROM ir_config_parameter WHERE key = %s RETURNING value", [KEY])
    row = cr.fetchone()
    try:
        seconds = float(row[0]) if row else DEFAULT
    except (TypeError, ValueError):
        return
    if seconds != DEFAULT and math.isfinite(seconds):
        seconds = max(LEAST, min(math.ceil(seconds), MOST))
        cr.execute("UPDATE blog_ai_provider SET time_limit = %s", [seconds])
