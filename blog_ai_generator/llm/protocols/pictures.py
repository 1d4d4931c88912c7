# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The services that make pictures: OpenAI's Images, and Gemini."""

import base64
import binascii
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import quote

from ..finish import Finish, finish_of
from ..picture_types import PictureRequest
from ..presets import Preset
from ..transport import HttpAnswer
from ..types import Account, Prompt, Reply, Usage
from .base import HttpAdapter, Payload, count, mapping

# Four files of 4 MB, in Base64.
MAX_BYTES = 24 * 1024 * 1024
# Models of OpenAI answer with the file itself; others do so if they are told to.
_OWN_MODELS = ("gpt-image", "chatgpt-image")


class OpenAIImages(HttpAdapter):
    """OpenAI's Images, which other services speak as well."""

    path = "/images/generations"
    required = frozenset(("model", "prompt"))
    max_bytes = MAX_BYTES

    def payload(self, prompt: Prompt, account: Account, preset: Preset) -> Payload:
        model = account.model.strip()
        form: Payload = {"response_format": "b64_json"}
        if model.startswith(_OWN_MODELS):
            form = {"quality": "medium", "output_format": "jpeg"}
        return {
            "model": model,
            "prompt": text_of(prompt),
            "n": pictures_of(prompt),
            "size": "1536x1024",
            **form,
        }

    def reply(self, answer: HttpAnswer, data: Mapping[str, object]) -> Reply:
        items = data.get("data")
        files = [mapping(item).get("b64_json") for item in _items(items)]
        usage = mapping(data.get("usage"))
        return Reply(
            "",
            Usage(count(usage.get("input_tokens")), count(usage.get("output_tokens"))),
            files=tuple(_decoded(files)),
        )


class GeminiImages(HttpAdapter):
    """Google's own protocol, as its copy of OpenAI's knows few models for pictures."""

    required = frozenset(("contents",))
    max_bytes = MAX_BYTES
    auth = "x-goog-api-key"

    def endpoint(self, account: Account) -> tuple[str, str]:
        model = account.model.strip().removeprefix("models/")
        base = account.base_url.strip().rstrip("/").removesuffix("/openai")
        return base, f"/models/{quote(model, safe='')}:generateContent"

    def payload(self, prompt: Prompt, account: Account, preset: Preset) -> Payload:
        return {
            "contents": [{"parts": [{"text": text_of(prompt)}]}],
            "generationConfig": {
                "responseModalities": ["IMAGE"],
                "imageConfig": {"aspectRatio": "16:9"},
            },
        }

    def reply(self, answer: HttpAnswer, data: Mapping[str, object]) -> Reply:
        candidates = [mapping(item) for item in _items(data.get("candidates"))]
        parts = [
            mapping(part)
            for candidate in candidates
            for part in _items(mapping(candidate.get("content")).get("parts"))
        ]
        files = [mapping(part.get("inlineData")).get("data") for part in parts]
        finish = _finish(data, candidates)
        return Reply(
            "",
            _usage(mapping(data.get("usageMetadata"))),
            finish="stop" if any(files) else finish.kind,
            why=finish.words,
            files=tuple(_decoded(files)),
        )


# Adapters by the name in ``Preset.pictures``.
PAINTERS: Mapping[str, HttpAdapter] = {
    "openai": OpenAIImages(),
    "gemini": GeminiImages(),
}


def text_of(prompt: Prompt) -> str:
    return f"{prompt.system}\n\n{prompt.user}"


def pictures_of(prompt: Prompt) -> int:
    request = prompt.request
    return request.count if isinstance(request, PictureRequest) else 1


def _items(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _decoded(texts: Iterable[object]) -> Iterator[bytes]:
    for text in texts:
        if isinstance(text, str) and text:
            try:
                yield base64.b64decode(text, validate=True)
            except (binascii.Error, ValueError):
                continue


def _finish(
    data: Mapping[str, object], candidates: list[Mapping[str, object]]
) -> Finish:
    blocked = mapping(data.get("promptFeedback")).get("blockReason")
    if isinstance(blocked, str) and blocked:
        return Finish("refused", blocked)
    return finish_of(candidates[0].get("finishReason") if candidates else None)


def _usage(usage: Mapping[str, object]) -> Usage:
    thoughts = count(usage.get("thoughtsTokenCount"))
    return Usage(
        count(usage.get("promptTokenCount")),
        count(usage.get("candidatesTokenCount")) + thoughts,
        tokens_reasoning=thoughts,
    )
