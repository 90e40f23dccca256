"""A page of a PDF as its reader sees it: pieces of text put into the cells its ruling lines draw, the rest as lines from top to bottom.

LIMITS: only upright pages; a table whose lines are drawn as one picture is not seen.
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import Any

from rules.papers.grid import Cell, make_table
from rules.papers.values import Block, Table

NEAR = 3.0
"""Points: lines and edges closer than this are one."""
MOST_LINES = 5_000
MOST_PIECES = 50_000
THIN = 4.0

MOST_FIELDS = 20_000
ABOVE, LEFT = "above", "left"

Matrix = list[float]


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text and where its writing starts, in points from the lower left corner."""

    x: float
    y: float
    size: float
    text: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line: across (y fixed) or down (x fixed), from start to end."""

    across: bool
    at: float
    start: float
    end: float


@dataclass
class Drawn:
    """Collects what a page draws, as pypdf's visitor."""

    pieces: list[Piece] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    path: list[Rule] = field(default_factory=list)
    """Lines drawn but not yet painted: a path may only clip."""
    point: tuple[float, float] = (0.0, 0.0)
    start: tuple[float, float] = (0.0, 0.0)

    def text(self, text: str, cm: Matrix, tm: Matrix, _font: Any, size: float) -> None:
        """A piece of text was shown."""
        if text.strip() and len(self.pieces) < MOST_PIECES:
            x, y = _moved(cm, tm[4], tm[5])
            self.pieces.append(Piece(x, y, abs(float(size or 10) * (tm[3] or 1)) or 10.0, text))

    def operand(self, operator: bytes, operands: Any, cm: Matrix, _tm: Matrix) -> None:
        """A line or a rectangle was drawn, or the path painted or dropped."""
        if operator in PAINTING:
            self.rules += self.path[: MOST_LINES - len(self.rules)]
        if operator in PAINTING or operator == b"n":
            self.path = []
        if operator not in DRAWING or len(self.path) > MOST_LINES:
            return
        values = [float(value) for value in operands]
        if operator == b"re" and len(values) == 4:
            self._rectangle(cm, *values)
        elif operator == b"m" and len(values) == 2:
            self.point = self.start = _moved(cm, *values)
        elif operator == b"l" and len(values) == 2:
            self._line(_moved(cm, *values))
        elif operator == b"h":
            self._line(self.start)

    def _line(self, end: tuple[float, float]) -> None:
        (x0, y0), (x1, y1) = self.point, end
        if abs(y1 - y0) < 1 and abs(x1 - x0) > NEAR:
            self.path.append(_across((y0 + y1) / 2, x0, x1))
        elif abs(x1 - x0) < 1 and abs(y1 - y0) > NEAR:
            self.path.append(_down((x0 + x1) / 2, y0, y1))
        self.point = end

    def _rectangle(self, cm: Matrix, x: float, y: float, width: float, height: float) -> None:
        (x0, y0), (x1, y1) = _moved(cm, x, y), _moved(cm, x + width, y + height)
        wide, high = abs(x1 - x0) > THIN, abs(y1 - y0) > THIN
        if wide and high:
            self.path += [_across(y0, x0, x1), _across(y1, x0, x1), _down(x0, y0, y1), _down(x1, y0, y1)]
        elif wide:
            self.path.append(_across((y0 + y1) / 2, x0, x1))
        elif high:
            self.path.append(_down((x0 + x1) / 2, y0, y1))


