# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Starting values for accounts of the known providers."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from .types import Account


@dataclass(frozen=True)
class Preset:
    """Starting values for an account, and how its server wants to be asked.

    :param auth: ``bearer``, ``x-api-key`` or ``none``; the first two send nothing
        when there is no key
    :param token_field: name of the output limit in the request
    :param schema_mode: how far structured output is supported: ``json_schema``,
        ``json_object`` or ``prompt``
    :param default_model: preferably an alias that the provider keeps up to date;
        other names age, and "Fetch models" is the remedy
    """

    key: str
    label: str
    protocol: str
    base_url: str = ""
    auth: str = "bearer"
    token_field: str = "max_tokens"
    schema_mode: str = "json_object"
    extra_headers: Mapping[str, str] = field(default_factory=dict)
    needs_key: bool = True
    default_model: str = ""
    key_url: str = ""


_ALL = (
    Preset(
        "openai",
        "OpenAI",
        "openai_chat",
        "https://api.openai.com/v1",
        token_field="max_completion_tokens",
        schema_mode="json_schema",
        default_model="gpt-4.1-mini",
        key_url="https://platform.openai.com/api-keys",
    ),
    Preset(
        "anthropic",
        "Anthropic",
        "anthropic_messages",
        "https://api.anthropic.com/v1",
        auth="x-api-key",
        schema_mode="json_schema",
        extra_headers={"anthropic-version": "2023-06-01"},
        default_model="claude-haiku-4-5",
        key_url="https://console.anthropic.com/settings/keys",
    ),
    # The schema dialect of Gemini refuses words that strict servers demand.
    Preset(
        "gemini",
        "Google Gemini",
        "openai_chat",
        "https://generativelanguage.googleapis.com/v1beta/openai",
        default_model="gemini-flash-latest",
        key_url="https://aistudio.google.com/apikey",
    ),
    Preset(
        "mistral",
        "Mistral",
        "openai_chat",
        "https://api.mistral.ai/v1",
        schema_mode="json_schema",
        default_model="mistral-small-latest",
        key_url="https://console.mistral.ai/api-keys",
    ),
    Preset(
        "openrouter",
        "OpenRouter",
        "openai_chat",
        "https://openrouter.ai/api/v1",
        schema_mode="json_schema",
        default_model="openrouter/auto",
        key_url="https://openrouter.ai/settings/keys",
    ),
    # Groq enforces a schema on some of its models only.
    Preset(
        "groq",
        "Groq",
        "openai_chat",
        "https://api.groq.com/openai/v1",
        token_field="max_completion_tokens",
        default_model="llama-3.3-70b-versatile",
        key_url="https://console.groq.com/keys",
    ),
    Preset(
        "ollama",
        "Ollama",
        "openai_chat",
        "http://localhost:11434/v1",
        schema_mode="json_schema",
        needs_key=False,
        default_model="llama3.1",
    ),
    # LM Studio knows json_schema and refuses json_object.
    Preset(
        "lmstudio",
        "LM Studio",
        "openai_chat",
        "http://localhost:1234/v1",
        schema_mode="json_schema",
        needs_key=False,
    ),
    Preset(
        "vllm",
        "vLLM",
        "openai_chat",
        "http://localhost:8000/v1",
        schema_mode="json_schema",
        needs_key=False,
    ),
    Preset(
        "compatible",
        "Any compatible endpoint",
        "openai_chat",
        needs_key=False,
    ),
    Preset(
        "offline",
        "Offline (sample articles)",
        "offline",
        auth="none",
        schema_mode="prompt",
        needs_key=False,
        default_model="sample",
    ),
)

PRESETS: dict[str, Preset] = {preset.key: preset for preset in _ALL}


def preset_of(account: Account) -> Preset:
    """Return the preset of an account; the one of compatible endpoints if unknown."""
    return PRESETS.get(account.preset, PRESETS["compatible"])
