"""New files made of text alone: a .docx of paragraphs and tables, an .xlsx of tables. Nothing of the old package can be in them (A33, A35).

The packages are written part by part and not by python-docx or openpyxl: those bring a template with an author, a thumbnail and the present
time, which would have to be taken out again; here the same text gives the same bytes. Every cell is a string: no formula, no number (A70).
LIMITS: no fonts, sizes, colours or widths of the original.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from xml.sax.saxutils import escape

from lxml import etree

from rules.papers.markup import Element
from rules.papers.values import Block, Table, writable

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
NOT_A_SHEET_NAME = re.compile(r"[\[\]:*?/\\]")
LONGEST_SHEET_NAME = 31
LONGEST_CELL = 32_767
FIXED_DATE = (1980, 1, 1, 0, 0, 0)
STYLES = (
    f'<w:styles xmlns:w="{WORD}"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" '
    'w:eastAsia="SimSun"/><w:sz w:val="24"/></w:rPr></w:rPrDefault></w:docDefaults></w:styles>'
).encode()
BORDERS = ("top", "left", "bottom", "right", "insideH", "insideV")


def document_of(blocks: Iterable[Block]) -> bytes:
    """A .docx of these paragraphs and tables."""
    document = _element(WORD, "document", {"w": WORD})
    body = _sub(document, "body")
    for block in blocks:
        if isinstance(block, str):
            _paragraphs(body, block)
        else:
            _word_table(body, block)
            _sub(body, "p")
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    parts = [
        ("word/document.xml", f"{kind}.document.main+xml", _serial(document)),
        ("word/styles.xml", f"{kind}.styles+xml", STYLES),
    ]
    relations = _relations([("officeDocument", "word/document.xml")])
    inner = ("word/_rels/document.xml.rels", _relations([("styles", "styles.xml")]))
    return _packed([_types(parts), ("_rels/.rels", relations), *((name, data) for name, _, data in parts), inner])


def workbook_of(tables: Iterable[Table]) -> bytes:
    """An .xlsx with a sheet a table, its cells `writable`; the names are `sheet_names` of them."""
    shown = list(tables)
    workbook = _element(SHEET, "workbook", {None: SHEET, "r": OFFICE})
    sheets = _sub(workbook, "sheets")
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = [("xl/workbook.xml", f"{kind}.sheet.main+xml", b"")]
    links = []
    for number, (table, name) in enumerate(zip(shown, sheet_names(shown), strict=True), 1):
        entry = etree.SubElement(sheets, f"{{{SHEET}}}sheet", {"name": name, "sheetId": str(number)})
        entry.set(f"{{{OFFICE}}}id", f"rId{number}")
        parts.append((f"xl/worksheets/sheet{number}.xml", f"{kind}.worksheet+xml", _worksheet(table)))
        links.append(("worksheet", f"worksheets/sheet{number}.xml"))
    parts[0] = (*parts[0][:2], _serial(workbook))
    inner = ("xl/_rels/workbook.xml.rels", _relations(links))
    relations = _relations([("officeDocument", "xl/workbook.xml")])
    return _packed([_types(parts), ("_rels/.rels", relations), *((name, data) for name, _, data in parts), inner])


def sheet_names(tables: Iterable[Table]) -> list[str]:
    """Names a spreadsheet program takes: short, without its own signs, each once."""
    names: list[str] = []
    for number, table in enumerate(tables, 1):
        name = NOT_A_SHEET_NAME.sub("", writable(table.name)).strip(" '\n\t")[:LONGEST_SHEET_NAME] or f"Sheet{number}"
        names.append(name if name.lower() not in {known.lower() for known in names} else f"Sheet{number}-{len(name)}")
    return names


def _paragraphs(parent: Element, text: str) -> None:
    for line in writable(text).split("\n"):
        run = _sub(_sub(parent, "p"), "r")
        for number, piece in enumerate(line.split("\t")):
            if number:
                _sub(run, "tab")
            words = _sub(run, "t")
            words.text = piece
            words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _word_table(body: Element, table: Table) -> None:
    element = _sub(body, "tbl")
    borders = _sub(_sub(element, "tblPr"), "tblBorders")
    for side in BORDERS:
        _sub(borders, side, val="single", sz="4", space="0", color="auto")
    grid = _sub(element, "tblGrid")
    for _ in range(len(table.rows[0]) if table.rows else 0):
        _sub(grid, "gridCol")
    starts = {area[:2]: area for area in table.merges}
    under = {
        (r, left): area for area in table.merges for top, left, bottom, _ in (area,) for r in range(top + 1, bottom + 1)
    }
    for number, row in enumerate(table.rows):
        line = _sub(element, "tr")
        column = 0
        while column < len(row):
            area = starts.get((number, column)) or under.get((number, column))
            _word_cell(line, row[column], area, first=(number, column) in starts)
            column += area[3] - area[1] + 1 if area else 1


def _word_cell(row: Element, text: str, area: tuple[int, int, int, int] | None, *, first: bool) -> None:
    cell = _sub(row, "tc")
    properties = _sub(cell, "tcPr")
    if area is not None and area[3] > area[1]:
        _sub(properties, "gridSpan", val=str(area[3] - area[1] + 1))
    if area is not None and area[2] > area[0]:
        merge = _sub(properties, "vMerge")
        if first:
            merge.set(f"{{{WORD}}}val", "restart")
    _paragraphs(cell, text if area is None or first else "")


def _worksheet(table: Table) -> bytes:
    """Written as text, not as a tree: a sheet may have hundreds of thousands of cells."""
    filled = {
        (r, c)
        for top, left, bottom, right in table.merges
        for r in range(top, bottom + 1)
        for c in range(left, right + 1)
    }
    filled -= {area[:2] for area in table.merges}
    letters = [column_letters(column) for column in range(len(table.rows[0]) if table.rows else 0)]
    lines = []
    for number, row in enumerate(table.rows):
        cells = "".join(
            f'<c r="{letters[column]}{number + 1}" t="inlineStr"><is><t xml:space="preserve">{escape(text[:LONGEST_CELL])}</t></is></c>'
            for column, text in enumerate(row)
            if text and (number, column) not in filled
        )
        lines.append(f'<row r="{number + 1}">{cells}</row>')
    merges = "".join(
        f'<mergeCell ref="{letters[left]}{top + 1}:{letters[right]}{bottom + 1}"/>'
        for top, left, bottom, right in table.merges
    )
    merged = f"<mergeCells>{merges}</mergeCells>" if merges else ""
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    return f'{head}<worksheet xmlns="{SHEET}"><sheetData>{"".join(lines)}</sheetData>{merged}</worksheet>'.encode()


def column_letters(column: int) -> str:
    """The letters of a column counted from 0: A, Z, AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _element(space: str, name: str, spaces: Mapping[Any, str]) -> Element:
    root: Element = etree.Element(f"{{{space}}}{name}", nsmap=dict(spaces))
    return root


def _sub(parent: Element, name: str, **values: str) -> Element:
    space = str(parent.tag).partition("}")[0] + "}"
    child: Element = etree.SubElement(parent, space + name)
    for key, value in values.items():
        child.set(space + key, value)
    return child


def _serial(root: Element) -> bytes:
    data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return data


def _types(parts: Iterable[tuple[str, str, bytes]]) -> tuple[str, bytes]:
    overrides = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind, _ in parts)
    defaults = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    defaults += '<Default Extension="xml" ContentType="application/xml"/>'
    return "[Content_Types].xml", f'<Types xmlns="{PACKAGE}content-types">{defaults}{overrides}</Types>'.encode()


def _relations(links: Iterable[tuple[str, str]]) -> bytes:
    entries = (
        f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(links, 1)
    )
    return f'<Relationships xmlns="{PACKAGE}relationships">{"".join(entries)}</Relationships>'.encode()


def _packed(parts: Iterable[tuple[str, bytes]] | Iterator[tuple[str, bytes]]) -> bytes:
    """A zip whose members all bear one date and no system's name."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts:
            entry = zipfile.ZipInfo(name, FIXED_DATE)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 0
            package.writestr(entry, data)
    return packed.getvalue()
