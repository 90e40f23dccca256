"""The records of an .xls: what a sheet's cells hold, read one record at a time and only as far as it is there.

Own reading and not calamine's: that lays a sheet out as one full rectangle (A65) and ends the whole process where a broken file asks it
for too much memory (found by breaking files on purpose). BIFF8 ([MS-XLS]) and, for texts, BIFF5 with Chinese Windows' charset.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from rules.papers.cells import Shown, built_in, shown_number
from rules.papers.limits import TEXT
from rules.papers.values import Refused

BOF, EOF, CONTINUE, FILEPASS, BOUNDSHEET, SST, FORMAT, XF = 0x809, 0x0A, 0x3C, 0x2F, 0x85, 0xFC, 0x41E, 0xE0
LABELSST, LABEL, RSTRING, RK, MULRK, NUMBER, FORMULA, STRING, BOOLERR = (
    0xFD,
    0x204,
    0xD6,
    0x27E,
    0xBD,
    0x203,
    0x06,
    0x207,
    0x205,
)
BIFF8 = 0x600
ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}

Record = tuple[int, bytes]


def records(stream: bytes, at: int) -> Iterator[Record]:
    """The records from here to the end of this part of the workbook."""
    while 0 <= at <= len(stream) - 4:
        kind, size = struct.unpack_from("<HH", stream, at)
        if kind == EOF:
            return
        yield kind, stream[at + 4 : at + 4 + size]
        at += 4 + size


@dataclass(frozen=True, slots=True)
class Listed:
    """A sheet as the workbook lists it. `kind`: 0 a worksheet, 1 a macro sheet, others pictures of data."""

    start: int
    hidden: bool
    kind: int
    name: str


@dataclass
class Workbook:
    """What all sheets share."""

    stream: bytes
    wide: bool = True
    sheets: list[Listed] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    formats: list[str] = field(default_factory=list)

    def text(self, body: bytes, at: int, *, short: bool = False) -> str:
        """The text written at this place of a record: its length, in BIFF8 a byte of flags, its signs."""
        head = 1 if short else 2
        length = int.from_bytes(body[at : at + head], "little")
        at += head
        if not self.wide:
            return body[at : at + length].decode("gb18030", "replace")
        flags = body[at] if at < len(body) else 0
        at += 1 + (2 if flags & 8 else 0) + (4 if flags & 4 else 0)
        return (
            body[at : at + 2 * length].decode("utf-16-le", "replace")
            if flags & 1
            else body[at : at + length].decode("latin-1")
        )

    def number(self, raw: float, style: int) -> str:
        """A number in the format of its cell."""
        return shown_number(Shown(str(Decimal(repr(raw))), self.formats[style] if style < len(self.formats) else ""))


def read_globals(stream: bytes) -> Workbook:
    """The sheets, texts and formats of the workbook. Raises Refused file:encrypted, file:truncated, file:long."""
    book = Workbook(stream)
    own: dict[int, str] = {}
    styles: list[int] = []
    pieces: list[bytes] = []
    before = 0
    for number, (kind, body) in enumerate(records(stream, 0)):
        if number == 0:
            if kind != BOF or len(body) < 2:
                raise Refused("file:truncated")
            book.wide = int.from_bytes(body[:2], "little") == BIFF8
        elif kind == FILEPASS:
            raise Refused("file:encrypted")
        elif kind == BOUNDSHEET and len(body) >= 7:
            start, state, sheet = struct.unpack_from("<IBB", body)
            book.sheets.append(Listed(start, bool(state & 3), sheet, book.text(body, 6, short=True)))
        elif kind == SST or (kind == CONTINUE and before == SST):
            pieces.append(body)
        elif kind == FORMAT:
            own[int.from_bytes(body[:2], "little")] = book.text(body, 2)
        elif kind == XF:
            styles.append(int.from_bytes(body[2:4], "little"))
        before = SST if kind == CONTINUE and before == SST else kind
    book.texts = shared_texts(pieces)
    book.formats = [own[style] if style in own else built_in(style) for style in styles]
    return book


@dataclass
class _Cursor:
    """Reads on through a record and its continuations."""

    pieces: list[bytes]
    piece: int = 0
    at: int = 0

    def step(self) -> bool:
        """There is more; at the end of a piece go to the next."""
        while self.piece < len(self.pieces) and self.at >= len(self.pieces[self.piece]):
            self.piece, self.at = self.piece + 1, 0
        return self.piece < len(self.pieces)

    def take(self, size: int) -> bytes:
        """So many bytes, fewer at the end."""
        taken = b""
        while len(taken) < size and self.step():
            more = self.pieces[self.piece][self.at : self.at + size - len(taken)]
            self.at += len(more)
            taken += more
        return taken

    def whole(self, size: int) -> int:
        """A number of so many bytes."""
        return int.from_bytes(self.take(size), "little")

    def signs(self, length: int, *, wide: bool) -> str:
        """So many signs; each continuation says anew how wide they are."""
        text = ""
        piece = self.piece
        while len(text) < length and self.step():
            if self.piece != piece:
                piece, wide = self.piece, bool(self.take(1)[0] & 1)
            width = 2 if wide else 1
            raw = self.pieces[self.piece][self.at : self.at + (length - len(text)) * width]
            self.at += max(len(raw), 1)
            text += raw.decode("utf-16-le" if wide else "latin-1", "replace")
        return text


def shared_texts(pieces: list[bytes]) -> list[str]:
    """The texts cells refer to by number. Raises Refused file:long."""
    cursor = _Cursor(pieces)
    cursor.take(8)
    texts: list[str] = []
    size = 0
    while cursor.step():
        length, flags = cursor.whole(2), cursor.whole(1)
        runs = cursor.whole(2) if flags & 8 else 0
        extra = cursor.whole(4) if flags & 4 else 0
        texts.append(cursor.signs(length, wide=bool(flags & 1)))
        cursor.take(4 * runs + extra)
        size += length + 1
        if size > 4 * TEXT:
            raise Refused("file:long")
    return texts


def cell_texts(book: Workbook, kind: int, body: bytes) -> Iterator[tuple[int, int, str]]:
    """Row, column and text of the cells this record holds; a computed text follows in a record of its own and comes as ''."""
    if len(body) < 8:
        return
    row, column, style = struct.unpack_from("<HHH", body)
    if kind == MULRK:
        for at in range(4, len(body) - 7, 6):
            style, raw = struct.unpack_from("<HI", body, at)
            yield row, column + (at - 4) // 6, book.number(rk(raw), style)
        return
    text = _one(book, kind, body, style)
    if text is not None:
        yield row, column, text


def _one(book: Workbook, kind: int, body: bytes, style: int) -> str | None:
    if kind in (LABEL, RSTRING):
        return book.text(body, 6)
    if kind == BOOLERR:
        return ERRORS.get(body[6], "#?") if body[7] else ("TRUE" if body[6] else "FALSE")
    if kind == LABELSST and len(body) >= 10:
        (number,) = struct.unpack_from("<I", body, 6)
        return book.texts[number] if number < len(book.texts) else ""
    if kind == RK and len(body) >= 10:
        return book.number(rk(struct.unpack_from("<I", body, 6)[0]), style)
    if kind in (NUMBER, FORMULA) and len(body) >= 14:
        if kind == FORMULA and body[12:14] == b"\xff\xff":
            return {1: "TRUE" if body[8] else "FALSE", 2: ERRORS.get(body[8], "#?")}.get(body[6], "")
        return book.number(struct.unpack_from("<d", body, 6)[0], style)
    return None


def rk(raw: int) -> float:
    """A packed number: 30 bits of a whole or of a double, perhaps hundredths."""
    value: float
    if raw & 2:
        value = (raw >> 2) - (1 << 30 if raw & 0x80000000 else 0)
    else:
        (value,) = struct.unpack("<d", struct.pack("<Q", (raw & ~3) << 32))
    return value / 100 if raw & 1 else value
