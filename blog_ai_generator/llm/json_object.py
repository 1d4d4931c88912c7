# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Find the JSON object that was asked for in the text of a model.

Models put thoughts, drafts and fences around it, wrap it, encode it twice, and break it
by raw quotes, lone backslashes, comments or a missing brace. A broken object is read by
its known keys: a value ends where the next key begins. json-repair 0.64.6 does not know
the keys; it ends a value at a raw quote and takes a draft for the answer.
"""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from .errors import LLMError
from .text import storable

# The end of thoughts: DeepSeek, Qwen and others; Mistral; gpt-oss.
_THOUGHTS_END = re.compile(
    r"</think(?:ing)?>|</thought>|</reasoning>|\[/THINK\]|<\|channel\|>final<\|message\|>",
    re.IGNORECASE,
)
_START = re.compile(r"\{\s*\"")
_ESCAPED_OBJECT = re.compile(r"\{\s*(?:\\[nrt]\s*)*\\+\"")
# Characters that attempts to read an object may cost, as a multiple of the text's.
_EFFORT, _EFFORT_DEEP = 6, 20_000
_DEEPEST, _WIDEST = 4, 30
_COMMENT = r"(?:\s|//[^\n]{0,200}(?:\n|\Z)|#[^\n]{0,200}(?:\n|\Z)|/\*[^*]{0,200}\*/)*"
_BEFORE_KEY = re.compile(rf"[{{,\"”“'\]]{_COMMENT}\Z")
_BEFORE_NEXT = re.compile(rf"[\"”“'],?{_COMMENT}\Z")
_QUOTES = "\"”“'"
# A quote of the last value, followed by the end of the object or by a key of no use.
_VALUE_END = re.compile(
    rf"(?<!\\)[\"”“']\s*,?{_COMMENT}(?:(?P<brace>\}})|\Z|```|[\"“']\w{{1,30}}[\"”']\s*:)"
)
_WHOLE = re.compile(r"[.!?\u3002\uff01\uff1f\u0964\u061f]\Z")
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|.)", re.DOTALL)
_ESCAPED = {
    "n": "\n", "t": "\t", "r": "\n", "b": "", "f": "", '"': '"', "\\": "\\", "/": "/"
}  # fmt: skip
_ITEM = re.compile(r"\"((?:[^\"\\]|\\.)*)\"", re.DOTALL)

Object = dict[str, object]
Score = Callable[[Object], int]


class NoObjectError(LLMError):
    """A text without a complete JSON object of the kind that was asked for."""


class Found(NamedTuple):
    """An object of a model.

    :param is_mended: it was not valid JSON, or was encoded twice
    """

    data: Object
    is_mended: bool = False


def find_object(text: str, keys: Sequence[str], score: Score, what: str) -> Found:
    """Return the most complete JSON object in ``text``, the last of equals.

    :param keys: of a complete object
    :param score: returns how complete an object is; 0 if it is another one
    :param what: the thing that is looked for, for the detail of the error
    :raise NoObjectError: if there is none
    """
    for part in _parts(text, keys):
        for read in (_valid, _broken, _encoded):
            if found := _best(read(part, keys), score):
                return Found(found, read is not _valid)
    start = " ".join(text[:200].split()) or "empty text"
    raise NoObjectError("unusable", f"no JSON object with {what}: {start}")


def _parts(text: str, keys: Sequence[str]) -> Iterator[str]:
    """Yield what follows the thoughts; then all, if no answer begins there."""
    ends = [match.end() for match in _THOUGHTS_END.finditer(text)]
    tail = text[ends[-1] :] if ends else text
    yield tail
    first = next(_anchors(tail, keys), None)
    if ends and not (first and "{" in tail[max(first[0] - 300, 0) : first[0]]):
        yield text


def _best(found: Iterator[object], score: Score) -> Object | None:
    best: Object | None = None
    for value in found:
        for data in _objects_in(value):
            if score(data) and (best is None or score(data) >= score(best)):
                best = data
    return best


def _objects_in(value: object, depth: int = 0) -> Iterator[Object]:
    inner: list[object] = []
    if isinstance(value, dict):
        inner = list(value.values())
    elif isinstance(value, list):
        inner = value
    if depth < _DEEPEST:
        for item in inner[:_WIDEST]:
            yield from _objects_in(item, depth + 1)
    if isinstance(value, dict):
        yield value


def _valid(text: str, _keys: Sequence[str]) -> Iterator[object]:
    position, effort = 0, 0
    while match := _START.search(text, position):
        value, end, cost = _decoded(text, match.start())
        # An error counts the lines in front of it.
        effort += cost + match.start() // 64
        if effort > _EFFORT * len(text) + _EFFORT_DEEP:
            return
        if value:
            yield value
        position = end if value else match.start() + 1


def _decoded(text: str, start: int) -> tuple[object, int, int]:
    """Return the value at ``start``, its end, and the characters that were read."""
    try:
        # Small models leave raw line breaks in strings.
        value, end = json.JSONDecoder(strict=False).raw_decode(text, start)
    except json.JSONDecodeError as error:
        return None, start, error.pos - start
    except (ValueError, RecursionError):
        return None, start, _EFFORT_DEEP
    return value, end, end - start


def _encoded(text: str, keys: Sequence[str]) -> Iterator[object]:
    """Yield what is in a string that is itself JSON, with or without its quotes."""
    for _again in range(2):
        match = _ESCAPED_OBJECT.search(text)
        if not match:
            return
        text = _unescaped(text[match.start() :])
        yield from _valid(text, keys)
        yield from _broken(text, keys)


def _broken(text: str, keys: Sequence[str]) -> Iterator[object]:
    """Yield the object that is meant, if all of its values have an end."""
    anchors = list(_anchors(text, keys))
    found: Object = {}
    ends = [start for start, _end, _key in anchors[1:]]
    for (_start, begin, key), end in zip(anchors, [*ends, None], strict=False):
        source = text[begin:end]
        if end is None and key != "body" and len(found) + 1 >= len(keys):
            source = _with_end(source)
        value, is_closed = _value(source, end is None)
        if value is None or not (is_closed or len(found) + 1 >= len(keys)):
            return
        if key in found:  # another object begins
            yield found
            found = {}
        found[key] = value
    if found:
        yield found


def _anchors(text: str, keys: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    names = "|".join(map(re.escape, keys))
    key = re.compile(r"(?<!\\)[\"“”„'](\w{1,30})[\"“”']\s*:\s*(?=[\"“”„'\[])")
    for match in key.finditer(text):
        before = text[max(match.start() - 300, 0) : match.start()]
        name = match[1].casefold()
        if re.fullmatch(names, name) and _BEFORE_KEY.search(before):
            yield match.start(), match.end(), name


def _with_end(source: str) -> str:
    # It may be whole but for its quote.
    return f'{source}"' if _WHOLE.search(source.rstrip()[-2:]) else source


def _value(source: str, is_last: bool) -> tuple[object, bool]:
    """Return a value; None if it has no end. True if the object is known to go on."""
    source, is_closed = source.strip(), True
    if source.startswith("["):
        return [_unescaped(item) for item in _ITEM.findall(source)], "]" in source
    if is_last:
        match = _VALUE_END.search(source, 1)
        if not match:
            return None, False
        source, is_closed = source[: match.start() + 1], bool(match["brace"])
    elif tail := _BEFORE_NEXT.search(source, max(len(source) - 300, 0)):
        source = source[: tail.start() + 1]
    if len(source) < 2 or source[-1] not in _QUOTES:
        return None, False
    return _unescaped(source[1:-1]), is_closed


def _unescaped(text: str) -> str:
    def meaning(match: re.Match[str]) -> str:
        code = match[1]
        if len(code) == 5:
            return chr(int(code[1:], 16))
        return _ESCAPED.get(code, match[0])

    return storable(_ESCAPE.sub(meaning, text))
