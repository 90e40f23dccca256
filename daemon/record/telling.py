"""Reports by the book's days: each once, the last one due alone, however long the office was off (S86, S37).

due and unknown ─▶ built in one look ─▶ drawn and kept as files ─▶ letters, one cause, recorded whole
"""

from datetime import datetime

from jinja2 import TemplateError

from daemon.carrying_out import carry_out
from daemon.logs import event
from daemon.office import Office
from daemon.record.reporting import Drawn, built, drawn
from db import desk as desks
from db.letters import keep_blob
from db.pen import look, pen
from db.record import known
from rules.days import SHANGHAI, local_day
from rules.notices.notice import Paper
from rules.policy.record import ReportPlan
from rules.reports import suppressed
from rules.reports.due import last_named, sent_on, spoken_of
from rules.reports.telling import tell


def ring(office: Office, now: datetime) -> int:
    """Everything that is due now; returns how many reports were told."""
    plans = office.book.record.reports if office.book.record else ()
    return sum(_tell(office, plan, now) for plan in plans)


def _due(office: Office, plan: ReportPlan, now: datetime) -> str:
    """The cause of the last report due; '' where it is too early, or lies before the office began."""
    today = local_day(now)
    named = last_named(plan, today)
    when = sent_on(named, office.rules.calendar)
    if when > today or (when == today and f"{now.astimezone(SHANGHAI):%H:%M}" < plan.at):
        return ""
    if named <= local_day(office.start):
        return ""
    return f"report:{plan.name}:{named.isoformat()}"


def _tell(office: Office, plan: ReportPlan, now: datetime) -> bool:
    cause = _due(office, plan, now)
    if not cause:
        return False
    with look(office.engine) as cx:
        if known(cx, cause):
            return False
        period = spoken_of(plan, last_named(plan, local_day(now)))
        inside = built(cx, office, plan.name, period)
    outside = suppressed(inside, office.book.record.small if office.book.record else 1)
    shown = drawn(inside, office, period.last)
    passed = drawn(outside, office, period.last) if plan.organs else shown
    papers = {"inside": _kept(office, shown), "outside": _kept(office, passed)}
    with pen(office.engine) as cx:
        if known(cx, cause):
            return False
        desk = desks.bare(cx, office.setting(now), cause)
        try:
            carry_out(cx, office, tell(inside, outside, plan, desk, papers, shown.missing), desk)
        except TemplateError as broken:
            event("template.broken", report=plan.name, why=str(broken))
            return False
    event("report.told", report=plan.name, period=inside.period)
    return True


def _kept(office: Office, made: Drawn) -> tuple[Paper, ...]:
    """The files are kept before the letters are written, as a letter names them by hash."""
    with pen(office.engine) as cx:
        for digest, _name, data in made.papers:
            keep_blob(cx, digest, data)
    return tuple(Paper(digest, name) for digest, name, _data in made.papers)
