"""Tables that stand in a text: columns by tabs, bars or blanks (a .txt, a mail's body, a .doc read as text).

LIMITS: a text has no merged cells. A header whose groups lost their width is spread again over the second row (分管领导 over 姓名,
职务, 电话); a body row with too few pieces is laid under the header by where it stands in the line.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from rules.contacts.grid import COLUMNS, Line, lines_of_cells
from rules.contacts.labels import label

_BARS = re.compile(r"\s{0,40}[|｜│┃]\s{0,40}")
_GAP = re.compile(r" {0,40}\t\s{0,40}|[ \u3000\xa0]{2,400}")
_RULE = re.compile(r"[-—_=+|｜│┃─━┌┐└┘├┤┬┴┼\s:]{3,400}")


@dataclass(frozen=True, slots=True)
class Piece:
    """A cell of a text line and the display column it begins at."""

    at: int
    text: str


def is_rule(text: str) -> bool:
    """A line drawn with signs."""
    return _RULE.fullmatch(text) is not None


def pieces(text: str) -> list[Piece]:
    """The cells of a text line; one piece where the line has no columns."""
    line = text[:2000].rstrip()
    if line.count("|") + line.count("｜") + line.count("│") >= 2:
        cells = _BARS.split(line.strip().strip("|｜│┃"))
        return [Piece(number, cell.strip()) for number, cell in enumerate(cells[:COLUMNS])]
    found = []
    start = 0
    for match in [*_GAP.finditer(line), None]:
        end = match.start() if match else len(line)
        if line[start:end].strip():
            found.append(Piece(_width(line[:start]), line[start:end].strip()))
        start = match.end() if match else end
    return found[:COLUMNS]


def grids(texts: Sequence[str]) -> list[list[Line] | str]:
    """The lines of a text in order, runs of lines with columns made tables."""
    blocks: list[list[Line] | str] = []
    run: list[list[Piece]] = []
    for text in texts:
        found = pieces(text) if not is_rule(text) else []
        if _goes_on(found, run):
            run.append(found)
        elif found:
            blocks += [*_table(run), text.strip()]
            run = []
    return [*blocks, *_table(run)]


def _goes_on(found: list[Piece], run: list[list[Piece]]) -> bool:
    """The line belongs to the table above it, or begins one."""
    if len(found) >= 2:
        return bool(run) or _begins(found)
    return len(found) == 1 and len(run) > 1 and _narrow(found, run[0])


def _begins(found: list[Piece]) -> bool:
    """A table in a text begins with a row of headings."""
    headings = sum(1 for piece in found if label(piece.text))
    return label(found[0].text) is not None or (len(found) >= 3 and headings * 2 > len(found))


def _narrow(found: list[Piece], header: list[Piece]) -> bool:
    """A single piece that stands under a later column goes on with the table."""
    return found[0].at > header[0].at + 4 and len(found[0].text) < 30


def _table(run: list[list[Piece]]) -> list[list[Line] | str]:
    if not run:
        return []
    if len(run) == 1 and len(run[0]) < 4:
        return ["　".join(piece.text for piece in run[0])]
    width = max(map(len, run))
    rows = [[piece.text for piece in row] for row in run]
    if len(rows) > 2 and len(rows[0]) < width:
        rows = _spread(rows, width)
    header = next((row for row, cells in zip(run, rows, strict=True) if len(cells) == len(row) == width), run[0])
    laid = [row if len(row) == width else _laid(placed, header, width) for row, placed in zip(rows, run, strict=True)]
    return [lines_of_cells(laid)]


def _laid(row: list[Piece], header: list[Piece], width: int) -> list[str]:
    """The pieces under the columns they stand nearest to."""
    cells = [""] * width
    for piece in row:
        near = min(range(len(header)), key=lambda at: (abs(header[at].at - piece.at), at))
        cells[near] = f"{cells[near]} {piece.text}".strip()
    return cells


def _spread(rows: list[list[str]], width: int) -> list[list[str]]:
    """Two rows of headings whose merged cells were lost: each group takes the headings up to the next 姓名."""
    first, second = rows[0], rows[1]
    groups = _groups(second)
    persons = [at for at, text in enumerate(first) if (found := label(text)) and found.person and "name" in found.what]
    if len(groups) != len(persons) or len(first) - len(persons) + len(second) != width:
        return rows
    top: list[str] = []
    below: list[str] = []
    for at, text in enumerate(first):
        part = groups.pop(0) if at in persons else [""]
        top += [text] * len(part)
        below += part
    return [top, below, *rows[2:]]


def _groups(headings: Sequence[str]) -> list[list[str]]:
    groups: list[list[str]] = []
    for text in headings:
        found = label(text)
        if (found and "name" in found.what) or not groups:
            groups.append([])
        groups[-1].append(text)
    return groups


def _width(text: str) -> int:
    """Display columns: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
