"""The round of contact sheets when time passes: each unit and each list under a cause of its own, so that a step is done once (F13).

A round that was over before the office began is counted and shown, but nobody is written to about it (F56).
"""

from collections.abc import Sequence
from datetime import datetime, time

from sqlalchemy import Connection

from daemon.carrying_out import carry_out
from daemon.office import Office
from db import collecting as store
from db import desk as desks
from db.pen import look, pen
from db.record import known
from rules.collecting import TO_STAFF, TO_UNITS, Standing, due_step, reminder, report, standing
from rules.days import SHANGHAI, local_day
from rules.decision import Decision
from rules.desk import Desk
from rules.policy.collecting import Round
from rules.policy.terms import Step


def collect(office: Office, now: datetime) -> int:
    """Remind and report what is due today; returns how many letters' causes were new."""
    turn = round_of(office, now)
    if turn is None or turn.due < local_day(office.start):
        return 0
    desk = desks.blank(office.setting(now), "")
    to_units, to_staff = due_step(desk, turn, TO_UNITS), due_step(desk, turn, TO_STAFF)
    if to_units is None and to_staff is None:
        return 0
    with look(office.engine) as cx:
        standings = standings_of(cx, office, turn)
        waiting = [one for one in standings if to_units and _fresh(cx, turn, to_units, one)]
    done = sum(_remind(office, now, turn, to_units, one.unit) for one in waiting if to_units)
    return done + (_report(office, now, turn, to_staff) if to_staff else 0)


def round_of(office: Office, now: datetime) -> Round | None:
    """The round of the day; None where the book collects nothing, or before the first round."""
    return office.book.collecting.round_on(local_day(now)) if office.book.collecting else None


def standings_of(cx: Connection, office: Office, turn: Round) -> tuple[Standing, ...]:
    """How every unit that must report stands in the round."""
    collecting = office.book.collecting
    units = [unit.name for unit in collecting.must_report(office.book.units)] if collecting else []
    since = datetime.combine(turn.begins, time(), SHANGHAI)
    return standing(office.book, turn, store.came(cx, units, since), store.known(cx))


def _cause(turn: Round, step: Step, whom: str) -> str:
    return f"collecting:{turn.due.isoformat()}:{step.name}:{whom}"


def _fresh(cx: Connection, turn: Round, step: Step, one: Standing) -> bool:
    return not one.settled and bool(one.address) and not known(cx, _cause(turn, step, one.unit))


def _remind(office: Office, now: datetime, turn: Round, step: Step, unit: str) -> bool:
    cause = _cause(turn, step, unit)
    with pen(office.engine) as cx:
        one = next((one for one in standings_of(cx, office, turn) if one.unit == unit), None)
        desk = desks.bare(cx, office.setting(now), cause)
        return _done(cx, office, reminder(desk, turn, one, step) if one else None, desk)


def _report(office: Office, now: datetime, turn: Round, step: Step) -> bool:
    cause = _cause(turn, step, "staff")
    with look(office.engine) as cx:
        if known(cx, cause):
            return False
    with pen(office.engine) as cx:
        standings: Sequence[Standing] = standings_of(cx, office, turn)
        desk = desks.bare(cx, office.setting(now), cause)
        return _done(cx, office, report(desk, turn, standings, step), desk)


def _done(cx: Connection, office: Office, decision: Decision | None, desk: Desk) -> bool:
    if decision is None or known(cx, desk.cause):
        return False
    carry_out(cx, office, decision, desk)
    return True
