"""A PDF's visible text and its ruled tables, page by page, through pypdf; invisible letters, hidden layers, annotations and attachments
are left out (A35).

LIMITS: text under a black bar, white on white or behind a picture is taken for visible (so it is redacted and guarded like visible text);
tables without ruling lines stay lines of text; a page of pictures is not read; a hidden form (not marked text) counts as visible.
"""

import io
from dataclasses import dataclass, field
from typing import Any

import pypdf
from pypdf.generic import ArrayObject, TextStringObject

from rules.papers.limits import PAGES, TEXT
from rules.papers.ruled import Drawn, Matrix, page_blocks
from rules.papers.values import Block, Refused

SHOWING = frozenset((b"Tj", b"TJ", b"'", b'"'))
INVISIBLE = (3, 7)
OPERATIONS = 400_000


@dataclass
class Pages:
    """What was read of a PDF."""

    blocks: list[Block] = field(default_factory=list)
    pictures: int = 0
    doubts: set[str] = field(default_factory=set)
    aside: list[str] = field(default_factory=list)


def read_pdf(data: bytes) -> Pages:
    """The blocks of all pages. Raises Refused file:encrypted, file:long, or what pypdf raises of a broken file."""
    reader = pypdf.PdfReader(io.BytesIO(data), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        raise Refused("file:encrypted")
    found = Pages(aside=[str(value) for value in (reader.metadata or {}).values()])
    hidden = _hidden_layers(reader)
    left = TEXT
    for number, page in enumerate(reader.pages):
        if number >= PAGES:
            found.doubts.add("file:long")
            break
        found.pictures += _pictures(page)
        drawn = Visible(layers=_layer_names(page, hidden))
        page.extract_text(visitor_text=drawn.text, visitor_operand_before=drawn.operand)
        found.blocks += page_blocks(drawn)
        left -= sum(len(piece.text) for piece in drawn.pieces)
        if left < 0:
            raise Refused("file:long")
    return found


def _hidden_layers(reader: pypdf.PdfReader) -> frozenset[int]:
    """Object numbers of the layers that are switched off."""
    layers = _got(reader.root_object.get("/OCProperties")) or {}
    config = _got(layers.get("/D")) or {}
    off = list(_got(config.get("/OFF")) or [])
    if config.get("/BaseState") == "/OFF":
        on = {ref.idnum for ref in _got(config.get("/ON")) or []}
        off += [ref for ref in _got(layers.get("/OCGs")) or [] if ref.idnum not in on]
    return frozenset(ref.idnum for ref in off)


def _got(thing: Any) -> Any:
    return thing.get_object() if hasattr(thing, "get_object") else thing


def _layer_names(page: pypdf.PageObject, hidden: frozenset[int]) -> frozenset[str]:
    """The names by which this page calls hidden layers."""
    properties: Any = _got((_got(page.get("/Resources")) or {}).get("/Properties")) or {}
    return frozenset(name for name in properties if getattr(properties.raw_get(name), "idnum", -1) in hidden)


def _pictures(page: pypdf.PageObject) -> int:
    shown = _got((_got(page.get("/Resources")) or {}).get("/XObject")) or {}
    return sum(1 for name in shown if (_got(shown[name]) or {}).get("/Subtype") == "/Image")


@dataclass
class Visible(Drawn):
    """A page's visitor that blanks what no reader sees before its text is taken: render modes 3 and 7, hidden layers."""

    layers: frozenset[str] = frozenset()
    mode: int = 0
    modes: list[int] = field(default_factory=list)
    marks: list[bool] = field(default_factory=list)
    steps: int = 0

    def operand(self, operator: bytes, operands: Any, cm: Matrix, tm: Matrix) -> None:
        """Follow the state; blank the text of an unseen piece in place."""
        self.steps += 1
        if self.steps > OPERATIONS:
            raise Refused("file:long")
        if operator in SHOWING:
            if self.mode in INVISIBLE or any(self.marks):
                operands[-1] = ArrayObject() if operator == b"TJ" else TextStringObject("")
        elif operator == b"Tr" and operands:
            self.mode = int(operands[0])
        elif operator == b"q":
            self.modes.append(self.mode)
        elif operator == b"Q" and self.modes:
            self.mode = self.modes.pop()
        elif operator in (b"BDC", b"BMC"):
            self.marks.append(len(operands) > 1 and operands[0] == "/OC" and operands[1] in self.layers)
        elif operator == b"EMC" and self.marks:
            self.marks.pop()
        else:
            super().operand(operator, operands, cm, tm)
