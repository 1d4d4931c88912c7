# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Files instead of a good picture; calls for texts stay good."""

import struct

from ..call import Call
from ..faults import Fault, bad
from ..pictures import picture, plain
from .registry import behaviour

# A mark of a camera or a service.
XMP = b"<x:xmpmeta>made by the service</x:xmpmeta>"


@behaviour("picture-refused", "a picture is refused by the safety system")
def picture_refused(call: Call) -> None:
    if call.painter:
        message = "Your request was rejected by the safety system."
        raise Fault("moderation", message)


@behaviour("picture-no-size", "a size is refused as an unknown parameter")
def picture_no_size(call: Call) -> None:
    if "size" in call.fields:
        raise bad("Unknown parameter: 'size'.", "size")


@behaviour("picture-page", "a web page instead of a picture")
def picture_page(call: Call) -> None:
    call.file = b"<!doctype html><script>alert(1)</script>" * 20


@behaviour("picture-vector", "a drawing with a script instead of a picture")
def picture_vector(call: Call) -> None:
    call.file = b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'


@behaviour("picture-half", "the first half of a picture")
def picture_half(call: Call) -> None:
    whole = picture(call.topic, 0, "JPEG")
    call.file = whole[: len(whole) // 2]


@behaviour("picture-bomb", "a small file of 144 million pixels")
def picture_bomb(call: Call) -> None:
    call.file = plain("1", (12000, 12000), 0, "PNG")


@behaviour("picture-marked", "a picture that says itself who made it")
def picture_marked(call: Call) -> None:
    whole = picture(call.topic, 0, "JPEG")
    comment = b"\xff\xfe" + struct.pack(">H", len(XMP) + 2) + XMP
    call.file = whole[:2] + comment + whole[2:]


@behaviour("photo-none", "a search on Unsplash finds nothing")
def photo_none(call: Call) -> None:
    call.file = b"none"


@behaviour("photo-elsewhere", "a photo of Unsplash is on another server")
def photo_elsewhere(call: Call) -> None:
    call.file = b"elsewhere"


@behaviour("photo-slow", "the file of the first photo of Unsplash does not come")
def photo_slow(call: Call) -> None:
    call.file = b"slow"
