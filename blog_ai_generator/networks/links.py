# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Find what X and Mastodon count as a link.

X finds links as twitter-text 3 does; the sets of characters are taken from it
(Apache-2.0). Mastodon's server uses it too, and accepts nearly any character in paths
and queries. Patterns are matched on text in which the letters A to Z are lower case.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import ascii_lowercase, ascii_uppercase
from typing import NamedTuple
from urllib.parse import quote, urlsplit, urlunsplit

COST = 23  # of any link, on X and on Mastodon
MAX_LABEL = 63  # characters between two dots of a host name (RFC 1035)
MAX_LABELS = 10  # before the last two; without a limit hostile text takes minutes
PUNYCODE = "xn--"  # starts a label that encodes one in other letters
MAX_SLUG = 40  # characters after t.co/; X sees no link if there are more
# Shared with the browser's module, where data can only be in a script.
TLDS = Path(__file__).parents[1] / "static/src/networks/tlds.esm.js"
LOWER = str.maketrans(ascii_uppercase, ascii_lowercase)
# Characters that RFC 3986 allows in a path, a query or a fragment, encoded or not.
_SAFE = "%!$&'()*+,;=:@/?-._~"

_LATIN = (
    r"\xC0-\xD6\xD8-\xF6\xF8-\u024F\u0253\u0254\u0256\u0257\u0259\u025B\u0263\u0268"
    r"\u026F\u0272\u0289\u028B\u02BB\u0300-\u036F\u1E00-\u1EFF"
)
_SPACE = r"\x09-\x0D \x85\xA0\u1680\u180E\u2000-\u200A\u2028\u2029\u202F\u205F\u3000"
_UNFIT_FOR_HOST = (
    rf"!'#%&()*+,\\./:;<=>?@\[\]^{{|}}~${_SPACE}\uFFFE\uFEFF\uFFFF\u202A-\u202E\u061C"
    r"\u200E\u200F\u2066-\u2069"
)
_BEFORE = r"(?:[^a-z0-9@\uFF20$#\uFF03\uFFFE\uFEFF\uFFFF]|^)"
_LETTERS_ON_X = rf"a-z0-9\u0400-\u04FF{_LATIN}"
_INSIDE_ON_X = rf"[{_LETTERS_ON_X}!*';:=+,.$/%#\[\]\-\u2013_~@|&]"
_LAST_ON_X = rf"[{_LETTERS_ON_X}=_#/+\-]"
_QUERY = r"a-z0-9!?*'@();:&=+$/%#\[\]\-_.,~|"
_QUERY_END = r"a-z0-9\-_&=#/"
_QUERY_ON_X = rf"\?[{_QUERY}]*[{_QUERY_END}]"
_INSIDE_ON_MASTODON = rf"[^{_SPACE}<>()?]"
_LAST_ON_MASTODON = rf"[^{_SPACE}<>()\[\]\u300C\u300D\"'.,:;!?*~=&|@$%]"
_QUERY_ON_MASTODON = rf"\?[{_QUERY}^\xA0-\U0010FFFF]*[{_QUERY_END}\xA0-\U0010FFFF]"
_MENTION = r"(?<![a-z0-9_/])(?P<name>@[a-z0-9_]+)@[a-z0-9.-]+[a-z0-9]"


class Span(NamedTuple):
    """A part of a text that counts as a whole, from ``start`` up to ``end``."""

    start: int
    end: int
    cost: int


def percent_encoded(address: str) -> str:
    # X ends a link before a letter that is neither Latin nor Cyrillic, so that the
    # link would lead to another page.
    parts = urlsplit(address)
    path, query, fragment = (quote(part, _SAFE) for part in parts[2:])
    return urlunsplit((parts.scheme, parts.netloc, path, query, fragment))


