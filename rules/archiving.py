"""归档 (一案一卷): when an ended case is archived, and what that means.

Archived, nothing of it is lost: later letters still join it, but a new fact in one is proposed as a new case, not as a supplement. It is
no state beside the ends of a case, since a refusal, a hand-over and an answer are archived like a closed case.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from rules.case import CaseFile
from rules.days import Calendar, local_day
from rules.decision import Decision, Reason, Warrant, WarrantKind
from rules.events import Archived
from rules.policy import Book

CLOCK = "archive"
BY_CLOCK = Warrant(WarrantKind.CLOCK, CLOCK)


class Setting(Protocol):
    """The book, the calendar and the time."""

    @property
    def book(self) -> Book:
        """The rules."""

    @property
    def calendar(self) -> Calendar:
        """The working days."""

    @property
    def now(self) -> datetime:
        """The time."""


def had_its_days(since: datetime, setting: Setting) -> bool:
    """Whether the book's working days have passed since the last thing that happened to the case; the day itself does not count."""
    last = setting.calendar.add_workdays(local_day(since), setting.book.clocks[CLOCK].days).day
    return local_day(setting.now) > last


def archived(whole: Iterable[CaseFile], setting: Setting) -> Decision:
    """The case and those that went on in it. None of it while one of them still runs, or its unit still has something to mend (整改)."""
    cases = tuple(whole)
    if any(not file.ended or file.rectify_due for file in cases):
        return Decision()
    events = tuple(
        Archived(about=file.about, warrant=BY_CLOCK, on=local_day(setting.now))
        for file in cases
        if file.archived is None
    )
    return Decision(why=(Reason("clock-archive"),), events=events)
