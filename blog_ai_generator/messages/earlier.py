# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Messages as version 19.0.1.0 stored them: ``[English text, values]``.

A value was a text, with languages, scripts and networks by their English names, or,
nested, another ``[text, values]``.
"""

from collections.abc import Mapping
from typing import Any

from babel import Locale

from odoo.api import Environment

from ..llm.language import LANGUAGES, VARIANTS
from ..llm.social_networks import NETWORKS
from .labels import LABELS
from .message import Message, Wording, translated
from .table import MESSAGES

# The beginnings of texts that are worded otherwise now.
_REWORDED = {
    "%(name)s has no API key": "provider.no_key",
    "Nobody was mailed about this post": "note.emails_refused",
    "The API key holds": "authentication.malformed",
    "The model wrote far less text than was asked for": "unusable.short",
    "The model wrote more text than a post may hold": "unusable.long",
    "The base URL of the provider is not usable": "bad_request.base_url",
    "The name of the provider's server": "connection.dns",
    "The provider could not be reached": "connection",
    "The provider sent far more data": "unusable.too_big",
    "This provider uses a protocol": "bad_request.protocol",
    "No model is chosen": "bad_request.no_model",
    "No secure connection to the provider": "connection.tls",
    "Nothing answers at the provider's address": "connection.refused",
    "The provider's address leads to another one": "bad_request.redirect",
    "The provider does not know this model, or the address": "bad_request.not_found",
    "The reviewer has no valid email address": "note.reviewer_no_address",
    "The reviewer was not mailed": "note.reviewer_no_email",
    "The provider took too long to answer": "timeout",
    "The server stopped while this was being written": "lost",
    "The text for %(name)s was too long": "note.social_cut",
    "What answered at the provider's address": "unusable.no_api",
}
_LANGUAGES = {name: code for code, name in {**LANGUAGES, **VARIANTS}.items()}
_SCRIPTS = {name: code for code, name in Locale("en").scripts.items()} | {
    "Bengali": "Beng",
    "Burmese": "Mymr",
}
_NETWORKS = {network.name: code for code, network in NETWORKS.items()}


def from_earlier(env: Environment, stored: list[Any]) -> Message:
    """Return the message that ``[English text, values]`` is today.

    A text that matches no current message, such as another addon's, is kept as it is.
    """
    text, values = stored
    key = _key_of(env, text)
    if not key:
        shown = {name: _english(value) for name, value in values.items()}
        return Message.of_text(text % shown if shown else text)
    if key == "unusable.language" and isinstance(values["found"], list):
        script = values["found"][1]["script"]
        values = {"wanted": values["wanted"], "script": _SCRIPTS.get(script, script)}
        key = "unusable.script"
    if key == "note.social_cut":
        values = {"network": values["name"]}
    return Message(key, {name: _code(env, name, v) for name, v in values.items()})


def _key_of(env: Environment, text: str) -> str | None:
    for opening, key in _REWORDED.items():
        if text.startswith(opening):
            return key
    english = env(context={"lang": "en_US"})
    return _key_among(english, MESSAGES, text)


def _key_among(
    english: Environment, wordings: Mapping[str, Wording], text: str
) -> str | None:
    for key, wording in wordings.items():
        if text == " ".join(translated(english, term) for term in wording.terms()):
            return key
    return None


def _english(value: str | list[Any]) -> str:
    if isinstance(value, str):
        return value
    text: str = value[0]
    values = {name: _english(v) for name, v in value[1].items()}
    return text % values if values else text


def _code(env: Environment, name: str, value: str | list[Any]) -> str:
    if name == "field":
        return _field(env, value)
    value = _english(value)
    if name == "network":
        return _NETWORKS.get(value, value)
    if name in ("found", "wanted"):
        language, _space, code = value.partition(" (")
        return code.rstrip(")") or _LANGUAGES.get(language, language)
    return value


def _field(env: Environment, label: str | list[Any]) -> str:
    text, values = label if isinstance(label, list) else (label, {})
    if values:
        network = values["network"]
        return f"social.{_NETWORKS.get(network, network)}"
    english = env(context={"lang": "en_US"})
    key = _key_among(english, LABELS, text)
    return key.removeprefix("field.") if key else text
