# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Break a title into lines that fit."""

import unicodedata
from collections.abc import Callable, Iterator

import regex

# Pixels of the letters, from the largest, with as many lines as fit one below another.
SIZES = ((82, 3), (72, 4), (62, 4), (54, 5), (46, 6), (40, 7))
# Scripts that are written without blanks between words.
UNSPACED = regex.compile(
    r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]"
)
CLUSTER = regex.compile(r"\X")

Measure = Callable[[str], float]


def fitted(
    text: str, width: float, measure: Callable[[int], Measure]
) -> tuple[int, list[str]]:
    """Return the largest size in which ``text`` fits, with its lines.

    A title that is too long even in the smallest is cut.

    :param measure: for a size, the function that returns the width of a text
    """
    for size, most in SIZES:
        lines = broken(text, width, measure(size))
        if len(lines) <= most and _has_whole_words(text, width, measure(size)):
            return size, lines
    if len(lines) > most:
        lines = [*lines[: most - 1], lines[most - 1] + "…"]
    return size, lines


def _has_whole_words(text: str, width: float, measure: Measure) -> bool:
    words = (word for word in text.split() if not UNSPACED.search(word))
    return all(measure(word) <= width for word in words)


def broken(text: str, width: float, measure: Measure) -> list[str]:
    lines: list[str] = []
    line = ""
    for piece in _pieces(text, width, measure):
        if line.strip() and measure((line + piece).strip()) > width:
            lines.append(line.strip())
            line = ""
        line += piece
    return [*lines, line.strip()] if line.strip() else lines


def _pieces(text: str, width: float, measure: Measure) -> Iterator[str]:
    """Yield what stays on one line: words, or letters of a script without blanks."""
    for word in text.split():
        if not UNSPACED.search(word) and measure(word) <= width:
            yield word + " "
            continue
        piece = ""
        for cluster in CLUSTER.findall(word):
            if piece and not _is_closing(cluster):
                yield piece
                piece = ""
            piece += cluster
        yield piece + " "


def _is_closing(cluster: str) -> bool:
    # No line begins with a full stop or a closing bracket.
    return unicodedata.category(cluster[0]) in {"Po", "Pe", "Pf"}
