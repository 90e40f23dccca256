"""Letters of the office's day: the hand-over, morning and evening; they may hold the letter's words, for they go to staff alone."""

from dataclasses import dataclass
from typing import ClassVar

from rules.notices.notice import Label, Number, OfficeText, OwnText
from rules.notices.to_staff import ToStaff


@dataclass(frozen=True, slots=True)
class Count:
    """One figure of the office's standing."""

    label: Label
    number: int


@dataclass(frozen=True, slots=True)
class HandoverItem:
    """One numbered thing: what it is, which case, until when, and the words that answer it."""

    number: int
    target: str
    """`question:<id>`, `case:<reference>`, `letter:<sha256>`, `task:<key>`: for the program; not shown."""
    group: Label
    what: OwnText
    case: Number
    due: Label
    answers: OfficeText


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover(ToStaff):
    """交接信: one screen; each item is answered by its number; the ledger's head at the foot (A76)."""

    template: ClassVar[str] = "handover"
    rank: ClassVar[int] = 6
    part: Label
    counts: tuple[Count, ...]
    items: tuple[HandoverItem, ...]
    more: int
    """Items that found no room."""
    head: OfficeText
    seq: int
