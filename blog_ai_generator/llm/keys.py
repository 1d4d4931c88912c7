# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Read the values of an answer, whatever names and types a model gave them."""

import re
from collections.abc import Mapping

from .prompt import ANSWER_KEYS, DESCRIPTIONS
from .social_networks import NETWORKS

# Other names of a key, without case and marks.
_ALIASES = {
    "headline": "title",
    "heading": "title",
    "posttitle": "title",
    "articletitle": "title",
    "content": "body",
    "article": "body",
    "text": "body",
    "markdown": "body",
    "bodymarkdown": "body",
    "articlebody": "body",
    "contentmarkdown": "body",
    "post": "body",
    "summary": "teaser",
    "excerpt": "teaser",
    "intro": "teaser",
    "subtitle": "teaser",
    "metatitle": "seo_title",
    "titletag": "seo_title",
    "metadescription": "seo_description",
    "description": "seo_description",
    "tags": "keywords",
    "seokeywords": "keywords",
    "metakeywords": "keywords",
    **{f"{key}post": key for key in NETWORKS},
    **{
        nickname.replace(" ", ""): key
        for key, network in NETWORKS.items()
        for nickname in network.nicknames
    },
    **{key.replace("_", ""): key for key in ANSWER_KEYS},
}
# Objects that group keys: {"seo": {"title": …}, "social": {"x": …}}.
_GROUPS = ("seo", "meta", "social", "socialmedia", "socialposts", "posts")
_HEADINGS = ("heading", "title", "headline", "name", "question")
_DEEPEST = 4
_UNITS = (
    "characters?|chars?|words?|sentences?|caract\xe8res|mots|phrases?|Zeichen|W\xf6rter"
    "|S\xe4tze|caracteres|palabras|frases?|oraciones|caratteri|parole|frasi|palavras"
    "|tekens|woorden|zinnen|znak\xf3w|s\u0142\xf3w|zda\u0144|znak\u016f|slov|tecken|tegn"
    "|\u0441\u0438\u043c\u0432\u043e\u043b\u043e\u0432|\u0441\u043b\u043e\u0432"
    "|\u6587\u5b57|\u5b57\u7b26|\u5b57|\u4e2a\u5b57\u7b26|\uc790|karakter"
)
_LEADS = (
    "up to|at most|max(?:imum|imal)?\\.?|about|around|post for \\w+,? up to|string,?"
    "|jusqu'\xe0|environ|bis zu|h\xf6chstens|hasta|m\xe1ximo|como m\xe1ximo|fino a"
    "|massimo|at\xe9|tot|maximaal|do|maks\\.?|\u0434\u043e|\u6700\u591a|\u6700\u5927|\ucd5c\ub300"
)
_LENGTH = re.compile(
    rf"(?:(?:{_LEADS})\s*)?\d+(?:\s*[-\u2013\u2014~]\s*\d+)?\s*(?:{_UNITS})"
    r"(?:\s*\u4ee5\u5185)?",
    re.IGNORECASE,
)
# Looking at the beginning first takes a fiftieth of looking everywhere.
_BEGINS_WITH_LENGTH = re.compile(rf"[ ,;.]*{_LENGTH.pattern}", re.IGNORECASE)
_NAMES_OF_TYPES = frozenset(("string", "str", "null", "none", "n/a", "todo"))


def with_known_keys(data: Mapping[str, object]) -> tuple[dict[str, object], bool]:
    """Return the values by the keys that were asked for; the right name wins.

    :return: with True if another name was read
    """
    found: dict[str, object] = {}
    others: dict[str, object] = {}
    for name, value in data.items():
        plain = _plain(name)
        if name in ANSWER_KEYS:
            found[name] = value
        elif plain in _GROUPS and isinstance(value, dict):
            for inner, text in value.items():
                seo = {"title": "seo_title", "description": "seo_description"}
                key = _ALIASES.get(_plain(inner), "")
                others.setdefault(seo.get(_plain(inner), key), text)
        else:
            others.setdefault(_ALIASES.get(plain, ""), value)
    read = {key: value for key, value in others.items() if key and key not in found}
    return {**read, **found}, bool(read)


def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", "", name[:40]).casefold()


def text_of(key: str, value: object) -> str:
    """Return the text of a value, a list of paragraphs or of words included.

    It is empty if it only repeats what was asked for: "Up to 70 characters".
    """
    if isinstance(value, str):
        text = value
    elif key == "body":
        text = "\n\n".join(_blocks(value))
    elif isinstance(value, list):
        text = ", ".join(value) if all(isinstance(v, str) for v in value) else ""
    else:
        return ""
    return "" if is_description(text) else text


def _blocks(value: object, depth: int = 0) -> list[str]:
    if isinstance(value, str):
        return [value.strip("\n")]
    if depth > _DEEPEST:
        return []
    if isinstance(value, list):
        return [block for item in value for block in _blocks(item, depth + 1)]
    if not isinstance(value, dict):
        return []
    kind = str(value.get("type", "")).casefold()
    if kind.startswith("head") or re.fullmatch("h[2-6]", kind):
        return [f"## {text}" for text in _blocks({**value, "type": ""}, depth)]
    heading = next((value[name] for name in _HEADINGS if value.get(name)), None)
    blocks = [f"## {heading}"] if isinstance(heading, str) and depth else []
    for name, item in value.items():
        if name not in _HEADINGS and name not in ("type", "level", "id"):
            blocks += _blocks(item, depth + 1)
    return blocks


def listed(value: object, most: int) -> list[object]:
    """Return the items of a list, or the lines of a text; models may send either.

    :param most: items at most, whatever a hostile answer has
    """
    items = value.splitlines() if isinstance(value, str) else value
    return items[:most] if isinstance(items, list) else []


def is_description(text: str) -> bool:
    """Return whether ``text`` is what the prompt says about a field."""
    if len(text) > 120:
        return False
    line = " ".join(text.split()).strip(" .:*_\"'<>[](){}\u2026").casefold()
    if line in DESCRIPTIONS or line in _NAMES_OF_TYPES:
        return True
    if not _BEGINS_WITH_LENGTH.match(line):
        return False
    return not _LENGTH.sub("", line).strip(" ,;.")


def has_text(data: Mapping[str, object]) -> int:
    """Return 1 if an answer of one text has it, and not its description; else 0."""
    text = data.get("text")
    return int(isinstance(text, str) and not is_description(text))
