# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The settings of the pump, within the limits of Odoo's server."""

import math
from typing import NamedTuple

from odoo.api import Environment
from odoo.tools import config

from ..internals import get_parameter

# Seconds of a sweep for storing the last answers and for Odoo's bookkeeping.
STORE_MARGIN = 15.0
# Seconds from the begin of a sweep to that of its first call, at worst.
START_MARGIN = 5.0
# Seconds that a lease outlives its call, so that a slow store is not taken for a dead
# worker.
LEASE_MARGIN = 30.0
# Each call has a thread, which takes about 2 MB of memory but no connection.
MAX_WIDTH = 64
MAX_ATTEMPTS = 10
# Seconds for a call; no model writes an article in less.
LEAST_TIMEOUT, MAX_TIMEOUT = 5, 3600
# A hundred years.
MAX_DAYS = 36500
# More than anybody clicks in an hour.
MAX_POSTS_PER_HOUR = 10_000

# The names of the settings.
SETTINGS = ("width", "max_attempts", "keep_calls_days", "posts_per_hour")


class Limits(NamedTuple):
    """The settings of an administrator, and the longest call.

    :param width: calls in flight at once, of all pumps of the database together
    :param max_attempts: automatic attempts before a generation has failed
    :param keep_calls_days: days after which the rows of calls are deleted; 0 keeps them
        for ever
    :param posts_per_hour: posts that one person may ask for in an hour; 0 means no
        limit
    :param call_timeout: seconds that a call may take at most, whatever the time limit
        of its provider. Not a setting: the scheduled action's pump takes the longest
        time limit of a provider; other pumps have no limit
    """

    width: int = 16
    max_attempts: int = 3
    keep_calls_days: int = 180
    posts_per_hour: int = 0
    call_timeout: float = math.inf

    @classmethod
    def of(cls, env: Environment) -> "Limits":
        """Return the settings, with values out of range replaced by the nearest one."""
        return cls(
            width=int(_bounded(env, "width", 1, MAX_WIDTH)),
            max_attempts=int(_bounded(env, "max_attempts", 1, MAX_ATTEMPTS)),
            keep_calls_days=int(_bounded(env, "keep_calls_days", 0, MAX_DAYS)),
            posts_per_hour=int(_bounded(env, "posts_per_hour", 0, MAX_POSTS_PER_HOUR)),
        )


def _bounded(env: Environment, name: str, lowest: float, highest: float) -> float:
    default = float(Limits._field_defaults[name])
    stored = get_parameter(env, f"blog_ai_generator.{name}")
    try:
        value = float(stored or default)
    except ValueError:
        value = default
    if not math.isfinite(value):
        value = default
    return max(lowest, min(value, highest))


def sweep_seconds() -> float:
    """Return the seconds that Odoo grants one sweep of scheduled actions.

    ``limit_time_real_cron`` of -1 means ``limit_time_real``, and 0 means no limit (Odoo
    19, ``odoo/service/server.py``), which is infinity here.
    """
    limit = config["limit_time_real_cron"]
    if limit is None or limit < 0:
        limit = config["limit_time_real"]
    return float(limit) or math.inf


def longest_call() -> float:
    """Return the longest deadline of a call that can end within a sweep, in seconds."""
    return max(sweep_seconds() - STORE_MARGIN - START_MARGIN, LEAST_TIMEOUT)
