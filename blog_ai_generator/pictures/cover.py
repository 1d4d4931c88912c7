# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Draw the cover of a post from its title."""

import io
import unicodedata
import zlib
from functools import lru_cache, partial
from typing import NamedTuple

from PIL import Image, ImageDraw

from . import colors, fonts
from .lines import Measure, fitted
from .patterns import colored, draw_pattern
from .source_type import ALGORITHM, with_source_type

# Pixels; networks show a picture of 1.91 : 1 in full.
WIDTH, HEIGHT = 1200, 630
MARGIN = 80
FOOT = 30
QUALITY = 88
LEADING = 1.22
# Kept beside letters, digits and punctuation; the last two shape words of some scripts.
SIGNS = "+=<>$€£%\u200c\u200d"
WEAK = (235, 235, 235)
# Backdrops that are kept, of about 40 KB each: one for each call of a pump.
KEPT = 64


class Style(NamedTuple):
    """The look of a blog's covers.

    :param color: ``#rrggbb``, or empty for one that goes with the blog's number
    :param number: id of the blog
    :param name: of the blog
    :param from_library: whether a picture of the media library comes first
    :param is_first: whether the cover is drawn for the time being, until a picture
        arrives
    """

    color: str = ""
    number: int = 0
    name: str = ""
    from_library: bool = False
    is_first: bool = False


class Cover(NamedTuple):
    """Two JPEG files of one pattern.

    :param plain: without words, since the page of a post writes its title over it
    :param titled: with the title, for networks; it equals ``plain`` if no font of the
        machine has the letters
    """

    plain: bytes
    titled: bytes


class Backdrop(NamedTuple):
    """A cover without its title.

    :param plain: a JPEG file
    :param pattern: its pixels in grey, compressed to a fiftieth
    """

    plain: bytes
    pattern: bytes


def draw_cover(title: str, style: Style, seed: str = "") -> Cover:
    """Draw the cover of a post.

    :param seed: another text draws another pattern; the title by default
    """
    base = colors.parsed(style.color, style.number)
    plain, pattern = _backdrop(base, seed or title)
    pixels = Image.frombytes("L", (WIDTH, HEIGHT), zlib.decompress(pattern))
    picture = colored(pixels, base)
    return Cover(plain, _saved(picture) if _write(picture, title, style) else plain)


def draw_backdrop(style: Style, seed: str) -> None:
    """Draw a cover as far as it is known without its title, two thirds of the work."""
    _backdrop(colors.parsed(style.color, style.number), seed)


@lru_cache(maxsize=KEPT)
def _backdrop(base: colors.Color, seed: str) -> Backdrop:
    pattern = draw_pattern(WIDTH, HEIGHT, seed)
    return Backdrop(
        _saved(colored(pattern, base)), zlib.compress(pattern.tobytes(), level=1)
    )


def preview(raw: bytes) -> bytes:
    """Return a JPEG of a drawn picture, in half its size."""
    file = io.BytesIO()
    Image.open(io.BytesIO(raw)).reduce(2).save(file, "JPEG", quality=QUALITY)
    return file.getvalue()


def _saved(picture: Image.Image) -> bytes:
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=QUALITY)
    return with_source_type(file.getvalue(), ALGORITHM)


def _write(picture: Image.Image, title: str, style: Style) -> bool:
    title = _drawable(title)
    path = fonts.font_path(title)
    if not title or path is None:
        return False

    def measure(size: int) -> Measure:
        width: Measure = fonts.opened(path, size).getlength
        return width

    size, lines = fitted(title, WIDTH - 2 * MARGIN, measure)
    draw = ImageDraw.Draw(picture)
    right = _runs_left(title)
    x, anchor = (WIDTH - MARGIN, "ra") if right else (MARGIN, "la")
    write = partial(draw.text, anchor=anchor)
    for number, line in enumerate(lines):
        top = MARGIN - size * 0.2 + number * size * LEADING
        write((x, top), line, font=fonts.opened(path, size), fill=colors.WHITE)
    foot = HEIGHT - MARGIN - FOOT
    draw.rectangle(
        (x - 64, foot - 26, x, foot - 21)
        if right
        else (x, foot - 26, x + 64, foot - 21),
        fill=colors.WHITE,
    )
    name = _drawable(style.name)
    if name and (below := fonts.font_path(name)):
        write((x, foot), name[:60], font=fonts.opened(below, FOOT), fill=WEAK)
    return True


def _drawable(text: str) -> str:
    """Return ``text`` without pictographs and control characters."""
    kept = (c for c in text if unicodedata.category(c)[0] in "LNPMZ" or c in SIGNS)
    return " ".join("".join(kept).split())


def _runs_left(text: str) -> bool:
    strong = (unicodedata.bidirectional(letter) for letter in text)
    return next((kind for kind in strong if kind in {"L", "R", "AL"}), "L") != "L"
