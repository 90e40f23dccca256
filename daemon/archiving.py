"""归档 (domain §2.2, stage 18): a case that has ended and lain still for the book's days is archived, once, with those that went on in it."""

from datetime import datetime

from daemon.logs import event
from daemon.office import Office
from db import files
from db.pen import look, pen
from db.record import known, record
from rules.archiving import archived, had_its_days

PAGE = 200


def archive_due(office: Office, now: datetime) -> int:
    """Archive what is due; returns how many cases. The time must be believed (`tick` asks that first)."""
    done, after, more = 0, "", True
    while more:
        with look(office.engine) as cx:
            resting = files.resting(cx, after, PAGE)
        done += sum(_one(office, row.ref, now) for row in resting if had_its_days(row.since, office.setting(now)))
        more = len(resting) == PAGE
        after = resting[-1].ref if resting else after
    if done:
        event("archived", count=done)
    return done


def _one(office: Office, ref: str, now: datetime) -> int:
    cause = f"archive:{ref}"
    with pen(office.engine) as cx:
        if known(cx, cause):
            return 0
        whole = files.with_absorbed(cx, ref)
        decision = archived(whole, office.setting(now))
        if decision.events:
            record(cx, cause, decision, at=now, book=office.book.hash)
    return len(decision.events)
