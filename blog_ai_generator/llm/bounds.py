# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Bound what a page is made of, so that every text is rendered in a tenth of a second.

No article has as many parts or marks: a model went astray, or somebody is hostile. All
words stay; what is too much loses its meaning and is shown as it was written.
"""

import html
import re

# Lines and marks in front of them; half of them are empty lines.
MOST_PARTS = 1500
# Cells of all tables, those included that a short row leaves out.
MOST_CELLS = 2500
# Levels of lists and quotations; the parser drops the text of more than a hundred.
DEEPEST = 20
# Characters with a meaning within a line, and how many of them a page may have.
MOST_OF = {
    "*": 2000, "_": 2000, "[": 500, "]": 1000, "<": 2500, "`": 1500, "~": 1000,
    **dict.fromkeys("!#$%&+-:=>@\\^{}", 3000),
}  # fmt: skip
# Addresses in angle brackets; each is parsed, encoded and checked.
MOST_ADDRESSES = MOST_OF["["]
_ADDRESS = re.compile(r"<[a-zA-Z][\w+.-]*[:@]")
_PREFIX = re.compile(
    r"(?:[ \t]*(?:>|[-*+\u2022](?=[ \t])|\d{1,9}[.)](?=[ \t])|#{1,6}(?=[ \t])))*"
)
_MARK = re.compile(r"[-*+>\u2022]|\d+|#+")
_BLOCK_MARKS = "-*+>\u2022#=~`|: \t"
_TABLE_LINE = re.compile(r"[ \t]*\|?[ \t]*:?-[-:| \t]*$")
# Characters for private use stand for those that lose their meaning.
_STAND_INS = {mark: chr(0xE010 + number) for number, mark in enumerate([*MOST_OF, "|"])}
_STOOD_FOR = {ord(sign): html.escape(mark) for mark, sign in _STAND_INS.items()}


def bounded(body: str) -> tuple[str, bool]:
    """Return a Markdown text whose lines after the first ones are one paragraph.

    :return: with True if the text has changed
    """
    lines, parts = body.split("\n"), 0
    for number, line in enumerate(lines):
        prefix = _PREFIX.match(line)
        marks = len(_MARK.findall(prefix[0])) if prefix and prefix[0] else 0
        # A level within a level takes twice the time.
        parts += 1 + marks * (1 + (marks > 1))
        if prefix and marks > DEEPEST and line.strip(_BLOCK_MARKS):
            lines[number] = line[prefix.end() :].strip()
        if parts > MOST_PARTS:
            rest = " ".join(" ".join(lines[number:]).split()).lstrip(_BLOCK_MARKS)
            lines[number:] = ["", rest]
            break
    bound = "\n".join(lines)
    return bound, bound != body


def masked(markdown: str) -> str:
    """Return a text in which marks that are too many mean nothing to the parser."""
    crowded = [mark for mark, most in MOST_OF.items() if markdown.count(mark) > most]
    if "<" not in crowded and len(_ADDRESS.findall(markdown)) > MOST_ADDRESSES:
        crowded.append("<")
    if "|" in markdown and _cells(markdown.split("\n")) > MOST_CELLS:
        crowded.append("|")
    if not crowded:
        return markdown
    changes = {ord(sign): "" for sign in _STAND_INS.values()}
    changes.update((ord(mark), _STAND_INS[mark]) for mark in crowded)
    return markdown.translate(changes)


def unmasked(rendered: str) -> str:
    """Return HTML with the marks that :func:`masked` has replaced."""
    return rendered.translate(_STOOD_FOR)


def _cells(lines: list[str]) -> int:
    cells = rows = columns = 0
    for line in [*lines, ""]:
        if line.strip():
            rows += 1
            if _TABLE_LINE.match(line):
                columns = max(columns, line.count("|") + 1)
        else:
            cells += rows * columns
            rows = columns = 0
    return cells
