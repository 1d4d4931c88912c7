# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Public API that Odoo 20.0 moves or changes, each behind one name.

Odoo 20.0 types its parameters (``get_str``, ``set_str``), moves the cache of methods to
``odoo.api`` and to the transaction, and groups by ``(table, spec)``.
"""

from typing import Any

from odoo import api, tools
from odoo.api import Environment
from odoo.models import BaseModel
from odoo.tools import SQL

from .lookup import private

# The decorator of a method whose result is kept in the registry.
ormcache: Any = private(tools, "ormcache") or private(api, "ormcache")


def get_parameter(env: Environment, name: str) -> str:
    """Return a system parameter, for every user; empty if there is none."""
    parameters = env["ir.config_parameter"].sudo()
    get = private(parameters, "get_param") or private(parameters, "get_str")
    return str(get(name) or "")


def set_parameter(env: Environment, name: str, value: str) -> None:
    # Odoo deletes a parameter that has no value.
    parameters = env["ir.config_parameter"].sudo()
    set_it = private(parameters, "set_param") or private(parameters, "set_str")
    set_it(name, value or False)


def clear_cache(env: Environment) -> None:
    clear = private(env.registry, "clear_cache")
    (clear or private(env.transaction, "invalidate_ormcache"))()


def group_spec(arguments: tuple[Any, ...]) -> str:
    """Return the specification among the arguments of ``_read_group_select``.

    ``_read_group_groupby`` has it in the same place: the last ``str``.
    """
    return [it for it in arguments if isinstance(it, str)][-1]


def with_group_spec(arguments: tuple[Any, ...], spec: str) -> tuple[Any, ...]:
    old = group_spec(arguments)
    return tuple(spec if it is old else it for it in arguments)


def group_column(records: BaseModel, name: str, arguments: tuple[Any, ...]) -> SQL:
    return records._field_to_sql(records._table, name, arguments[-1])


def addons_changed(env: Environment) -> bool:
    """Return whether this process has installed or updated an addon.

    An Odoo without this list, as 20.0 may be, answers no: ``blog.ai.api`` then creates
    no records of OCA's ``ai_tool``, and MCP servers do not find its methods.
    """
    return bool(private(env.registry, "updated_modules"))
