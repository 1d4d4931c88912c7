# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Render the Markdown of a model: no raw HTML, no images, only allowed links.

The result must still pass through ``html_sanitize`` before it is stored.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from .tags import Tags, starts_line
from .types import Link, Note

if TYPE_CHECKING:
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token


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

    parser = MarkdownIt("js-default", {"html": False, "linkify": False})
    untag = _Untag(tags)
    parser.inline.ruler.at("html_inline", untag)
    guard = _LinkGuard(parser.normalizeLink, links, link_hosts)
    tokens = parser.parse(markdown)
    images = _tidied(tokens, guard)
    html = parser.renderer.render(tokens, parser.options, {})
    removed = {"links": guard.removed, "images": images, "tags": untag.count}
    notes = tuple(
        Note(f"body_{things}_removed", {"count": str(count)})
        for things, count in removed.items()
        if count
    )
    return html, notes


def _tidied(tokens: Iterable[Token], guard: _LinkGuard) -> int:
    """Lower first headings, remove images and links; return the number of images."""
    images = 0
    for token in tokens:
        if token.type in ("heading_open", "heading_close") and token.tag == "h1":
            token.tag = "h2"
        if token.children:
            kept = [child for child in token.children if child.type != "image"]
            images += len(token.children) - len(kept)
            token.children = guard.filter(kept)
    return images


class _Untag:
    """The parser's rule for HTML within text: skip tags, keep the rest.

    It replaces the rule that would let HTML through.
    """

    def __init__(self, count: int) -> None:
        self.count = count
        self._tags: dict[str, Tags] = {}

    def __call__(self, state: StateInline, silent: bool) -> bool:
        if state.src[state.pos] != "<":
            return False
        if state.src not in self._tags:
            self._tags[state.src] = Tags(state.src)
        tag = self._tags[state.src].at(state.pos)
        if not tag or tag.end > state.posMax:
            return False
        state.pos = tag.end
        if not silent:
            self._leave(state, tag.name)
        return True

    def _leave(self, state: StateInline, name: str) -> None:
        if name == "br":
            state.push("hardbreak", "br", 0)
            return
        self.count += 1
        if starts_line(name):
            state.pending += " "


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
