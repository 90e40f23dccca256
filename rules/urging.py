"""催办, 督办: the letters that urge a unit, by a rung of the ladder or by somebody's order, with the leader in charge told beside it."""

from rules.case import CaseFile, Running
from rules.decision import Decision
from rules.desk import Contact, Desk
from rules.leaders import with_leader
from rules.letterhead import unit_head
from rules.notices.notice import Label
from rules.notices.to_unit import Supervision, UnitReminder
from rules.shown import clock_label
from rules.terms import due_in, today
from rules.wording import wording

say = wording("rules")
AT_UNIT = frozenset({"sign", "handle", "copy"})
"""Clocks that run at the unit: it is written to. The others are the office's own: a person is."""
CIRCULAR_LATE = "circular-late"
"""The question of the ladder's last rung: whether all units are told that one is long late."""


def reminded(
    file: CaseFile, desk: Desk, clock: Running, contact: Contact, occasion: str, *, written: bool = True
) -> Decision:
    """催办; `written`: 催办通知书, of which the leader in charge gets a copy or a call."""
    reminder = UnitReminder(
        **unit_head(desk, file, contact, occasion),
        clock=clock_label(desk.book, clock.clock),
        wanted=_wanted(clock),
        due=clock.due,
        late=late(clock, desk),
        written=written,
        acts_until_round=file.round,
    )
    return with_leader(reminder, file, desk, clock) if written else Decision(notices=(reminder,))


def supervised(file: CaseFile, desk: Desk, clock: Running, contact: Contact, occasion: str) -> Decision:
    """督办通知书, and the leader in charge told of it."""
    handle = file.clock("handle") or clock
    notice = Supervision(
        **unit_head(desk, file, contact, occasion),
        clock=clock_label(desk.book, clock.clock),
        wanted=_wanted(clock),
        assigned=handle.started,
        due=clock.due,
        late=late(clock, desk),
        answer_by=due_in(desk, desk.book.clocks["copy"].days)[0],
        acts_until_round=file.round,
    )
    return with_leader(notice, file, desk, clock)


def _wanted(clock: Running) -> Label:
    """What the unit must do; where somebody urges it though no clock of its own runs, to report."""
    return Label(say(f"wanted-{clock.clock if clock.clock in AT_UNIT else 'handle'}"))


def late(clock: Running, desk: Desk) -> int:
    """Working days since the due day; 0 on it and before."""
    day = today(desk)
    return desk.calendar.workdays_between(clock.due, day) if day > clock.due else 0
