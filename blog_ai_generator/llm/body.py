# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Turn the habits of models into Markdown, line by line, before it is rendered.

Code samples stay as they are.
"""

import re
import textwrap

from .chat_words import TITLE_LABEL
from .code import FENCE, Code
from .marks import without_marks
from .text import bare_words, count_words

_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.+?)[ \t]*#*[ \t]*$")
# "##Heading" and "＃＃ Heading"; "#tag" is none.
_TIGHT_HEADING = re.compile(r" {0,3}(#{2,6}|\uff03{1,6})[ \t]*([^\s#\uff03].*)$")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-{2,})\s*$")
_BOLD_LINE = re.compile(r"(\*\*|__)(?=\S)((?:(?!\1).)+?)(?<=\S)\1\s*[:：]?\s*$")
_BOLD_HEADING = re.compile(r"( {0,3}#{1,6}[ \t]+)(\*\*|__)((?:(?!\2).)+)\2[ \t]*#*$")
_BULLET = re.compile(
    r"([ \t]*)[\u2022\u25cf\u25aa\u25a0\u25e6\u2023\u2043\u2219\xb7][ \t\xa0]+"
)
_TASK = re.compile(r"([ \t]*(?:[-*+]|\d+[.)])[ \t]+)\[([ xX])\][ \t]+")
_FRONT_MATTER = re.compile(r"\A---\n(?:[\w -]{1,40}:.*\n|[ \t]*- .*\n){1,20}---\n")
# Lines with markup, whose breaks are left alone.
_MARKUP = re.compile(
    r"\s*(?:[-*+>|#]|\d{1,9}[.)]\s|<|\[[^\]]+\]:|(?:=+|-+|\*+|_+)\s*$)|\s{4}|\t|.*\|.*\|"
)
_SENTENCE = re.compile(r"[.。\u0964;；,，]\W*$")
_SENTENCE_END = re.compile(r"[.!?。！\uff1f\u0964\u2026:;,\u060c、，][\"”’»)*_]*$")
# Characters. Wrapped lines are assumed to have room for at least so many.
_WIDTH, _WIDTH_WIDE = 60, 30
_LONGEST_HEADING = 100

Lines = list[str]


def unfenced(body: str) -> str:
    """Return an article that is all in a fence or all indented, as plain Markdown."""
    lines = body.split("\n")
    first = FENCE.match(lines[0])
    last = lines[-1].strip()
    fences = sum(bool(FENCE.match(line)) for line in lines)
    if first and (last == first[1] or fences == 1):
        kind = first[2].strip().lower()
        inner = lines[1:-1] if last == first[1] else lines[1:]
        is_markdown = kind in ("markdown", "md") and fences % 2 == 0
        if is_markdown or (kind in ("markdown", "md", "") and _is_article(inner)):
            body = "\n".join(inner).strip("\n")
    return _outdented(body)


def _is_article(lines: Lines) -> bool:
    """Return whether lines, which may be code, have headings and a paragraph."""
    has_heading = any(re.match(r"#{2,4} \S", line) for line in lines)
    has_prose = any(line[:1].isalpha() and count_words(line) > 12 for line in lines)
    closed = not any(FENCE.match(line) for line in lines)
    return has_heading and has_prose and closed


def _outdented(body: str) -> str:
    first, _newline, rest = body.partition("\n")
    lines = [line for line in rest.split("\n") if line.strip()]
    if not lines or not all(line.startswith(("    ", "\t")) for line in lines):
        return body
    if re.match(r"[-*+>|<]|\d{1,9}[.)]\s", first):
        return body  # "- item", then what belongs to it
    text = f"{first.strip()}\n{textwrap.dedent(rest)}".strip()
    is_prose = sum(count_words(line) > 7 for line in lines) * 4 >= len(lines)
    is_article = _is_article(Code(text).text.split("\n"))
    return text if is_prose or is_article else body


def mended(body: str) -> tuple[str, int]:
    """Return an article in the page's Markdown, and the number of marks changed."""
    code = Code(body)
    lines = _with_headings(code.text.split("\n"))
    text, count = without_marks("\n".join(_with_lists(lines)))
    return code.put_back(text).strip("\n"), count


def without_title(body: str, title: str) -> str:
    """Remove front matter and the first lines that repeat the title."""
    lines = _FRONT_MATTER.sub("", body, count=1).lstrip("\n").split("\n")
    # A model may write “Title: …” and a heading.
    for _twice in range(2):
        count = _lines_of_title(lines, title)
        lines = lines[count:]
        while count and lines and not lines[0].strip():
            del lines[0]
    return _joined(lines)


