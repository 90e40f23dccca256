"""The office itself: who it is, who works there, who may order what, how much it sends."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rules.policy.day import OfficeDay


class Day(StrEnum):
    """Days of the week a bell can ring on."""

    WORKDAY = "workday"
    EVERY_DAY = "every-day"


@dataclass(frozen=True, slots=True)
class Person:
    """One of the staff. `mailbox` is where his orders must come from; `deputy` answers while he is away."""

    name: str
    role: str
    mailbox: str
    phone: str = ""
    deputy: str = ""


@dataclass(frozen=True, slots=True)
class Absence:
    """请假: the person is away from the first to the last day; `deputy` '' = the one the book names. `until` before `since` = he is back."""

    person: str
    since: date
    until: date
    deputy: str = ""


@dataclass(frozen=True, slots=True)
class Bell:
    """A time of day at which `run` does something: tick, morning and evening hand-over, audit."""

    name: str
    at: str
    """HH:MM of the county's day."""
    day: Day
    because: str


@dataclass(frozen=True, slots=True)
class Office:
    """The chapter office.toml. Phone and staff are empty as shipped: `to_fill` says what a new office must write first."""

    name: str
    unit: str
    """Its own unit's name in units.toml: complaints about it go to the head only (R4)."""
    places: tuple[str, ...]
    """Names of the county and of what lies above it; another county's name in a letter is foreign (N7)."""
    phone: str
    hours: str
    register_word: str
    reference_prefix: str
    authserv_ids: tuple[str, ...]
    auto_forward: bool
    names_officials: bool
    """Names of officials complained of stay in what a unit reads; the office sees them in any case."""
    identity_days: int
    """How many days a second person's yes lets somebody look into the identity room of a report."""
    poll_minutes: int
    bells: tuple[Bell, ...]
    retention: Mapping[str, int]
    """What -> years it is kept; 0 = for ever."""
    staff: tuple[Person, ...]
    day: OfficeDay
    """How the office's day goes."""
    away: tuple[Absence, ...] = ()
    """Absences that the book itself tells."""

    def bell(self, name: str) -> Bell:
        """The bell of this name. Raises KeyError."""
        return {bell.name: bell for bell in self.bells}[name]

    def holders(self, role: str) -> tuple[Person, ...]:
        """Who holds the role, in the book's order."""
        return tuple(person for person in self.staff if person.role == role)


@dataclass(frozen=True, slots=True)
class Role:
    """One role (S11): its label and the orders it may give."""

    key: str
    label: str
    may: frozenset[str]
    because: str


@dataclass(frozen=True, slots=True)
class Roles:
    """The chapter roles.toml."""

    roles: Mapping[str, Role]
    four_eyes: frozenset[str]
    """Orders that count only when a second person agrees."""
    second: tuple[str, ...] = ()
    """Roles whose holders may be that second person, in the order they are asked; never the one who ordered."""

    def __getitem__(self, key: str) -> Role:
        return self.roles[key]

    def key(self, word: str) -> str:
        """The role that goes by this word, its key or its label (受理人); the word itself where there is none."""
        return next((role.key for role in self.roles.values() if word == role.label), word)

    @property
    def named(self) -> str:
        """受理人（receiver）、…: every role as a person may write it."""
        return "、".join(f"{role.label}（{role.key}）" for role in self.roles.values())

    def may(self, role: str, verb: str) -> bool:
        """Whether the role may give the order."""
        return role in self.roles and verb in self.roles[role].may


@dataclass(frozen=True, slots=True)
class Rate:
    """How fast one SMTP host lets an account send."""

    per_minute: int
    per_day: int
    gap_seconds: int
    because: str


@dataclass(frozen=True, slots=True)
class Limits:
    """How many letters the office writes by itself, and how fast."""

    per_address_day: int
    per_domain_day: int
    receipts_same_subject: int
    """Receipts to one sender for one subject within `receipts_hours`."""
    receipts_hours: int
    because: str
    rates: Mapping[str, Rate]
    quiet_weeks: int = 6
    """A mailbox's day is compared with the same weekday of so many weeks before."""
    quiet_least: int = 5
    """Where fewer letters came on them on average, few are no sign of anything."""
    quiet_part: int = 4
    """Fewer than one in so many of the average is too few."""
    letters_per_sender_day: int = 30
    """Beyond so many letters a day of one address the rest is one group for a person (A49)."""
    """SMTP host -> rate; a host that is not listed has none."""
