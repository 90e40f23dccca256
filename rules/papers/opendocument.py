"""OpenDocument texts (.odt) and sheets (.ods), read from content.xml with their spans; repeated cells and rows are bounded (A65).

LIMITS: tracked deletions are left out, insertions taken; styles are followed for hidden text (text:display) and collapsed rows only.
"""

from collections.abc import Iterator

from rules.papers.grid import Cell, make_table
from rules.papers.limits import COLUMNS, NESTING, ROWS, SHEETS
from rules.papers.markup import Element, attribute, child, local, tree
from rules.papers.packages import Package
from rules.papers.values import Block, Refused, Table

SKIPPED = frozenset(
    (
        "tracked-changes",
        "annotation",
        "annotation-end",
        "forms",
        "ruby-text",
        "hidden-text",
        "hidden-paragraph",
        "note-citation",
    )
)


def read_content(package: Package) -> Element:
    """The root of content.xml. Raises Refused file:encrypted and file:macro."""
    manifest = package.read("META-INF/manifest.xml")
    if b"encryption-data" in manifest:
        raise Refused("file:encrypted")
    if any(
        name.startswith(("Basic/", "Scripts/")) and not name.endswith(("script-lc.xml", "dialog-lc.xml"))
        for name in package.names
    ):
        raise Refused("file:macro")
    return tree(package.read("content.xml"))


def read_odt(root: Element) -> list[Block]:
    """Paragraphs and tables in order."""
    body = child(root, "body", "text")
    if body is None:
        raise Refused("file:truncated")
    blocks: list[Block] = []
    _flow(body, blocks, _hiding(root), 0)
    return blocks


def read_ods(root: Element) -> tuple[list[Table], set[str]]:
    """The sheets (hidden ones marked) and the doubts."""
    body = child(root, "body", "spreadsheet")
    if body is None:
        raise Refused("file:truncated")
    doubts: set[str] = set()
    gone = _hiding(root)
    tables = []
    for sheet in [part for part in body if local(part) == "table"][:SHEETS]:
        hidden = attribute(sheet, "style-name") in gone
        table = _table(sheet, gone, doubts, hidden=hidden)
        tables.append(table)
        if hidden and table.rows:
            doubts.add("sheet:hidden")
    return tables, doubts


def _hiding(root: Element) -> frozenset[str]:
    """Names of styles that hide: text:display none, table:display false."""
    names = set()
    for style in root.iter("{*}style"):
        for part in style:
            if attribute(part, "display") in ("none", "false"):
                names.add(attribute(style, "name"))
    return frozenset(names)


def _flow(parent: Element, blocks: list[Block], gone: frozenset[str], depth: int) -> None:
    if depth > NESTING:
        raise Refused("file:bomb")
    for part in parent:
        name = local(part)
        if name in ("p", "h"):
            _paragraph(part, blocks, gone, depth)
        elif name == "table":
            inner: list[Block] = []
            blocks.append(_table(part, gone, set(), inner=inner))
            blocks += inner
        elif name not in SKIPPED and attribute(part, "display") != "none":
            _flow(part, blocks, gone, depth + 1)


def _paragraph(paragraph: Element, blocks: list[Block], gone: frozenset[str], depth: int) -> None:
    boxes: list[Element] = []
    text = "".join(_pieces(paragraph, boxes, gone, depth)).strip()
    if text:
        blocks.append(text)
    for box in boxes:
        _flow(box, blocks, gone, depth + 1)


def _pieces(element: Element, boxes: list[Element], gone: frozenset[str], depth: int) -> Iterator[str]:
    if depth > NESTING:
        raise Refused("file:bomb")
    if attribute(element, "style-name") in gone and local(element) in ("span", "p", "h"):
        return
    yield element.text or ""
    for part in element:
        name = local(part)
        if name == "s":
            yield " " * min(_count(part, "c"), 200)
        elif name in ("tab", "line-break"):
            yield "\t" if name == "tab" else "\n"
        elif name == "text-box":
            boxes.append(part)
        elif name not in SKIPPED:
            yield from _pieces(part, boxes, gone, depth + 1)
        yield part.tail or ""


def _table(
    table: Element, gone: frozenset[str], doubts: set[str], *, hidden: bool = False, inner: list[Block] | None = None
) -> Table:
    cells: list[Cell] = []
    number = 0
    for row in _rows(table):
        times = _count(row, "number-rows-repeated")
        if attribute(row, "visibility") in ("collapse", "filter"):
            if any(_cell_text(cell, gone, []) for cell in row):
                doubts.add("row:hidden")
            continue
        found = list(_row_cells(row, number, gone, inner if inner is not None else []))
        for again in range(min(times, ROWS - number) if found else 0):
            cells += [Cell(number + again, cell.column, cell.text, cell.height, cell.width) for cell in found]
            if len(cells) > ROWS * 10:
                break
        number = min(number + times, ROWS)
    return make_table(attribute(table, "name"), cells, hidden=hidden)


def _rows(table: Element) -> Iterator[Element]:
    for part in table:
        if local(part) == "table-row":
            yield part
        elif local(part) in ("table-header-rows", "table-rows", "table-row-group"):
            yield from _rows(part)


def _row_cells(row: Element, number: int, gone: frozenset[str], inner: list[Block]) -> Iterator[Cell]:
    column = 0
    for cell in row:
        if local(cell) not in ("table-cell", "covered-table-cell") or column >= COLUMNS:
            continue
        times = min(_count(cell, "number-columns-repeated"), COLUMNS)
        text = _cell_text(cell, gone, inner)
        down, across = _count(cell, "number-rows-spanned"), _count(cell, "number-columns-spanned")
        if local(cell) == "table-cell" and (text or down > 1 or across > 1):
            for again in range(times):
                yield Cell(number, column + again, text, down, across)
        column += times


def _cell_text(cell: Element, gone: frozenset[str], inner: list[Block]) -> str:
    blocks: list[Block] = []
    _flow(cell, blocks, gone, 1)
    inner += [block for block in blocks if isinstance(block, Table)]
    return "\n".join(block for block in blocks if isinstance(block, str))


def _count(element: Element, name: str) -> int:
    value = attribute(element, name)
    return max(int(value), 1) if value.isascii() and value.isdigit() and len(value) < 8 else 1
