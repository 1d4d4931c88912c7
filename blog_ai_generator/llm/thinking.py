# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Tell a server that speaks Chat Completions how much to think."""

from collections.abc import Callable

from .presets import Preset
from .types import Account

Fields = dict[str, object]


def thinking_fields(account: Account, preset: Preset) -> Fields:
    """Return the request fields for the account's level; none for the default."""
    if not account.thinking:
        return {}
    word = preset.thinking_words.get(account.thinking, account.thinking)
    return STYLES[preset.thinking_style](word)


def _effort(word: str) -> Fields:
    return {"reasoning_effort": word}


def _switch(word: str) -> Fields:
    """Switch thinking; a level alone would leave it on (DeepSeek)."""
    if word == "none":
        return {"thinking": {"type": "disabled"}}
    return {"thinking": {"type": "enabled"}, "reasoning_effort": word}


def _template(word: str) -> Fields:
    """Set what the model's chat template reads (vLLM, llama.cpp)."""
    values: Fields = {"enable_thinking": word != "none"}
    if word != "none":
        values["reasoning_effort"] = word
    return {"chat_template_kwargs": values}


STYLES: dict[str, Callable[[str], Fields]] = {
    "effort": _effort,
    "switch": _switch,
    "template": _template,
}
