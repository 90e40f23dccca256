"""Units at which cases wait and that nobody reaches any more (F93): off the book's list, or without a mailbox. Each rings once,
until it is reached again or nothing waits there any more.

LIMITS: looked at with each tick, and only while a case waits there.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from daemon import alarms
from daemon.office import Office
from db import directory
from db.pen import look, pen
from rules.learn import Trouble
from rules.wording import wording

say = wording("daemon")
GONE, UNREACHED = "unit-gone", "unit-unreached"
MOST = 20
"""Numbers one alarm names."""


def ring(office: Office, waiting: Mapping[str, Sequence[str]], now: datetime) -> int:
    """`waiting`: unit -> register numbers of the cases that wait for it. Returns how many units were told of now."""
    with look(office.engine) as cx:
        reached = {contact.unit for contact in directory.today(cx)}
        idle = [(what, unit) for what in (GONE, UNREACHED) for unit in alarms.lasting(cx, what) if unit not in waiting]
    for what, unit in idle:
        alarms.moot(office, what, unit, now)
    return sum(_one(office, unit, numbers, now, reached=unit in reached) for unit, numbers in waiting.items())


def _one(office: Office, unit: str, numbers: Sequence[str], now: datetime, *, reached: bool) -> bool:
    listed = any(entry.name == unit for entry in office.book.units)
    what = GONE if not listed else "" if reached else UNREACHED
    alarms.over(office, {GONE, UNREACHED} - {what}, unit, now)
    if not what:
        return False
    says = say(what, unit=unit, cases="、".join(numbers[:MOST]), count=len(numbers))
    with pen(office.engine) as cx:
        return alarms.tell(cx, office, Trouble(what, unit, says), now)
