"""A picture made anew from its pixels, for a person who may release it (A34): no EXIF, IPTC, XMP, thumbnail, words, nothing behind its end,
no pixels that only another programme would show. What the picture shows is not read: therefore a person must have looked at it.

Each page of a TIFF becomes a picture of its own. Of a telephone's MPO and HEIC the picture that every programme shows is taken, no other.
LIMITS: a film of pictures (GIF, APNG, WebP) gets no copy. The copy is a JPEG of at most `LONGEST` pixels a side: a page that was photographed
stays readable, and half of a telephone's pixels need not be unpacked at all.
"""

import io
import warnings
from collections.abc import Iterator
from contextlib import suppress
from functools import cache

from PIL import Image, ImageOps

FORMATS = ("JPEG", "PNG", "GIF", "BMP", "TIFF", "WEBP", "HEIF")
ONE_SHOWN = ("MPO", "HEIF")
"""Whatever else lies in such a file (the depth, a second view) no programme shows as a page."""
LONGEST = 1920
PIXELS = 120_000_000
"""So many are unpacked for the pictures of one letter together (A63); a telephone's photograph costs three millions, as HEIC twelve."""
BLACK_AND_WHITE = 4
"""So many pixels of a page without greys cost as much as one other: a page of a scanner has nine millions."""
MOST_PAGES = 30
REDUCED = 254
"""The TIFF tag whose first bit says that this is no page but a small picture of another one."""
QUALITY = 85
KEPT = frozenset((0xC0, 0xC1, 0xC2, 0xC4, 0xDA, 0xDB, 0xDD, 0xE0))
"""JPEG segments that hold the picture itself: frames, tables, scan, restart interval, and the JFIF head."""
JFIF_HEAD = 16
"""Bytes of a JFIF head that holds no thumbnail."""


class Darkroom:
    """Makes the pictures of one letter anew, as long as there are pixels left."""

    def __init__(self, pixels: int = PIXELS) -> None:
        self.left = pixels

    def remade(self, data: bytes) -> tuple[bytes, ...]:
        """The pages as bare JPEGs, turned as their owner saw them; () where one of them cannot be made. Never raises of the file's doing."""
        try:
            _know_heic()
            with warnings.catch_warnings(), Image.open(io.BytesIO(data), formats=FORMATS) as opened:
                warnings.simplefilter("ignore")
                pages = tuple(self._made(page) for page in _pages(opened))
        except Exception:  # a broken picture is no picture; the library has a word of its own for each way
            return ()
        return pages if all(pages) else ()

    def _made(self, page: Image.Image) -> bytes:
        page.draft("RGB", (LONGEST, LONGEST))
        self.left -= page.width * page.height // (BLACK_AND_WHITE if page.mode == "1" else 1)
        if self.left < 0:
            return b""
        shown = ImageOps.exif_transpose(page)
        shown = shown.convert("L") if shown.mode == "1" else shown  # made smaller as it is, thin strokes would vanish
        shown.thumbnail((LONGEST, LONGEST))
        written = io.BytesIO()
        _opaque(shown).save(written, format="JPEG", quality=QUALITY)
        return written.getvalue()


@cache
def _know_heic() -> None:
    """Let Pillow open HEIC, the picture alone. Loaded with the first picture, as most letters bring none; without it HEIC is withheld."""
    with suppress(ImportError):
        from pillow_heif import register_heif_opener

        register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)


def _pages(opened: Image.Image) -> Iterator[Image.Image]:
    """The pages of the file, one after the other. Raises ValueError where it is a film, or too long."""
    count = 1 if opened.format in ONE_SHOWN else getattr(opened, "n_frames", 1)
    if count == 1:
        yield opened
        return
    if opened.format != "TIFF" or count > MOST_PAGES:
        raise ValueError(count)
    for at in range(count):
        opened.seek(at)
        if not getattr(opened, "tag_v2", {}).get(REDUCED, 0) & 1:
            yield opened


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
