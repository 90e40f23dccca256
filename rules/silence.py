"""Silence is an event (S20, S67c): a unit that answers nothing, a mailbox with unusually few letters for that weekday. Each rings once.

A question nobody opens rings by the ladder of the book's clock `question` (`rules.handover.chasing`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rules.asking import ask
from rules.decision import Decision, Reason, Warrant, WarrantKind
from rules.desk import Desk
from rules.events import TroubleNoted
from rules.policy.office import Limits
from rules.shown import day_shown
from rules.terms import today
from rules.wording import wording

say = wording("rules")
IDLE = "idle"
"""The clock of the book that says after how many working days."""
FEWEST_WEEKS = 4


@dataclass(frozen=True, slots=True)
class Quiet:
    """A unit with cases in hand: how many, and since which day nothing was heard of it (its last letter, or its first case)."""

    unit: str
    cases: int
    since: date

    @property
    def cause(self) -> str:
        """A silence rings once; whoever writes begins another one."""
        return f"silence:{self.unit}:{self.since.isoformat()}"


def too_quiet(quiet: Quiet, desk: Desk) -> bool:
    """Whether it has lasted the book's working days."""
    return desk.calendar.workdays_between(quiet.since, today(desk)) >= desk.book.clocks[IDLE].days


def unit_silent(quiet: Quiet, desk: Desk) -> Decision:
    """A line, and somebody telephones."""
    contact = desk.contact(quiet.unit)
    about = f"unit:{quiet.unit}"
    since = quiet.since.isoformat()
    days = desk.calendar.workdays_between(quiet.since, today(desk))
    why = say("silent-unit", count=quiet.cases, since=day_shown(quiet.since), days=days)
    asked = ask(
        desk,
        "silent",
        f"{quiet.unit}:{since}",
        about,
        unit=quiet.unit,
        phone=(contact.phone or contact.public) if contact else "",
        why=why,
    )
    event = TroubleNoted(about=about, warrant=Warrant(WarrantKind.CLOCK, IDLE), what="unit-silent", where=since)
    return Decision(why=(Reason("silence"),), events=(event,), questions=(asked,))


def few_letters(day: date, count: int, before: Sequence[int], limits: Limits) -> str:
    """What to say where a day brought unusually few letters; '' where it did not. `before`: counts of the same weekday, weeks before."""
    if len(before) < FEWEST_WEEKS:
        return ""
    usual = sum(before) / len(before)
    if usual < limits.quiet_least or count * limits.quiet_part >= usual:
        return ""
    return say("silent-mailbox", day=day_shown(day), count=count, usual=round(usual))
