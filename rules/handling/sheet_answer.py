"""What a clerk is told of his sheet (domain §4.3.13): the rows as understood, what is doubtful, how to correct; with a blank sheet."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from rules.contacts import Row, Verdict, blank_papers, explain
from rules.contacts.row import COLUMNS
from rules.desk import Desk
from rules.letter import Letter
from rules.notices.notice import OfficeText, OwnText, To
from rules.notices.to_organ import SheetRow, SheetUnderstood
from rules.wording import wording

say = wording("rules")


@dataclass(frozen=True, slots=True)
class Told:
    """What the answer says: of which units, which rows, what is doubtful, and whether the directory took it."""

    units: tuple[str, ...]
    rows: tuple[Row, ...]
    doubts: tuple[str, ...]
    entered: bool = False

    @classmethod
    def of(cls, verdict: Verdict, *, entered: bool = False) -> Self:
        """The verdict as it is told."""
        return cls(verdict.units, verdict.rows, explain(verdict), entered)


def answerable(letter: Letter, desk: Desk, verdict: Verdict) -> bool:
    """A clerk gets an answer, from whichever mailbox he wrote, but no forged sender whom nobody knows, no stranger who brought nothing,
    and nobody more letters a day than the book allows (NO-LOOP)."""
    if desk.letters_today > desk.book.limits.per_address_day:
        return False
    if desk.sender.role in ("unit", "staff"):
        return True
    return letter.auth != "fail" and bool(verdict.rows or letter.attachments or letter.links)


def answer(letter: Letter, told: Told, *, by_order: bool = False) -> SheetUnderstood:
    """The letter to the clerk; one when the sheet came, one more when a person entered what was held."""
    return SheetUnderstood(
        to=To(letter.from_addr, "organ:" + (told.units[0] if told.units else "")),
        about=f"unit:{told.units[0]}" if told.units else "office",
        occasion=f"sheet:{letter.sha256[:16]}" + (":entered" if by_order else ""),
        mailbox="contact",
        papers=blank_papers(),
        unit=OfficeText("、".join(told.units)),
        columns=tuple(OfficeText(say(f"column-{column}")) for column in COLUMNS),
        rows=tuple(SheetRow(tuple(OwnText(cell) for cell in cells(row))) for row in told.rows),
        doubts=tuple(OfficeText(says) for says in told.doubts),
        entered=told.entered,
    )


def cells(row: Row) -> tuple[str, ...]:
    """A row in the order of the columns; where the unit has no name of the book, the sheet's words."""
    return (row.unit or row.unit_text, *(getattr(row, column) or "" for column in COLUMNS[1:]))


def in_words(rows: Sequence[Row]) -> str:
    """The rows for a person who must decide: one line each, every cell with its heading."""
    return "\n".join(
        "；".join(f"{say(f'column-{column}')} {cell}" for column, cell in zip(COLUMNS, cells(row), strict=True) if cell)
        for row in rows
    )
