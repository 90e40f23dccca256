"""热点、难点 (S46, S57): a unit and a category that come together often within a window, and matters that come again and again."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from rules import events as ev
from rules.reports.facts import History


@dataclass(frozen=True, slots=True)
class Hotspot:
    """热点: so many cases of a unit in a category within the window."""

    unit: str
    category: str
    cases: tuple[str, ...]
    """References, the oldest first."""


@dataclass(frozen=True, slots=True)
class Repeated:
    """难点: a matter that came so often."""

    case: str
    unit: str
    times: int


def hotspots(cases: Sequence[History], last: date, days: int, least: int) -> tuple[Hotspot, ...]:
    """Unit × category with at least so many cases registered in the `days` up to `last`; most cases first."""
    first = last - timedelta(days=days - 1)
    met: dict[tuple[str, str], list[str]] = defaultdict(list)
    for case in cases:
        if first <= case.began <= last and case.file.lead:
            for category in case.file.categories:
                met[case.file.lead, category].append(case.file.ref)
    found = [Hotspot(*key, tuple(refs)) for key, refs in met.items() if len(refs) >= least]
    return tuple(sorted(found, key=lambda one: (-len(one.cases), one.unit, one.category)))


def repeated(cases: Sequence[History], last: date, days: int, least: int) -> tuple[Repeated, ...]:
    """Matters that came at least so often and moved in the window: copies and merged cases count each once."""
    first = last - timedelta(days=days - 1)
    found = []
    for case in cases:
        again = sum(
            isinstance(turn.told.event, ev.Flagged)
            and turn.told.event.on
            and turn.told.event.flag in ("repeat", "group")
            for turn in case.turns
        )
        if 1 + again >= least and first <= case.turns[-1].told.day <= last:
            found.append(Repeated(case.file.ref, case.file.lead, 1 + again))
    return tuple(sorted(found, key=lambda one: (-one.times, one.case)))
