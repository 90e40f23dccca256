"""Letters about the directory, to clerks of units who sent contact sheets. They leave from the contact inbox and hold no case."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from rules.notices.notice import Notice, OfficeText, OwnText


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


@dataclass(frozen=True, slots=True, kw_only=True)
class MailboxConfirm(Notice):
    """To a unit's new mailbox: answer this letter before case letters go there (A16)."""

    template: ClassVar[str] = "mailbox_confirm"
    audience: ClassVar[str] = "organ"
    unit: OfficeText


@dataclass(frozen=True, slots=True, kw_only=True)
class MailboxChanged(Notice):
    """To a unit's old mailbox: somebody asked for a change; say so if it was not you (A16). An answer with its code stops the change."""

    template: ClassVar[str] = "mailbox_changed"
    audience: ClassVar[str] = "organ"
    unit: OfficeText
    entered: bool
    """A person of the office has made the change already; else it waits for the new mailbox's code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitAnswered(Notice):
    """A unit's question or problem answered by a person (S4)."""

    template: ClassVar[str] = "unit_answered"
    audience: ClassVar[str] = "organ"
    coded: ClassVar[bool] = False
    asked: OwnText
    """The subject of its letter."""
    answer: OfficeText
