# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Let a process sleep whose clock faketime has set.

Under faketime 0.9.10 (Debian 12), ``time.sleep`` raises EINVAL where the monotonic
clock is left alone. That ends each of Odoo's cron workers at its first pause.
"""

import select
import time


def sleep(seconds: float) -> None:
    select.select([], [], [], seconds)


time.sleep = sleep