DRAWING = frozenset((b"re", b"m", b"l", b"h"))
PAINTING = frozenset((b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*"))


def _across(at: float, start: float, end: float) -> Rule:
    return Rule(across=True, at=at, start=min(start, end), end=max(start, end))


def _down(at: float, start: float, end: float) -> Rule:
    return Rule(across=False, at=at, start=min(start, end), end=max(start, end))


def _moved(cm: Matrix, x: float, y: float) -> tuple[float, float]:
    return cm[0] * x + cm[2] * y + cm[4], cm[1] * x + cm[3] * y + cm[5]


def page_blocks(drawn: Drawn) -> list[Block]:
    """The lines of text above the table, the table, the lines below; without ruling lines, the lines alone."""
    xs = _edges([rule.at for rule in drawn.rules if not rule.across])
    ys = _edges([-rule.at for rule in drawn.rules if rule.across])
    if len(xs) < 3 or len(ys) < 3 or len(xs) * len(ys) > MOST_FIELDS:
        return list(_lines(drawn.pieces))
    above: list[Piece] = []
    below: list[Piece] = []
    fields: dict[tuple[int, int], list[Piece]] = {}
    for piece in drawn.pieces:
        row, column = bisect_right(ys, -(piece.y + piece.size / 3)) - 1, bisect_right(xs, piece.x + NEAR / 2) - 1
        if 0 <= row < len(ys) - 1 and 0 <= column < len(xs) - 1:
            fields.setdefault((row, column), []).append(piece)
        else:
            (above if row < 0 else below).append(piece)
    return [*_lines(above), _table(fields, xs, ys, drawn.rules), *_lines(below)]


def _edges(places: list[float]) -> list[float]:
    """The places of the lines, those that are one taken together, in rising order."""
    edges: list[float] = []
    for place in sorted(places):
        if not edges or place - edges[-1] > NEAR:
            edges.append(place)
    return edges


def _table(fields: dict[tuple[int, int], list[Piece]], xs: list[float], ys: list[float], rules: list[Rule]) -> Table:
    """Neighbouring fields without a line between them are one cell."""
    walls = _walls(xs, ys, rules)
    taken: set[tuple[int, int]] = set()
    cells = []
    for row in range(len(ys) - 1):
        for column in range(len(xs) - 1):
            if (row, column) not in taken:
                right, bottom = column, row
                while right + 1 < len(xs) - 1 and (LEFT, row, right + 1) not in walls and (row, right + 1) not in taken:
                    right += 1
                while bottom + 1 < len(ys) - 1 and (ABOVE, bottom + 1, column) not in walls:
                    bottom += 1
                covered = [(r, c) for r in range(row, bottom + 1) for c in range(column, right + 1)]
                taken.update(covered)
                text = "\n".join(_lines([piece for place in covered for piece in fields.get(place, [])]))
                cells.append(Cell(row, column, text, bottom - row + 1, right - column + 1))
    return make_table("", cells)


def _walls(xs: list[float], ys: list[float], rules: list[Rule]) -> set[tuple[str, int, int]]:
    """The pieces of line that are drawn: above a field, or left of it."""
    walls = set()
    for rule in rules:
        start, end = (rule.start, rule.end) if rule.across else (-rule.end, -rule.start)
        along, crossing, place = (xs, ys, -rule.at) if rule.across else (ys, xs, rule.at)
        at = min(max(bisect_right(crossing, place + NEAR) - 1, 0), len(crossing) - 1)
        for index in range(bisect_left(along, start - NEAR), len(along) - 1):
            low, high = along[index], along[index + 1]
            if high - (high - low) * 0.1 > end + NEAR:
                break
            walls.add((ABOVE, at, index) if rule.across else (LEFT, index, at))
    return walls


def _lines(pieces: list[Piece]) -> list[str]:
    """The pieces as lines, top to bottom, left to right; a wide gap becomes two blanks."""
    lines: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: (-piece.y, piece.x)):
        if lines and abs(lines[-1][0].y - piece.y) < max(min(piece.size, lines[-1][0].size) * 0.5, 1):
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return [text for line in lines if (text := _line(sorted(line, key=lambda piece: piece.x)))]


def _line(pieces: list[Piece]) -> str:
    text = ""
    end = None
    for piece in pieces:
        words = piece.text.replace("\n", "").replace("\xa0", " ")
        if end is not None and piece.x - end > piece.size * 0.8:
            text += "  "
        text += words
        end = piece.x + sum(piece.size if sign > "\u2e7f" else piece.size / 2 for sign in words)
    return text.strip()
