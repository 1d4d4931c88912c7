# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""How much, how long, how often: the pump's settings within Odoo's own limits."""

import math
from typing import NamedTuple

from odoo.tools import config

# Seconds a sweep keeps for storing the last answers and for Odoo's bookkeeping.
STORE_MARGIN = 15.0
# Seconds between the begin of a sweep and that of its first call, at worst.
START_MARGIN = 5.0
# Seconds a lease outlives its call, so that a slow store is not taken for a dead one.
LEASE_MARGIN = 30.0
# A thread a call; psycopg connections are not held by calls, memory is (about 2 MB).
MAX_WIDTH = 64
MAX_ATTEMPTS = 10
# Seconds within which no model writes an article.
LEAST_TIMEOUT = 5.0
# A hundred years.
MAX_DAYS = 36500


class Limits(NamedTuple):
    """What the administrator set.

    :param width: calls in flight at once in one pump
    :param call_timeout: seconds for one call in total
    :param max_attempts: calls made by itself before a generation has failed
    :param keep_calls_days: days after which the details of a call are deleted; 0 keeps
        them for ever
    """

    width: int = 16
    call_timeout: float = 90.0
    max_attempts: int = 3
    keep_calls_days: int = 180

    @classmethod
    def of(cls, env) -> "Limits":
        """The settings, brought back into range where someone wrote nonsense."""
        return cls(
            width=int(_bounded(env, "width", 1, MAX_WIDTH)),
            call_timeout=_bounded(env, "call_timeout", LEAST_TIMEOUT, longest_call()),
            max_attempts=int(_bounded(env, "max_attempts", 1, MAX_ATTEMPTS)),
            keep_calls_days=int(_bounded(env, "keep_calls_days", 0, MAX_DAYS)),
        )


def _bounded(env, name: str, lowest: float, highest: float) -> float:
    default = Limits._field_defaults[name]
    stored = env["ir.config_parameter"].sudo().get_param(f"blog_ai_generator.{name}")
    try:
        value = float(stored or default)
    except ValueError:
        value = default
    if not math.isfinite(value):
        value = default
    return max(lowest, min(value, highest))


def sweep_seconds() -> float:
    """Seconds Odoo grants one sweep of scheduled actions; infinite where unlimited.

    ``limit_time_real_cron`` of -1 stands for ``limit_time_real``, 0 for no limit
    (Odoo 19, ``odoo/service/server.py``).
    """
    limit = config["limit_time_real_cron"]
    if limit is None or limit < 0:
        limit = config["limit_time_real"]
    return float(limit) or math.inf


def longest_call() -> float:
    """The longest deadline of a call that can still end inside a sweep, in seconds."""
    return max(sweep_seconds() - STORE_MARGIN - START_MARGIN, LEAST_TIMEOUT)
