# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The form of an answer, and the version of the prompt that asks for it."""

import hashlib
import json
from collections.abc import Mapping

Schema = Mapping[str, object]

TEXT: Schema = {"type": "string"}


def object_of(properties: Mapping[str, Schema]) -> Schema:
    """Return the JSON schema of an object that has all of these keys and no other.

    Strict servers demand ``required`` and ``additionalProperties``.
    """
    return {
        "type": "object",
        "properties": properties,
        "required": [*properties],
        "additionalProperties": False,
    }


def list_of(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def version_of(*parts: str | Schema) -> str:
    """Return the version of a prompt: a hash of its texts and of the schema."""
    texts = [part if isinstance(part, str) else json.dumps(part) for part in parts]
    return hashlib.sha256("".join(texts).encode()).hexdigest()[:10]
