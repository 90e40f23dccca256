"""Whether the time can be believed (F79, F80), and whether the calendar reaches far enough (domain §3.3, 4).

A time that cannot be stops every clock of the cases and asks a person, once; his answer lets them go on. Letters are fetched, decided and
sent meanwhile: the ledger's order is its sequence, never its times.
"""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, func, select

from daemon.carrying_out import carry_out
from daemon.logs import event
from daemon.office import Office
from db import desk as desks
from db import questions
from db import tables as t
from db.moment import read
from db.pen import look, pen
from db.record import known
from rules.decision import Decision
from rules.desk import Desk
from rules.timekeeping import CLOCK_KEY, clock_doubted, notice_wanted

BEHIND = timedelta(minutes=10)
"""So far our own last line may lie in the future: several threads write, and clocks are set right by seconds."""
SILENCE = timedelta(days=30)
APART = timedelta(hours=1)


def sound(office: Office, now: datetime, *, starting: bool = False) -> bool:
    """Whether the clocks of the cases may be asked. `starting`: nobody said what time it is, and nothing was written in this shift yet."""
    with look(office.engine) as cx:
        if questions.is_open(cx, CLOCK_KEY):
            return False
        last, newest = _last_line(cx), _newest_letter(cx) if starting else None
    if last is None:
        return True
    if now < last - BEHIND:
        doubt(office, now, "behind", last)
        return False
    seen = max(last, newest) if newest else last
    if starting and now - seen > SILENCE:
        doubt(office, now, "ahead", seen)
        return False
    return True


def doubt(office: Office, now: datetime, how: str, last: datetime | None = None) -> None:
    """Ask the duty role whether the time is right; once while the question is open."""
    event("clock.doubted", how=how, now=now.isoformat(), last=last.isoformat() if last else "")
    cause = f"clock:{how}:{now.isoformat()}"
    with pen(office.engine) as cx:
        if known(cx, cause) or questions.is_open(cx, CLOCK_KEY):
            return
        desk = desks.bare(cx, office.setting(now), cause)
        carry_out(cx, office, clock_doubted(desk, how, last), desk)


def _last_line(cx: Connection) -> datetime | None:
    """When the last line was written: last by sequence."""
    at = cx.execute(select(t.ledger.c.at).order_by(t.ledger.c.seq.desc()).limit(1)).scalar()
    return read(at) if at else None


def _newest_letter(cx: Connection) -> datetime | None:
    """The newest INTERNALDATE: the mail server's clock, not ours."""
    at = cx.execute(select(func.max(t.sightings.c.internaldate))).scalar()
    return read(at) if at else None


def ask_for_notice(office: Office, now: datetime) -> bool:
    """Once a week while a year's holiday notice is missing. True where something was asked or settled."""
    with look(office.engine) as cx:
        if _notice(cx, office, now) is None:
            return False
    with pen(office.engine) as cx:
        found = _notice(cx, office, now)
        if found is None:
            return False
        carry_out(cx, office, *found)
    event("calendar.notice", asks=bool(found[0].questions))
    return True


def _notice(cx: Connection, office: Office, now: datetime) -> tuple[Decision, Desk] | None:
    """The week's question, unless it was asked this week already."""
    decision = notice_wanted(desks.blank(office.setting(now), ""), questions.waiting_of(cx, "calendar"))
    if decision is None:
        return None
    cause = f"ask:{decision.questions[0].key}" if decision.questions else f"calendar-known:{now.isoformat()}"
    return None if known(cx, cause) else (decision, desks.bare(cx, office.setting(now), cause))


def steady() -> float:
    """Seconds of a clock that nobody can set, sleep included."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else time.monotonic()


@dataclass
class Pace:
    """The wall clock beside the steady one, looked at now and then."""

    wall: datetime | None = None
    beat: float = 0.0

    def jumped(self, now: datetime, beat: float) -> bool:
        """Whether since the last look one of them went more than an hour further than the other."""
        before, was = self.wall, self.beat
        self.wall, self.beat = now, beat
        return before is not None and abs((now - before) - timedelta(seconds=beat - was)) > APART
