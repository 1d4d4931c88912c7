# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Convert or remove marks that no page shows: citations of chats, LaTeX, footnotes."""

import re
from collections.abc import Callable

# Citations and leftovers of chats; what is in front of them goes too.
_CITATION = re.compile(
    r"[ \t]*\u3010\d{1,3}(?::\d{1,3})?\u2020[^\u3010\u3011\n]{0,80}\u3011"
    r"|[ \t]*:contentReference\[oaicite:\d{1,4}\](?:\{index=\d{1,4}\})?"
    r"|[ \t]*\[?(?:oaicite|citation_source):\d{1,4}\]?"
    r"|\ue200(?:cite|navlist|i|video)[^\ue201\n]{0,200}\ue201"
    r"|[ \t]*\bciteturn\d+[a-z]+\d+\w*|[ \t]*\[\^\d{1,3}\^\]|[ \t]*\[cite(?:_start"
    r"|:[\d, ]{1,20})\]"
)
_TABLE_OF_CONTENTS = re.compile(
    r"^[ \t]*(?:\[{1,2}_?toc_?\]{1,2}|\{:toc\}|<!-- ?toc ?-->)[ \t]*$", re.I | re.M
)
_ALERT = re.compile(
    r"^([ \t]*>[ \t]*)\[!\w{1,20}\][-+]?[ \t]*(?:\n[ \t]*>[ \t]*)?", re.M
)
_HIGHLIGHT = re.compile(r"(?<![=!<>])==(?=[^\s=])([^=\n]{1,200})(?<=[^\s=])==(?!=)")
_FOOTNOTE = re.compile(r"^\[\^([^\]\s]{1,30})\]:[ \t]*(.*(?:\n[ \t]+\S.*)*)", re.M)
_REFERENCE = re.compile(r"[ \t]?\[\^([^\]\s]{1,30})\]")
_LATEX = re.compile(
    r"\$\$([^$]{1,400})\$\$|\\\[([^\[\]]{1,400}?)\\\]"
    r"|(?<![\w\]])\\\(([^()\n]{0,100}(?:\([^()\n]{0,60}\)"
    r"[^()\n]{0,100}){0,6})\\\)"
    r"|(?<![\w$\\])\$(?=[^\s$])([^$\n]{0,100}[\\^_][^$\n]{0,100})(?<=[^\s$])\$(?![\w$])"
)
_COMMANDS = {
    "times": "\xd7", "cdot": "\xb7", "div": "\xf7", "pm": "\xb1", "leq": "\u2264",
    "le": "\u2264", "geq": "\u2265", "ge": "\u2265", "neq": "\u2260", "ne": "\u2260",
    "approx": "\u2248", "rightarrow": "\u2192", "to": "\u2192", "infty": "\u221e",
    "sum": "\u2211", "pi": "\u03c0", "alpha": "\u03b1", "beta": "\u03b2",
    "gamma": "\u03b3", "delta": "\u03b4", "Delta": "\u0394", "lambda": "\u03bb",
    "mu": "\u03bc", "sigma": "\u03c3", "theta": "\u03b8", "omega": "\u03c9",
    "sqrt": "\u221a", "circ": "\xb0", "ldots": "\u2026", "dots": "\u2026",
    "quad": " ", "left": "", "right": "", "displaystyle": "", "qquad": " ",
    "begin": "", "end": "",
}  # fmt: skip
_FRACTION = re.compile(r"\\[dt]?frac\{([^{}]{1,80})\}\{([^{}]{1,80})\}")
_WRAPPED = re.compile(
    r"\\(?:text|mathrm|mathbf|textbf|operatorname|mbox)\{([^{}]{1,200})\}"
)
_POWER = re.compile(r"([\^_])(?:\{([^{}]{1,40})\}|([^\s{}\\]))")
_WORDS = re.compile(r"[^\\^_={}+*/<>]{2,}")
# No article has more; the others stay as they are.
_MOST = 500
_New = str | Callable[[re.Match[str]], str]
# A pair of marks with blanks inside.
_BOLD = re.compile(r"(?<![*\\])\*\*(?!\*)")


