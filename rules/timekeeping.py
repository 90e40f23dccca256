"""What the office's own calendar and clock want of a person (domain §3.3, 4; F79, F80): a notice still missing, a time that cannot be."""

import dataclasses
from collections.abc import Iterable
from datetime import datetime

from rules.asking import ask
from rules.days import minute_shown
from rules.decision import Decision, Reason, Warrant, WarrantKind
from rules.desk import Desk, OpenQuestion
from rules.events import OFFICE, Noted, TroubleNoted
from rules.terms import today
from rules.wording import wording

say = wording("rules")
CALENDAR = Warrant(WarrantKind.WORLD, "calendar")
CLOCK_KEY = "clock:office"
"""The one question of an impossible time; while it is open no clock of a case is asked."""


def notice_wanted(desk: Desk, waiting: Iterable[OpenQuestion]) -> Decision | None:
    """From 1 November, once a week: next year's holiday notice is missing. None where nothing is to be asked or taken back.

    A new week's question takes the place of the one before; when the notice has come, whatever is still asked is settled.
    """
    day = today(desk)
    year = desk.calendar.notice_wanted(day)
    asked = tuple(question.key for question in waiting if question.kind == "calendar")
    if year is None:
        known = Noted(about=OFFICE, warrant=CALENDAR, what="calendar-known")
        return Decision(events=(known,), answered=asked) if asked else None
    week = day.isocalendar()
    key = f"{year}:{week.year}-W{week.week:02}"
    question = ask(desk, "calendar", key, OFFICE, why=say("calendar-wanted", year=year))
    if question.key in asked:
        return None
    missing = TroubleNoted(about=OFFICE, warrant=CALENDAR, what="calendar-missing", where=str(year))
    return Decision(why=(Reason("calendar"),), events=(missing,), questions=(question,), answered=asked)


def clock_doubted(desk: Desk, how: str, last: datetime | None) -> Decision:
    """系统时间异常: behind (before our own last line), ahead (long after anything known), apart (jumped while we ran)."""
    event = TroubleNoted(about=OFFICE, warrant=Warrant(WarrantKind.WORLD, "clock"), what="clock", where=how)
    why = say(f"clock-{how}", now=minute_shown(desk.now), last=minute_shown(last) if last else "")
    asked = dataclasses.replace(ask(desk, "clock", CLOCK_KEY.partition(":")[2], OFFICE, why=why), urgent=True)
    return Decision(why=(Reason("clock"),), events=(event,), questions=(asked,))
