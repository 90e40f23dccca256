"""The figures of a period: how many came, were decided, ended, and how each unit and each person did (S56, S77).

Sums that must hold: open before + registered = ended + open after; every ended case has one outcome; kept + broken = measured.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from rules import events as ev
from rules.reports.facts import History, Period, Turn
from rules.urging import AT_UNIT

BALANCE = (1, 1, -1, -1)
"""How the first rows of an overview count in their sum, which is nought: open before, registered, ended, open after."""
FLOWS: dict[type[ev.Event], str] = {
    ev.Registered: "registered",
    ev.Accepted: "accepted",
    ev.SupplementAsked: "supplement",
    ev.NotAccepted: "refused",
    ev.HandedOver: "handed-over",
    ev.Merged: "merged",
    ev.Withdrawn: "withdrawn",
    ev.Answered: "answered",
    ev.Closed: "closed",
    ev.Assigned: "assigned",
    ev.SignedFor: "signed",
    ev.ResultReported: "reported",
    ev.Redone: "redone",
    ev.Extended: "extended",
    ev.Reminded: "reminded",
    ev.Breached: "breached",
}
DEEDS: dict[type[ev.Event], str] = {
    ev.Assigned: "assigned",
    ev.Redone: "redone",
    ev.Extended: "extended",
    ev.Breached: "breached",
}
"""What is counted of a unit as often as it happens."""
ANSWERED: dict[type[ev.Event], tuple[str, str]] = {
    ev.SignedFor: ("signed", "sign"),
    ev.ResultReported: ("reported", "handle"),
}
"""What a unit does in time or late: deed, and the clock it is measured by."""


@dataclass(frozen=True, slots=True)
class Figures:
    """The whole office's figures of a period."""

    open_before: int
    open_after: int
    overdue: int
    """Open cases at the end of the period with a clock that has run out."""
    flows: Counter[str]
    kinds: Counter[str]
    channels: Counter[str]
    categories: Counter[str]
    """A case counts in each of its categories."""
    outcomes: Counter[str]
    promises: Counter[str]
    """kept, broken."""

    @property
    def ended(self) -> int:
        """How many ended in the period."""
        return sum(self.outcomes.values())


@dataclass
class UnitFigures:
    """One unit's figures of a period."""

    unit: str
    counts: Counter[str] = field(default_factory=Counter)
    days: list[int] = field(default_factory=list)
    """Calendar days from the assignment, or from being sent back, to the report, one a report."""

    def __getitem__(self, what: str) -> int:
        return self.counts[what]

    @property
    def on_time(self) -> int | None:
        """Percent of its reports that came in time; None where it reported nothing."""
        return _percent(self["reported"] - self["reported-late"], self["reported"])

    @property
    def content(self) -> int | None:
        """Percent of rated cases whose complainant was satisfied or rather so."""
        rated = self["satisfied"] + self["rather"] + self["unsatisfied"]
        return _percent(self["satisfied"] + self["rather"], rated)

    @property
    def mean_days(self) -> int | None:
        """Days to a report on average, rounded."""
        return round(sum(self.days) / len(self.days)) if self.days else None


def _percent(part: int, whole: int) -> int | None:
    return round(100 * part / whole) if whole else None


def figures(cases: Sequence[History], period: Period) -> Figures:
    """Of the cases as they stood at the end of the period."""
    turns = [turn for case in cases for turn in case.within(period.first, period.last)]
    begun = [case for case in cases if period.holds(case.began)]
    ended = [case for case in cases if period.holds(case.ended)]
    measured = (turn.told.event for turn in turns if isinstance(turn.told.event, ev.PromiseMeasured))
    still = [case for case in cases if case.ended is None]
    return Figures(
        open_before=sum(case.began < period.first and not _ended_before(case, period.first) for case in cases),
        open_after=len(still),
        overdue=sum(overdue(case, period.last) for case in still),
        flows=Counter(FLOWS[type(turn.told.event)] for turn in turns if type(turn.told.event) in FLOWS),
        kinds=Counter(case.turns[0].after.kind for case in begun),
        channels=Counter(case.turns[0].after.channel for case in begun),
        categories=Counter(category for case in begun for category in case.turns[0].after.categories),
        outcomes=Counter(case.file.outcome for case in ended),
        promises=Counter("kept" if event.kept else "broken" for event in measured),
    )


