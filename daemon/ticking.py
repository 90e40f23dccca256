"""Time passing: every open case is asked what its clocks want today; each answer is recorded by itself, once (F13, F85)."""

from datetime import datetime

from daemon.logs import event
from daemon.office import Office
from daemon.points import reach
from daemon.writing import write
from db import desk as desks
from db import files
from db.pen import look, pen
from db.record import known, record
from rules.remind import remind

PAGE = 200


def tick(office: Office, now: datetime) -> int:
    """Ask every open case; returns how many had something due."""
    done, after = 0, ""
    while True:
        with look(office.engine) as cx:
            refs = files.open_refs(cx, after, PAGE)
        if not refs:
            event("ticked", cases=done)
            return done
        for ref in refs:
            done += _one(office, ref, now)
            reach("tick")
        after = refs[-1]


def _one(office: Office, ref: str, now: datetime) -> bool:
    cause = f"tick:{ref}:{now.isoformat()}"
    with look(office.engine) as cx:
        desk = desks.for_case(cx, ref, office.setting(now), cause)
    file = desk.file(ref)
    if file is None or remind(file, desk) is None:
        return False
    with pen(office.engine) as cx:
        if known(cx, cause):
            return False
        desk = desks.for_case(cx, ref, office.setting(now), cause)
        file = desk.file(ref)
        decision = remind(file, desk) if file else None
        if decision is None:
            return False
        finished = write(decision, desk, office.desktop)
        record(cx, cause, finished.decision, finished.written, at=now, book=office.book.hash)
    return True
