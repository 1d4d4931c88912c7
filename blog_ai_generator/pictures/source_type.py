# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Say in a picture how it was made, where it does not say so itself.

The terms are IPTC's: https://cv.iptc.org/newscodes/digitalsourcetype/
"""

import struct
import zlib

TERMS = "http://cv.iptc.org/newscodes/digitalsourcetype/"
# Drawn by a program that has learnt from no pictures.
ALGORITHM = TERMS + "algorithmicMedia"
# Made by a model that has.
MODEL = TERMS + "trainedAlgorithmicMedia"
PACKET = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
    '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description rdf:about="" '
    'xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" '
    'Iptc4xmpExt:DigitalSourceType="%s"/>'
    '</rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
)
JPEG = b"\xff\xd8"
JPEG_XMP = b"http://ns.adobe.com/xap/1.0/\x00"
PNG = b"\x89PNG\r\n\x1a\n"
PNG_XMP = b"XML:com.adobe.xmp\x00\x00\x00\x00\x00"
# An XMP packet, or the box of a C2PA manifest, in any kind of file.
MARKS = (b"<x:xmpmeta", b"<rdf:RDF", b"jumbc2pa", b"c2pa.", b"caBX")


def has_provenance(raw: bytes) -> bool:
    """Return whether a file has XMP or a C2PA manifest, which a change would break."""
    return any(mark in raw for mark in MARKS)


def with_source_type(raw: bytes, term: str) -> bytes:
    """Return a JPEG or PNG that says how it was made.

    A file that has XMP or a manifest is returned as it came, and so are other kinds.
    """
    if has_provenance(raw):
        return raw
    packet = (PACKET % term).encode()
    if raw.startswith(JPEG):
        segment = JPEG_XMP + packet
        head = b"\xff\xe1" + struct.pack(">H", len(segment) + 2)
        return JPEG + head + segment + raw[len(JPEG) :]
    if raw.startswith(PNG):
        # After the header, which is the first chunk: 8 + 13 + 4 bytes.
        end = len(PNG) + 25
        return raw[:end] + _chunk(b"iTXt", PNG_XMP + packet) + raw[end:]
    return raw


def _chunk(kind: bytes, content: bytes) -> bytes:
    checksum = struct.pack(">I", zlib.crc32(kind + content))
    return struct.pack(">I", len(content)) + kind + content + checksum
