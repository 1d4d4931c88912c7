# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Colors of a cover, all of them dark enough for white text."""

import colorsys
import re

Color = tuple[int, int, int]

WHITE: Color = (255, 255, 255)
BLACK: Color = (0, 0, 0)
# Contrast of white text that WCAG 2.2 asks for, level AA.
CONTRAST = 4.5
HEX = re.compile(r"#?([0-9a-fA-F]{6})")
# One for each blog that has chosen none.
OWN = (
    "#1d4ed8",
    "#0f766e",
    "#9d174d",
    "#6d28d9",
    "#9a3412",
    "#166534",
    "#155e75",
    "#3f3f9e",
)


def parsed(color: str, number: int = 0) -> Color:
    """Return the color of ``#rrggbb``, or else the one of a blog's number."""
    found = HEX.fullmatch(color.strip())
    digits = found[1] if found else OWN[number % len(OWN)][1:]
    red, green, blue = bytes.fromhex(digits)
    return red, green, blue


def mixed(color: Color, other: Color, share: float) -> Color:
    """Return ``color`` with a share of ``other``, from 0 to 1."""
    red, green, blue = (
        round(a + (b - a) * share) for a, b in zip(color, other, strict=True)
    )
    return red, green, blue


def contrast_with_white(color: Color) -> float:
    """Return the contrast ratio of white text, as WCAG 2.2 defines it."""
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for c in (value / 255 for value in color)
    )
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def darkened(color: Color) -> Color:
    """Return ``color``, as dark as white text needs it."""
    for share in range(0, 101, 4):
        dark = mixed(color, BLACK, share / 100)
        if contrast_with_white(dark) >= CONTRAST:
            return dark
    return BLACK


def turned(color: Color, degrees: float) -> Color:
    hue, light, saturation = colorsys.rgb_to_hls(*(value / 255 for value in color))
    red, green, blue = colorsys.hls_to_rgb((hue + degrees / 360) % 1, light, saturation)
    return round(red * 255), round(green * 255), round(blue * 255)


def palette(base: Color) -> list[Color]:
    ground = darkened(mixed(base, BLACK, 0.12))
    tints = [
        mixed(ground, WHITE, 0.10),
        mixed(ground, BLACK, 0.18),
        mixed(ground, BLACK, 0.32),
        mixed(turned(ground, 28), WHITE, 0.06),
        turned(ground, -32),
    ]
    return [ground, *map(darkened, tints)]
