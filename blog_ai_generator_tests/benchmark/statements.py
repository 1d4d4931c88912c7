# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Record SQL statements.

Every statement of the working thread counts, on any connection: also those of commit
hooks and the NOTIFYs that wake workers and browsers. BEGIN and COMMIT, which the driver
sends by itself, do not count.
"""

import re
import threading
from collections.abc import Callable
from contextlib import contextmanager

from odoo import SUPERUSER_ID, api

# Tables that a statement names, as opposed to columns.
OWN_TABLE = re.compile(r'\b(FROM|JOIN|INTO|UPDATE)\s+"?(blog_ai_|blog_post_social)')


@contextmanager
def statements():
    """Yield a list that grows with each statement of this thread in the block."""
    thread, texts = threading.current_thread(), []

    def note(_cursor, query, _params, _start, _delay):
        texts.append(query if isinstance(query, str) else query.decode())

    before = getattr(thread, "query_hooks", ())
    thread.query_hooks = (*before, note)
    try:
        yield texts
    finally:
        thread.query_hooks = before


def own(texts: list[str]) -> list[str]:
    """Return the statements about tables of the addons."""
    return [text for text in texts if OWN_TABLE.search(text)]


def transaction(registry, function: Callable, uid: int = SUPERUSER_ID):
    """Run ``function(env)`` in a transaction of its own, committed as the pump does.

    :return: its result, and all statements
    """
    with statements() as texts, registry.cursor() as cr:
        result = function(api.Environment(cr, uid, {}))
    return result, texts
