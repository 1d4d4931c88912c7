# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Decide if this database may spend money and publish, or is a copy of another one.

A copy has the keys, the slots and the queue of its original: it would spend the money
twice and publish everything twice. So the addon remembers ``database.uuid`` of the
database in which it was installed. Odoo gives a copy another one when it duplicates or
restores a database as a copy. ``odoo neutralize`` removes what is remembered
(``data/neutralize.sql``). An administrator may confirm a database in the settings.
"""

from odoo.api import Environment
from odoo.tools import SQL

from .internals import get_parameter, set_parameter
from .messages import Message

CONFIRMED = "blog_ai_generator.database_uuid"
CRONS = ("cron_pump", "cron_slots", "cron_announce")
# The same as `database_hold`, for the claim: what another process has changed counts at
# once, without a statement of its own.
IS_CONFIRMED = SQL(
    "EXISTS (SELECT FROM ir_config_parameter ours "
    "JOIN ir_config_parameter uuid ON uuid.value = ours.value "
    "WHERE ours.key = %s AND uuid.key = 'database.uuid')",
    CONFIRMED,
)


def database_hold(env: Environment) -> Message | None:
    """Return why this database must neither spend nor publish, or None.

    It costs no query: Odoo caches both parameters.
    """
    if get_parameter(env, CONFIRMED) == get_parameter(env, "database.uuid"):
        return None
    is_neutralized = get_parameter(env, "database.is_neutralized")
    return Message("database.neutralized" if is_neutralized else "database.copy")


def confirm_database(env: Environment) -> None:
    """Let this database spend and publish."""
    set_parameter(env, CONFIRMED, get_parameter(env, "database.uuid"))


def hold_database(env: Environment) -> None:
    """Let this database neither spend nor publish until somebody confirms it."""
    set_parameter(env, CONFIRMED, "")


def confirm_new_database(env: Environment) -> None:
    """Confirm the database in which the addon is installed, unless neutralized."""
    if not get_parameter(env, "database.is_neutralized"):
        confirm_database(env)
