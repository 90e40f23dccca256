"""上级转办: when the case ends, somebody is asked to report back to the upper office, with its number, by its day (S25)."""

import dataclasses
from datetime import date

import pytest
from desks import ABOUT, LAND, REF, a_case, a_desk_with, asked, complainant_writes, folded, kinds
from office_desks import by, question_of, waiting

from rules.asking import answer_by, letters
from rules.casefile import Running
from rules.decide import decide
from rules.desk import Sender
from rules.handling.upward import with_report_up
from rules.handover.chasing import rung
from rules.life import State
from rules.numbers import reference
from rules.obey import obey, unasked
from rules.wording import wording

say = wording("rules")
DAY = date(2017, 5, 26)
FROM = ("市营商环境建设监督局", "市营商转〔2017〕5号")
OTHER = reference(2017, 13)
CLOCK = Running("above", date(2017, 5, 9), DAY, "2017")


def from_above(state=State.FEEDBACK, **given):
    return a_case(state, above=FROM, clocks=(CLOCK,), channel="above", **given)


def ended_by(verb, argument, state, kind):
    """A person's order ends the case."""
    file = from_above(state)
    desk = a_desk_with(file)
    role = "reviewer" if verb == "close" else "head"
    return with_report_up(obey(by(role, verb, argument), desk, question_of(kind)), desk)


def reports(decision):
    return [question for question in decision.questions if question.kind == "report-up"]


@pytest.mark.parametrize(
    ("verb", "argument", "state", "kind"),
    [
        ("close", "", State.FEEDBACK, "opinion"),
        ("hand-over", "县纪委监委", State.HANDLING, "steer"),
        ("withdraw", "", State.ASSIGNED, "withdrawal"),
        ("answer", "请到窗口办理。", State.REGISTERED, "answer"),
    ],
)
def test_however_the_case_ends_a_person_is_asked_to_report_it_above_by_the_upper_offices_day(
    verb, argument, state, kind
):
    decision = ended_by(verb, argument, state, kind)

    (question,) = reports(decision)
    facts = dict(question.facts)
    assert (question.about, question.role, question.choices) == (ABOUT, "handler", ("reported-up",))
    assert (FROM[0] in facts["above"], FROM[1] in facts["above"], facts["due"]) == (True, True, DAY.isoformat())
    assert FROM[1] in facts["report"]
    assert "桓营诉〔2017〕12号" in facts["report"]
    assert answer_by(question.proposal, a_desk_with(from_above())) == DAY


def test_the_upper_offices_clock_is_measured_and_ends_with_the_case():
    decision = ended_by("close", "", State.FEEDBACK, "opinion")

    stopped = [(event.clock, event.how) for event in decision.events if event.kind == "ClockStopped"]
    assert ("above", "met") in stopped
    assert folded(from_above(), decision.events).clocks == ()


def test_the_complainants_own_word_that_ends_it_asks_too():
    letter, desk = complainant_writes(from_above(), "满意", "result_told")

    assert len(reports(with_report_up(decide(letter, desk), desk))) == 1


def test_a_case_of_the_offices_own_asks_nobody_to_report():
    file = a_case(State.FEEDBACK)
    desk = a_desk_with(file)

    assert "report-up" not in asked(with_report_up(obey(by("reviewer", "close"), desk, question_of("opinion")), desk))


def test_nothing_is_asked_before_the_end():
    file = from_above(State.REPORTED)
    desk = a_desk_with(file)

    decision = with_report_up(obey(by("reviewer", "approve-result"), desk, question_of("review")), desk)

    assert reports(decision) == []


def test_the_letter_that_asks_names_the_upper_offices_day_and_it_is_put_again_only_near_that_day():
    (question,) = reports(ended_by("close", "", State.FEEDBACK, "opinion"))
    desk = a_desk_with(from_above())
    (letter, *_) = letters(question, desk)
    put = dataclasses.replace(waiting(question), asked=desk.now)

    assert letter.due == DAY
    assert rung(put, desk) is None


def test_who_was_passed_by_in_the_case_is_not_asked():
    file = from_above(recused=("吴强",))
    desk = a_desk_with(file)
    decision = with_report_up(obey(by("reviewer", "close"), desk, question_of("opinion")), desk)

    assert reports(decision)[0].barred == ("吴强",)


def test_reported_is_a_line_and_ends_the_question_by_letter_or_keyboard():
    file = from_above(State.CLOSED)
    (question,) = reports(ended_by("close", "", State.FEEDBACK, "opinion"))
    by_letter = obey(by("handler", "reported-up"), a_desk_with(file), waiting(question))
    by_keyboard = obey(by("handler", "reported-up"), a_desk_with(file), unasked(ABOUT))

    for decision in (by_letter, by_keyboard):
        assert kinds(decision) == ["Ordered", "Noted"]
        assert f"report-up:{REF}" in decision.answered
        assert FROM[1] in decision.notices[0].done


@pytest.mark.parametrize(
    ("file", "why"),
    [(a_case(State.CLOSED), "not-from-above"), (from_above(State.HANDLING), "not-ended")],
)
def test_what_is_not_from_above_or_not_at_its_end_is_not_reported(file, why):
    decision = obey(by("head", "reported-up"), a_desk_with(file, sender=Sender("staff")), unasked(ABOUT))

    assert (kinds(decision), decision.notices[0].reason) == (["OrderRefused"], say(f"order-{why}"))
    assert file.lead == LAND


def test_another_cases_end_is_no_end_of_the_one_from_above():
    file = from_above(State.HANDLING)
    other = dataclasses.replace(a_case(State.FEEDBACK), ref=OTHER)
    ended = obey(by("reviewer", "close"), a_desk_with(other), question_of("opinion", f"case:{OTHER}"))

    decision = with_report_up(ended, a_desk_with(other, files=(other, file)))

    assert "Closed" in kinds(decision)
    assert reports(decision) == []
