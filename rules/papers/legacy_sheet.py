"""An .xls or .et as a clerk sees it: shown sheets, rows and columns, merged areas filled; macro sheets refused.

LIMITS: Excel before 5.0 (no OLE container) is not known as a sheet.
"""

import io
import struct

import olefile

from rules.papers import biff
from rules.papers.limits import CELLS, COLUMNS, MERGES, ROWS, SHEETS
from rules.papers.spread import Spread
from rules.papers.values import Refused, Table

ROW, COLINFO, MERGECELLS = 0x208, 0x7D, 0xE5
MACROS = ("_vba_project", "_vba_project_cur", "macros", "vba")
MACRO_SHEET = 1


def read_legacy_workbook(data: bytes) -> tuple[list[Table], set[str]]:
    """The sheets in order (hidden ones marked) and the doubts. Raises Refused."""
    book = biff.read_globals(_stream(data))
    doubts: set[str] = {"file:long"} if len(book.sheets) > SHEETS else set()
    if any(listed.kind == MACRO_SHEET for listed in book.sheets):
        raise Refused("file:macro")
    tables = []
    for listed in book.sheets[:SHEETS]:
        if listed.kind == 0:
            tables.append(_sheet(book, listed, doubts))
            if listed.hidden and tables[-1].rows:
                doubts.add("sheet:hidden")
    return tables, doubts


def _stream(data: bytes) -> bytes:
    """The workbook's records. Raises Refused file:macro, file:truncated, and what olefile raises of a broken file."""
    with olefile.OleFileIO(io.BytesIO(data)) as ole:
        if any(part.lower() in MACROS for entry in ole.listdir(storages=True) for part in entry):
            raise Refused("file:macro")
        name = next((name for name in ("Workbook", "Book") if ole.exists(name)), None)
        if name is None:
            raise Refused("file:truncated")
        stream: bytes = ole.openstream(name).read()
    return stream


def _sheet(book: biff.Workbook, listed: biff.Listed, doubts: set[str]) -> Table:
    spread = Spread(listed.name, listed.hidden)
    hidden: set[int] = set()
    asked: tuple[int, int] | None = None
    for kind, body in biff.records(book.stream, listed.start):
        if kind == biff.STRING and asked is not None:
            spread.texts[asked] = book.text(body, 0).strip()
        _layout(kind, body, spread, hidden)
        for row, column, text in biff.cell_texts(book, kind, body):
            if row < ROWS and column < COLUMNS and len(spread.texts) < CELLS:
                asked = (row, column)
                spread.texts[asked] = text.strip()
            elif text:
                doubts.add("file:long")
    return _shown(spread, hidden, doubts)


def _layout(kind: int, body: bytes, spread: Spread, hidden: set[int]) -> None:
    """Hidden rows and columns, merged areas."""
    if kind == ROW and len(body) >= 13 and body[12] & 0x20:
        hidden.add(int.from_bytes(body[:2], "little"))
    elif kind == COLINFO and len(body) >= 9 and (body[8] & 1 or body[4:6] == b"\0\0"):
        first, last = struct.unpack_from("<HH", body)
        spread.gone |= set(range(first, min(last, COLUMNS) + 1))
    elif kind == MERGECELLS:
        for at in range(2, min(len(body), 8 * MERGES) - 7, 8):
            top, bottom, left, right = struct.unpack_from("<HHHH", body, at)
            spread.spans[top, left] = (bottom, right)


def _shown(spread: Spread, hidden: set[int], doubts: set[str]) -> Table:
    if any(row in hidden and text for (row, _), text in spread.texts.items()):
        doubts.add("row:hidden")
    spread.texts = {place: text for place, text in spread.texts.items() if text and place[0] not in hidden}
    spread.rows = [row for row, _ in spread.texts]
    if spread.hides_a_column():
        doubts.add("column:hidden")
    return spread.table()
