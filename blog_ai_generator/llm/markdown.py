# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Convert the HTML of a model to the Markdown that it was asked for."""

import html
import re

from .bounds import MOST_OF
from .inline import KEPT
from .tags import DROPPED, HEADINGS, Tags, is_html, starts_line
from .text import tidy

_LINE_START = re.compile(r"^[ \t]*<[a-z!/]", re.IGNORECASE | re.MULTILINE)
_HREF = re.compile(r"\bhref\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.I)
_URL_END = re.compile(r"[\s<>\\]")
# Levels of a list; hostile ones would indent without end.
_DEEPEST = 4


def markdown_of(body: str) -> tuple[str, int]:
    """Return a Markdown text with its HTML blocks as Markdown.

    Headings, paragraphs, lists, links and code are kept.

    :return: with the number of tags that were removed
    """
    if not _LINE_START.search(body) or body.count("<") > MOST_OF["<"]:
        return body, 0
    if is_html(body):
        # Such a body may be indented and have empty lines, which end a block.
        return _converted(body)
    # Imported here: an idle worker need not keep it in memory.
    from markdown_it import MarkdownIt

    # Finds the blocks only: nothing is rendered that was parsed with HTML.
    finder = MarkdownIt("js-default", {"html": True}).disable("inline")
    lines, count = body.split("\n"), 0
    for token in reversed(finder.parse(body)):
        if token.type == "html_block" and not token.level and token.map:
            start, end = token.map
            markdown, tags = _converted("\n".join(lines[start:end]))
            if tags or markdown != "\n".join(lines[start:end]):
                lines[start:end] = ["", markdown, ""]
            count += tags
    return "\n".join(lines).strip(), count


def _converted(source: str) -> tuple[str, int]:
    out, position, count = _Markdown(), 0, 0
    tags = Tags(source)
    for name, match, end in tags.all(blocks=True):
        out.text(source[position : match.start()])
        if name == "pre" and tags.closed(name, end):
            out.open_pre()
        elif name not in DROPPED:
            out.tag(name, match["more"] or "")
        position, count = end, count + (name.lstrip("/") not in KEPT)
    out.text(source[position:])
    return (out.finished(), count) if position else (source, 0)


class _Markdown:
    """Markdown that is built from the texts and tags of HTML."""

    def __init__(self) -> None:
        self._done = ""
        self._prefix = ""
        self._in_pre = self._after_item = False
        # The markers of the open lists.
        self._lists: list[str] = []
        # The present block; positions in it at which a link and a code span began.
        self._pieces: list[str] = []
        self._link: tuple[int, str] | None = None
        self._code: int | None = None

    def text(self, text: str) -> None:
        if text:
            self._pieces.append(text)

    def open_pre(self) -> None:
        if not self._in_pre:
            self._end_block()
            self._in_pre = True

    def tag(self, name: str, more: str) -> None:
        if self._in_pre:
            if name == "/pre":
                self._end_pre()
        elif name == "a":
            self._open_link(more)
        elif name == "/a":
            self._close_link()
        elif name in ("code", "/code"):
            self._code_span(name)
        elif name.lstrip("/") in KEPT:
            self._pieces.append(f"<{name}>")
        elif name == "br":
            self._pieces.append("\n")
        elif name in ("/td", "/th"):
            self._pieces.append(" | ")
        elif starts_line(name):
            self._end_block()
            self._next_block(name)

    def finished(self) -> str:
        if self._in_pre:
            self._end_pre()
        self._end_block()
        return self._done

    def _next_block(self, name: str) -> None:
        if name in ("ul", "ol"):
            self._lists.append("- " if name == "ul" else "1. ")
        elif name in ("/ul", "/ol") and self._lists:
            self._lists.pop()
        if name in ("ul", "ol", "li"):
            marker = self._lists[-1] if self._lists else "- "
            self._prefix = self._indent(-1) + marker
        elif name in ("/ul", "/ol", "/li"):
            self._prefix = self._indent()
        elif name.lstrip("/") in HEADINGS and not self._lists:
            self._prefix = "" if name[0] == "/" else "#" * int(name[1]) + " "

    def _indent(self, change: int = 0) -> str:
        return "    " * max(min(len(self._lists), _DEEPEST) + change, 0)

    def _end_block(self) -> None:
        text = tidy(self._taken()).rstrip(" |")
        if not text:
            return
        item = self._prefix.endswith(("- ", "1. "))
        if self._prefix.startswith("#"):
            text = " ".join(text.split())
        self._add(self._prefix + text, item)
        self._prefix = self._indent()

    def _taken(self) -> str:
        text = "".join(self._pieces)
        self._pieces, self._link, self._code = [], None, None
        return text

    def _add(self, block: str, item: bool = False) -> None:
        between = "\n" if item and self._after_item else "\n\n"
        self._done += (between if self._done else "") + block
        self._after_item = item

    def _end_pre(self) -> None:
        code = html.unescape(self._taken()).strip("\n")
        fence = "`" * max([2, *map(len, re.findall("`+", code))]) + "`"
        self._in_pre = False
        if code.strip():
            self._add(f"{fence}\n{code}\n{fence}")

    def _open_link(self, more: str) -> None:
        if match := _HREF.search(more):
            url = html.unescape(match[1] or match[2] or match[3] or "").strip()
            if not _URL_END.search(url):
                self._link = len(self._pieces), url

    def _close_link(self) -> None:
        if self._link:
            start, url = self._link
            self._pieces.insert(start, "[")
            self._pieces.append(f"](<{url}>)")
            self._link = None

    def _code_span(self, name: str) -> None:
        if name == "code":
            self._code = len(self._pieces)
        elif self._code is not None:
            code = html.unescape("".join(self._pieces[self._code :]))
            if code.strip() and "`" not in code:
                self._pieces[self._code :] = [f"`{code}`"]
            self._code = None
