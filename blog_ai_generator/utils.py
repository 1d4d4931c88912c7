# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Small helpers of models and wizards."""

import math
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.dates import format_skeleton

from odoo import fields
from odoo.api import Environment
from odoo.exceptions import UserError
from odoo.models import BaseModel
from odoo.tools import format_time, formatLang

from .internals import cached_ref

# Context key: the button is one of a window, which can be closed.
IN_WINDOW = "blog_ai_in_window"
RELOAD = {"type": "ir.actions.client", "tag": "soft_reload"}
USES = {"groupable", "searchable", "exportable"}


def described(exception: BaseException) -> str:
    """Return the technical detail of an error: its class and its text."""
    return f"{type(exception).__name__}: {exception}"


def selection_labels(records: BaseModel, name: str) -> dict[str, str]:
    """Return the labels of a selection field by value, in the language of the user."""
    return dict(records.fields_get([name], ["selection"])[name]["selection"])


def selection_of(model: str, name: str) -> Callable[[BaseModel], list[tuple[str, str]]]:
    """Return the selection of another model's field, for a field like it.

    Odoo translates no labels that a function returns, so these are translated already.
    """
    return lambda self: [*selection_labels(self.env[model], name).items()]


def installed_languages(model: BaseModel) -> list[tuple[str, str]]:
    return list(model.env["res.lang"].get_installed())


def time_zones(model: BaseModel) -> list[tuple[str, str]]:
    return list(selection_labels(model.env["res.partner"], "tz").items())


def clock_time(hour: float) -> str:
    """Return an hour of the day as it is written: 8.5 is “8:30”."""
    minutes = round(hour * 60)
    return f"{minutes // 60}:{minutes % 60:02d}"


def reader_locale(env: Environment) -> Locale:
    try:
        return Locale.parse(env.lang or "en_US")
    except (ValueError, UnknownLocaleError):
        return Locale("en")


def day_text(env: Environment, day: date) -> str:
    """Return a day as Odoo's date fields show it, such as “Nov 30”.

    A day of another year has its year: “Jan 5, 2027”.
    """
    # The year is that of UTC: the time zone of the reader would need a query.
    skeleton = "MMMd" if day.year == fields.Date.today().year else "yMMMd"
    return str(format_skeleton(skeleton, day, locale=reader_locale(env)))


def with_one_stop(sentence: str, day: str) -> str:
    """Return a sentence without the second full stop after an abbreviated month.

    :param day: as it stands in the sentence, such as “30 nov.”
    """
    return sentence.replace(f"{day}.", day) if day.endswith(".") else sentence


def time_text(env: Environment, at: time) -> str:
    """Return a time of day for the reader, such as “9:37 AM”."""
    # The narrow space of CLDR has no width in some fonts.
    text: str = format_time(env, at, time_format="short")
    return text.replace("\u202f", "\xa0")


def moment_text(env: Environment, at: datetime) -> str:
    """Return a moment for the reader, in UTC if their zone is unknown.

    :param at: in UTC; only its time of day is named if it is less than a day ahead
    """
    local = fields.Datetime.context_timestamp(env.user, at)
    text = time_text(env, local.timetz())
    if at - fields.Datetime.now() >= timedelta(days=1):
        text = f"{day_text(env, local.date())}, {text}"
    is_known = env.context.get("tz") or env.user.tz
    return text if is_known else f"{text} (UTC)"


def cost_digits(amount: float, least: int = 2) -> int:
    """Return the decimals that show an amount with few significant digits.

    :param least: significant digits of an amount below 1; a higher one has up to four
    """
    if not amount:
        return 0
    magnitude = math.floor(math.log10(abs(amount)))
    if magnitude >= 0:
        return max(min(3 - magnitude, 2), 0)
    return min(least - 1 - magnitude, 6)


def cost_text(
    env: Environment, amount: float, currency: BaseModel, least: int = 2
) -> str:
    """Return an amount with its currency, such as “0.0021 USD”."""
    text: str = formatLang(env, amount, digits=cost_digits(amount, least))
    return f"{text} {currency.name}"


def hide_fields(
    found: dict[str, dict[str, Any]], names: set[str]
) -> dict[str, dict[str, Any]]:
    """Mark ``names`` in a ``fields_get`` result as not for groups, filters and exports.

    :param found: attributes by field name; changed in place
    """
    for name in names & found.keys():
        for use in USES & found[name].keys():
            found[name][use] = False
    return found


def notify_editors(env: Environment, kind: str, content: dict[str, Any]) -> None:
    """Send a message on the bus to all who may see generations.

    Ids only: each user reads what is behind them with their own rights.
    """
    group = cached_ref(env, "website.group_website_designer").sudo()
    group._bus_send(kind, content)


def open_form(record: BaseModel, **values: Any) -> dict[str, Any]:
    """Return the action that opens the form of a record.

    :param values: further keys of the action
    """
    return {
        "type": "ir.actions.act_window",
        "res_model": record._name,
        "res_id": record.id,
        "views": [(False, "form")],
        **values,
    }


def open_wizard(model: BaseModel, name: str, values: dict[str, Any]) -> dict[str, Any]:
    """Return the action that opens a new form in a window.

    :param name: title of the window
    :param values: of the fields at the beginning
    """
    return {
        "type": "ir.actions.act_window",
        "name": name,
        "res_model": model._name,
        "views": [(False, "form")],
        "target": "new",
        "context": {f"default_{field}": value for field, value in values.items()},
    }


def open_list(
    model: BaseModel, name: str, domain: list[Any], **values: Any
) -> dict[str, Any]:
    """Return the action that lists records.

    :param name: title of the list
    :param values: further keys of the action
    """
    return {
        "type": "ir.actions.act_window",
        "name": name,
        "res_model": model._name,
        "views": [(False, "list"), (False, "form")],
        "domain": domain,
        **values,
    }


def open_choice(model: BaseModel, name: str, domain: list[Any]) -> dict[str, Any]:
    """Return the action that offers records as cards in a window.

    :param name: title of the window
    """
    return {
        "type": "ir.actions.act_window",
        "name": name,
        "res_model": model._name,
        "views": [(False, "kanban")],
        "target": "new",
        "domain": domain,
    }


def follow_ask(asked: dict[str, Any], **params: Any) -> dict[str, Any]:
    """Return the action that follows a call for a person beside the page.

    :param asked: as ``_ask`` of ``blog.ai.ask`` returned it
    :param params: ``opens``, the action once it is answered; ``reloads``, true if the
        page is loaded again when that one is closed; ``next``, the action until then
    """
    params = {**asked, **params}
    return {"type": "ir.actions.client", "tag": "blog_ai_ask", "params": params}


def notification(
    message: str, kind: str = "success", following: dict[str, Any] | None = None
) -> dict[str, Any]:
    """Return the action with which a button shows a message.

    :param kind: “success” or “warning”
    :param following: the action that follows it; by default the dialog is closed
    """
    return {
        "type": "ir.actions.client",
        "tag": "display_notification",
        "params": {
            "type": kind,
            "message": message,
            "next": following or {"type": "ir.actions.act_window_close"},
        },
    }


def too_late(env: Environment, why: str) -> dict[str, Any]:
    """Return the action that closes a window in which somebody comes too late.

    :param why: what somebody else has done meanwhile
    :raises UserError: for a caller without a window
    """
    if not env.context.get(IN_WINDOW):
        raise UserError(why)
    return notification(why, "warning")


def split_keywords(keywords: str) -> list[str]:
    """Return the keywords of a comma-separated list, without blanks and empty ones."""
    given = (word.strip() for word in (keywords or "").split(","))
    return [word for word in given if word]
