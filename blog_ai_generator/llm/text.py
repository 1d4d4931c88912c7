# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Make text that somebody else wrote safe to show as plain text."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from html import unescape

import regex

ELLIPSIS = "\u2026"

# Scripts in which the invisible joiners (U+200C, U+200D) change what is read:
# Arabic, Syriac to Thaana, those of India to Sinhala, Mongolian.
_JOINED = "\u0620-\u08ff\u0900-\u0dff\u1800-\u18af"
# Arrows to symbols, then the planes of emoji; U+FE0F asks for the colored form.
_EMOJI = "\u2190-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
_NEWLINES = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f"  # control
    "\ud800-\udfff"  # half characters, which no database stores
    "\xad\u180e\u200b\u2060-\u2064\ufeff\u3164\uffa0"  # no width
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f"  # direction overrides
    "\ufff9-\ufffb\ufffe\uffff"  # annotations, not characters
    "\U000e0000-\U000e01ef]"  # tags and selectors, which can smuggle text
    f"|\u200c(?![{_JOINED}])|(?<![{_JOINED}\u200c])\u200c"  # of several, one stays
    f"|\u200d(?![{_JOINED}{_EMOJI}])|(?<![{_JOINED}{_EMOJI}\ufe0f])\u200d"
    "|(?<=[\ufe00-\ufe0f])[\ufe00-\ufe0f]"
)
# Every character that the pattern above can match: most texts have none of them.
_MAY_BE_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\xad\u061c\u180e\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\ufffe"
    "\uffff\U000e0000-\U000e01ef]"
)
_TLD = (
    "com|org|net|edu|gov|info|biz|io|ai|app|dev|co|me|ly|gl|eu|uk|de|fr|es|it|nl|be"
    "|ch|at|pl|pt|se|no|dk|fi|us|ca|au|in|br|ru|cn|jp|kr|tw|nz|mx|ar|cl|gr|hu|cz|ro|ie"
    "|za|sk|si|hr|bg|lt|lv|ee|is|lu|tr|il|ua|cat|asia|africa|shop|store|online|site|blog"
    "|xyz|tech|cloud|agency|studio|world|today|news|cafe|bar|bio|club|company|design"
    "|digital|email|events|fm|garden|group|guide|health|house|life|live|link|media|page"
    "|photo|pizza|pub|restaurant|social|solutions|space|style|team|tips|tools|top|travel"
    "|tv|website|wiki|work|zone|berlin|hamburg|wien|koeln|paris|london|nyc|amsterdam"
)
# An address without a scheme is one only with a path: "example.com" may be a name.
_URL_START = (
    r"(?:(?:\b[a-z][a-z0-9+.-]{1,15}://|\bwww\.|\bmailto:)"
    rf"|(?<![\w.-])(?:[a-z0-9-]{{1,63}}\.){{1,6}}(?:{_TLD})/)"
)
_URL = re.compile(
    _URL_START + r"(?:[^\s<>\"]*[^\s<>\".,;:!?)\]])?",
    re.IGNORECASE,
)
_AT = r"(?:at|on|via|under|unter|auf|bei|sur|en|em|su|op|na|p\xe5)"
# "Fresh bread at bakery.shop/deal today."
_AT_ADDRESS = re.compile(rf"(?<!\S){_AT}[ \t]{{1,9}}(?={_URL_START})", re.IGNORECASE)
_MARKDOWN_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*\)")
_LINK_PLACEHOLDER = re.compile(
    r"\(\s*\)"
    r"|[\[{(<](?:insert |your |blog |article )?(?:link|url)[^\[\](){}<>]{0,30}[\]})>]",
    re.IGNORECASE,
)
_POINTER = re.compile(
    r"(\b(?:more|article|post|story|guide|info|mehr|artikel|beitrag|plus"
    r"|m\xe1s|mais|altro|di pi\xf9|meer|wi\u0119cej|mer|mere))"
    rf"\s+{_AT}\s*[:.]?\Z",
    re.IGNORECASE,
)
_ELEMENT = re.compile(r"<[^<>]*>")
_MENTION = re.compile(r"(?<!\w)[@\uff20]+(?=\w)")


_HALVES = re.compile("([\ud800-\udbff])([\udc00-\udfff])")
_NEVER_STORED = re.compile("[\x00\ud800-\udfff]")


def storable(text: str) -> str:
    """Return ``text`` without NUL and half characters, which no database stores."""
    if not _NEVER_STORED.search(text):
        return text
    return _NEVER_STORED.sub("", _HALVES.sub(_joined_halves, text))


def _joined_halves(match: re.Match[str]) -> str:
    high, low = ord(match[1]) - 0xD800, ord(match[2]) - 0xDC00
    return chr(0x10000 + high * 0x400 + low)


def visible(text: str) -> str:
    """Return composed (NFC) text without control, bidi and zero-width characters.

    Joiners stay inside emoji and in the scripts that need them. Newlines of every
    kind become ``\\n``.
    """
    text = _NEWLINES.sub("\n", unicodedata.normalize("NFC", text))
    return _INVISIBLE.sub("", text) if _MAY_BE_INVISIBLE.search(text) else text


def clean(text: str) -> str:
    """Return the visible part of ``text`` without blanks around it."""
    return visible(text).strip()


