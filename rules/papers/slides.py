"""A .pptx as its audience sees it: the shapes and tables of the shown slides, in order; notes, comments and hidden slides are left out (A33).

LIMITS: pictures, charts and diagrams are counted, not read; text off the edge of a slide is taken for visible.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from rules.papers.grid import Cell, make_table
from rules.papers.limits import NESTING, PAGES
from rules.papers.markup import Element, attribute, child, children, local, tree
from rules.papers.packages import Package
from rules.papers.values import Block, Refused


@dataclass
class Slides:
    """What was read of a presentation."""

    blocks: list[Block] = field(default_factory=list)
    unseen: list[str] = field(default_factory=list)
    pictures: int = 0
    doubts: set[str] = field(default_factory=set)


def read_slides(package: Package) -> Slides:
    """The slides in their order."""
    targets = {
        attribute(relation, "Id"): "ppt/" + attribute(relation, "Target").removeprefix("/ppt/").removeprefix("./")
        for relation in children(tree(package.read("ppt/_rels/presentation.xml.rels")), "Relationship")
        if attribute(relation, "TargetMode") != "External"
    }
    found = Slides()
    for entry in list(tree(package.read("ppt/presentation.xml")).iter("{*}sldId"))[:PAGES]:
        path = targets.get(_relation(entry), "")
        if package.has(path):
            _slide(tree(package.read(path)), found)
    for name in package.names:
        if name.startswith(("ppt/notesSlides/notes", "ppt/comments/")):
            found.unseen += [text for part in tree(package.read(name)).iter("{*}t") if (text := part.text)]
    return found


def _relation(entry: Element) -> str:
    return next((str(value) for key, value in entry.attrib.items() if str(key).endswith("}id")), "")


def _slide(root: Element, found: Slides) -> None:
    if attribute(root, "show") == "0":
        found.unseen += [text for part in root.iter("{*}t") if (text := part.text)]
        found.doubts.add("sheet:hidden")
        return
    shapes = child(root, "cSld", "spTree")
    if shapes is not None:
        _shapes(shapes, found, 0)


def _shapes(parent: Element, found: Slides, depth: int) -> None:
    if depth > NESTING:
        raise Refused("file:bomb")
    for shape in parent:
        name = local(shape)
        if _hidden(shape):
            found.unseen += [text for part in shape.iter("{*}t") if (text := part.text)]
        elif name == "grpSp":
            _shapes(shape, found, depth + 1)
        elif name == "graphicFrame":
            for table in shape.iter("{*}tbl"):
                found.blocks.append(make_table("", _cells(table)))
        elif name == "pic":
            found.pictures += 1
        else:
            found.blocks += [text for part in children(shape, "txBody") for text in _paragraphs(part)]


def _hidden(shape: Element) -> bool:
    return any(attribute(part, "hidden") in ("1", "true") for part in shape.iter("{*}cNvPr"))


def _paragraphs(body: Element) -> Iterator[str]:
    for paragraph in children(body, "p"):
        parts = (
            "\n" if local(part) == "br" else "".join(text.text or "" for text in children(part, "t"))
            for part in paragraph
        )
        text = "".join(parts).strip()
        if text:
            yield text


def _cells(table: Element) -> Iterator[Cell]:
    for number, row in enumerate(children(table, "tr")):
        for column, cell in enumerate(children(row, "tc")):
            if attribute(cell, "hMerge") == "1" or attribute(cell, "vMerge") == "1":
                continue
            text = "\n".join(line for body in children(cell, "txBody") for line in _paragraphs(body))
            yield Cell(number, column, text, _span(cell, "rowSpan"), _span(cell, "gridSpan"))


def _span(cell: Element, name: str) -> int:
    value = attribute(cell, name)
    return max(int(value), 1) if value.isascii() and value.isdigit() and len(value) < 5 else 1
