# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Read the entries of a provider's list of models."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timezone

from .text import storable
from .types import ModelInfo

MAX_MODELS = 5000
# Keys with the day a model is switched off: OpenAI, Anthropic, OpenRouter.
_ENDS = ("shutdown_date", "retires_at", "expiration_date")
# Anthropic; Groq; OpenRouter.
_MAX_OUTPUT = ("max_tokens", "max_completion_tokens", "max_output_tokens")
# Anthropic; Groq; OpenRouter; Mistral; vLLM.
_CONTEXT = (
    "max_input_tokens",
    "context_window",
    "context_length",
    "max_context_length",
    "max_model_len",
)


def read_models(entries: Iterable[object]) -> tuple[ModelInfo, ...]:
    """Return the models by name; entries without a name are left out."""
    found = [_read(entry) for entry in entries if isinstance(entry, dict)]
    by_name = {model.name: model for model in found if model.name}
    return tuple(by_name[name] for name in sorted(by_name)[:MAX_MODELS])


def as_models(models: Iterable[str | ModelInfo]) -> tuple[ModelInfo, ...]:
    """Return what an adapter lists; it may know the names only."""
    return tuple(ModelInfo(m) if isinstance(m, str) else m for m in models)


def _read(entry: Mapping[str, object]) -> ModelInfo:
    top = entry.get("top_provider")
    places = (entry, top) if isinstance(top, dict) else (entry,)
    return ModelInfo(
        _line(entry.get("id")),
        next(filter(None, (_day(entry.get(name)) for name in _ENDS)), ""),
        _first_number(places, _MAX_OUTPUT),
        _first_number(places, _CONTEXT),
        _line(entry.get("lifecycle")),
    )


def _line(value: object) -> str:
    return " ".join(storable(value).split())[:200] if isinstance(value, str) else ""


def _first_number(places: Iterable[Mapping[str, object]], names: Iterable[str]) -> int:
    for place in places:
        for name in names:
            value = place.get(name)
            if isinstance(value, int) and 0 < value < 2**31:
                return int(value)
    return 0


def _day(value: object) -> str:
    """Return a day, a time or a UNIX time as YYYY-MM-DD; empty if it is no date."""
    try:
        if isinstance(value, str):
            return date.fromisoformat(value.strip()[:10]).isoformat()
        if isinstance(value, (int, float)) and value > 0:
            moment = datetime.fromtimestamp(value, timezone.utc)
            return moment.date().isoformat()
    except (ValueError, OverflowError, OSError):
        return ""
    return ""
