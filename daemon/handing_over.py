"""The office's day by the clock: hand-over letters at the bells the book names, questions put again, each once (S20, F85).

bell rung since ─▶ standing of the office ─▶ a letter to everybody who is there ─▶ one cause, recorded whole
"""

import dataclasses
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import Connection

from daemon.auditing import night
from daemon.carrying_out import carry_out
from daemon.logs import event
from daemon.office import Office
from daemon.points import reach
from db import agenda, court, handover, questions
from db import desk as desks
from db.ledger import known_among
from db.pen import look, pen
from db.record import known
from rules.days import SHANGHAI, local_day
from rules.decision import Decision
from rules.desk import Desk, OpenQuestion
from rules.events import ref_of
from rules.handover.chasing import cause_of, chase, rung
from rules.handover.court import sample, week_of
from rules.handover.listing import handover as listed
from rules.policy.office import Bell, Day
from rules.policy.terms import Step

PREFIX = "handover-"
WEEK = timedelta(days=7)
LOOK_BACK = 14
"""Days in which the last hand-over before this one is looked for."""


def ring(office: Office, now: datetime) -> int:
    """Everything of the office's day that is due now; returns how many causes had their effect."""
    return chase_all(office, now) + hand_over(office, now) + look_at_machines(office, now) + _night(office, now)


def _night(office: Office, now: datetime) -> int:
    """The audit's bell, for an office that ticks without `run`."""
    bell = next((bell for bell in office.book.office.bells if bell.name == "audit"), None)
    return night(office, now) if bell is not None and bell.at <= f"{now.astimezone(SHANGHAI):%H:%M}" else 0


def look_at_machines(office: Office, now: datetime) -> int:
    """The week's sample, with the first hand-over of the week."""
    if not _part(office, now):
        return 0
    week = week_of(local_day(now))

    def decide(cx: Connection, desk: Desk) -> Decision:
        return sample(court.sampled(cx, now - WEEK, desk.book.office.day.sample), desk, week)

    return once(office, f"court:{week}", now, decide)


def hand_over(office: Office, now: datetime) -> int:
    """The letters of the last bell of today that has rung; one that was slept through is not made up for when a later one rang."""
    part = _part(office, now)
    if not part:
        return 0
    cause = _cause(now, part)
    earlier = tuple(
        _cause(now - timedelta(days=days), bell.name.removeprefix(PREFIX))
        for days in range(LOOK_BACK)
        for bell in _bells(office)
    )

    def decide(cx: Connection, desk: Desk) -> Decision:
        return listed(handover.standing(cx, office.start, earlier), desk, part)

    return once(office, cause, now, decide)


def once(office: Office, cause: str, now: datetime, decide: Callable[[Connection, Desk], Decision]) -> int:
    """Under the pen: nothing where the cause is known; else the decision at a bare desk, written and recorded."""
    with look(office.engine) as cx:
        if known(cx, cause):
            return 0
    with pen(office.engine) as cx:
        if known(cx, cause):
            return 0
        desk = desks.bare(cx, office.setting(now), cause)
        carry_out(cx, office, decide(cx, desk), desk)
    event("day.told", cause=cause)
    reach("day")
    return 1


def _cause(now: datetime, part: str) -> str:
    return f"handover:{local_day(now).isoformat()}:{part}"


def _bells(office: Office) -> tuple[Bell, ...]:
    return tuple(bell for bell in office.book.office.bells if bell.name.startswith(PREFIX))


def _part(office: Office, now: datetime) -> str:
    """The last of today's hand-over bells that has rung; '' before the first."""
    local = now.astimezone(SHANGHAI)
    workday = office.rules.calendar.is_workday(local_day(now))
    rung_now = [
        bell
        for bell in sorted(_bells(office), key=lambda bell: bell.at)
        if bell.at <= f"{local:%H:%M}" and (workday or bell.day is not Day.WORKDAY)
    ]
    return rung_now[-1].name.removeprefix(PREFIX) if rung_now else ""


def chase_all(office: Office, now: datetime) -> int:
    """Every question that waits climbs to the rung it has reached, once."""
    desk = desks.blank(office.setting(now), "")
    with look(office.engine) as cx:
        reached = {
            cause_of(question, step): (question, step)
            for question in questions.waiting(cx)
            if (step := rung(question, desk)) is not None
        }
        done = known_among(cx, reached)
    return sum(_chased(office, *one, now) for cause, one in reached.items() if cause not in done)


def _chased(office: Office, question: OpenQuestion, step: Step, now: datetime) -> int:
    cause = cause_of(question, step)
    with pen(office.engine) as cx:
        if known(cx, cause):
            return 0
        desk = desks.for_case(cx, ref_of(question.about), office.setting(now), cause)
        desk = dataclasses.replace(desk, put=agenda.first_letters(cx, [question.id]))
        carry_out(cx, office, chase(question, step, desk), desk)
    return 1
