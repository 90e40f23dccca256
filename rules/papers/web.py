"""HTML, also HTML that is called .xls, and tables saved as XML for Excel (SpreadsheetML), through lxml.

LIMITS: style sheets are not followed, only what stands in the element itself (display:none, hidden, white letters) hides it.
"""

import re
from collections.abc import Iterator

from lxml import html

from rules.papers.grid import Cell, make_table
from rules.papers.limits import COLUMNS, NESTING, ROWS, SHEETS, TEXT, TREE
from rules.papers.markup import Element, attribute, children, inner_text, local, tree
from rules.papers.plain import decode
from rules.papers.values import Block, Refused, Table

UNSEEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|font-size\s*:\s*0|color\s*:\s*(?:#fff(?:fff)?\b|white)",
    re.I,
)
BREAKS = frozenset(
    (
        "p",
        "div",
        "li",
        "tr",
        "ul",
        "ol",
        "blockquote",
        "pre",
        "title",
        "section",
        "article",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
    )
)
SILENT = frozenset(["script", "style", "head", "template", "noscript", "xml", "iframe", "object", "select"])


def read_html(data: bytes) -> tuple[list[Block], list[str]]:
    """Paragraphs and tables in order, and the text that is hidden."""
    text = re.sub(r"<\?xml[^>]{0,200}\?>", "", (_declared(data) or decode(data) or "")[: TREE // 2], count=1)
    if not text.strip():
        raise Refused("file:blank")
    root = html.document_fromstring(
        text, parser=html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True)
    )
    blocks: list[Block] = []
    unseen: list[str] = []
    _flow(root, blocks, unseen, [], 0)
    return blocks, unseen


def _declared(data: bytes) -> str | None:
    """By the charset the page names; gb2312 and gbk mean gb18030 (domain 6.5)."""
    named = re.search(rb"charset\s{0,9}=\s{0,9}[\"']?([A-Za-z0-9_-]{2,20})", data[:4096])
    if named is None or data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        return None
    charset = named[1].decode("ascii").lower()
    charset = "gb18030" if charset in ("gb2312", "gbk", "gb18030", "x-gbk", "cp936") else charset
    try:
        return data.decode(charset)
    except (UnicodeDecodeError, LookupError):
        return None


def _flow(element: Element, blocks: list[Block], unseen: list[str], line: list[str], depth: int) -> None:
    """Text gathers in `line`; a breaking element or a table ends it."""
    if depth > NESTING * 4:
        raise Refused("file:bomb")
    name = local(element)
    if _hidden(element):
        unseen.append(_squeezed([inner_text(element)]))
    elif name == "table":
        _end(line, blocks)
        _tables(element, blocks, unseen, depth)
    elif name == "br":
        _end(line, blocks)
    elif name not in SILENT:
        breaking = name in BREAKS
        if breaking:
            _end(line, blocks)
        line.append(element.text or "")
        for part in element:
            _flow(part, blocks, unseen, line, depth + 1)
            line.append(part.tail or "")
        if breaking or depth == 0:
            _end(line, blocks)


def _end(line: list[str], blocks: list[Block]) -> None:
    text = _squeezed(line)
    line.clear()
    if text and len(text) <= TEXT:
        blocks.append(text)


def _squeezed(parts: list[str]) -> str:
    return re.sub(r"[ \t\r\n\f\xa0]+", " ", "".join(parts)).strip()


def _hidden(element: Element) -> bool:
    style = element.get("style") or ""
    return element.get("hidden") is not None or bool(
        style and UNSEEN.search(style) and not re.search(r"background", style, re.I)
    )


def _tables(table: Element, blocks: list[Block], unseen: list[str], depth: int) -> None:
    """The table, then the tables that stand in its cells."""
    cells: list[Cell] = []
    taken: set[tuple[int, int]] = set()
    inner: list[Block] = []
    for row, line in enumerate(_rows(table)):
        column = 0
        if row >= ROWS or _hidden(line):
            continue
        for cell in children(line, "td", "th"):
            while (row, column) in taken:
                column += 1
            height, width = _span(cell, "rowspan"), _span(cell, "colspan")
            if column + width > COLUMNS or len(taken) > 200_000:
                break
            taken |= {(r, c) for r in range(row, row + min(height, 500)) for c in range(column, column + width)}
            cells.append(Cell(row, column, _cell(cell, inner, unseen, depth), height, width))
            column += width
    if cells:
        blocks.append(make_table("", cells))
    blocks += inner


def _cell(cell: Element, inner: list[Block], unseen: list[str], depth: int) -> str:
    inside: list[Block] = []
    line: list[str] = [cell.text or ""]
    if _hidden(cell):
        return ""
    for part in cell:
        _flow(part, inside, unseen, line, depth + 2)
        line.append(part.tail or "")
    _end(line, inside)
    inner += [block for block in inside if isinstance(block, Table)]
    return "\n".join(block for block in inside if isinstance(block, str))


def _rows(table: Element) -> Iterator[Element]:
    for part in table:
        name = local(part)
        if name == "tr":
            yield part
        elif name in ("thead", "tbody", "tfoot", "form"):
            yield from children(part, "tr")


def _span(cell: Element, name: str) -> int:
    value = (cell.get(name) or "").strip()
    return max(int(value), 1) if value.isascii() and value.isdigit() and len(value) < 5 else 1


def read_xml_sheet(data: bytes) -> tuple[list[Table], set[str]]:
    """The worksheets of an Excel 2003 XML file."""
    tables = []
    doubts: set[str] = set()
    for sheet in list(tree(data).iter("{*}Worksheet"))[:SHEETS]:
        hidden = any(local(part) == "Visible" and (part.text or "").startswith("Sheet") for part in sheet.iter())
        table = make_table(attribute(sheet, "Name"), _xml_cells(sheet, doubts), hidden=hidden)
        tables.append(table)
        if hidden and table.rows:
            doubts.add("sheet:hidden")
    return tables, doubts


def _xml_cells(sheet: Element, doubts: set[str]) -> list[Cell]:
    cells = []
    place = 0
    for row in sheet.iter("{*}Row"):
        number = _index(row, place)
        if attribute(row, "Hidden") == "1":
            doubts.add("row:hidden")
            place = number
            continue
        place = number + 1
        column = 0
        for cell in children(row, "Cell"):
            column = _index(cell, column)
            across, down = (_whole(attribute(cell, name)) for name in ("MergeAcross", "MergeDown"))
            text = "".join(inner_text(part) for part in children(cell, "Data")).strip()
            cells.append(Cell(number, column, text, down + 1, across + 1))
            column += across + 1
    return cells


def _index(element: Element, otherwise: int) -> int:
    return max(_whole(attribute(element, "Index")) - 1, 0) if attribute(element, "Index") else otherwise


def _whole(value: str) -> int:
    return int(value) if value.isascii() and value.isdigit() and len(value) < 7 else 0
