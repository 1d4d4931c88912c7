# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re
from collections.abc import Mapping
from typing import Any

from odoo.api import Environment

from .. import llm
from ..utils import with_one_stop
from .earlier import from_earlier
from .message import TEXT, Message, Term, translated
from .names import DAYS, value_of
from .table import MESSAGES, wording_of

# A message as JSON: of today, or as it was stored before there were keys.
Stored = Message | Mapping[str, Any] | list[Any]


def as_json(message: Message) -> dict[str, Any]:
    """Return what is stored of a message."""
    return {"key": message.key, "values": dict(message.values)}


def render(env: Environment, stored: Stored, here: bool = False) -> str:
    """Return cause and remedy in the language of ``env``, for the user of ``env``.

    :param stored: a message, or what :func:`as_json` made of one
    :param here: whether it is shown on the form of the provider that it is about
    """
    message = _message(env, stored)
    wording = wording_of(message)
    is_administrator = wording.own_remedy and env.user.has_group("base.group_system")
    terms = wording.terms(bool(is_administrator), here)
    return " ".join(_text(env, term, message) for term in terms)


def cause(env: Environment, stored: Stored) -> str:
    """Return what happened, without what to do about it; of a text, the first sentence.

    :param stored: as for :func:`render`
    """
    message = _message(env, stored)
    wording = wording_of(message)
    text = _text(env, wording.cause, message)
    if TEXT in message.values:
        text = re.split(r"(?<=\.)\s", text, maxsplit=1)[0]
    return text


def failure_message(error: llm.LLMError) -> Message:
    """Return the message of an error; of an unknown code, its detail."""
    if error.key in MESSAGES or error.code in MESSAGES:
        return Message(error.key, error.values)
    return Message(error.key, {TEXT: error.detail, **error.values})


def note_message(note: llm.Note | str) -> Message:
    """Return the message of a note; another addon's adapter may make one of text."""
    if isinstance(note, str):
        return Message.of_text(note)
    return Message(f"note.{note.code}", note.values)


def _message(env: Environment, stored: Stored) -> Message:
    if isinstance(stored, Message):
        return stored
    if isinstance(stored, Mapping):
        return Message(stored["key"], stored["values"])
    return from_earlier(env, stored)


def _text(env: Environment, term: Term, message: Message) -> str:
    text = translated(env, term)
    shown = {name: value_of(env, name, v) for name, v in message.values.items()}
    try:
        text = text % shown if shown else text
    except (KeyError, TypeError, ValueError):
        # An addon's message that lacks a value, or has a bare percent sign.
        return text
    for name in DAYS & shown.keys():
        text = with_one_stop(text, shown[name])
    return text
