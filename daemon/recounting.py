"""Another calendar is in force: the open cases whose clocks name an older one are counted anew, each by itself, once (F83, F84)."""

from datetime import datetime

from jinja2 import TemplateError

from daemon.carrying_out import carry_out
from daemon.logs import event
from daemon.office import Office
from daemon.points import reach
from daemon.ticking import open_cases
from db import desk as desks
from db.pen import pen
from db.record import known
from rules.recount import outdated, recount


def recount_all(office: Office, now: datetime) -> int:
    """Count every open case anew that needs it; returns how many did. Nothing is written where no clock is outdated."""
    version, done = office.rules.calendar.version, 0
    for file in open_cases(office):
        if outdated(file, version):
            done += _one(office, file.ref, now)
            reach("recount")
    if done:
        event("recounted", cases=done, calendar=version)
    return done


def _one(office: Office, ref: str, now: datetime) -> bool:
    cause = f"recount:{ref}:{office.rules.calendar.version}:{now.isoformat()}"
    with pen(office.engine) as cx:
        desk = desks.for_case(cx, ref, office.setting(now), cause)
        file = desk.file(ref)
        decision = recount(file, desk) if file and not known(cx, cause) else None
        if decision is None:
            return False
        try:
            carry_out(cx, office, decision, desk)
        except TemplateError as broken:
            event("template.broken", case=ref, why=str(broken))
            return False
    return True
