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
    :param thinking: starting value of :attr:`~.types.Account.thinking`
    :param thinking_style: how a level is sent, a key of
        :data:`~.thinking.STYLES`
    :param thinking_words: the words sent for levels that the server calls otherwise
    :param options: starting value of :attr:`~.types.Account.options`
    :param pictures: how its server is asked for pictures, a key of
        :data:`~.protocols.pictures.PAINTERS`; empty if it makes none
    :param picture_model: default model for pictures
    :param pictures_at_once: that one request can ask for
    :param calls_at_once: calls that the server takes side by side
    :param time_limit: seconds for one call
    :param is_own_server: it runs on hardware of one's own, so calls are free of charge
    :param placeholders: words in ``base_url`` that have to be replaced
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
    thinking: str = ""
    thinking_style: str = "effort"
    thinking_words: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, object] = field(default_factory=dict)
    max_output_tokens: int = 8000
    pictures: str = ""
    picture_model: str = ""
    pictures_at_once: int = 4
    calls_at_once: int = 16
    time_limit: int = 90
    is_own_server: bool = False
    placeholders: tuple[str, ...] = ()


def _own(
    key: str,
    label: str,
    port: int,
    default_model: str = "",
    thinking_style: str = "effort",
) -> Preset:
    """Return the preset of a server that people run themselves.

    It computes few answers at once, slowly, and enforces a schema by a grammar.
    """
    return Preset(
        key,
        label,
        "openai_chat",
        f"http://localhost:{port}/v1",
        schema_mode="json_schema",
        needs_key=False,
        default_model=default_model,
        thinking_style=thinking_style,
        calls_at_once=2,
        time_limit=600,
        is_own_server=True,
    )


def _european(key: str, label: str, base_url: str, key_url: str) -> Preset:
    return Preset(
        key,
        label,
        "openai_chat",
        base_url,
        schema_mode="json_schema",
        key_url=key_url,
    )


# Figures and models as of 2026-11-29, from the providers' SDKs and documentation.
_ALL = (
    # Thinks at "medium" unless told otherwise: dearer, slower, cut off more often.
    Preset(
        "openai",
        "OpenAI",
        "openai_chat",
        "https://api.openai.com/v1",
        token_field="max_completion_tokens",
        schema_mode="json_schema",
        default_model="gpt-6-luna",
        key_url="https://platform.openai.com/api-keys",
        thinking="none",
        pictures="openai",
        picture_model="gpt-image-2.6-flare",
    ),
    # Sampling fields are refused by newer models, and none is sent.
    Preset(
        "anthropic",
        "Anthropic",
        "anthropic_messages",
        "https://api.anthropic.com/v1",
        auth="x-api-key",
        schema_mode="json_schema",
        extra_headers={"anthropic-version": "2023-06-01"},
        default_model="claude-haiku-5-5",
        key_url="https://console.anthropic.com/settings/keys",
        thinking="none",
    ),
    # The compatible endpoint may refuse words of the schema: then one call is refused,
    # free of charge, and repeated with a milder format.
    Preset(
        "gemini",
        "Google Gemini",
        "openai_chat",
        "https://generativelanguage.googleapis.com/v1beta/openai",
        schema_mode="json_schema",
        default_model="gemini-flash-latest",
        key_url="https://aistudio.google.com/apikey",
        thinking="low",
        pictures="gemini",
        picture_model="gemini-3.1-flash-image",
        pictures_at_once=1,
    ),
    # Knows only "none" and "high".
    Preset(
        "mistral",
        "Mistral",
        "openai_chat",
        "https://api.mistral.ai/v1",
        schema_mode="json_schema",
        default_model="mistral-small-latest",
        key_url="https://console.mistral.ai/api-keys",
        thinking_words={"low": "none", "medium": "high"},
    ),
    Preset(
        "deepseek",
        "DeepSeek",
        "openai_chat",
        "https://api.deepseek.com",
        default_model="deepseek-flash",
        key_url="https://platform.deepseek.com/api_keys",
        thinking="none",
        thinking_style="switch",
    ),
    Preset(
        "xai",
        "xAI",
        "openai_chat",
        "https://api.x.ai/v1",
        schema_mode="json_schema",
        key_url="https://console.x.ai",
    ),
    # Always thinks. The output limit has the name that OpenAI uses now.
    Preset(
        "moonshot",
        "Moonshot AI",
        "openai_chat",
        "https://api.moonshot.ai/v1",
        token_field="max_completion_tokens",
        schema_mode="json_schema",
        default_model="kimi-k3.1-pro",
        key_url="https://platform.moonshot.ai/console/api-keys",
        thinking="low",
        thinking_words={"none": "low", "medium": "high"},
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
    # The output limit counts against the tokens a minute of a plan; the free plan has
    # 8,000. The default model cannot stop thinking.
    Preset(
        "groq",
        "Groq",
        "openai_chat",
        "https://api.groq.com/openai/v1",
        token_field="max_completion_tokens",
        schema_mode="json_schema",
        default_model="openai/gpt-oss-120b",
        key_url="https://console.groq.com/keys",
        thinking="low",
        thinking_words={"none": "low"},
        max_output_tokens=4000,
    ),
    Preset(
        "azure",
        "Azure OpenAI",
        "openai_chat",
        "https://RESOURCE.openai.azure.com/openai/v1",
        token_field="max_completion_tokens",
        schema_mode="json_schema",
        key_url="https://ai.azure.com",
        pictures="openai",
        placeholders=("RESOURCE",),
    ),
    Preset(
        "bedrock",
        "Amazon Bedrock",
        "openai_chat",
        "https://bedrock-runtime.REGION.amazonaws.com/openai/v1",
        token_field="max_completion_tokens",
        schema_mode="json_schema",
        key_url="https://console.aws.amazon.com/bedrock/home#/api-keys",
        placeholders=("REGION",),
    ),
    # European hosts of open models; their lists of models change often.
    _european(
        "scaleway",
        "Scaleway",
        "https://api.scaleway.ai/v1",
        "https://console.scaleway.com/iam/api-keys",
    ),
    _european(
        "ovhcloud",
        "OVHcloud AI Endpoints",
        "https://oai.endpoints.kepler.ai.cloud.ovh.net/v1",
        "https://endpoints.ai.cloud.ovh.net",
    ),
    _european(
        "nebius",
        "Nebius Token Factory",
        "https://api.tokenfactory.nebius.com/v1",
        "https://tokenfactory.nebius.com",
    ),
    _own("ollama", "Ollama", 11434, default_model="gemma4"),
    _own("lmstudio", "LM Studio", 1234),
    _own("vllm", "vLLM", 8000, thinking_style="template"),
    _own("llamacpp", "llama.cpp", 8080, thinking_style="template"),
    Preset(
        "compatible",
        "Any compatible endpoint",
        "openai_chat",
        schema_mode="json_schema",
        needs_key=False,
        pictures="openai",
    ),
    Preset(
        "offline",
        "Offline (sample articles)",
        "offline",
        auth="none",
        schema_mode="prompt",
        needs_key=False,
        default_model="sample",
        pictures="offline",
        picture_model="sample",
        is_own_server=True,
    ),
)

PRESETS: dict[str, Preset] = {preset.key: preset for preset in _ALL}


def preset_of(account: Account) -> Preset:
    """Return the preset of an account; the one of compatible endpoints if unknown."""
    return PRESETS.get(account.preset, PRESETS["compatible"])