def without_marks(text: str) -> tuple[str, int]:
    """Return Markdown, which must not have code, in plain marks.

    :return: with the number of things that were converted or removed
    """
    text, count = _converted(text)
    return "\n".join(_with_tight_bold(line) for line in text.split("\n")), count


def _converted(text: str) -> tuple[str, int]:
    total = 0
    # Each has the signs of which a text has at least one, as most texts have none.
    steps: tuple[tuple[str, re.Pattern[str], _New], ...] = (
        ("\u3010 oaicite citation_source \ue200 citeturn [^ [cite", _CITATION, ""),
        ("toc", _TABLE_OF_CONTENTS, ""),
        ("[!", _ALERT, r"\1"),
        ("==", _HIGHLIGHT, r"**\1**"),
        ("$ \\[ \\(", _LATEX, _formula),
    )
    lower = text.lower()
    for signs, pattern, new in steps:
        if not any(map(lower.__contains__, signs.split())):
            continue
        changed, found = pattern.subn(new, text, count=_MOST)
        if changed != text:
            text, total = changed, total + found
    text, count = _with_notes(text)
    return text, total + count


def _with_notes(text: str) -> tuple[str, int]:
    """Make footnotes a list at the end, and remove references to none of them."""
    if not 0 < text.count("[^") <= _MOST:
        return text, 0
    notes = {name: " ".join(note.split()) for name, note in _FOOTNOTE.findall(text)}
    numbers = {name: number for number, name in enumerate(notes, 1)}

    def reference(match: re.Match[str]) -> str:
        number = numbers.get(match[1])
        return f"<sup>{number}</sup>" if number else ""

    text, count = _REFERENCE.subn(reference, _FOOTNOTE.sub("", text))
    if not notes:
        return text, count
    rows = (f"{numbers[name]}. {note}" for name, note in notes.items())
    return f"{text.rstrip()}\n\n" + "\n".join(rows), count + len(notes)


def _formula(match: re.Match[str]) -> str:
    """Return a formula of LaTeX as text; powers become HTML that is understood."""
    source = next(filter(None, match.groups()), "")
    if (match[2] or match[3]) and _WORDS.fullmatch(source):
        return match[0]  # brackets that were escaped
    for _level in range(3):
        source = _FRACTION.sub(r"\1/\2", _WRAPPED.sub(r"\1", source))
    source = _POWER.sub(_power, source)
    source = re.sub(r"\\([A-Za-z]+)", lambda m: _COMMANDS.get(m[1], m[1]), source)
    source = re.sub(r"\\([%$&#_{}])", r"\1", re.sub(r"\\[,;:! ]", " ", source))
    return " ".join(re.sub(r"\\\\|[{}]", " ", source).split()).replace("*", r"\*")


def _power(match: re.Match[str]) -> str:
    tag = "sup" if match[1] == "^" else "sub"
    return f"<{tag}>{match[2] or match[3]}</{tag}>"


def _with_tight_bold(line: str) -> str:
    """Move blanks out of ``** Bold **``, where they would make the marks visible."""
    marks = [match.start() for match in _BOLD.finditer(line)]
    if not marks or len(marks) % 2 or len(marks) > 200:
        return line
    pieces, position = [], 0
    for start, end in zip(marks[::2], marks[1::2], strict=True):
        inner = line[start + 2 : end]
        bare = inner.strip()
        if bare != inner and re.search(r"[^\W\d_]{2}", bare):
            left = " " if inner[0].isspace() and line[:start].strip() else ""
            right = " " if inner[-1].isspace() else ""
            inner_text = f"{left}**{bare}**{right}"
        else:
            inner_text = line[start : end + 2]
        pieces += [line[position:start], inner_text]
        position = end + 2
    text = "".join(pieces) + line[position:]
    return re.sub(r"(?<=\S) {2,}(?=\S)", " ", text) if text != line else line
