"""Letters to clerks of units who sent contact sheets, about the directory; and the one letter to an organ that takes a case over (移交函)."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from rules.notices.notice import NOTHING_APPROVED, Approved, Label, Notice, Number, OfficeText, OwnText, Ref, UnitName
from rules.shield import Redacted


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row as we understood it, in the order of the sheet's columns."""

    cells: tuple[OwnText, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetUnderstood(Notice):
    """What we understood of a contact sheet, what is doubtful, how to correct (domain §4.3.13)."""

    template: ClassVar[str] = "sheet_understood"
    audience: ClassVar[str] = "organ"
    rank: ClassVar[int] = 4
    coded: ClassVar[bool] = False
    unit: OfficeText
    columns: tuple[OfficeText, ...]
    rows: tuple[SheetRow, ...]
    doubts: tuple[OfficeText, ...]
    entered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetReminder(Notice):
    """To a unit whose contact sheet has not come, has gaps, or could not be entered (S32); with the blank sheet."""

    template: ClassVar[str] = "sheet_reminder"
    audience: ClassVar[str] = "organ"
    rank: ClassVar[int] = 6
    coded: ClassVar[bool] = False
    unit: OfficeText
    due: date
    late: int
    """Working days since the due day; 0 before and on it."""
    nothing: bool
    """Nothing came at all."""
    lacks: tuple[OfficeText, ...]
    doubts: tuple[OfficeText, ...]


@dataclass(frozen=True, slots=True)
class DueRow:
    """One case of a list: its number, what was due when, working days late (0 = in time), and which letter it stands for."""

    number: Number
    clock: Label
    due: date
    late: int
    how: Label


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitSummary(Notice):
    """催办清单: everything that is due at one unit in one letter, where letters one by one would flood it (F85)."""

    template: ClassVar[str] = "unit_summary"
    audience: ClassVar[str] = "organ"
    rank: ClassVar[int] = 5
    coded: ClassVar[bool] = False
    unit: UnitName
    rows: tuple[DueRow, ...]
    supervised: bool
    urged: bool
    """Something on it is less than supervised."""
    answer_by: date | None = None
    """By when what is supervised must be done."""
    leader: bool = False
    """This one is the leader's."""
    copied: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MailboxConfirm(Notice):
    """To a unit's new mailbox: answer this letter before case letters go there (A16)."""

    template: ClassVar[str] = "mailbox_confirm"
    audience: ClassVar[str] = "organ"
    unit: OfficeText
    again: bool = False
    """The first letter was not answered within the book's days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailboxChanged(Notice):
    """To a unit's old mailbox: somebody asked for a change; say so if it was not you (A16). An answer with its code stops the change."""

    template: ClassVar[str] = "mailbox_changed"
    audience: ClassVar[str] = "organ"
    unit: OfficeText
    entered: bool
    """A person of the office has made the change already; else it waits for the new mailbox's code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterHandedOver(Notice):
    """移交函: to the organ whose matter it is (domain §2.2, 4c). It names nobody and is guarded like a letter to a unit."""

    template: ClassVar[str] = "matter_handed_over"
    audience: ClassVar[str] = "organ"
    rank: ClassVar[int] = 3
    number: Number
    ref: Ref
    organ: OfficeText
    kind: Label
    categories: tuple[Label, ...]
    received: date
    matter: Redacted
    facts: Redacted
    withheld: int = 0
    """How many files did not go with it."""
    remark: Approved = NOTHING_APPROVED


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitAnswered(Notice):
    """A unit's question or problem answered by a person (S4)."""

    template: ClassVar[str] = "unit_answered"
    audience: ClassVar[str] = "organ"
    coded: ClassVar[bool] = False
    asked: OwnText
    """The subject of its letter."""
    answer: OfficeText
