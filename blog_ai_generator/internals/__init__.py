# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""All of Odoo's private API that the addon uses, and what Odoo 20.0 changes.

Each function says why the private way is worth it, and falls back to the public one,
which costs a query or some time, once Odoo no longer has it. A test names what is gone,
and holds every other file to Odoo's public API and to its usual extension points, such
as ``_search``, ``_read_group`` or ``_trigger`` (``tests/test_internals.py``).

===========  ===========================================================================
``records``  records and values from the caches of Odoo, which spare a query
``notify``   wake-ups of scheduled actions and messages to browsers
``servers``  the processes and threads of Odoo's servers
``versions`` public API that another version of Odoo moves or changes
``lookup``   :func:`~.lookup.private`, by which the others find what is private
===========  ===========================================================================
"""

from .notify import send_notifies, take_notifies, trigger_cron
from .records import (
    cached_ref,
    default_language,
    default_sender,
    fill_cache,
    has_module,
    request_age,
    set_transaction_time,
    template_cache_keys,
)
from .servers import (
    PreforkWorker,
    at_start_of_cron_workers,
    end_work_before_sigterm,
    loaded_registries,
    outlive_database,
)
from .versions import (
    addons_changed,
    clear_cache,
    get_parameter,
    group_column,
    group_spec,
    ormcache,
    set_parameter,
    with_group_spec,
)

__all__ = [
    "PreforkWorker",
    "addons_changed",
    "at_start_of_cron_workers",
    "cached_ref",
    "clear_cache",
    "default_language",
    "default_sender",
    "end_work_before_sigterm",
    "fill_cache",
    "get_parameter",
    "group_column",
    "group_spec",
    "has_module",
    "loaded_registries",
    "ormcache",
    "outlive_database",
    "request_age",
    "send_notifies",
    "set_parameter",
    "set_transaction_time",
    "take_notifies",
    "template_cache_keys",
    "trigger_cron",
    "with_group_spec",
]
