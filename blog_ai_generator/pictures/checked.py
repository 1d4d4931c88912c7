# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Tell whether a file from outside is a picture that a page can show."""

import io
from typing import NamedTuple

from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile

# Bytes of a file; pixels of a 4K picture. Decoded, they take 25 MB.
MOST_BYTES = 4 * 1024 * 1024
MOST_PIXELS = 3840 * 2160
# Pixels of a side: less is a mark or a spacer.
LEAST_SIDE = 256
# Bytes at the end of a file, some of which may follow the picture.
TAIL = 4096


class Kind(NamedTuple):
    """A kind of file, told by its first bytes.

    :param last: what a whole file ends with: Odoo has Pillow read a part of one, too
    """

    mimetype: str
    first: bytes
    last: bytes
    reader: type[ImageFile]


KINDS = (
    Kind("image/jpeg", b"\xff\xd8\xff", b"\xff\xd9", JpegImageFile),
    Kind("image/png", b"\x89PNG\r\n\x1a\n", b"IEND", PngImageFile),
)
ENDINGS = {"image/jpeg": "jpg", "image/png": "png"}


def refusal_of(raw: bytes) -> str:
    """Return why a file is not accepted, or an empty text.

    :return: ``no_picture`` or ``large_picture``
    """
    kind = _kind_of(raw)
    if len(raw) > MOST_BYTES:
        return "large_picture"
    if not kind or kind.last not in raw[-TAIL:]:
        return "no_picture"
    try:
        # This reads the header alone: no pixel is decoded before the check.
        with kind.reader(io.BytesIO(raw)) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                return "large_picture"
            if min(picture.size) < LEAST_SIDE or getattr(picture, "n_frames", 1) > 1:
                return "no_picture"
            picture.load()
    except Exception:
        # Broken files raise errors of many classes.
        return "no_picture"
    return ""


def mimetype_of(raw: bytes) -> str:
    """Return the kind of a file that has been accepted, by its content."""
    kind = _kind_of(raw)
    return kind.mimetype if kind else ""


def _kind_of(raw: bytes) -> Kind | None:
    return next((kind for kind in KINDS if raw.startswith(kind.first)), None)
