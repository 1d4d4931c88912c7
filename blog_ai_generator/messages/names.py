# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The values of a message as its reader calls them."""

from collections.abc import Callable, Mapping
from datetime import date, datetime

from babel.numbers import format_decimal

from odoo.api import Environment

from ..llm.social_networks import NETWORKS
from ..utils import day_text, moment_text, reader_locale
from .labels import LABELS
from .message import translated

# Variants that have a name of their own; of any other country, the language is named.
_VARIANTS = {
    "pt_BR": "pt_BR",
    "zh_CN": "zh_Hans",
    "zh_HK": "zh_Hant",
    "zh_TW": "zh_Hant",
}


def value_of(env: Environment, name: str, value: str) -> str:
    """Return a value as the reader calls it; what is no known code, as it is.

    :param name: of the placeholder: it says what the value is a code of
    """
    show = _SHOWN.get(name)
    return show(env, str(value)) if show else value


def _language(env: Environment, code: str) -> str:
    names: Mapping[str, str] = reader_locale(env).languages
    code = code.replace("-", "_")
    base = code.partition("@")[0].partition("_")[0]
    return names.get(_VARIANTS.get(code, base)) or names.get(base, code)


def _script(env: Environment, code: str) -> str:
    names: Mapping[str, str] = reader_locale(env).scripts
    return names.get(code, code)


def _count(env: Environment, number: str) -> str:
    if not number.isdecimal():
        return number
    return str(format_decimal(int(number), locale=reader_locale(env)))


def _day(env: Environment, iso: str) -> str:
    try:
        return day_text(env, date.fromisoformat(iso))
    except ValueError:
        return iso


def _moment(env: Environment, iso: str) -> str:
    """Return a time of day, with its day if that is far.

    :param iso: in UTC
    """
    try:
        return moment_text(env, datetime.fromisoformat(iso))
    except ValueError:
        return iso


def _network(_env: Environment, code: str) -> str:
    return NETWORKS[code].name if code in NETWORKS else code


def _field(env: Environment, code: str) -> str:
    network = code.removeprefix("social.")
    if network != code:
        label = translated(env, LABELS["field.social"].cause)
        return label % {"network": _network(env, network)}
    known = LABELS.get(f"field.{code}")
    return translated(env, known.cause) if known else code


_SHOWN: dict[str, Callable[[Environment, str], str]] = {
    "count": _count,
    "date": _day,
    "field": _field,
    "found": _language,
    "language": _language,
    "limit": _count,
    "moment": _moment,
    "network": _network,
    "requested": _count,
    "script": _script,
    "until": _day,
    "wanted": _language,
}
# Values that may end in the full stop of an abbreviation.
DAYS = {name for name, show in _SHOWN.items() if show is _day}