def one_line(text: str) -> str:
    """Return ``text`` on a single line, without the Markdown that adorns titles."""
    text = " ".join(re.sub(r"^#{1,6}\s+", "", text).split())
    for mark in ("**", "__", '"', "*"):
        inner = text[len(mark) : -len(mark)]
        if text.startswith(mark) and text.endswith(mark) and mark not in inner:
            text = inner.strip()
    return text


def bare_words(text: str) -> str:
    """Return letters and digits only, to compare texts whatever their punctuation."""
    if text.isascii() and text.isalnum():
        return text.lower()
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text)
    return "".join(filter(str.isalnum, plain.casefold()))


def cut(
    text: str,
    limit: int,
    ellipsis: str = ELLIPSIS,
    weigh: Callable[[str], int] = len,
) -> str:
    """Return ``text`` cut at a word so that it is at most ``limit`` long.

    :param weigh: measures the length of a text in the unit of ``limit``
    """
    if weigh(text) <= limit:
        return text
    room = max(limit - weigh(ellipsis), 0)
    end = min(len(text), room)
    while weigh(text[:end]) > room:
        end -= 1
    space = max(text.rfind(" ", 0, end + 1), text.rfind("\n", 0, end + 1))
    # Without a space nearby (Chinese, one endless word) the cut falls anywhere
    # but inside what is seen as one character.
    end = space if space > end // 2 else _character_edge(text, end)
    return text[:end].rstrip(" \n,;:.\u2026-\u2013\u2014(") + ellipsis


def _character_edge(text: str, end: int) -> int:
    while end > 0 and (
        unicodedata.category(text[end])[0] == "M"
        or text[end] == "\u200d"
        or text[end - 1] == "\u200d"
        or "\U0001f3fb" <= text[end] <= "\U0001f3ff"
    ):
        end -= 1
    return end


def weight_on_x(text: str) -> int:
    """Return at least the length that X counts: wide characters count twice."""
    return sum(
        1
        if char <= "\u10ff"
        or "\u2000" <= char <= "\u200d"
        or "\u2010" <= char <= "\u201f"
        or "\u2032" <= char <= "\u2037"
        else 2
        for char in text
    )


def tidy(text: str) -> str:
    """Return ``text`` with single blanks and at most one empty line in a row."""
    text = re.sub(r"[ \t]+", " ", text)
    return re.sub(r" ?\n ?", "\n", re.sub(r"\n\s*\n+", "\n\n", text)).strip()


def _may_have_address(text: str) -> bool:
    # Each has "://", "mailto:", a path or "www.".
    return "/" in text or ":" in text or "www" in text.lower()


def without_addresses(text: str) -> str:
    """Return ``text`` without URLs, which mail programs and networks make links."""
    if "](" in text:
        text = _MARKDOWN_LINK.sub(r"\1", text)
    return _URL.sub("", text) if _may_have_address(text) else text


def without_links(text: str) -> str:
    """Return plain text for a social network, without URLs and mentions."""
    if _may_have_address(text):
        text = _AT_ADDRESS.sub("", text)
    text = without_addresses(text)
    text = tidy(_MENTION.sub("", _LINK_PLACEHOLDER.sub("", text).replace("**", "")))
    # An arrow, a colon or a word that pointed at the link makes no sense without it.
    text = text.rstrip(" \n:\u2192\U0001f449\U0001f517")
    return _POINTER.sub(r"\1", text).rstrip(" \n:\u2192\U0001f449\U0001f517")


def without_markup(html: str, gap: str = "") -> str:
    """Return the text of HTML that was rendered here, with ``gap`` for each tag."""
    return unescape(_ELEMENT.sub(gap, html))


def paragraphs(markdown: str) -> Iterator[str]:
    """Yield the paragraphs of prose in a Markdown text, each as one plain line."""
    for block in re.split(r"\n\s*\n", markdown):
        if not re.match(r"\s*(?:[#>|`+-]|\*\s|\d+[.)])", block):
            plain = _MARKDOWN_LINK.sub(r"\1", block)
            if line := " ".join(re.sub(r"[*_`\\]", "", plain).split()):
                yield line


_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_SYLLABIC = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
_WITHOUT_BLANKS = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
)


# A letter, a digit or a sign on one. For ``re``, a vowel sign of Hindi or Tamil is none
# and ends a word. For ``regex``, what joins emoji or chooses their form is one, too.
LETTER = r"[^\W\u200c\u200d\ufe00-\ufe0f]"
_WORD = regex.compile(rf"(?!\p{{M}}){LETTER}+(?:[\u200c\u200d]{LETTER}+)*")


def words_in(text: str) -> list[str]:
    """Return the words of ``text`` as they are, without the signs between them."""
    return _WORD.findall(text)


def count_words(text: str) -> int:
    """Return the number of words; an estimate for scripts without spaces.

    Two Chinese or Japanese characters, or five of Thai, Lao, Burmese or Khmer,
    count as a word.
    """
    if not _WITHOUT_BLANKS.search(text):
        return len(words_in(text))
    wide, syllabic = len(_UNSPACED.findall(text)), len(_SYLLABIC.findall(text))
    spaced = _SYLLABIC.sub(" ", _UNSPACED.sub(" ", text))
    return len(words_in(spaced)) + wide // 2 + syllabic // 5
