"""Every event class, for ever: the ledger's words. Fields are only added, with defaults; a class is never renamed (golden lines in tests).

An event is about one file: `case:<reference>`, `unit:<name>` or `office`. Its body holds what was decided: kinds, references, dates, rule
names, spans, hashes. No identity, no address, no free text, no file name.
"""

import dataclasses
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from rules.decision import Warrant, WarrantKind

OFFICE = "office"
BY_RULE = Warrant(WarrantKind.RULE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened to a file, on a warrant."""

    v: ClassVar[int] = 1
    about: str
    warrant: Warrant = BY_RULE

    @property
    def kind(self) -> str:
        """The class's name: the ledger's word."""
        return type(self).__name__

    def body(self) -> dict[str, Any]:
        """What the ledger keeps, ready for JSON; dates as ISO days."""
        names = (field.name for field in dataclasses.fields(self) if field.name not in ("about", "warrant"))
        return {name: _plain(getattr(self, name)) for name in names}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value


# --- a letter and a case ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered(Event):
    """登记: a case begins (S67a: everything received is registered before any judgement)."""

    year: int
    serial: int
    kind_of: str
    categories: tuple[str, ...] = ()
    channel: str = "mailbox"
    received: date
    letter: str = ""
    anonymous: bool = False
    flags: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined(Event):
    """A letter was put into the file as `part`; it moves nothing by itself."""

    letter: str
    part: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Held(Event):
    """待人工: a letter that nobody may act on before a person has looked."""

    letter: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MachineNoted(Event):
    """A machine's letter, kept and named, never answered (NO-LOOP)."""

    letter: str
    machine: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockStarted(Event):
    """时限: a clock of the book runs; `due` is the last day in time, by the calendar named."""

    clock: str
    started: date
    due: date
    calendar: str
    provisional: bool = False
    promised: bool = False
    """Told to the complainant: may move later only with a notice, never earlier."""
    days: int = 0
    """Working days counted after `started`; 0 where the line does not say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockStopped(Event):
    """A clock ends: met, late, replaced; or stands still: paused, with `left` working days that it gets back."""

    clock: str
    how: str
    left: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Recounted(Event):
    """The calendar changed: `old` became `new` by the calendar named (F83, F84).

    why = same, later, earlier, kept-promise, kept-in-time, kept-overdue.
    """

    clock: str
    old: date
    new: date
    calendar: str
    why: str
    provisional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted(Event):
    """受理."""

    deemed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplementAsked(Event):
    """补正: facts are missing; the clock stands still until they come."""

    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Supplemented(Event):
    """The asked facts came, or the time for them ran out."""

    letter: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotAccepted(Event):
    """不予受理: only ever on an order of the head (NEVER-REFUSE)."""

    ground: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOver(Event):
    """移送."""

    organ: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged(Event):
    """并案: this case goes on in another."""

    into: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn(Event):
    """撤诉: by the complainant alone, confirmed."""

    letter: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered(Event):
    """A question, suggestion or thanks was answered; nothing is handled by a unit."""

    answer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigned(Event):
    """分办: to a lead unit and co-units, in one of the handling modes (S80–S84)."""

    unit: str
    handling: str
    co_units: tuple[str, ...] = ()
    round: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedFor(Event):
    """签收."""

    unit: str
    letter: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progressed(Event):
    """进展: told, moves nothing; activity is not progress (A79)."""

    unit: str
    letter: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SendBackAsked(Event):
    """退办: the unit says it is not competent; the case stays its own until a person decides (S35)."""

    unit: str
    proposed: str = ""
    letter: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SendBackRefused(Event):
    """不同意退办."""

    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionAsked(Event):
    """延期申请: moves nothing until approved (L70)."""

    unit: str
    until: date | None = None
    letter: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extended(Event):
    """延期: approved by an order."""

    unit: str
    days: int
    due: date
    provisional: bool = False
    calendar: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspended(Event):
    """中止."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Resumed(Event):
    """恢复办理."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultReported(Event):
    """办结报告: the unit's result; its reply to our letter is answer and copy for the record at once (S78, S84)."""

    unit: str
    finding: str = ""
    missing: tuple[str, ...] = ()
    letter: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultApproved(Event):
    """审核通过."""

    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Redone(Event):
    """退回重办."""

    unit: str
    reason: str
    round: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionGiven(Event):
    """意见: satisfied, rather, unsatisfied (S79)."""

    value: str
    letter: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed(Event):
    """办结, with an outcome (S41)."""

    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Consented(Event):
    """The complainant agreed to, or refused, being named to the unit: for this case only (L77)."""

    agreed: bool
    letter: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminded(Event):
    """催办, 督办…: a rung of the ladder was reached."""

    clock: str
    step: str
    due: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Breached(Event):
    """失职线索: a term passed; never deleted, may be answered (S66–S68)."""

    clock: str
    unit: str
    due: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted(Event):
    """Anything else worth a line: fishing for the complainant, already disclosed by Cc, several texts in one letter."""

    what: str
    letter: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoReceipt(Event):
    """Why no receipt is due (ANSWERED asks for one or the reason)."""

    reason: str


# --- letters we send ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Queued(Event):
    """A letter was written and put in the outbox: occasion, template, SHA-256 of its bytes."""

    occasion: str
    template: str
    audience: str
    sha256: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stopped(Event):
    """拦下: the guard found identity in a letter to a unit; kinds and places, never the value."""

    occasion: str
    kinds: tuple[str, ...]
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered(Event):
    """The server took the letter (or Sent, a reply, a person shows that it did)."""

    occasion: str
    by: str = "server"


@dataclass(frozen=True, slots=True, kw_only=True)
class SendRefused(Event):
    """The server refused the letter, or a bounce came back."""

    occasion: str
    by: str = "server"


@dataclass(frozen=True, slots=True, kw_only=True)
class SendUnknown(Event):
    """The final dot may have gone and no answer came: never repeated by itself."""

    occasion: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterWithdrawn(Event):
    """撤回: a queued or stopped letter that shall not go."""

    occasion: str
    reason: str


# --- people, units, the office ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked(Event):
    """A question was put to a role."""

    question: str
    key: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordered(Event):
    """指令: what a person decided."""

    verb: str
    question: str = ""
    channel: str = "mail"


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderRefused(Event):
    """An order that could not stand: not his to give, answered already, the case has changed."""

    verb: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactChanged(Event):
    """通讯录: rows of a unit were entered, changed or ended, from which letter; addresses as HMAC elsewhere, not here."""

    unit: str
    what: str
    rows: int = 0
    letter: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetReceived(Event):
    """联系人信息表: a contact sheet came."""

    unit: str
    letter: str
    accepted: bool
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BookTaken(Event):
    """A book came into force, by hash."""

    hash: str
    before: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Audited(Event):
    """The nightly audit (S42): whether all invariants held, and the chain's head it saw."""

    ok: bool
    problems: int
    head: str
    sightings: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TroubleNoted(Event):
    """A report from the world: login refused, folder missing, UID vanished, letter died three times."""

    what: str
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased(Event):
    """Retention: bytes or an identity were erased; the line stays (tombstone)."""

    what: str
    sha256: str = ""


KINDS: dict[str, type[Event]] = {
    name: thing
    for name, thing in list(globals().items())
    if isinstance(thing, type) and issubclass(thing, Event) and thing is not Event
}


def revive(kind: str, about: str, warrant: Warrant, body: dict[str, Any]) -> Event:
    """The event of a ledger line. Raises KeyError for a class that never was."""
    shape = KINDS[kind]
    given: dict[str, Any] = {}
    for field in dataclasses.fields(shape):
        if field.name in body:
            given[field.name] = _rich(body[field.name], str(field.type))
    return shape(about=about, warrant=warrant, **given)


def _rich(value: Any, type_name: str) -> Any:
    if isinstance(value, list):
        return tuple(value)
    if isinstance(value, str) and "date" in type_name:
        return date.fromisoformat(value)
    return value
