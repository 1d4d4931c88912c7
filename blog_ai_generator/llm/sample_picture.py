# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Pictures of the offline writer, which say that they are samples."""

import colorsys
import hashlib
import io

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 1200, 800
WORDS = "SAMPLE PICTURE"
# Pillow's own font has one size, so its letters are drawn small and enlarged.
ENLARGED = 7


def sample_picture(topic: str, number: int) -> bytes:
    """Return a JPEG, the same one for a topic and a number."""
    digest = hashlib.sha256(f"{topic}/{number}".encode()).digest()
    hue = digest[0] / 256
    picture = Image.new("RGB", (WIDTH, HEIGHT), _color(hue, 0.3))
    draw = ImageDraw.Draw(picture)
    for place in range(6):
        x, y, size = (digest[3 * place + part + 1] for part in range(3))
        left, top = x * WIDTH // 256, y * HEIGHT // 256
        color = _color(hue + place / 20, 0.35 + place / 25)
        draw.ellipse((left - size, top - size, left + size, top + size), fill=color)
    _write(picture)
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=85)
    return file.getvalue()


def _color(hue: float, light: float) -> tuple[int, int, int]:
    red, green, blue = colorsys.hls_to_rgb(hue % 1, light, 0.35)
    return round(red * 255), round(green * 255), round(blue * 255)


def _write(picture: Image.Image) -> None:
    mask = Image.new("L", (len(WORDS) * 6 + 2, 12))
    ImageDraw.Draw(mask).text((1, 0), WORDS, fill=255)
    mask = mask.resize((mask.width * ENLARGED, mask.height * ENLARGED))
    place = ((WIDTH - mask.width) // 2, HEIGHT // 4)
    picture.paste((255, 255, 255), place, mask)