def _ended_before(case: History, day: date) -> bool:
    return case.ended is not None and case.ended < day


def overdue(case: History, day: date) -> bool:
    """Whether one of its running clocks has run out by the day; a provisional day is held against nobody (F83)."""
    return any(clock.due < day and not clock.provisional for clock in case.file.running)


def by_unit(cases: Sequence[History], period: Period) -> tuple[UnitFigures, ...]:
    """Every unit that had a case in the period, by name."""
    found: dict[str, UnitFigures] = {}
    for case in cases:
        for turn in case.within(period.first, period.last):
            _deed(turn, found)
            _worked(case, turn, found)
        _standing(case, period, found)
    return tuple(found[name] for name in sorted(found))


def _of(found: dict[str, UnitFigures], unit: str) -> UnitFigures:
    return found.setdefault(unit, UnitFigures(unit))


def _deed(turn: Turn, found: dict[str, UnitFigures]) -> None:
    event = turn.told.event
    kind = type(event)
    unit = getattr(event, "unit", "")
    if kind in DEEDS and unit:
        _of(found, unit).counts[DEEDS[kind]] += 1
    if kind in ANSWERED and unit and turn.before is not None:
        deed, clock_name = ANSWERED[kind]
        clock = turn.before.clock(clock_name)
        counts = _of(found, unit).counts
        counts[deed] += 1
        late = clock is not None and clock.left is None and not clock.provisional and turn.told.day > clock.due
        counts[f"{deed}-late"] += late


def _worked(case: History, turn: Turn, found: dict[str, UnitFigures]) -> None:
    """From the day it was last given the case: its clock begins anew when it signs, is granted time, or after a standstill."""
    event = turn.told.event
    if not isinstance(event, ev.ResultReported) or not event.unit:
        return
    given = [
        one.told.day
        for one in case.turns
        if one.told.seq < turn.told.seq and isinstance(one.told.event, (ev.Assigned, ev.Redone))
    ]
    _of(found, event.unit).days.extend((turn.told.day - day).days for day in given[-1:])


def _standing(case: History, period: Period, found: dict[str, UnitFigures]) -> None:
    """What lies at the unit at the end of the period, and how its cases ended in it."""
    file = case.file
    if not file.lead:
        return
    if case.ended is None:
        late = [clock for clock in file.running if clock.clock in AT_UNIT]
        counts = _of(found, file.lead).counts
        counts["open"] += 1
        counts["overdue"] += any(clock.due < period.last and not clock.provisional for clock in late)
    elif period.holds(case.ended):
        counts = _of(found, file.lead).counts
        counts["ended"] += 1
        counts[file.outcome] += 1


@dataclass
class PersonFigures:
    """One member of staff: orders given, questions answered, how many of them the same or the next day."""

    person: str
    orders: int = 0
    answered: int = 0
    prompt: int = 0


def by_person(
    asked: Iterable[tuple[str, date]], ordered: Iterable[tuple[str, str, date]], days: int
) -> list[PersonFigures]:
    """`asked`: question key, day; `ordered`: person, question key ('' = none), day. Prompt: within so many days."""
    when = dict(asked)
    found: dict[str, PersonFigures] = {}
    for person, key, day in ordered:
        own = found.setdefault(person, PersonFigures(person))
        own.orders += 1
        if key in when:
            own.answered += 1
            own.prompt += (day - when[key]).days <= days
    return [found[name] for name in sorted(found)]
