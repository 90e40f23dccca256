"""A case: opened, joined, accepted or not, ended; what its complainant said."""

from dataclasses import dataclass
from datetime import date

from rules.events.event import Event


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
class Reclassified(Event):
    """改类: a person says of what kind the case is and which categories it belongs to; whole, as they stand from now on."""

    kind_of: str
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FromAbove(Event):
    """上级转办: which upper office, under which number of its own, from when, until when (S25)."""

    organ: str
    number: str
    told: date | None = None
    due: date | None = None


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
class TakenBack(Event):
    """移送退回后收回: the organ does not take the matter, so the office goes on with it."""

    organ: str = ""
    """Where the book knows it."""
    letter: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged(Event):
    """并案: this case goes on in another."""

    into: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Absorbed(Event):
    """并案: another case goes on in this one; its complainant hears the result too."""

    case: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Flagged(Event):
    """A side flag of the life table is set or taken away: 重大, 疑难, 集体, 重复件, 热点…"""

    flag: str
    on: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn(Event):
    """撤诉: by the complainant alone, confirmed."""

    letter: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered(Event):
    """A question, suggestion or thanks was answered; nothing is handled by a unit."""

    answer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspended(Event):
    """中止."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Resumed(Event):
    """恢复办理."""


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
class Archived(Event):
    """归档: the case has ended and lain still for the book's days; moves nothing."""

    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Consented(Event):
    """The complainant agreed to, or refused, being named to the unit: for this case only (L77)."""

    agreed: bool
    letter: str = ""
    scope: tuple[str, ...] = ()
    """The kinds of identity he agreed to; a no takes all of them back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted(Event):
    """Anything else worth a line: fishing for the complainant, already disclosed by Cc, several texts in one letter."""

    what: str
    letter: str = ""


REACHABLE = "reachable"
"""What a line notes where a person found a way to reach a complainant whom nobody could tell anything."""
REREAD, REREAD_GROUP, REREAD_NEXT = "reread", "reread-group", "reread-next"
"""What a line notes where a letter is kept again: itself; every held letter of its sender and kind; the oldest other held one of its kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoReceipt(Event):
    """Why no receipt is due (ANSWERED asks for one or the reason)."""

    reason: str
