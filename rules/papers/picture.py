"""A picture made anew from its pixels, for a person who may release it (A34): no EXIF, IPTC, XMP, thumbnail, words, nothing behind its end,
no pixels that only another programme would show. What the picture shows is not read: therefore a person must have looked at it.

LIMITS: one page only; a picture of several pages, and HEIC, get no copy. The copy is a JPEG of at most `LONGEST` pixels a side: a page that
was photographed stays readable, and half of a telephone's pixels need not be unpacked at all.
"""

import io
import warnings

from PIL import Image, ImageOps

FORMATS = ("JPEG", "PNG", "GIF", "BMP", "TIFF", "WEBP")
LONGEST = 1920
PIXELS = 60_000_000
"""So many are unpacked for the pictures of one letter together (A63); a telephone's photograph costs three millions."""
QUALITY = 85
KEPT = frozenset((0xC0, 0xC1, 0xC2, 0xC4, 0xDA, 0xDB, 0xDD, 0xE0))
"""JPEG segments that hold the picture itself: frames, tables, scan, restart interval, and the JFIF head."""
JFIF_HEAD = 16
"""Bytes of a JFIF head that holds no thumbnail."""


class Darkroom:
    """Makes the pictures of one letter anew, as long as there are pixels left."""

    def __init__(self, pixels: int = PIXELS) -> None:
        self.left = pixels

    def remade(self, data: bytes) -> bytes:
        """The picture as a bare JPEG, turned as its owner saw it; b'' where it cannot be made. Never raises of the file's doing."""
        try:
            with warnings.catch_warnings(), Image.open(io.BytesIO(data), formats=FORMATS) as opened:
                warnings.simplefilter("ignore")
                return self._made(opened)
        except Exception:  # a broken picture is no picture; the library has a word of its own for each way
            return b""

    def _made(self, opened: Image.Image) -> bytes:
        if opened.format != "MPO" and getattr(opened, "n_frames", 1) != 1:
            return b""  # the second picture in a telephone's MPO is its depth; in other files it is a page
        opened.draft("RGB", (LONGEST, LONGEST))
        self.left -= opened.width * opened.height
        if self.left < 0:
            return b""
        opened.thumbnail((LONGEST, LONGEST))
        written = io.BytesIO()
        _opaque(ImageOps.exif_transpose(opened)).save(written, format="JPEG", quality=QUALITY)
        return written.getvalue()


def _opaque(shown: Image.Image) -> Image.Image:
    """The pixels as they are seen on white paper: nothing stays behind glass."""
    if shown.mode in ("RGB", "L"):
        return Image.frombytes(shown.mode, shown.size, shown.tobytes())
    seen = shown.convert("RGBA")
    page = Image.new("RGB", seen.size, "white")
    page.paste(seen, mask=seen.getchannel("A"))
    return page


def bare(data: bytes) -> bool:
    """The bytes are a JPEG that holds nothing but its picture: what the guard asks of a picture that a person released."""
    if not data.startswith(b"\xff\xd8"):
        return False
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        kind, size = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if kind not in KEPT or (kind == 0xE0 and size != JFIF_HEAD):
            return False
        at += 2 + size
        if kind == 0xDA:
            return data.find(b"\xff\xd9", at) == len(data) - 2 and not _marks(data, at)
    return False


def _marks(data: bytes, at: int) -> bool:
    """Whether something else than pixels stands between scan and end."""
    while (at := data.find(b"\xff", at)) >= 0 and at + 1 < len(data) - 1:
        if data[at + 1] not in (0x00, *range(0xD0, 0xD8)):
            return True
        at += 2
    return False
