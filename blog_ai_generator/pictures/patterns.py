# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Patterns of a cover: the same seed draws the same one."""

import math
from collections.abc import Callable
from functools import lru_cache
from itertools import permutations
from random import Random
from typing import TypeAlias

from PIL import Image, ImageDraw

from .colors import Color, mixed, palette

Draw: TypeAlias = ImageDraw.ImageDraw
# Draws with numbers that stand for tints.
Pattern = Callable[[Draw, int, int, list[int], Random], None]


def _circles(
    draw: Draw, width: int, height: int, tints: list[int], rng: Random
) -> None:
    for _ in range(9):
        radius = rng.randint(height // 9, height // 2)
        x, y = rng.randint(0, width), rng.randint(0, height)
        draw.ellipse(
            (x - radius, y - radius, x + radius, y + radius), fill=rng.choice(tints)
        )


def _waves(draw: Draw, width: int, height: int, tints: list[int], rng: Random) -> None:
    for number, tint in enumerate(tints):
        level = height * (0.25 + 0.16 * number)
        swing, length = height * rng.uniform(0.05, 0.13), width * rng.uniform(0.4, 0.9)
        shift = rng.uniform(0, math.tau)
        line = [
            (x, level + swing * math.sin(x / length * math.tau + shift))
            for x in range(0, width + 25, 24)
        ]
        draw.polygon([*line, (width, height), (0, height)], fill=tint)


def _triangles(
    draw: Draw, width: int, height: int, tints: list[int], rng: Random
) -> None:
    side = height // rng.choice((3, 4, 5))
    for top in range(0, height, side):
        for left in range(0, width, side):
            corners = [
                (left, top),
                (left + side, top),
                (left + side, top + side),
                (left, top + side),
            ]
            del corners[rng.randrange(4)]
            if rng.random() < 0.8:
                draw.polygon(corners, fill=rng.choice(tints))


def _arcs(draw: Draw, width: int, height: int, tints: list[int], rng: Random) -> None:
    x, y = rng.randint(0, width), rng.choice((0, height))
    step = rng.randint(height // 11, height // 5)
    for ring in range(math.ceil(math.hypot(width, height) / step), 0, -1):
        reach = ring * step
        draw.ellipse(
            (x - reach, y - reach, x + reach, y + reach),
            fill=tints[ring % len(tints)],
        )


def _bands(draw: Draw, width: int, height: int, tints: list[int], rng: Random) -> None:
    lean = rng.choice((-1, 1)) * height * rng.uniform(0.3, 0.8)
    left = -height
    while left < width + height:
        breadth = rng.randint(height // 14, height // 4)
        right = left + breadth
        draw.polygon(
            [(left, 0), (right, 0), (right + lean, height), (left + lean, height)],
            fill=rng.choice(tints),
        )
        left = right


PATTERNS: tuple[Pattern, ...] = (_circles, _waves, _triangles, _arcs, _bands)
# The grey that stands for each tint while a picture is drawn. The mean of four pixels
# in two greys tells both and their shares: no two such means are the same.
GREYS = (0, 42, 134, 200, 216, 255)


def draw_pattern(width: int, height: int, seed: str) -> Image.Image:
    """Return a picture in grey, which :func:`colored` gives its colors.

    :param width: in pixels, as ``height``
    :param seed: any text
    """
    rng = Random(seed)  # noqa: S311
    pattern = rng.choice(PATTERNS)
    # Twice as large and then reduced, which smooths edges. In grey, that takes a third
    # of the time and memory that it takes in colors.
    drawn = Image.new("L", (2 * width, 2 * height), GREYS[0])
    greys = rng.sample(GREYS[1:], len(GREYS) - 1)
    pattern(ImageDraw.Draw(drawn), 2 * width, 2 * height, greys, rng)
    return drawn.reduce(2)


def colored(pattern: Image.Image, base: Color) -> Image.Image:
    """Return a pattern in shades of ``base``."""
    picture = pattern.copy()
    picture.putpalette(_colors_of_means(base))
    return picture.convert("RGB")


@lru_cache(maxsize=16)
def _colors_of_means(base: Color) -> bytes:
    """Return the color of each mean of greys, one after the other."""
    tints = [*zip(GREYS, palette(base), strict=True)]
    found = {
        (grey * (4 - part) + other * part + 2) // 4: mixed(tint, other_tint, part / 4)
        for (grey, tint), (other, other_tint) in permutations(tints, 2)
        for part in range(3)
    }
    # A mean of more than two greys, where three tints meet, gets the nearest color.
    means = (min(found, key=lambda mean: abs(mean - value)) for value in range(256))
    return bytes(part for mean in means for part in found[mean])
