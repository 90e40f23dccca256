"""An .xls or .et through calamine; hidden rows and columns, macro sheets and the true extent are read from the records themselves first.

calamine lays a sheet out as one full rectangle, so a cell at the far corner would cost gigabytes: the records are asked before (A65).
LIMITS: number formats are not followed, numbers are written out in full.
"""

import io
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import partial
from typing import TypeVar

import olefile
from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from rules.papers.cells import plain_number
from rules.papers.limits import CELLS, COLUMNS, MERGES, ROWS, SHEETS
from rules.papers.spread import Spread
from rules.papers.values import Refused, Table

FILEPASS, ROW, COLINFO, BOUNDSHEET, EOF = 0x2F, 0x208, 0x7D, 0x85, 0x0A
MULRK = 0xBD
ONE_CELL = frozenset((0x203, 0x204, 0x205, 0x27E, 0xFD, 0x06, 0xD6))
DENSE = 4_000_000
"""Places calamine may lay out for one sheet."""
T = TypeVar("T")
MACROS = ("_vba_project", "_vba_project_cur", "macros", "vba")


@dataclass
class Extent:
    """One sheet's records: where its cells lie, which rows and columns are hidden."""

    rows: set[int] = field(default_factory=set)
    columns: set[int] = field(default_factory=set)
    top: int = 1 << 20
    left: int = 1 << 20
    bottom: int = -1
    right: int = -1

    def reach(self, row: int, column: int) -> None:
        """A cell stands here."""
        self.top, self.left = min(self.top, row), min(self.left, column)
        self.bottom, self.right = max(self.bottom, row), max(self.right, column)

    @property
    def places(self) -> int:
        """The rectangle the cells span."""
        return max(self.bottom - self.top + 1, 0) * max(self.right - self.left + 1, 0)


def read_legacy_workbook(data: bytes) -> tuple[list[Table], set[str]]:
    """The sheets in order (hidden ones marked) and the doubts."""
    extents = _extents(_stream(data))
    book = _guarded(lambda: CalamineWorkbook.from_filelike(io.BytesIO(data)))
    doubts: set[str] = set()
    tables = []
    for number, sheet in enumerate(book.sheets_metadata[:SHEETS]):
        if sheet.typ == SheetTypeEnum.MacroSheet:
            raise Refused("file:macro")
        if sheet.typ != SheetTypeEnum.WorkSheet:
            continue
        hidden = sheet.visible != SheetVisibleEnum.Visible
        table = _guarded(partial(_table, book, sheet.name, extents[number], doubts, hidden=hidden))
        tables.append(table)
        if hidden and table.rows:
            doubts.add("sheet:hidden")
    return tables, doubts


def _stream(data: bytes) -> bytes:
    """The workbook's records. Raises Refused file:macro, file:encrypted, file:truncated."""
    with olefile.OleFileIO(io.BytesIO(data)) as ole:
        names = ole.listdir(storages=True)
        if any(part.lower() in MACROS for entry in names for part in entry):
            raise Refused("file:macro")
        name = next((name for name in ("Workbook", "Book") if ole.exists(name)), None)
        if name is None:
            raise Refused("file:truncated")
        stream: bytes = ole.openstream(name).read()
    return stream


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """The records from here to the end of this part of the workbook."""
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        if kind == EOF:
            return
        yield kind, stream[at + 4 : at + 4 + size]
        at += 4 + size


def _extents(stream: bytes) -> list[Extent]:
    """Each sheet's extent, walked from where the workbook says it begins, as calamine does. Raises Refused file:encrypted, file:bomb."""
    starts = []
    for kind, body in _records(stream, 0):
        if kind == FILEPASS:
            raise Refused("file:encrypted")
        if kind == BOUNDSHEET and len(body) >= 4:
            starts.append(struct.unpack_from("<I", body)[0])
    found = []
    for start in starts[:SHEETS]:
        extent = Extent()
        for kind, body in _records(stream, start):
            if len(body) >= 4:
                _note(extent, kind, body)
        found.append(extent)
    if len(starts) > SHEETS or any(extent.places > DENSE for extent in found):
        raise Refused("file:bomb")
    return found


def _note(extent: Extent, kind: int, body: bytes) -> None:
    first, second = struct.unpack_from("<HH", body)
    if kind in ONE_CELL:
        extent.reach(first, second)
    elif kind == MULRK and len(body) >= 8:
        extent.reach(first, second)
        extent.reach(first, struct.unpack_from("<H", body, len(body) - 2)[0])
    elif kind == ROW and len(body) >= 16 and body[12] & 0x20:
        extent.rows.add(first)
    elif kind == COLINFO and len(body) >= 10 and (body[8] & 0x01 or body[4:6] == b"\0\0"):
        extent.columns |= set(range(first, min(second, COLUMNS) + 1))


def _table(book: CalamineWorkbook, name: str, extent: Extent, doubts: set[str], *, hidden: bool) -> Table:
    sheet = book.get_sheet_by_name(name)
    top, left = sheet.start or (0, 0)
    spread = Spread(name, hidden, spans=dict((sheet.merged_cell_ranges or [])[:MERGES]), gone=extent.columns)
    for row, values in enumerate(sheet.to_python(skip_empty_area=True, nrows=ROWS), top):
        texts = {
            (row, column): text for column, value in enumerate(values[:COLUMNS], left) if (text := shown_value(value))
        }
        if row in extent.rows:
            doubts |= {"row:hidden"} if texts else set()
        elif len(spread.texts) < CELLS:
            spread.rows.append(row)
            spread.texts |= texts
    if spread.hides_a_column():
        doubts.add("column:hidden")
    return spread.table()


def shown_value(value: object) -> str:
    """A value calamine gives, as text."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return plain_number(Decimal(repr(value)))
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}" if value.time() == time() else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date | time | timedelta):
        return str(value)
    return str(value).strip()


def _guarded(work: Callable[[], T]) -> T:
    """calamine's own panics are no Exception; they mean a broken file like its errors do."""
    try:
        return work()
    except BaseException as fault:
        if type(fault).__name__ != "PanicException" and not isinstance(fault, Exception):
            raise
        raise fault if isinstance(fault, Refused) else Refused("file:truncated") from fault
