# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Which SQL statements something takes.

Counted is every statement of the thread that does the work, on whatever connection:
those of commit hooks and the NOTIFYs that wake workers and browsers are among them.
BEGIN and COMMIT, which the driver sends by itself, are not.
"""

import re
import threading
from collections.abc import Callable
from contextlib import contextmanager

from odoo import SUPERUSER_ID, api

# What a statement is about, as opposed to the columns it reads from there.
OWN_TABLE = re.compile(r'\b(FROM|JOIN|INTO|UPDATE)\s+"?(blog_ai_|blog_post_social)')


@contextmanager
def statements():
    """The SQL that this thread runs in the block: a list that grows meanwhile."""
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
    """Those statements that are about tables of the addons."""
    return [text for text in texts if OWN_TABLE.search(text)]


def transaction(registry, function: Callable, uid: int = SUPERUSER_ID):
    """``function(env)``, committed in a transaction of its own as the pump does it.

    :return: what the function returned, and the statements of it all
    """
    with statements() as texts, registry.cursor() as cr:
        result = function(api.Environment(cr, uid, {}))
    return result, texts
