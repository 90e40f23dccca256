"""People, units and the office: questions, orders, directory, book, audit, troubles."""

from dataclasses import dataclass
from datetime import date

from rules.events.event import Event


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
class SecondAsked(Event):
    """四眼: the order waits for a second person's yes; nothing is done yet."""

    verb: str
    question: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recused(Event):
    """回避: the member of staff is concerned in the case, and passed by in it from now on."""

    person: str
    why: str = "order"


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceTold(Event):
    """请假: a member of staff is away from `since` to `until`, both included; an earlier end is told by a new line. About `staff`."""

    person: str
    since: date
    until: date
    deputy: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverTold(Event):
    """交接: the letters of a morning or evening were written; the chain's head as they name it."""

    part: str
    head: str
    seq: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Chased(Event):
    """A question that waits was put again, on a rung of its ladder."""

    question: str
    step: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskDone(Event):
    """例行工作: one turn of a recurring task was reported done. About `tasks`."""

    task: str
    due: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected(Event):
    """A person says what a letter is; what is learned from is read here."""

    letter: str
    was: str
    now: str


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
class AuditTold(Event):
    """The night's letter was written, with so many findings."""

    findings: int


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