def _lines_of_title(lines: Lines, title: str) -> int:
    first, second = [*lines, "", ""][:2]
    is_underlined = bool(_UNDERLINE.match(second))
    if second.strip() and not is_underlined and not _HEADING.match(first):
        return 0
    label = TITLE_LABEL.match(first)
    is_title = bare_words(first[label.end() :] if label else first) == bare_words(title)
    # A sentence that begins like a label is prose.
    is_labelled = bool(label) and len(first) < 160 and not _SENTENCE.search(first)
    return 1 + is_underlined if first.strip() and (is_title or is_labelled) else 0


def _joined(lines: Lines) -> str:
    return "\n".join(lines).strip("\n")


def _with_headings(lines: Lines) -> Lines:
    """Write headings as Markdown has them, with levels from two on and no gaps."""
    lines = _plain_headings(lines)
    if not any(map(_HEADING.match, lines)):
        lines = _bold_headings(lines)
    levels: list[int] = []
    return [_leveled(line, levels) for line in lines]


def _plain_headings(lines: Lines) -> Lines:
    changed: Lines = []
    for number, line in enumerate(lines):
        tight = None if _HEADING.match(line) else _TIGHT_HEADING.match(line)
        before = changed[-1] if changed else ""
        is_first = len(changed) < 2 or not changed[-2].strip()
        if tight:
            changed.append(f"{'#' * len(tight[1])} {tight[2]}")
        elif number and is_first and _is_underline(line, before):
            changed[-1] = f"## {before.strip()}"
        else:
            changed.append(line)
    return changed


def _is_underline(line: str, before: str) -> bool:
    return bool(_UNDERLINE.match(line) and before.strip() and not _MARKUP.match(before))


def _bold_headings(lines: Lines) -> Lines:
    numbers = [n for n, line in enumerate(lines) if _is_bold_heading(lines, n, line)]
    if len(numbers) < 2:
        return lines
    changed = list(lines)
    for number in numbers:
        match = _BOLD_LINE.match(lines[number])
        changed[number] = f"## {match[2].rstrip(':')}\n" if match else lines[number]
    return changed


def _is_bold_heading(lines: Lines, number: int, line: str) -> bool:
    match = _BOLD_LINE.match(line)
    if not match or len(match[2]) > _LONGEST_HEADING or match[2][-1] in ".!,;。":
        return False
    before = lines[number - 1].strip() if number else ""
    after = next((it for it in lines[number + 1 :] if it.strip()), "")
    return not before and bool(after) and not _BOLD_LINE.match(after)


def _leveled(line: str, levels: list[int]) -> str:
    match = _HEADING.match(line)
    if not match:
        return line
    text = _BOLD_HEADING.sub(r"\1\3", line).lstrip(" #\t")
    return f"{'#' * next_level(levels, len(match[1]))} {text}"


def next_level(levels: list[int], level: int) -> int:
    """Return the level of a heading in an outline without gaps, which starts at two.

    :param levels: the headings above this one as they were written; changed here
    """
    level = max(level, 2)
    while levels and levels[-1] >= level:
        levels.pop()
    levels.append(level)
    return min(len(levels) + 1, 6)


def _with_lists(lines: Lines) -> Lines:
    """Write bullets and check boxes as Markdown or as signs, and keep rows apart."""
    changed: Lines = []
    for line in lines:
        for item in _bullets(line):
            box = _TASK.match(item)
            sign = "\u2610 " if box and box[2] == " " else "\u2611 "
            changed.append(box[1] + sign + item[box.end() :] if box else item)
    return _with_breaks(changed)


def _bullets(line: str) -> Lines:
    match = _BULLET.match(line)
    if not match:
        return [line]
    items = re.split(r"[ \t]+\u2022[ \t]+", line[match.end() :], maxsplit=50)
    return [f"{match[1]}- {item}" for item in items]


def _with_breaks(lines: Lines) -> Lines:
    changed = list(lines)
    start = 0
    for number in range(len(lines) + 1):
        if number == len(lines) or not lines[number].strip():
            block = lines[start:number]
            if len(block) > 1 and _are_rows(block):
                changed[start : number - 1] = [
                    f"{line.rstrip()}  " for line in block[:-1]
                ]
            start = number + 1
    return changed


def _are_rows(block: Lines) -> bool:
    """Return whether lines end where their author wanted, not where they were full."""
    # A wrapped text goes on in lower case, in more than a quarter of its lines.
    lower = sum(line[:1].islower() for line in block[1:])
    if lower * 4 > len(block) - 1 or any(_MARKUP.match(line) for line in block):
        return False
    wide = sum(line[:1] > "\u2e80" for line in block) * 2 > len(block)
    width = max(_WIDTH_WIDE if wide else _WIDTH, *map(len, block))
    free = sum(
        len(line) + 1 + (1 if wide else len(after.split()[0])) <= width
        for line, after in zip(block, block[1:], strict=False)
    )
    long = sum(
        len(line) > _WIDTH and bool(_SENTENCE_END.search(line)) for line in block
    )
    # Most rows leave room for the next word. Long sentences, a line each, are prose.
    return free * 2 > len(block) - 1 and long * 2 <= len(block)
