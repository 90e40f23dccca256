"""A .docx as its reader sees it: tracked deletions gone, insertions taken, hidden runs, comments and field codes left out (A33).

LIMITS: automatic numbering of lists is not text and is not read; headers and footers stand in `aside`, not in the text.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from rules.papers.grid import Cell, make_table
from rules.papers.limits import NESTING, ROWS, TEXT
from rules.papers.markup import Element, attribute, child, children, inner_text, local, tree
from rules.papers.packages import Package
from rules.papers.values import Block, Refused, Table
from rules.papers.visible import PLAIN, Look, Styles, paragraph_look, run_look, shading

GONE = frozenset(
    ("del", "moveFrom", "instrText", "delText", "delInstrText", "rPr", "pPr", "sdtPr", "rt", "fldChar", "txbxContent")
)
BOXES = frozenset(("drawing", "pict", "object", "AlternateContent"))
SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}
DIRECT_DATA = ("DDE", "DDEAUTO")


@dataclass
class Writing:
    """What is gathered while walking through a document."""

    styles: Styles
    blocks: list[Block] = field(default_factory=list)
    unseen: list[str] = field(default_factory=list)
    pictures: int = 0
    size: int = 0

    def add(self, text: str) -> None:
        """A paragraph is done; an empty one is none."""
        self.size += len(text)
        if self.size > TEXT:
            raise Refused("file:long")
        if text.strip():
            self.blocks.append(text.strip("\n"))


def read_document(package: Package) -> Writing:
    """The main text with its foot and end notes. Raises Refused file:macro where a field would fetch data from another program."""
    body = child(tree(package.read("word/document.xml")), "body")
    if body is None:
        raise Refused("file:truncated")
    writing = Writing(Styles(tree(package.read("word/styles.xml")) if package.has("word/styles.xml") else None))
    _refuse_dde(body)
    _blocks(body, writing, PLAIN, 0)
    for notes in ("word/footnotes.xml", "word/endnotes.xml"):
        if package.has(notes):
            for note in children(tree(package.read(notes)), "footnote", "endnote"):
                _blocks(note, writing, PLAIN, 0)
    return writing


def read_margins(package: Package) -> list[str]:
    """Headers, footers and comments: not in the text, but they may name a person."""
    found = []
    for name in package.names:
        if name.startswith(("word/header", "word/footer", "word/comments")) and name.endswith(".xml"):
            root = tree(package.read(name))
            found += [attribute(part, "author") for part in root if attribute(part, "author")]
            found += [inner_text(part).strip() for part in root.iter() if local(part) == "p"]
    return [text for text in found if text]


def _refuse_dde(body: Element) -> None:
    for part in body.iter("{*}instrText", "{*}fldSimple"):
        words = ((part.text or "") + " " + attribute(part, "instr")).split()
        if words and words[0].upper() in DIRECT_DATA:
            raise Refused("file:macro")


def _blocks(parent: Element, writing: Writing, ground: Look, depth: int) -> None:
    """Paragraphs and tables of a body, cell, text box or note, in order."""
    if depth > NESTING:
        raise Refused("file:bomb")
    for part in parent:
        name = local(part)
        if name == "p":
            _paragraph(part, writing, ground, depth)
        elif name == "tbl":
            _table(part, writing, ground, depth)
        elif name == "sdt":
            content = child(part, "sdtContent")
            if content is not None:
                _blocks(content, writing, ground, depth + 1)
        elif name in ("ins", "moveTo", "customXml", "smartTag"):
            _blocks(part, writing, ground, depth + 1)


def _paragraph(paragraph: Element, writing: Writing, ground: Look, depth: int) -> None:
    look = paragraph_look(child(paragraph, "pPr"), writing.styles).over(ground)
    boxes: list[Element] = []
    writing.add("".join(_runs(paragraph, writing, look, boxes, depth)))
    for box in boxes:
        _blocks(box, writing, PLAIN, depth + 1)


def _runs(parent: Element, writing: Writing, look: Look, boxes: list[Element], depth: int) -> Iterator[str]:
    if depth > NESTING:
        raise Refused("file:bomb")
    for part in parent:
        name = local(part)
        if name == "r":
            yield from _run(part, writing, look, boxes, depth)
        elif name in BOXES:
            _box(part, writing, boxes)
        elif name in ("del", "moveFrom"):
            writing.unseen.append(inner_text(part))
        elif name not in GONE:
            yield from _runs(part, writing, look, boxes, depth + 1)


def _run(run: Element, writing: Writing, look: Look, boxes: list[Element], depth: int) -> Iterator[str]:
    unseen = run_look(child(run, "rPr"), writing.styles).over(look).unseen
    for part in run:
        name = local(part)
        if name in BOXES:
            _box(part, writing, boxes)
        elif name == "t" and unseen:
            writing.unseen.append(part.text or "")
        elif name == "t":
            yield part.text or ""
        elif name in SIGNS:
            yield SIGNS[name]
        elif name == "ruby":
            yield from _runs(part, writing, look, boxes, depth + 1)


def _box(part: Element, writing: Writing, boxes: list[Element]) -> None:
    """A drawing: its pictures are counted, its text boxes read after the paragraph (of two renderings only the first)."""
    chosen = part
    if local(part) == "AlternateContent":
        chosen = next((option for option in part if next(option.iter("{*}txbxContent"), None) is not None), part)
    writing.pictures += sum(1 for _ in chosen.iter("{*}blip", "{*}imagedata"))
    outer = [
        box
        for box in chosen.iter("{*}txbxContent")
        if not any(local(up) == "txbxContent" for up in box.iterancestors())
    ]
    inside_box = any(local(up) == "txbxContent" for up in part.iterancestors())
    boxes += outer or (list(chosen.iter("{*}txbxContent"))[:1] if inside_box else [])


def _table(table: Element, writing: Writing, ground: Look, depth: int) -> None:
    """A table with its merged cells; tables inside its cells follow it as tables of their own."""
    style = child(table, "tblPr", "tblStyle")
    look = (PLAIN if style is None else Look(shaded=writing.styles.of(attribute(style, "val")).shaded)).over(ground)
    cells: dict[tuple[int, int], Cell] = {}
    inner: list[Block] = []
    open_above: dict[int, tuple[int, int]] = {}
    rows = [row for row in _rows(table) if not _row_hidden(row)]
    for number, row in enumerate(rows[:ROWS]):
        column = _skipped(row)
        for cell in _cells(row):
            width = _number(child(cell, "tcPr", "gridSpan"), 1)
            start = open_above.get(column)
            if _continues(cell) and start is not None:
                above = cells[start]
                cells[start] = Cell(above.row, above.column, above.text, number - above.row + 1, above.width)
            else:
                text, tables = _cell(cell, writing, look, depth)
                inner += tables
                cells[number, column] = Cell(number, column, text, 1, width)
                open_above[column] = (number, column)
            column += width
    if cells:
        writing.blocks.append(make_table("", cells.values()))
    writing.blocks += inner


def _cell(cell: Element, writing: Writing, look: Look, depth: int) -> tuple[str, list[Block]]:
    properties = child(cell, "tcPr")
    look = Look(shaded=None if properties is None else shading(properties)).over(look)
    inside = Writing(writing.styles, size=writing.size)
    _blocks(cell, inside, look, depth + 1)
    writing.size, writing.pictures = inside.size, writing.pictures + inside.pictures
    writing.unseen += inside.unseen
    lines = [block for block in inside.blocks if isinstance(block, str)]
    return "\n".join(lines), [block for block in inside.blocks if isinstance(block, Table)]


def _rows(table: Element) -> Iterator[Element]:
    for part in table:
        name = local(part)
        if name == "tr":
            yield part
        elif name in ("sdt", "sdtContent", "ins", "customXml"):
            yield from _rows(part)


def _cells(row: Element) -> Iterator[Element]:
    for part in row:
        name = local(part)
        if name == "tc":
            yield part
        elif name in ("sdt", "sdtContent", "customXml"):
            yield from _cells(part)


def _row_hidden(row: Element) -> bool:
    return child(row, "trPr", "hidden") is not None or child(row, "trPr", "del") is not None


def _skipped(row: Element) -> int:
    return _number(child(row, "trPr", "gridBefore"), 0)


def _continues(cell: Element) -> bool:
    merge = child(cell, "tcPr", "vMerge")
    return merge is not None and attribute(merge, "val") != "restart"


def _number(element: Element | None, otherwise: int) -> int:
    value = "" if element is None else attribute(element, "val")
    return min(int(value), 1000) if value.isascii() and value.isdigit() and len(value) < 6 else otherwise
