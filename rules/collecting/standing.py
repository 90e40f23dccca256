"""How each unit stands in a round (domain §4.3.11): 已报, 迟报, 漏报 (S15, S30, S54), 错报, 未报."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from rules.contacts import Row
from rules.policy import Book
from rules.policy.collecting import Collecting, Round


class Status(StrEnum):
    """One word for a unit; the worst that is true of it."""

    REPORTED = "reported"
    LATE = "late"
    INCOMPLETE = "incomplete"
    WRONG = "wrong"
    """Something came and could not be entered; it waits for a person or for another sheet."""
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Came:
    """A sheet that came about a unit: the day its letter was received, and whether the directory took it."""

    unit: str
    day: date
    accepted: bool
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """What the directory has of a unit today."""

    address: str = ""
    rows: tuple[Row, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Standing:
    """One unit in one round. `lacks`: (mechanism, what is not filled in); `doubts`: why what came was not entered."""

    unit: str
    status: Status
    address: str = ""
    received: date | None = None
    late: bool = False
    lacks: tuple[tuple[str, str], ...] = ()
    doubts: tuple[str, ...] = ()

    @property
    def settled(self) -> bool:
        """Nothing more is asked of it."""
        return self.status in (Status.REPORTED, Status.LATE)


def standing(book: Book, turn: Round, came: Sequence[Came], known: Mapping[str, Known]) -> tuple[Standing, ...]:
    """Every unit that must report, in the book's order. Sheets before the round began do not count for it."""
    collecting = book.collecting
    if collecting is None:
        return ()
    return tuple(
        _one(
            collecting,
            unit.name,
            turn,
            [sheet for sheet in came if sheet.unit == unit.name],
            known.get(unit.name, Known()),
        )
        for unit in collecting.must_report(book.units)
    )


def _one(collecting: Collecting, unit: str, turn: Round, came: Sequence[Came], known: Known) -> Standing:
    counted = [sheet for sheet in came if sheet.day >= turn.begins]
    taken = sorted(sheet.day for sheet in counted if sheet.accepted)
    held = [sheet for sheet in counted if not sheet.accepted]
    if not taken:
        doubts = held[-1].doubts if held else ()
        return Standing(unit, Status.WRONG if held else Status.MISSING, known.address, doubts=doubts)
    lacks = _lacks(collecting, known)
    late = taken[0] > turn.due
    status = Status.INCOMPLETE if lacks else Status.LATE if late else Status.REPORTED
    return Standing(unit, status, known.address, taken[0], late, lacks)


def _lacks(collecting: Collecting, known: Known) -> tuple[tuple[str, str], ...]:
    """What no row of the unit gives; a mailbox that is registered counts as given."""
    return tuple(
        (mechanism, word)
        for mechanism, asked in collecting.fields.items()
        for word, names in asked
        if not any(getattr(row, name) for row in known.rows for name in names)
        and not ("email" in names and known.address)
    )
