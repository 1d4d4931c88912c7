# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Join a stream of server-sent events that nobody asked for into one answer.

Some proxies and servers stream whatever the request says.
"""

import json
import re
from collections.abc import Iterator

Json = dict[str, object]
_LINE_END = re.compile(r"\r\n|\r|\n")
_EVENT = re.compile(r"\A(?:data|event|id|retry)?:")


def is_stream(text: str) -> bool:
    return bool(_EVENT.match(text.lstrip()))


def joined(text: str) -> Json | None:
    """Return the answer in the form that it would have without streaming.

    The pieces of both protocols are understood; None if there is none of them.
    """
    chunks = list(_chunks(text))
    for chunk in chunks:
        if chunk.get("error"):
            return chunk
    if any("choices" in chunk for chunk in chunks):
        return _chat(chunks)
    return _messages(chunks) if any("type" in chunk for chunk in chunks) else None


def _chunks(text: str) -> Iterator[Json]:
    # Not str.splitlines(): JSON may contain U+2028 and U+0085 as they are.
    for line in _LINE_END.split(text):
        # Neither "[DONE]" nor a sign of life, such as an empty line, is a piece.
        if line.startswith("data:") and line[5:].lstrip().startswith("{"):
            try:
                chunk = json.loads(line[5:])
            except (ValueError, RecursionError):
                # Behind a piece that was cut off, nothing can be joined.
                return
            if isinstance(chunk, dict):
                yield chunk


def _chat(chunks: list[Json]) -> Json:
    """Join chunks of Chat Completions; the usage comes with the last ones."""
    whole: Json = {}
    choice: Json = {}
    parts: list[object] = []
    thoughts: list[str] = []
    refusals: list[str] = []
    arguments: list[str] = []
    for chunk in chunks:
        whole.update({name: value for name, value in chunk.items() if value})
        for piece in _dicts(chunk.get("choices"))[:1]:
            choice.update({name: value for name, value in piece.items() if value})
            delta = _dict(piece.get("delta") or piece.get("message"))
            parts += _parts(delta.get("content"))
            _add(thoughts, delta.get("reasoning_content") or delta.get("reasoning"))
            _add(refusals, delta.get("refusal"))
            for call in _dicts(delta.get("tool_calls"))[:1]:
                _add(arguments, _dict(call.get("function")).get("arguments"))
    choice["message"] = {
        "content": parts,
        "reasoning_content": "".join(thoughts),
        "refusal": "".join(refusals),
        "tool_calls": [{"function": {"arguments": "".join(arguments)}}],
    }
    return {**whole, "choices": [choice]}


def _messages(chunks: list[Json]) -> Json:
    """Join events of Anthropic Messages: start, pieces of blocks, end."""
    whole: Json = {}
    texts: list[str] = []
    thoughts: list[str] = []
    inputs: list[str] = []
    usage: Json = {}
    for chunk in chunks:
        start, delta = _dict(chunk.get("message")), _dict(chunk.get("delta"))
        whole.update(start)
        for found in (start, chunk):
            usage.update({k: v for k, v in _dict(found.get("usage")).items() if v})
        _add(texts, delta.get("text"))
        _add(inputs, delta.get("partial_json"))
        _add(thoughts, delta.get("thinking"))
        whole.update({k: v for k, v in delta.items() if k.startswith("stop_")})
    content = [
        {"type": "thinking", "thinking": "".join(thoughts)},
        {"type": "text", "text": "".join(texts)},
        {"type": "tool_use", "input": "".join(inputs)},
    ]
    return {**whole, "content": content, "usage": usage}


def _parts(content: object) -> list[object]:
    """Return a piece of content as parts, which is how Mistral sends some pieces."""
    if isinstance(content, list):
        return content
    return [{"type": "text", "text": content}] if isinstance(content, str) else []


def _add(texts: list[str], text: object) -> None:
    if isinstance(text, str):
        texts.append(text)


def _dict(value: object) -> Json:
    return value if isinstance(value, dict) else {}


def _dicts(value: object) -> list[Json]:
    return [v for v in value if isinstance(v, dict)] if isinstance(value, list) else []
