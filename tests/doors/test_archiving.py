"""归档 (domain §2.2, stage 18): an ended case that lay still for the book's days is archived once; what it means for later letters."""

import dataclasses
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from desks import LI, NOW, REF, a_case, a_desk, asked, complainant_writes, folded, kinds, order_by, sent
from seeds import founded

from daemon.archiving import archive_due
from daemon.demo.stage import take_office
from daemon.office import Office
from db import files
from db.checks import books
from db.checks.problem import Night
from db.pen import look, pen
from db.record import record
from rules.archiving import archived, had_its_days
from rules.decide import decide
from rules.decision import Decision, Disposition
from rules.events import Absorbed, ClockStarted, Merged, Registered, Withdrawn
from rules.life import State
from rules.numbers import reference

ENDED = a_case(State.CLOSED, outcome="satisfied")
GONE = dataclasses.replace(ENDED, archived=date(2017, 5, 2))


@pytest.mark.parametrize(
    ("now", "over"),
    [(datetime(2017, 5, 23, 15, 0, tzinfo=UTC), False), (datetime(2017, 5, 23, 17, 0, tzinfo=UTC), True)],
)
def test_ten_working_days_after_the_last_thing_that_happened_are_waited_for(now: datetime, over: bool):
    """9 May + 10 working days = 23 May, whole; the county's day begins at 16:00 UTC."""
    assert had_its_days(NOW, a_desk(now=now)) is over


def test_s42_the_case_and_those_that_went_on_in_it_are_archived_together():
    merged = a_case(State.MERGED, into=REF)

    decision = archived((ENDED, merged), a_desk())

    assert kinds(decision) == ["Archived", "Archived"]
    assert folded(ENDED, decision.events[:1]).archived == date(2017, 5, 9)


@pytest.mark.parametrize(
    "cases", [(ENDED, a_case(State.HANDLING)), (dataclasses.replace(ENDED, rectify_due=date(2017, 6, 1)),), (GONE,)]
)
def test_none_is_archived_while_one_runs_or_a_unit_has_to_mend_something_and_none_twice(cases):
    assert archived(cases, a_desk()).events == ()


def test_l76_a_new_fact_for_an_archived_case_is_proposed_as_a_new_case_and_the_writer_is_told_so():
    decision = decide(*complainant_writes(GONE, "窗口昨天又要我另交500元，请你们再查。"))

    (question,) = decision.questions
    (told,) = decision.notices
    assert (decision.disposition, question.kind, question.choices) == (
        Disposition.JOINED,
        "supplement",
        ("open", "hold"),
    )
    assert "已于2017年5月2日归档" in dict(question.facts)["why"]
    assert (told.template, told.to.address, told.ended) == ("supplement_received", LI, True)  # type: ignore[attr-defined]
    assert folded(GONE, decision.events) == GONE


def test_s50_who_asks_after_an_archived_case_hears_that_it_is():
    decision = decide(*complainant_writes(GONE, "查询"))

    assert (sent(decision), decision.notices[0].state) == ([("status_told", LI)], "办结，已归档")  # type: ignore[attr-defined]


def test_an_opinion_that_comes_after_the_archive_changes_nothing_and_a_person_sees_it():
    decision = decide(*complainant_writes(GONE, "不满意", "result_told"))

    assert (folded(GONE, decision.events), asked(decision), sent(decision)) == (GONE, ["opinion"], [])


def a_beginning(serial: int) -> tuple[Registered, ClockStarted]:
    about, day = f"case:{reference(2017, serial)}", date(2017, 5, 9)
    return (
        Registered(about=about, year=2017, serial=serial, kind_of="complaint", received=day),
        ClockStarted(about=about, clock="accept", started=day, due=date(2017, 5, 16), calendar="x"),
    )


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """Two cases: the second went on in the first, which its complainant withdrew."""
    url = founded(tmp_path / "huiyin.db", NOW)
    first, second = (f"case:{reference(2017, serial)}" for serial in (1, 2))
    events = (
        *a_beginning(1),
        *a_beginning(2),
        Merged(about=second, warrant=order_by(), into=reference(2017, 1)),
        Absorbed(about=first, warrant=order_by(), case=reference(2017, 2)),
        Withdrawn(about=first, warrant=order_by()),
    )
    taken = take_office(url)
    with pen(taken.engine) as cx:
        record(cx, "order:made", Decision(events=events), at=NOW, book=taken.book.hash)
    return taken


def test_however_often_it_is_asked_a_case_is_archived_once_and_a_restart_days_later_catches_up(office: Office):
    done = [archive_due(office, NOW + timedelta(days=days)) for days in (1, 14, 40, 41)]

    with look(office.engine) as cx:
        days = [file.archived for ref in (1, 2) if (file := files.get(cx, reference(2017, ref)))]
        assert files.resting(cx) == []
        assert list(books.replay(cx, Night(NOW))) == []
    assert (done, days) == ([0, 0, 2, 0], [date(2017, 6, 18)] * 2)