def links_on_x(text: str) -> Iterator[Span]:
    """Yield the links of X, which need no ``https://`` before a domain that exists."""
    links, bare_domain = _patterns_of_x()
    lower = text.translate(LOWER)
    for match in links.finditer(lower):
        if match["slug"]:
            if len(match["slug"]) <= MAX_SLUG:
                yield Span(*match.span("link"), COST)
        elif match["host"]:
            if _can_exist(match["host"]):
                yield Span(*match.span("link"), COST)
        elif match[0][0] not in "-_./" and _can_exist(match["bare"]):
            yield from _bare_links(match, bare_domain)


def _bare_links(match: re.Match[str], bare_domain: re.Pattern[str]) -> Iterator[Span]:
    domains = list(bare_domain.finditer(match.string, *match.span("bare")))
    for domain in domains:
        has_path = match["path"] and domain is domains[-1]
        yield Span(domain.start(), match.end() if has_path else domain.end(), COST)


def links_on_mastodon(text: str) -> Iterator[Span]:
    """Yield the links of Mastodon, and mentions, whose server name costs nothing."""
    lower = text.translate(LOWER)
    for match in _pattern_of_mastodon().finditer(lower):
        if match["name"]:
            yield Span(*match.span(), len(match["name"]))
        elif _can_exist(match["host"]):
            yield Span(*match.span("link"), COST)


def _can_exist(host: str) -> bool:
    return all(_is_label(label) for label in host.split("."))


def _is_label(label: str) -> bool:
    if label.isascii():
        return len(label) <= MAX_LABEL
    if label.startswith(PUNYCODE):
        return False
    return len(PUNYCODE) + len(label.encode("punycode")) <= MAX_LABEL


@cache
def _patterns_of_x() -> tuple[re.Pattern[str], re.Pattern[str]]:
    domain, tld = _domain()
    path = _path(_INSIDE_ON_X, _LAST_ON_X)
    links = (
        rf"{_BEFORE}(?P<link>"
        rf"https?://t\.co/(?P<slug>[a-z0-9]+)(?:{_QUERY_ON_X})?"
        rf"|https?://(?P<host>{domain})(?::[0-9]+)?{path}?(?:{_QUERY_ON_X})?"
        rf"|(?P<bare>{domain})(?P<path>(?::[0-9]+)?{path}(?:{_QUERY_ON_X})?)?)"
    )
    return re.compile(links), re.compile(rf"(?:[\-a-z0-9{_LATIN}]+\.)+{tld}")


@cache
def _pattern_of_mastodon() -> re.Pattern[str]:
    domain, _tld = _domain()
    path = _path(_INSIDE_ON_MASTODON, _LAST_ON_MASTODON)
    return re.compile(
        rf"{_BEFORE}(?P<link>https?://(?P<host>{domain})(?::[0-9]+)?{path}?"
        rf"(?:{_QUERY_ON_MASTODON})?)|{_MENTION}"
    )


def _domain() -> tuple[str, str]:
    """Return the patterns of a host name and of its known top-level domain."""
    names = "|".join(TLDS.read_text(encoding="utf-8").split("`")[1].split())
    tld = rf"(?:(?:{names})(?![a-z0-9@+\-])|xn--[\-0-9a-z]+)"
    ends = rf"[^{_UNFIT_FOR_HOST}_\-]"
    name = rf"{ends}(?:[^{_UNFIT_FOR_HOST}_]{{0,{MAX_LABEL - 2}}}{ends})?\."
    under = rf"{ends}(?:[^{_UNFIT_FOR_HOST}]{{0,{MAX_LABEL - 2}}}{ends})?\."
    return rf"(?:{under}){{0,{MAX_LABELS}}}{name}{tld}", tld


def _path(inside: str, last: str) -> str:
    """Return the pattern of a path, with parentheses in pairs of at most two levels."""
    pair = rf"\((?:{inside}+|{inside}*\({inside}+\){inside}*)\)"
    return rf"(?:/(?:(?:{inside}|{pair})*(?:{last}|{pair}))?)"
