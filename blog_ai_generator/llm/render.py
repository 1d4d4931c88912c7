# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Render the Markdown of a model: no raw HTML, no images, only allowed links.

The result must still pass through ``html_sanitize`` before it is stored.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from .body import next_level
from .bounds import masked, unmasked
from .inline import Emphasis, Untag
from .types import Link, Note

if TYPE_CHECKING:
    from markdown_it.token import Token
# Block rules that need a sign: without it they only take time.
_SIGNS = {"|": "table", ">": "blockquote", "]:": "reference"}


def render(
    markdown: str,
    links: Iterable[Link] = (),
    link_hosts: Iterable[str] = (),
    tags: int = 0,
) -> tuple[str, tuple[Note, ...]]:
    """Return the HTML of ``markdown``, and a note for each kind of removed thing.

    A link stays if its URL is that of one of ``links``, or if it is http(s) on a host
    of ``link_hosts``: ``example.org`` is that host alone, ``*.example.org`` all of
    its subdomains; a port must be named, as in ``localhost:8069``. Other links lose
    the link and keep the text. Headings start at ``h2``, as the page has an ``h1``.

    :param tags: number of HTML tags that were removed before
    """
    # Imported here: an idle worker need not keep it in memory.
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline.emphasis import tokenize

    parser = MarkdownIt("js-default", {"html": False, "linkify": False})
    untag = Untag(tags)
    parser.inline.ruler.at("html_inline", untag)
    parser.disable([rule for sign, rule in _SIGNS.items() if sign not in markdown])
    parser.inline.ruler.at("emphasis", Emphasis(tokenize))
    guard = _LinkGuard(parser.normalizeLink, links, link_hosts)
    plain = masked(markdown)
    tokens, images = _tidied(parser.parse(plain), guard, untag)
    html = parser.renderer.render(tokens, parser.options, {})
    removed = {"links": guard.removed, "images": images, "tags": untag.count}
    notes = tuple(
        Note(f"body_{things}_removed", {"count": str(count)})
        for things, count in removed.items()
        if count
    )
    if plain is markdown:
        return html, notes
    return unmasked(html), (*notes, Note("body_simplified"))


def _tidied(
    tokens: Iterable[Token], guard: _LinkGuard, untag: Untag
) -> tuple[list[Token], int]:
    """Lower headings, remove images, links and what they leave empty.

    :return: with the number of images
    """
    images = 0
    tidied: list[Token] = []
    levels: list[int] = []
    for token in tokens:
        if token.type == "heading_open":
            token.tag = f"h{next_level(levels, int(token.tag[1]))}"
        elif token.type == "heading_close":
            token.tag = tidied[-2].tag
        if token.children:
            kept = [child for child in token.children if child.type != "image"]
            images += len(token.children) - len(kept)
            token.children = untag.balanced(guard.filter(kept))
        tidied.append(token)
        if token.type in ("paragraph_close", "heading_close") and _is_empty(tidied[-2]):
            del tidied[-3:]
    return tidied, images


def _is_empty(inline: Token) -> bool:
    return not any(
        child.content.strip() or child.type not in ("text", "softbreak", "hardbreak")
        for child in inline.children or ()
    )


class _LinkGuard:
    """Tell the allowed links from others, and remove the latter.

    :param normalize: the parser's own way to write a URL
    """

    def __init__(
        self,
        normalize: Callable[[str], str],
        links: Iterable[Link],
        link_hosts: Iterable[str],
    ) -> None:
        self._normalize = normalize
        self._urls = {normalize(link.url) for link in links}
        self._own_hosts = {host_of(url) for url in self._urls} | {""}
        self._hosts = {self._host(entry) for entry in link_hosts} - {""}
        self.removed = 0

    def _host(self, entry: str) -> str:
        """Return a host as in a normalized URL: lower case, IDN encoded."""
        wild = entry.startswith("*.")
        host = host_of(self._normalize(f"https://{entry[2:] if wild else entry}"))
        return f"*.{host}" if wild and host else host

    def allows(self, url: str) -> bool:
        if url in self._urls:
            return True
        host = host_of(url)
        parents = host.split(".")[1:]
        return bool(host) and (
            host in self._hosts
            or any(
                "*." + ".".join(parents[start:]) in self._hosts
                for start in range(len(parents))
            )
        )

    def filter(self, tokens: Iterable[Token]) -> list[Token]:
        kept, dropped = [], False
        for token in tokens:
            if token.type == "link_open":
                url = str(token.attrs.get("href", ""))
                dropped = not self.allows(url)
                self.removed += dropped
                token.attrs = self._attributes(url)
            if token.type not in ("link_open", "link_close") or not dropped:
                kept.append(token)
            if token.type == "link_close" and kept and kept[-2:-1]:
                if kept[-2].type == "link_open" and kept[-1] is token:
                    del kept[-2:]
        return kept

    def _attributes(self, url: str) -> dict[str, str | int | float]:
        """Return the attributes of an allowed link; the site's own need no ``rel``."""
        if host_of(url) in self._own_hosts:
            return {"href": url}
        return {"href": url, "rel": "nofollow noopener"}


def host_of(url: str) -> str:
    """Return the host, with the port if it is named, of an http(s) URL.

    Browsers and Python read backslashes, credentials and escapes in this part of a
    URL differently: the result is then empty.
    """
    try:
        parts = urlsplit(url)
        _port = parts.port
    except ValueError:
        return ""
    host = parts.netloc.lower().rstrip(".")
    plain = host.isascii() and not set(host) & set("\\@%<>\"' ")
    return host if plain and parts.scheme in ("http", "https") else ""
