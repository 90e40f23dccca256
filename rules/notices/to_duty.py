"""Letters of the office's day: the hand-over, morning and evening; they may hold the letter's words, for they go to staff alone."""

from dataclasses import dataclass
from typing import ClassVar

from rules.notices.notice import Label, Number, OfficeText, OwnText
from rules.notices.to_staff import Fact, ToStaff


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


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeForm(ToStaff):
    """登记表, blank: its reply with the form filled in registers one matter."""

    template: ClassVar[str] = "intake_form"
    rank: ClassVar[int] = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeRead(ToStaff):
    """登记回读: the number, and the form as it was understood."""

    template: ClassVar[str] = "intake_read"
    coded: ClassVar[bool] = False
    number: OfficeText
    kind: Label
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CourtSample(ToStaff):
    """每周抽查: letters judged machines' or bulk; a correction by number opens or joins (S41)."""

    template: ClassVar[str] = "court_sample"
    rank: ClassVar[int] = 7
    items: tuple[HandoverItem, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing the night's audit found: what kind, where, and what to do."""

    what: Label
    where: OfficeText
    says: OfficeText


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditLetter(ToStaff):
    """夜间核对: each finding with what to do; nothing found is told too (S42)."""

    template: ClassVar[str] = "audit_letter"
    rank: ClassVar[int] = 6
    coded: ClassVar[bool] = False
    findings: tuple[Finding, ...]
    more: int
    head: OfficeText
    seq: int
