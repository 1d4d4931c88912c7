# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The two protocols for pictures: OpenAI's Images, and Google's own.

As the others, they are written from the services' documentation.
"""

import base64
import hashlib
import io
import re
from collections.abc import Mapping
from typing import Any

from .checks import Json, prompt_of
from .faults import OPENAI_FAULTS, Fault, bad
from .protocols import OpenAIService

IMAGE_FIELDS = frozenset(
    "model prompt n size quality complexity output_format output_compression background"
    " moderation response_format style user stream partial_images".split()
)
# Billed by OpenAI for a picture of medium quality in 1536 x 1024 pixels, and by Google.
OPENAI_TOKENS, GEMINI_TOKENS = 1372, 1120
FORMATS = {"png": "PNG", "jpeg": "JPEG", "webp": "WEBP"}


def picture(topic: str, number: int, format_: str = "PNG") -> bytes:
    """Return a picture of one color, which depends on topic and number."""
    digest = hashlib.sha256(f"{topic}/{number}".encode()).digest()
    return plain("RGB", (1536, 1024), (digest[0], digest[1], digest[2]), format_)


def plain(mode: str, size: tuple[int, int], color: Any, format_: str) -> bytes:
    """Return a picture of one color, as Pillow names its parts."""
    # A server that is asked for texts alone needs no Pillow.
    from PIL import Image

    file = io.BytesIO()
    Image.new(mode, size, color).save(file, format_)
    return file.getvalue()


class Images(OpenAIService):
    """OpenAI's Images."""

    name = "openai_images"

    @staticmethod
    def check(body: Json | None, headers: Mapping[str, str]) -> None:
        if not isinstance(body, dict):
            raise bad("The request body must be a JSON object.")
        for name in ("model", "prompt"):
            if not body.get(name):
                raise bad(f"Missing required parameter: '{name}'.", name)
        is_own = body["model"].startswith("gpt-image")
        for name in body:
            if name not in IMAGE_FIELDS or (is_own and name == "response_format"):
                raise bad(f"Unknown parameter: '{name}'.", name)
        if body.get("n", 1) not in range(1, 11):
            raise bad("n must be between 1 and 10.", "n")
        size = re.fullmatch(r"(\d+)x(\d+)", body.get("size", "1024x1024"))
        if not size or int(size[1]) % 16 or int(size[2]) % 16:
            raise bad("Invalid size.", "size")

    @staticmethod
    def reply(call: Any) -> Json:
        fields = call.fields
        format_ = FORMATS[fields.get("output_format", "png")]
        count = fields.get("n", 1)
        files = [call.file or picture(call.topic, n, format_) for n in range(count)]
        tokens_in = len(prompt_of(fields).split())
        return {
            "created": 1790000000,
            "data": [{"b64_json": base64.b64encode(file).decode()} for file in files],
            "output_format": fields.get("output_format", "png"),
            "usage": {
                "input_tokens": tokens_in,
                "output_tokens": OPENAI_TOKENS * count,
                "total_tokens": tokens_in + OPENAI_TOKENS * count,
                "input_tokens_details": {"text_tokens": tokens_in, "image_tokens": 0},
            },
        }


class Gemini:
    """Google's generateContent, for a picture."""

    name = "gemini"
    request_id_header = "x-request-id"
    request_id_prefix = "req_"

    @staticmethod
    def key(headers: Mapping[str, str]) -> str:
        return headers.get("x-goog-api-key", "").strip()

    @staticmethod
    def error(fault: Fault, request_id: str) -> tuple[int, Json]:
        status, type_, _code = OPENAI_FAULTS[fault.kind]
        status = fault.status or status
        error = {"code": status, "message": fault.message, "status": type_.upper()}
        return status, {"error": error}

    @staticmethod
    def check(body: Json | None, headers: Mapping[str, str]) -> None:
        if not prompt_of(body or {}):
            raise bad("contents is not specified")
        config = (body or {}).get("generationConfig", {})
        if "IMAGE" not in config.get("responseModalities", ()):
            raise bad("The model does not support the requested response modalities.")

    @staticmethod
    def reply(call: Any) -> Json:
        file = call.file or picture(call.topic, 0)
        data = base64.b64encode(file).decode()
        part = {"inlineData": {"mimeType": "image/png", "data": data}}
        tokens_in = len(prompt_of(call.fields).split())
        return {
            "candidates": [{"content": {"parts": [part]}, "finishReason": "STOP"}],
            "usageMetadata": {
                "promptTokenCount": tokens_in,
                "candidatesTokenCount": GEMINI_TOKENS,
                "totalTokenCount": tokens_in + GEMINI_TOKENS,
            },
        }


Painter = type[Images] | type[Gemini]


def painter_of(path: str) -> Painter | None:
    """Return the protocol for pictures that a path belongs to, if any."""
    if path.endswith("/images/generations"):
        return Images
    return Gemini if path.endswith(":generateContent") else None
