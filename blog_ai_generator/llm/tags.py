# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""HTML that a model wrote where text or Markdown was asked for: its tags go.

Made for readers, not for safety: what is left is text, and escaped where it is shown.
Every pattern stops at the next ``<``, so that hostile input takes linear time.

No library does it: to markdownify, html2text and lxml “The <video> element” has a tag;
given true tags only, markdownify 1.2 ends in a ``RecursionError`` on 12 kB of nested
lists, and html2text 2025.4 makes 100 MB of 100 kB of them in 20 s (here 0.1 s).
"""

import html
import re

from .text import clean, tidy

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
# Whatever starts a new line in a browser.
_BLOCKS = frozenset(
    (
        *_HEADINGS,
        *"address article aside blockquote body br caption center dd details".split(),
        *"dialog div dl dt fieldset figcaption figure footer form head header".split(),
        *"hgroup hr html legend li main nav ol option p pre section summary".split(),
        *"table tbody tfoot thead title tr ul".split(),
    )
)
_OTHERS = (
    "a abbr acronym area audio b base bdi bdo big button canvas cite code col colgroup"
    " data datalist del dfn em embed font frame frameset g i iframe img input ins kbd"
    " label link map mark math meta meter nobr noscript object optgroup output param"
    " path picture progress q rp rt ruby s samp script select slot small source span"
    " strike strong style sub sup svg td template textarea th time track tt u var"
    " video wbr"
).split()
_DROPPED = ("script", "style")
# These do something without attributes and without an end.
_BARE = ("br", "hr", "img", "wbr")
_NAMES = "|".join(sorted((*_BLOCKS, *_OTHERS), key=len, reverse=True))
_TAG = re.compile(
    rf"<(?P<end>/?)(?P<name>{_NAMES})(?=[\s/>])"
    r"(?P<more>(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*|[^<>]*)>"
    r"|<!--|<!doctype\b[^<>]*>",
    re.IGNORECASE,
)
_CODE_SPAN = re.compile(r"`[^`\n]+`")
_LINE_START = re.compile(r"^[ \t]*<[a-z!/]", re.IGNORECASE | re.MULTILINE)
_HREF = re.compile(r"\bhref\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.I)
_URL_END = re.compile(r"[\s<>\\]")
_DEEPEST = 4  # levels of a list; hostile ones would indent without end


class Tags:
    """Tells the tags of one text from words that only look like them."""

    def __init__(self, text):
        # A tag in a code span is one to read.
        self._text = text = _CODE_SPAN.sub(lambda code: "`" * len(code[0]), text)
        closing = [match for match in _TAG.finditer(text) if match["end"]]
        self._last = {match["name"].lower(): match for match in closing}
        self._last_comment = text.rfind("-->")

    def closed(self, name, position):
        """Whether the element ``name`` is closed somewhere after ``position``."""
        return name in self._last and self._last[name].start() > position

    def at(self, position):
        """The tag at ``position`` of the text, if any, as in :meth:`all`."""
        match = _TAG.match(self._text, position)
        return match and self._tag(match, False)

    def all(self, blocks=False):
        """Name, match and end of what is to be taken out, in the order of the text.

        The name of an end tag starts with ``/``, that of a comment is empty. Scripts
        and styles are one with their content. “The <video> element” has no tag.

        :param blocks: take the likes of ``<p>`` for tags even if nothing closes them
        """
        position = 0
        for match in _TAG.finditer(self._text):
            tag = match.start() >= position and self._tag(match, blocks)
            if tag:
                position = tag[2]
                yield tag

    def _tag(self, match, blocks):
        name, start, end = (match["name"] or "").lower(), match.start(), match.end()
        if match["end"]:
            return "/" + name, match, end
        if not name:
            if match[0] == "<!--" and start < self._last_comment:
                return name, match, self._text.index("-->", start) + 3
            return (name, match, end) if match[0] != "<!--" else None
        if name in _DROPPED and self.closed(name, start):
            return name, match, self._end_of(name, end)
        if (
            "=" in match["more"]
            or name in _BARE
            or (blocks and name in _BLOCKS)
            or self.closed(name, start)
        ):
            return name, match, end
        return None

    def _end_of(self, name, start):
        for match in _TAG.finditer(self._text, start):
            if match["end"] and match["name"].lower() == name:
                return match.end()
        return start


def starts_line(name):
    """Whether the tag ``name``, as in :meth:`Tags.all`, separates words."""
    return name.lstrip("/") in _BLOCKS


def without_tags(text):
    """Plain text without HTML tags; scripts and styles go with their content."""
    pieces, position = [], 0
    for name, match, end in Tags(text).all():
        pieces += text[position : match.start()], "\n" if starts_line(name) else ""
        position = end
    return clean("".join(pieces) + text[position:]) if pieces else text


def markdown_of(body):
    """A Markdown text with its blocks of HTML as Markdown, and how many tags went.

    Kept are headings, paragraphs, lists, links and code.
    """
    if not _LINE_START.search(body):
        return body, 0
    if _is_html(body):
        return _converted(body)
    # Imported here: an idle worker need not hold it in memory.
    from markdown_it import MarkdownIt

    # Only finds the blocks: nothing is rendered that was parsed with HTML.
    finder = MarkdownIt("js-default", {"html": True}).disable("inline")
    lines, count = body.split("\n"), 0
    for token in reversed(finder.parse(body)):
        if token.type == "html_block" and not token.level:
            start, end = token.map
            markdown, tags = _converted("\n".join(lines[start:end]))
            if tags:
                lines[start:end] = ["", markdown, ""]
            count += tags
    return "\n".join(lines).strip(), count


def _is_html(body):
    """Whether all of it is HTML, which may then be indented and have empty lines."""
    first, last = _TAG.match(body), _TAG.match(body, body.rfind("<"))
    return (
        "`" not in body
        and first
        and (not first["name"] or first["name"].lower() in _BLOCKS)
        and last
        and last["end"]
        and last.end() == len(body)
    )


def _converted(source):
    out, position, count = _Markdown(), 0, 0
    tags = Tags(source)
    for name, match, end in tags.all(blocks=True):
        out.text(source[position : match.start()])
        if name == "pre" and tags.closed(name, end):
            out.open_pre()
        elif name not in _DROPPED:
            out.tag(name, match["more"] or "")
        position, count = end, count + 1
    out.text(source[position:])
    return out.finished() if count else source, count


class _Markdown:
    """Markdown in the making, from the texts and tags of HTML."""

    def __init__(self):
        self._done = ""
        self._prefix = ""
        self._in_pre = self._after_item = False
        self._lists = []
        self._start()

    def _start(self):
        self._pieces, self._link, self._code = [], None, None

    def text(self, text):
        if text:
            self._pieces.append(text)

    def open_pre(self):
        if not self._in_pre:
            self._end_block()
            self._in_pre = True

    def tag(self, name, more):
        bare = name.lstrip("/")
        if self._in_pre:
            if name == "/pre":
                self._end_pre()
        elif bare == "a":
            self._anchor(name, more)
        elif bare == "code":
            self._code_span(name)
        elif name == "br":
            self._pieces.append("\n")
        elif name in ("/td", "/th"):
            self._pieces.append(" | ")
        elif bare in _BLOCKS:
            self._end_block()
            self._next_block(name)

    def finished(self):
        if self._in_pre:
            self._end_pre()
        self._end_block()
        return self._done

    def _next_block(self, name):
        if name in ("ul", "ol"):
            self._lists.append("- " if name == "ul" else "1. ")
        elif name in ("/ul", "/ol") and self._lists:
            self._lists.pop()
        if name in ("ul", "ol", "li"):
            marker = self._lists[-1] if self._lists else "- "
            self._prefix = self._indent(-1) + marker
        elif name in ("/ul", "/ol", "/li"):
            self._prefix = self._indent()
        elif name.lstrip("/") in _HEADINGS and not self._lists:
            self._prefix = "" if name[0] == "/" else "#" * int(name[1]) + " "

    def _indent(self, change=0):
        return "    " * max(min(len(self._lists), _DEEPEST) + change, 0)

    def _end_block(self):
        text = tidy("".join(self._pieces)).rstrip(" |")
        self._start()
        if not text:
            return
        item = self._prefix.endswith(("- ", "1. "))
        if self._prefix.startswith("#"):
            text = " ".join(text.split())
        self._add(self._prefix + text, item)
        self._prefix = self._indent()

    def _add(self, block, item=False):
        between = "\n" if item and self._after_item else "\n\n"
        self._done += (between if self._done else "") + block
        self._after_item = item

    def _end_pre(self):
        code = html.unescape("".join(self._pieces)).strip("\n")
        fence = "`" * max([2, *map(len, re.findall("`+", code))]) + "`"
        self._start()
        self._in_pre = False
        if code.strip():
            self._add(f"{fence}\n{code}\n{fence}")

    def _anchor(self, name, more):
        if name == "/a" and self._link:
            start, url = self._link
            self._pieces.insert(start, "[")
            self._pieces.append(f"](<{url}>)")
            self._link = None
        elif match := name == "a" and _HREF.search(more):
            url = html.unescape(match[1] or match[2] or match[3] or "").strip()
            if not _URL_END.search(url):
                self._link = len(self._pieces), url

    def _code_span(self, name):
        if name == "code":
            self._code = len(self._pieces)
        elif self._code is not None:
            code = html.unescape("".join(self._pieces[self._code :]))
            if code.strip() and "`" not in code:
                self._pieces[self._code :] = [f"`{code}`"]
            self._code = None
