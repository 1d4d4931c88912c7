# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Records and values from the caches of Odoo, which spare a query."""

import threading
import time
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from odoo.api import Environment
from odoo.models import BaseModel
from odoo.tools import config

from .lookup import private


def cached_ref(env: Environment, xmlid: str, raise_if_not_found: bool = True) -> Any:
    """Return the record of ``xmlid`` from the cache of the registry.

    ``env.ref`` asks the database on every call whether the record still exists, and a
    post needs several of them.

    :return: the record; None if there is no such external id and that is no error
    :raises ValueError: if there is no such external id
    """
    lookup = private(env["ir.model.data"], "_xmlid_to_res_model_res_id")
    if lookup is None:
        return env.ref(xmlid, raise_if_not_found=raise_if_not_found)
    model, record_id = lookup(xmlid, raise_if_not_found=raise_if_not_found)
    return env[model].browse(record_id) if model else None


def fill_cache(records: BaseModel, name: str, values: Iterable[Any]) -> None:
    """Put what is known already into the cache of a field of ``records``.

    An assignment would write to the database, and ``fetch`` would ask it again. Without
    the private way the cache stays empty, and the ORM asks when the field is read.

    :param values: one for each record, in the form of the cache: ids for relations
    """
    insert = private(records._fields[name], "_insert_cache")
    if insert is not None:
        insert(records, values)


def set_transaction_time(env: Environment, now: datetime) -> None:
    """Let ``env.cr.now()`` return ``now``, which else costs a query a transaction.

    :param now: in UTC
    """
    if hasattr(env.cr, "_now"):
        env.cr._now = now


def default_language(website: BaseModel) -> str | None:
    """Return the code of a website's default language, if that language is active.

    Odoo keeps both in the cache of the registry; reading them costs two queries.
    """
    website = website.sudo()
    cached = private(website, "_get_cached")
    data = private(website.env["res.lang"], "_get_data")
    if cached is None or data is None:
        lang = website.default_lang_id.filtered("active")
    else:
        lang = data(id=cached("default_lang_id"))
    return str(lang.code) if lang.code else None


def has_module(env: Environment, name: str) -> bool:
    """Return whether an addon is installed, from the registry and without a query.

    A page that visitors load asks for it each time.
    """
    loaded = private(env.registry, "_init_modules")
    if loaded is not None:
        return name in loaded
    installed = [("name", "=", name), ("state", "=", "installed")]
    return bool(env["ir.module.module"].sudo().search_count(installed, limit=1))


def request_age() -> timedelta | None:
    """Return how long ago the request of this thread began; None outside of one.

    Odoo repeats a request after a conflict, with pauses of seconds. Without this, a
    click counts as made when it is repeated.
    """
    began = private(threading.current_thread(), "perf_t0")
    return began and timedelta(seconds=time.time() - began)


def default_sender(env: Environment) -> str | None:
    """Return the sender that Odoo gives to an email without one.

    An addon may override the private way; the configuration is its default.
    """
    address = private(env["ir.mail_server"], "_get_default_from_address")
    sender = address() if address else config["email_from"]
    return str(sender) if sender else None


def template_cache_keys(env: Environment) -> tuple[Any, ...]:
    """Return what a compiled QWeb template depends on; empty if that is not known.

    Without the private way, the templates of emails are compiled for each post.
    """
    names = private(env["ir.qweb"], "_get_template_cache_keys")
    return tuple(env.context.get(name) or False for name in (names() if names else ()))
