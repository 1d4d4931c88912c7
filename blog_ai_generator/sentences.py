# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Sentences of the writer and the pump, in the language of whoever reads them."""

import re

from babel import Locale, UnknownLocaleError

from odoo.tools.translate import get_translation

from . import llm
from .llm.language import IN_SCRIPT, LANGUAGES, VARIANTS
from .llm.sentence import OWN_WORDS

_LANGUAGES = {name: code for code, name in LANGUAGES.items()} | {
    name: code[:2] for code, name in VARIANTS.items()
}
# Two of them we name otherwise than Babel.
_SCRIPTS = {name: code for code, name in Locale("en").scripts.items()} | {
    "Bengali": "Beng",
    "Burmese": "Mymr",
}
# The terms whose values are names that Babel knows, where it has them, and their codes.
_NAMED = {
    llm.SENTENCES["unusable.language"]: ("languages", _LANGUAGES),
    IN_SCRIPT: ("scripts", _SCRIPTS),
}


def parts_of(sentence: str) -> list:
    """What is stored of a sentence: its term and its values."""
    return getattr(sentence, "parts", [sentence, {}])


def translated(env, parts: list | tuple) -> str:
    """The sentence with these parts in the language of ``env``.

    Text that is no term, such as what another addon says, stays as it is. Who may
    mend it himself is not sent to an administrator.
    """
    term, values = parts
    if term in OWN_WORDS and env.user.has_group("base.group_system"):
        term = OWN_WORDS[term]
    shown = {name: _value(env, value) for name, value in values.items()}
    if term in _NAMED:
        where, codes = _NAMED[term]
        shown = {
            name: _named(env, value, where, codes) for name, value in shown.items()
        }
    return get_translation("blog_ai_generator", env.lang or "en_US", term, shown)


def without_remedy(text: str) -> str:
    """What happened: the first sentence of an error, before what to do about it."""
    return re.split(r"(?<=\.)\s", text, maxsplit=1)[0]


def _value(env, value):
    return translated(env, value) if isinstance(value, list) else value


def _named(env, name: str, where: str, codes: dict[str, str]) -> str:
    """The writer names things in English, some with a code behind: French (fr_BE)"""
    try:
        names = getattr(Locale.parse(env.lang or "en_US"), where)
    except (ValueError, UnknownLocaleError):  # a language that Babel does not know
        return name
    return names.get(codes.get(name.partition(" (")[0]), name)
