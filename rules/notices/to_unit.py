"""Letters to units. No plain text field here: words a person wrote are `Redacted` (the shield's) or `Approved` (an order's), nothing else."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from rules.notices.notice import NOTHING_APPROVED, Approved, Label, Notice, Number, Ref, UnitName
from rules.shield import Redacted


@dataclass(frozen=True, slots=True, kw_only=True)
class ToUnit(Notice):
    """A letter to a unit about a case: the guard reads its finished bytes."""

    audience: ClassVar[str] = "unit"
    rank: ClassVar[int] = 3
    number: Number
    ref: Ref
    unit: UnitName


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer(ToUnit):
    """转办单、交办单 (domain §2.7): the redacted facts, what is asked by when, who feeds back (S80–S84)."""

    template: ClassVar[str] = "transfer"
    handling: Label
    kind: Label
    categories: tuple[Label, ...]
    received: date
    assigned: date
    matter: Redacted
    facts: Redacted
    due_sign: date
    due_send_back: date
    due_report: date
    provisional: bool = False
    lead: UnitName
    co_units: tuple[UnitName, ...] = ()
    office_answers: bool = False
    """重点督办: the office answers the complainant, the unit reports to the office (S81)."""
    report_demanded: bool = False
    """交办: a report is demanded by the day."""
    withheld: int = 0
    """How many files are withheld and must be asked of the office."""
    requirement: Approved = NOTHING_APPROVED


@dataclass(frozen=True, slots=True, kw_only=True)
class RedoOrder(ToUnit):
    """退回重办: the complainant's opinion or the parts the report lacks, with a new day."""

    template: ClassVar[str] = "redo_order"
    reason: Label
    missing: tuple[Label, ...] = ()
    opinion: Redacted | None = None
    remark: Approved = NOTHING_APPROVED
    due_sign: date
    due_report: date
    provisional: bool = False
    round: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionPassed(ToUnit):
    """意见建议反馈函: the complainant's opinion, redacted (S79)."""

    template: ClassVar[str] = "opinion_passed"
    value: Label
    opinion: Redacted | None = None
    closed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitConfirmation(ToUnit):
    """What we entered from the unit's reply, told to its registered address (A4)."""

    template: ClassVar[str] = "unit_confirmation"
    what: Label
    due: date | None = None
    provisional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitReminder(ToUnit):
    """催办: before, at or after the day; `late` in working days, 0 while in time."""

    template: ClassVar[str] = "unit_reminder"
    rank: ClassVar[int] = 5
    clock: Label
    wanted: Label
    """What ends the clock: to sign for it, to report, to send the copy."""
    due: date
    late: int
    written: bool = False
    """催办通知书 with a copy to the leader in charge, rather than a friendly word."""
    copied: bool = False
    """The leader gets a letter of his own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Supervision(ToUnit):
    """督办通知书 (domain §2.7)."""

    template: ClassVar[str] = "supervision"
    rank: ClassVar[int] = 4
    clock: Label
    wanted: Label
    """What ends the clock: to sign for it, to report, to send the copy."""
    assigned: date
    due: date
    late: int
    answer_by: date
    copied: bool = False
    """The leader gets a letter of his own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaderCopy(ToUnit):
    """抄送分管领导: that his unit was reminded in writing, or is under supervision (督办)."""

    template: ClassVar[str] = "leader_copy"
    rank: ClassVar[int] = 5
    coded: ClassVar[bool] = False
    clock: Label
    due: date
    late: int
    supervised: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SendBackAnswer(ToUnit):
    """退办 not agreed: the unit goes on."""

    template: ClassVar[str] = "send_back_answer"
    due_report: date
    provisional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionAnswer(ToUnit):
    """延期批复."""

    template: ClassVar[str] = "extension_answer"
    agreed: bool
    due_report: date
    provisional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseNotice(ToUnit):
    """中止、恢复: the unit's term stands still, or goes on until `due_report`; after a hearing, what it found and who answers (S73)."""

    template: ClassVar[str] = "pause_notice"
    paused: bool
    due_report: date | None = None
    provisional: bool = False
    remark: Approved = NOTHING_APPROVED
    facts: Approved = NOTHING_APPROVED
    blame: Approved = NOTHING_APPROVED


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyRequest(ToUnit):
    """抄送备案: the unit answered the complainant itself; the office wants the copy (S84)."""

    template: ClassVar[str] = "copy_request"
    due: date
    provisional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionAnswer(ToUnit):
    """答复单位: what a person answers to a unit's question about the case (S4)."""

    template: ClassVar[str] = "question_answer"
    answer: Approved


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingReceived(ToUnit):
    """备案收到: the unit's own case is filed, with its number and the day by which its report is due (S83, S84)."""

    template: ClassVar[str] = "filing_received"
    received: date
    due_report: date
    provisional: bool = False
    reported: bool = False
    """The filing brought the result with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BreachAnswerGiven(ToUnit):
    """申辩答复: the term that passed is no longer held against the unit, or still is, and why."""

    template: ClassVar[str] = "breach_lifted"
    clocks: tuple[Label, ...]
    reason: Approved
    lifted: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class TermMoved(ToUnit):
    """办理期限变更通知: the calendar changed and the unit's day with it (domain §3.3, 3)."""

    template: ClassVar[str] = "term_moved"
    rank: ClassVar[int] = 5
    clock: Label
    before: date
    due: date
    provisional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferEnded(ToUnit):
    """The case was taken from the unit: reassigned, withdrawn, merged."""

    template: ClassVar[str] = "transfer_ended"
    coded: ClassVar[bool] = False
    reason: Label


@dataclass(frozen=True, slots=True, kw_only=True)
class MaterialAdded(ToUnit):
    """补充材料函: pictures that a person released, made anew (A34), or what a withheld file says in a person's words."""

    template: ClassVar[str] = "material_added"
    words: Approved = NOTHING_APPROVED


@dataclass(frozen=True, slots=True, kw_only=True)
class FishingAnswered(ToUnit):
    """The standard answer to a unit that asks who wrote: nobody is told (A22)."""

    template: ClassVar[str] = "fishing_answered"


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityDisclosed(ToUnit):
    """经反映人同意提供的情况: what he agreed to, line by line, released by two persons' order; the guard lets these kinds pass here alone."""

    template: ClassVar[str] = "identity_disclosed"
    people: tuple[Approved, ...]
