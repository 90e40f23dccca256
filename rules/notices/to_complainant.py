"""Letters to the person who wrote: what was received, what happens by when, how to ask; nothing others wrote in confidence."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from rules.notices.notice import NO_OFFICE_TEXT, Approved, Label, Notice, Number, OfficeText, Ref, UnitName


@dataclass(frozen=True, slots=True)
class Promise:
    """A day told to the complainant (S36); provisional where the calendar of that year is not published."""

    clock: Label
    day: date
    provisional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ToComplainant(Notice):
    """A letter to the complainant of a case."""

    audience: ClassVar[str] = "complainant"
    rank: ClassVar[int] = 2
    number: Number
    ref: Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt(ToComplainant):
    """收件回执: at once, with number, promised days and how to ask (S21, S36, S50). Holds no word of the letter (A51, A52)."""

    template: ClassVar[str] = "receipt"
    rank: ClassVar[int] = 1
    kind: Label
    received: date
    promises: tuple[Promise, ...] = ()
    accepted: bool = False
    asks: tuple[str, ...] = ()
    """What we ask for: consent, words, resend, unprotected, ordinary-file; the template has a sentence for each."""
    urgent: bool = False
    """Danger to life: the line to 110, 119, 120 (N11)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplementReceived(ToComplainant):
    """补充材料已收到."""

    template: ClassVar[str] = "supplement_received"
    received: date
    promises: tuple[Promise, ...] = ()
    """Where clocks had stood still for it: the days that count from now on."""
    ended: bool = False
    """The case had ended before; what is new in the letter becomes a case of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplementRequest(ToComplainant):
    """补正通知: which facts are missing and until when."""

    template: ClassVar[str] = "supplement_request"
    missing: OfficeText
    due: date
    provisional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptanceTold(ToComplainant):
    """受理告知书."""

    template: ClassVar[str] = "acceptance_told"
    received: date
    handling: Label
    promises: tuple[Promise, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalTold(ToComplainant):
    """不予受理告知书: ground, which of the office's grounds that is, and where to go instead; only after the head approved."""

    template: ClassVar[str] = "refusal_told"
    received: date
    ground: Label
    because: OfficeText
    elsewhere: OfficeText


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOverTold(ToComplainant):
    """移送告知."""

    template: ClassVar[str] = "handed_over_told"
    received: date
    organ: OfficeText


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenBackTold(ToComplainant):
    """移送退回告知: the organ did not take it, the office goes on with it and promises new days."""

    template: ClassVar[str] = "taken_back_told"
    received: date
    organ: OfficeText
    promises: tuple[Promise, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultTold(ToComplainant):
    """反馈函: what the unit found and did, in released words; asks for an opinion (S78, S79)."""

    template: ClassVar[str] = "result_told"
    unit: UnitName
    finding: Label
    result: Approved
    opinion_due: date
    provisional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeAnswer(ToComplainant):
    """答复意见书: the office's own answer, signed by a person, where it handled or led the case (S81)."""

    template: ClassVar[str] = "office_answer"
    finding: Label
    answer: Approved
    opinion_due: date
    provisional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitAsked(ToComplainant):
    """满意度回访: the unit answered him itself and its copy is in; what does he say (S79, S84)."""

    template: ClassVar[str] = "visit_asked"
    unit: UnitName
    opinion_due: date
    provisional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionTold(ToComplainant):
    """延期告知: the unit's term was extended, with the reason and the promised day that follows (信访条例 33)."""

    template: ClassVar[str] = "extension_told"
    reason: OfficeText
    promises: tuple[Promise, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseTold(ToComplainant):
    """中止、恢复: why the case stands still, or that it goes on and until when; after a hearing, what it concluded (S73)."""

    template: ClassVar[str] = "pause_told"
    paused: bool
    reason: OfficeText
    promises: tuple[Promise, ...] = ()
    facts: OfficeText = NO_OFFICE_TEXT
    blame: OfficeText = NO_OFFICE_TEXT
    measures: OfficeText = NO_OFFICE_TEXT
    measures_due: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MergedTold(ToComplainant):
    """并案告知: the matter goes on together with others; `into` is named where that case is his own too, else ''."""

    template: ClassVar[str] = "merged_told"
    received: date
    into: Number


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionReceived(ToComplainant):
    """We have the opinion: closed, or back to the unit with a new day."""

    template: ClassVar[str] = "opinion_received"
    value: Label
    closed: bool
    due: date | None = None
    provisional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusTold(ToComplainant):
    """Answer to 查询: the state of one's own case, to the registered address alone (S50, L75)."""

    template: ClassVar[str] = "status_told"
    state: Label
    received: date
    promises: tuple[Promise, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerTold(ToComplainant):
    """答复: to a question, suggestion or thanks, in words a person released (S51)."""

    template: ClassVar[str] = "answer_told"
    kind: Label
    answer: Approved


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseMoved(ToComplainant):
    """期限变更告知: the calendar changed and promised days are later now (domain §3.3, 3)."""

    template: ClassVar[str] = "promise_moved"
    rank: ClassVar[int] = 5
    promises: tuple[Promise, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawalTold(ToComplainant):
    """撤诉已办理."""

    template: ClassVar[str] = "withdrawal_told"
