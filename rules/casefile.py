"""What is true of a case (案件) now, and the clocks that run in it: values alone, made by `rules.case.fold`."""

from dataclasses import dataclass
from datetime import date

from rules.events import about_case
from rules.life import STANDING, Standing, State


@dataclass(frozen=True, slots=True)
class Running:
    """A running clock of a case: `due` is the last day in time by the calendar named; `step` the last rung of its ladder done."""

    clock: str
    started: date
    due: date
    calendar: str
    provisional: bool = False
    promised: bool = False
    step: str = ""
    days: int = 0
    """Working days counted after `started`; 0 where nobody said."""
    left: int | None = None
    """Working days it gets back, while it stands still (补正, 中止); None while it runs."""


@dataclass(frozen=True, slots=True)
class CaseFile:
    """One case as its events made it."""

    ref: str
    year: int
    serial: int
    state: State
    kind: str
    received: date
    categories: tuple[str, ...] = ()
    channel: str = "mailbox"
    anonymous: bool = False
    flags: tuple[str, ...] = ()
    handling: str = ""
    lead: str = ""
    co_units: tuple[str, ...] = ()
    round: int = 0
    clocks: tuple[Running, ...] = ()
    finding: str = ""
    opinion: str = ""
    outcome: str = ""
    ground: str = ""
    consent: str = ""
    """'' not said, agreed, refused."""
    consent_scope: tuple[str, ...] = ()
    """What he agreed that the unit may know: kinds of identity."""
    released: tuple[str, ...] = ()
    """SHA-256s of withheld pictures, made anew, that a person let go to the units (A34)."""
    absorbed: tuple[str, ...] = ()
    """Cases that go on in this one (并案)."""
    into: str = ""
    """The case this one goes on in."""
    disclosed: bool = False
    """The unit knows who complained: he wrote to it too (R8), agreed to be named, or complained to it in the first place (S83)."""
    answered_directly: bool = False
    """The unit answered him itself; the copy for the record is waited for (S84)."""
    extended: int = 0
    """How often the unit's term was extended."""
    reminded: int = 0
    """催办 n 次: letters of the ladder, rungs that only count left out."""
    kept: int = 0
    broken: int = 0
    """Promises to the complainant, measured (S36)."""
    above: tuple[str, ...] = ()
    """上级转办: the upper office and its number; () where it came another way (S25)."""
    recused: tuple[str, ...] = ()
    """Staff who are concerned and therefore passed by (回避)."""
    hearing: date | None = None
    """听证: the day it is called for; None where none is, or it was held."""
    hearing_answers: tuple[tuple[str, str], ...] = ()
    """Party -> yes, no: whether it comes."""
    returned: int = 0
    """How often an organ that it was handed over to did not take it (移送退回)."""
    exposed: str = ""
    """曝光: SHA-256 of the text that stands on the board; '' where none does."""
    rectify_due: date | None = None
    """整改: the unit's own day, which is no term of the case; None where nothing is to be mended (S47)."""
    archived: date | None = None
    """归档: the day; None while the case runs or has just ended."""
    breaches: tuple[tuple[str, date, str], ...] = ()
    """失职线索: clock, the day it passed, and '' standing, answered (申辩), lifted (解除)."""
    no_receipt: str = ""
    missing: tuple[str, ...] = ()
    untold: tuple[tuple[str, str, str], ...] = ()
    """无法告知: occasion, template and SHA-256 of the words of each letter that nobody could tell him, while there is no way to reach him."""
    promises: tuple[tuple[str, date], ...] = ()
    """Clock -> the day told to the complainant; stays after the clock is gone, to be measured (S36)."""

    @property
    def about(self) -> str:
        """The ledger's name of its file."""
        return about_case(self.ref)

    @property
    def standing(self) -> Standing:
        """What its state waits for."""
        return STANDING[self.state]

    @property
    def ended(self) -> bool:
        """Nothing is due any more."""
        return self.standing.ended

    @property
    def next_due(self) -> Running | None:
        """The clock that runs out first; None only where the case has ended."""
        return min(self.running, key=lambda clock: (clock.due, clock.clock), default=None)

    @property
    def running(self) -> tuple[Running, ...]:
        """Its clocks but those that stand still."""
        return tuple(clock for clock in self.clocks if clock.left is None)

    def clock(self, name: str) -> Running | None:
        """The clock of that name, running or standing still."""
        return next((clock for clock in self.clocks if clock.clock == name), None)

    @property
    def units(self) -> tuple[str, ...]:
        """Lead unit first, then co-units."""
        return (self.lead, *self.co_units) if self.lead else ()
