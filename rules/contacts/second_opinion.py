"""An old Word file read twice (.doc, .wps): the other reader only raises doubts, it never decides (domain §4.3.12).

    compared(own paper's sheet, the other's sheet, own paper, the other's paper)  ->  the own sheet, with a remark for each difference

The same cells say nothing. A reader that lost the table (LibreOffice does, where it ends the file) is asked for each value in its text. A
file that only the other can read keeps its rows for a person to see, and is not `readable`.
LIMITS: notes and the words of units that could not be named are not compared.
"""

import unicodedata
from collections.abc import Iterator, Sequence

from rules.contacts.row import FIELDS, SECOND_ONLY, Remark, Row, Sheet
from rules.papers import Paper
from rules.wording import wording

say = wording("rules.contacts")
column = wording("rules")
DIFFERENT = "file:two-readings"
COMPARED = tuple(name for name in FIELDS if name not in ("note", "unit_text", "leader_email"))
WRITTEN = tuple(name for name in COMPARED if name not in ("unit", "email_suggested"))
"""Fields whose values stand in the file as they are."""
MOST = 12
"""Differences that are told one by one; a file of which more are wrong is read by a person anyway."""


def compared(own: Sheet, other: Sheet, paper: Paper, second: Paper) -> Sheet:
    """What is to be believed of the file: `own`, unless the other contradicts it."""
    if not own.rows:
        told = (*own.remarks, Remark(SECOND_ONLY, "、".join(other.units)))
        return Sheet(other.rows, told) if other.rows else own
    lost = bool(paper.tables) and not second.tables
    if lost and _squeezed(paper.text) == _squeezed(second.text):
        return own
    found = list(_not_there(own.rows, second.text) if lost else _differences(own.rows, other.rows))
    return Sheet(own.rows, (*own.remarks, *found[:MOST])) if found else own


def _squeezed(text: str) -> str:
    """The signs alone, whatever lines and cells they stand in."""
    return "".join(unicodedata.normalize("NFKC", text).split()).lower()


def _not_there(rows: Sequence[Row], text: str) -> Iterator[Remark]:
    """Values of ours that the other's text, which has no table, does not have."""
    words = _squeezed(text)
    for row in rows:
        for name in WRITTEN:
            for value in filter(None, getattr(row, name).split("、")):
                if _squeezed(value) not in words:
                    yield _remark(row.unit, name, value, "")


def _differences(own: Sequence[Row], other: Sequence[Row]) -> Iterator[Remark]:
    for unit in dict.fromkeys(row.unit for row in (*own, *other)):
        mine, theirs = ([_cells(row) for row in rows if row.unit == unit] for rows in (own, other))
        if len(mine) != len(theirs):
            yield Remark(DIFFERENT, unit, say("two-readings-rows", own=len(mine), other=len(theirs)))
        elif sorted(mine) != sorted(theirs):
            yield from _cell_by_cell(unit, mine, theirs)


def _cell_by_cell(unit: str, mine: Sequence[tuple[str, ...]], theirs: Sequence[tuple[str, ...]]) -> Iterator[Remark]:
    for at, name in enumerate(COMPARED):
        said, heard = ("、".join(filter(None, (row[at] for row in rows))) for rows in (mine, theirs))
        if said != heard:
            yield _remark(unit, name, said, heard)


def _remark(unit: str, name: str, own: str, other: str) -> Remark:
    words = {"own": own or say("nothing-read"), "other": other or say("nothing-read")}
    return Remark(DIFFERENT, unit, say("two-readings-cell", column=column(f"column-{name}"), **words))


def _cells(row: Row) -> tuple[str, ...]:
    return tuple(getattr(row, name) for name in COMPARED)
