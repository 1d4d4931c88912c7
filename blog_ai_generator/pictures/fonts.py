# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Find a font that has the letters of a text.

Odoo ships fonts for Latin, Greek, Cyrillic and Arabic. For other scripts, the fonts of
the machine are looked through; without one for it, the text is not drawn.
"""

import os
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias

from PIL import ImageFont, features

from odoo.tools.misc import file_path

Font: TypeAlias = ImageFont.FreeTypeFont

OF_ODOO = (
    "web/static/fonts/google/Open_Sans/Open_Sans-Bold.ttf",
    "web/static/fonts/google/Montserrat/Montserrat-Bold.ttf",
    "web/static/fonts/google/Tajawal/Tajawal-Bold.ttf",
    "web/static/fonts/google/Roboto/Roboto-Bold.ttf",
    "web/static/fonts/sign/NotoSans-Reg.ttf",
)
FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "/System/Library/Fonts",
    "/Library/Fonts",
    "C:/Windows/Fonts",
)
ENDINGS = {".ttf", ".otf", ".ttc"}
# How many fonts of a machine are opened at most for a script.
MOST_FONTS = 400
# Their letters join or move: only Raqm draws them right.
SHAPED = {"R", "AL"}
# No script has this character, so that it is drawn as what a font lacks.
NO_CHARACTER = "\U0010ffff"
# The font found last for a set of scripts.
_remembered: dict[frozenset[str], str] = {}


def is_shaped(text: str) -> bool:
    return any(
        unicodedata.bidirectional(letter) in SHAPED
        or unicodedata.category(letter) == "Mc"
        for letter in text
    )


def has_raqm() -> bool:
    return bool(features.check("raqm"))


def font_path(text: str) -> str | None:
    """Return the path of a font for all letters and digits of ``text``, or None."""
    if is_shaped(text) and not has_raqm():
        return None
    letters = frozenset(letter for letter in text if letter.isalnum())
    scripts = frozenset(map(_script, letters))
    remembered = _remembered.get(scripts)
    if remembered and _covers(remembered, letters):
        return remembered
    for path in (*_odoo_fonts(), *_machine_fonts()):
        if _covers(path, letters):
            _remembered[scripts] = path
            return path
    return None


def _script(letter: str) -> str:
    return unicodedata.name(letter, "UNKNOWN").split()[0]


@lru_cache(maxsize=1)
def _odoo_fonts() -> tuple[str, ...]:
    return tuple(_existing(OF_ODOO))


def _existing(paths: tuple[str, ...]) -> Iterator[str]:
    for path in paths:
        try:
            yield file_path(path)
        except FileNotFoundError:
            continue


@lru_cache(maxsize=1)
def _machine_fonts() -> tuple[str, ...]:
    # Fonts for titles come first.
    found = [
        str(Path(folder, name))
        for top in FOLDERS
        for folder, _folders, names in os.walk(top)
        for name in names
        if Path(name).suffix.lower() in ENDINGS
    ]
    return tuple(sorted(found, key=_rank)[:MOST_FONTS])


def _rank(path: str) -> tuple[bool, bool, bool, str]:
    name = Path(path).name.lower()
    return (
        "italic" in name or "oblique" in name or "mono" in name,
        "sans" not in name,
        "bold" not in name,
        name,
    )


@lru_cache(maxsize=64)
def opened(path: str, size: int) -> Font:
    """Return a font in a size of pixels.

    :raises OSError: if the file is no font
    """
    engine = ImageFont.Layout.RAQM if has_raqm() else ImageFont.Layout.BASIC
    return ImageFont.truetype(path, size, layout_engine=engine)


def _covers(path: str, letters: frozenset[str]) -> bool:
    return all(_has(path, letter) for letter in letters)


@lru_cache(maxsize=4096)
def _has(path: str, letter: str) -> bool:
    try:
        return _drawn(path, letter) != _drawn(path, NO_CHARACTER)
    except OSError:
        return False


def _drawn(path: str, letter: str) -> tuple[object, bytes]:
    mask = _plain(path).getmask(letter)
    return mask.size, bytes(mask)


@lru_cache(maxsize=8)
def _plain(path: str) -> Font:
    return ImageFont.truetype(path, 20, layout_engine=ImageFont.Layout.BASIC)
