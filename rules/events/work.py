"""What a unit does with a case, and what is decided about it."""

from dataclasses import dataclass
from datetime import date

from rules.events.event import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigned(Event):
    """分办: to a lead unit and co-units, in one of the handling modes (S80–S84)."""

    unit: str
    handling: str
    co_units: tuple[str, ...] = ()
    round: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class FiledByUnit(Event):
    """单位直接受理备案: a unit handles what it received itself and files it with the office (S83, S84)."""

    unit: str
    letter: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectlyAnswered(Event):
    """The unit answered the complainant itself: the case closes no earlier than its copy for the record is in (S84)."""

    unit: str
    letter: str = ""


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
