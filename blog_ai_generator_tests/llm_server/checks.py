# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Read the body of a request, and refuse what the services refuse."""

import json
import re
from collections.abc import Set
from typing import Any

from .faults import bad

Json = dict[str, Any]

# Refused by both services in a strict schema.
FORBIDDEN_IN_SCHEMA = frozenset(
    {"minLength", "maxLength", "minimum", "maximum", "oneOf", "$schema"}
)


def check_common(body: Json | None, known: Set[str], unknown: str) -> Json:
    """Return the body unless it breaks a rule that both protocols share.

    :param known: names of the fields that exist
    :param unknown: message for any other field, with ``{}`` for its name
    :raise Fault: the first rule that is broken
    """
    if not isinstance(body, dict):
        raise bad("The request body must be a JSON object.")
    for name in ("model", "messages"):
        if not body.get(name):
            raise bad(f"{name}: Field required", name)
    for name in body:
        if name not in known:
            raise bad(unknown.format(name), name)
    if not isinstance(body["model"], str):
        raise bad("model: must be a string", "model")
    messages = body["messages"]
    if not isinstance(messages, list) or not all(
        isinstance(message, dict) and message.get("content") for message in messages
    ):
        raise bad("messages: each needs a role and some content", "messages")
    if body.get("stream"):
        raise bad("This server does not stream.", "stream")
    return body


def check_schema(schema: object, param: str, strict: bool) -> None:
    """Refuse a schema that the services' strict structured output refuses.

    :raise Fault: the first rule that is broken
    """
    if not isinstance(schema, dict) or schema.get("type") != "object":
        raise bad("The schema must describe an object.", param)
    properties = schema.get("properties", {})
    if strict and set(schema.get("required", ())) != set(properties):
        raise bad("In a strict schema every property is required.", param)
    if strict and schema.get("additionalProperties") is not False:
        raise bad("A strict schema needs additionalProperties: false.", param)
    for rules in (schema, *properties.values()):
        for word in FORBIDDEN_IN_SCHEMA & set(rules):
            raise bad(f"The schema must not contain {word}.", param)


def text_of(content: object) -> str:
    """Return the text of a message's content: a string or a list of blocks."""
    if isinstance(content, str):
        return content
    return "\n".join(
        block["text"]
        for block in (content if isinstance(content, list) else ())
        if isinstance(block, dict) and block.get("type") == "text"
    )


def all_text(body: Json) -> str:
    texts = [text_of(body.get("system"))]
    texts += [text_of(message.get("content")) for message in body["messages"]]
    return "\n".join(texts)


def prompt_of(fields: Json) -> str:
    """Return the prompt for a picture, or an empty text."""
    contents = fields.get("contents")
    for content in contents if isinstance(contents, list) else ():
        for part in content.get("parts", ()):
            return str(part.get("text", ""))
    return str(fields.get("prompt") or "")


def line_of(body: Json, label: str) -> str:
    """Return the text after ``<label>: `` in the last user message, or ""."""
    messages = body.get("messages")
    texts = [
        text_of(message.get("content"))
        for message in (messages if isinstance(messages, list) else ())
        if isinstance(message, dict) and message.get("role") == "user"
    ]
    texts = texts or [prompt_of(body)]
    found = re.search(rf"^{label}:[ \t]*(.+)$", texts[-1], re.M)
    return found[1].strip() if found else ""


def texts_of(body: Json) -> dict[str, str]:
    """Return the texts to be translated, by their keys; none for other requests."""
    try:
        texts = json.loads(line_of(body, "Texts"))
    except ValueError:
        return {}
    return texts if isinstance(texts, dict) else {}
