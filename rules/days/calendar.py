"""The calendar as a value: which day is worked, what is certain, and counting in working days.

A day is *certain* when the notices that can speak of it are known: its own year's and, for December, the next year's as well
(domain §3.3).
A date counted over a day that is not certain is provisional (暂定).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

SATURDAY = 5
DECEMBER = 12
NOVEMBER = 11
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Mark:
    """What a notice, the law or the county says of one day."""

    off: bool
    name: str
    notice: str
    """The source in the clerk's words: 国办发明电〔2016〕17号, 全国年节及纪念日放假办法, …"""
    origin: str = "notice"
    """notice, statutory (the law's days of a year without notice), local (地方假日)."""


@dataclass(frozen=True, slots=True)
class Due:
    """A counted date; `provisional` while a day on the way may still change."""

    day: date
    provisional: bool = False


@dataclass(frozen=True, eq=False)
class Calendar:
    """Working days by the years' notices, the law and the county. Two calendars are equal where their `version` is."""

    version: str
    """Newest known year and a hash of every day's meaning, such as `2026-3f9a1c2b04de`; stored with each due date."""
    years: frozenset[int]
    marks: Mapping[date, Mark] = field(default_factory=dict)
    statutory: Mapping[date, Mark] = field(default_factory=dict)
    """The law's holidays of years to come, from the table; used only where a year has no notice."""
    yearly: Mapping[tuple[int, int], Mark] = field(default_factory=dict)
    """(month, day) -> mark of every year: the law's fixed days of years without notice, and local holidays."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Calendar) and other.version == self.version

    def __hash__(self) -> int:
        return hash(self.version)

    def mark(self, day: date) -> Mark | None:
        """What is said of the day; None = an ordinary day of the week. The county's holidays go first, then the notice, then the law."""
        every = self.yearly.get((day.month, day.day))
        if every is not None and every.origin == "local":
            return every
        marked = self.marks.get(day)
        if marked is not None or day.year in self.years:
            return marked
        return self.statutory.get(day, every)

    def is_workday(self, day: date) -> bool:
        """Whether the office works on the day."""
        marked = self.mark(day)
        return day.weekday() < SATURDAY if marked is None else not marked.off

    def certain(self, day: date) -> bool:
        """Whether no notice still to come can change the day."""
        return day.year in self.years and (day.month != DECEMBER or day.year + 1 in self.years)

    def add_workdays(self, start: date, days: int) -> Due:
        """The day `days` working days after the start, which does not count (before it where negative).

        0 gives the start itself, or the next working day: a due date is always a working day.
        """
        if days == 0 and self.is_workday(start):
            return Due(start, not self.certain(start))
        step = DAY if days >= 0 else -DAY
        left, certain = max(abs(days), 1), True
        day = start
        while left:
            day += step
            left -= self.is_workday(day)
            certain = certain and self.certain(day)
        return Due(day, not certain)

    def workdays_between(self, start: date, end: date) -> int:
        """How many working days lie after the start, up to and with the end; negative where the end lies before."""
        if end < start:
            return -sum(map(self.is_workday, _days(end - DAY, start - DAY)))
        return sum(map(self.is_workday, _days(start, end)))

    def notice_wanted(self, today: date) -> int | None:
        """The year whose notice is missing: this one's at any time, the next one's from 1 November (weekly reminder)."""
        if today.year not in self.years:
            return today.year
        if today.month >= NOVEMBER and today.year + 1 not in self.years:
            return today.year + 1
        return None


def _days(after: date, last: date) -> Iterator[date]:
    return (after + timedelta(days=n) for n in range(1, (last - after).days + 1))
