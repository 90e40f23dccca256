"""失职线索: what the ledger shows of a dereliction, with the lines that prove it; nothing where everybody did his work in time."""

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from rules import events as ev
from rules.decision import Warrant, WarrantKind
from rules.evidence import Clue, Line, clues
from rules.evidence.clues import Limits
from rules.evidence.words import family
from rules.numbers import reference

REF = reference(2017, 12)
ABOUT = f"case:{REF}"
UNIT = "国土资源局"
NOON = datetime(2017, 5, 9, 4, 0, tzinfo=UTC)
ORDER = Warrant(WarrantKind.ORDER, "order-1", "王组长", "head")
CODE = Warrant(WarrantKind.CODE, "transfer:x", f"unit:{UNIT}")
CLOCK = Warrant(WarrantKind.CLOCK, "handle")
LABELS = {"handle": "办理", "accept": "受理告知", "idle": "压着不办", "feedback": "反馈", "sign": "签收"}
REGISTERED = ev.Registered(about=ABOUT, year=2017, serial=12, kind_of="complaint", received=date(2017, 5, 9))
ASSIGNED = ev.Assigned(about=ABOUT, warrant=ORDER, unit=UNIT, handling="transfer")
ACCEPTED = ev.Accepted(about=ABOUT, warrant=ORDER)
SIGNED = ev.SignedFor(about=ABOUT, warrant=CODE, unit=UNIT)


def started(clock: str, due: date, **more: object) -> ev.ClockStarted:
    return ev.ClockStarted(about=ABOUT, clock=clock, started=date(2017, 5, 9), due=due, calendar="2017", **more)


def told(*events: ev.Event) -> tuple[Line, ...]:
    return tuple(Line(seq, NOON + timedelta(days=seq), event, json.dumps(seq)) for seq, event in enumerate(events, 1))


def found(events: Iterable[ev.Event], today: date = date(2017, 5, 20), **limits: int) -> tuple[Clue, ...]:
    return clues(told(*events), today, LABELS, Limits(**limits))


WORK = (REGISTERED, ACCEPTED, ASSIGNED, SIGNED, started("handle", date(2017, 5, 31)))


def test_a_case_in_time_shows_nothing():
    assert found(WORK) == ()


def test_where_there_is_no_line_there_is_no_clue():
    assert found(()) == ()


def test_s67d_a_term_passed_at_the_unit_lies_with_the_unit():
    breached = ev.Breached(about=ABOUT, warrant=CLOCK, clock="handle", unit=UNIT, due=date(2017, 5, 31))

    clue = found((*WORK, breached))[0]

    assert (clue.ground, clue.whose, clue.seqs) == ("delayed", UNIT, (6,))
    assert "2017-05-31" in clue.what


def test_s67c_a_unit_that_sits_on_a_case_is_idle():
    breached = ev.Breached(about=ABOUT, warrant=CLOCK, clock="idle", unit=UNIT, due=date(2017, 5, 31))

    assert [(clue.ground, clue.whose) for clue in found((*WORK, breached))] == [("idle", UNIT)]


def test_s67b_what_the_office_did_not_decide_lies_with_the_office():
    breached = ev.Breached(about=ABOUT, warrant=CLOCK, clock="accept", unit="", due=date(2017, 5, 16))
    deemed = ev.Accepted(about=ABOUT, warrant=CLOCK, deemed=True)

    assert [(clue.ground, clue.whose) for clue in found((REGISTERED, breached, deemed))] == [("withheld", "")] * 2


def test_s36_a_broken_promise_is_the_offices():
    broken = ev.PromiseMeasured(about=ABOUT, clock="feedback", due=date(2017, 6, 1), done=date(2017, 6, 5), kept=False)
    kept = ev.PromiseMeasured(about=ABOUT, clock="feedback", due=date(2017, 6, 1), done=date(2017, 5, 25), kept=True)

    assert [(clue.ground, clue.whose, clue.seqs) for clue in found((*WORK, kept, broken))] == [("delayed", "", (7,))]


def test_a_clock_that_was_met_late_says_both_days():
    late = ev.ClockStopped(about=ABOUT, clock="handle", how="late")

    clue = found((*WORK, late))[0]

    assert (clue.whose, "2017-05-31" in clue.what, "2017-05-15" in clue.what) == (UNIT, True, True)


def test_s67d_what_is_overdue_today_is_calculated_and_never_by_a_provisional_day():
    assert [clue.seqs for clue in found(WORK, date(2017, 6, 1))] == [(5,)]
    assert found(WORK, date(2017, 5, 31)) == ()
    assert found((*WORK[:-1], started("handle", date(2017, 5, 31), provisional=True)), date(2017, 6, 20)) == ()


def test_s67e_redone_again_and_again_is_a_clue_from_the_books_number_on():
    result = ev.ResultReported(about=ABOUT, warrant=CODE, unit=UNIT)

    def redone(number: int) -> ev.Event:
        return ev.Redone(about=ABOUT, warrant=ORDER, unit=UNIT, reason="reviewed", round=number)

    once, twice = (*WORK, result, redone(2)), (*WORK, result, redone(2), SIGNED, result, redone(3))

    assert found(once) == ()
    assert [(clue.ground, clue.seqs) for clue in found(twice)] == [("irresponsible", (7, 10))]
    assert found(twice, redone=3) == ()


def test_a22_a_unit_that_asks_who_wrote_leaves_a_clue():
    fishing = ev.Noted(about=ABOUT, warrant=CODE, what="fishing", letter="a" * 64)

    assert [(clue.ground, clue.whose) for clue in found((*WORK, fishing))] == [("leak", UNIT)]


def test_every_word_of_the_ledger_has_its_word_on_paper():
    assert ev.KINDS.keys() == family("event")
