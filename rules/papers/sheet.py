"""An .xlsx as a clerk sees it: shown sheets, rows and columns; cells as their text; merged areas filled.

Read row by row with little memory: a sheet of a million rows or a cell at XFD1048576 costs nothing (A65). Formulas are never computed, the
last computed value counts. LIMITS: charts, pivot tables and headers are not read.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from rules.papers.cells import Shown, number_formats, shown_number
from rules.papers.limits import CELLS, COLUMNS, MERGES, ROWS, SHEETS, TEXT
from rules.papers.markup import Element, attribute, child, children, local, tree, walk
from rules.papers.packages import Package
from rules.papers.spread import Spread
from rules.papers.values import Refused, Table

HIDDEN = ("hidden", "veryHidden")


@dataclass
class Book:
    """What all sheets of a workbook share, and what was noticed on the way."""

    texts: list[str]
    formats: list[str]
    doubts: set[str] = field(default_factory=set)
    left: int = CELLS


def read_workbook(package: Package) -> tuple[list[Table], set[str]]:
    """The sheets in order (hidden ones marked) and the doubts."""
    root = tree(package.read("xl/workbook.xml"))
    targets = _targets(package, "xl/_rels/workbook.xml.rels")
    styles = tree(package.read("xl/styles.xml")) if package.has("xl/styles.xml") else None
    book = Book(_shared(package), number_formats(styles))
    tables = []
    for sheet in list(root.iter("{*}sheet"))[:SHEETS]:
        kind, path = targets.get(attribute(sheet, "id"), ("", ""))
        if kind.endswith(("macrosheet", "xlMacrosheet", "dialogsheet")):
            raise Refused("file:macro")
        if package.has(path):
            hidden = attribute(sheet, "state") in HIDDEN
            tables.append(_sheet(package.read(path), attribute(sheet, "name"), book, hidden=hidden))
            if hidden and tables[-1].rows:
                book.doubts.add("sheet:hidden")
    return tables, book.doubts


def _targets(package: Package, name: str) -> dict[str, tuple[str, str]]:
    """Relation id -> its kind and the member it names; what lies outside the package is nowhere."""
    found = {}
    for relation in children(tree(package.read(name)), "Relationship"):
        target = attribute(relation, "Target")
        path = target[1:] if target.startswith("/") else "xl/" + target.removeprefix("./")
        if attribute(relation, "TargetMode") != "External":
            found[attribute(relation, "Id")] = (attribute(relation, "Type").rpartition("/")[2], path)
    return found


def _shared(package: Package) -> list[str]:
    texts: list[str] = []
    size = 0
    if not package.has("xl/sharedStrings.xml"):
        return texts
    for item in walk(package.read("xl/sharedStrings.xml"), "si"):
        texts.append(_rich(item))
        size += len(texts[-1])
        if size > TEXT * 4:
            raise Refused("file:long")
    return texts


def _rich(item: Element) -> str:
    """The text of a string with its runs, without the reading aids above it (rPh)."""
    parts = []
    for part in item:
        if local(part) == "t":
            parts.append(part.text or "")
        elif local(part) == "r":
            parts += [text.text or "" for text in children(part, "t")]
    return "".join(parts).replace("_x000D_", "")


def _sheet(data: bytes, name: str, book: Book, *, hidden: bool) -> Table:
    spread = Spread(name, hidden)
    number = -1
    for part in walk(data, "row", "col", "mergeCell"):
        kind = local(part)
        if kind == "col":
            spread.gone |= _hidden_columns(part)
        elif kind == "mergeCell" and len(spread.spans) < MERGES and (area := _area(attribute(part, "ref"))):
            spread.spans[area[:2]] = area[2:]
        elif kind == "row":
            number = _row_number(part, number)
            _keep(part, number, book, spread)
    if spread.hides_a_column():
        book.doubts.add("column:hidden")
    return spread.table()


def _keep(row: Element, number: int, book: Book, spread: Spread) -> None:
    if attribute(row, "hidden") in ("1", "true"):
        if next(_row_cells(row, book), None):
            book.doubts.add("row:hidden")
        return
    if len(spread.rows) >= ROWS or book.left <= 0:
        book.doubts.add("file:long")
        return
    spread.rows.append(number)
    for column, text in _row_cells(row, book):
        spread.texts[number, column] = text
        book.left -= 1


def _row_cells(row: Element, book: Book) -> Iterator[tuple[int, str]]:
    column = -1
    for cell in row:
        column = _column(cell.get("r") or "", column)
        if column < COLUMNS and (text := _cell_text(cell, book).strip()):
            yield column, text


def _cell_text(cell: Element, book: Book) -> str:
    """The attributes are read without `attribute`: there are many cells, and theirs bear no namespace."""
    kind = cell.get("t")
    if kind == "inlineStr":
        inline = child(cell, "is")
        return "" if inline is None else _rich(inline)
    text = next((part.text or "" for part in cell if local(part) == "v"), "")
    if kind == "s":
        return book.texts[int(text)] if text.isdigit() and int(text) < len(book.texts) else ""
    if kind in ("str", "e", "d", "b"):
        return text
    style = cell.get("s") or ""
    form = book.formats[int(style)] if style.isdigit() and int(style) < len(book.formats) else ""
    return shown_number(Shown(text, form))


def _hidden_columns(part: Element) -> set[int]:
    if attribute(part, "hidden") not in ("1", "true") and attribute(part, "width") not in ("0", "0.0"):
        return set()
    first, last = attribute(part, "min"), attribute(part, "max")
    return set(range(int(first) - 1, min(int(last), COLUMNS))) if first.isdigit() and last.isdigit() else set()


def _row_number(row: Element, before: int) -> int:
    number = attribute(row, "r")
    return int(number) - 1 if number.isdigit() and 0 < len(number) < 9 else before + 1


def _column(reference: str, before: int) -> int:
    number = 0
    for sign in reference[:3]:
        if not "A" <= sign <= "Z":
            break
        number = number * 26 + ord(sign) - 64
    return number - 1 if number else before + 1


def _area(reference: str) -> tuple[int, int, int, int] | None:
    first, _, last = reference.partition(":")
    rows = ["".join(sign for sign in part if sign.isdigit()) for part in (first, last)]
    if not all(0 < len(row) < 9 and row.isascii() for row in rows):
        return None
    return int(rows[0]) - 1, _column(first, 0), int(rows[1]) - 1, _column(last, 0)
