"""An order that lacks what it needs – words, a letter, a mailbox, a case – does nothing and says why; where somebody cannot be told, the others are."""

import dataclasses
from datetime import date

import pytest
from desks import ABOUT, HEAD, LAND, LI, REF, UNIT_BOX, a_case, a_desk_with, a_letter, kinds, sent

from rules.case import CaseFile, Running
from rules.decision import Decision
from rules.life import State
from rules.numbers import reference
from rules.obey import obey, unasked
from rules.replies.orders import Order
from rules.shield import Identity
from rules.wording import wording

say = wording("rules")
HANDLE = Running("handle", date(2017, 5, 9), date(2017, 5, 31), "2017")
FEEDBACK = Running("feedback", date(2017, 5, 9), date(2017, 6, 19), "2017", promised=True)
PAUSED = tuple(dataclasses.replace(clock, left=5) for clock in (HANDLE, FEEDBACK))
BREACH = (("handle", date(2017, 5, 2), ""),)
AT_UNIT = a_case(clocks=(HANDLE, FEEDBACK))
REGISTERED = a_case(State.REGISTERED)
HANDED_OVER = a_case(State.HANDED_OVER)
PROVEN = a_case(State.CLOSED, finding="true")
AGREED = a_case(consent="agreed", consent_scope=("name",))
OTHER = dataclasses.replace(AT_UNIT, ref=reference(2017, 13), serial=13)


def ordered(
    verb: str, argument: str = "", file: CaseFile = AT_UNIT, *, kind: str = "order", **given: object
) -> Decision:
    """The head's order about the case, whatever it was that was asked."""
    question = dataclasses.replace(unasked(ABOUT, key=f"{kind}:x"), kind=kind)
    desk = a_desk_with(file, **{"letter": a_letter(), **given})
    return obey(Order(verb, argument, HEAD.name, ("head",)), desk, question)


def unprompted(verb: str, argument: str = "", **given: object) -> Decision:
    """The head's order that answers no question."""
    return obey(Order(verb, argument, HEAD.name, ("head",)), a_desk_with(AT_UNIT, **given), None)


def lacks(decision: Decision) -> str:
    """Why the order was refused; nothing happened, and he who gave it was told."""
    (refused,) = decision.events
    assert (refused.kind, sent(decision)) == ("OrderRefused", [("order_not_done", HEAD.address)])
    return refused.reason


@pytest.mark.parametrize(
    ("verb", "file"),
    [
        ("hide", AT_UNIT),
        ("unhide", AT_UNIT),
        ("tell-units", AT_UNIT),
        ("expose", PROVEN),
        ("circular", PROVEN),
        ("approve-text", a_case(State.REPORTED)),
        ("see", AT_UNIT),
        ("lift", a_case(breaches=BREACH)),
        ("hand-over", REGISTERED),
        ("suspend", AT_UNIT),
        ("extend", AT_UNIT),
    ],
)
def test_an_order_whose_words_somebody_reads_needs_words(verb: str, file: CaseFile):
    assert lacks(ordered(verb, "", file)) == "no-words"


@pytest.mark.parametrize(
    ("verb", "kind"), [("hide", "order"), ("copied", "order"), ("file", "order"), ("answer", "unit-letter")]
)
def test_an_order_about_a_letter_needs_the_letter(verb: str, kind: str):
    assert lacks(ordered(verb, "张三丰", kind=kind, letter=None)) == "no-letter"


@pytest.mark.parametrize(
    ("verb", "argument", "kind"),
    [
        ("remind", "", "order"),
        ("supervise", "", "order"),
        ("standard-answer", "", "order"),
        ("extend", "5 天：材料未齐", "order"),
        ("not-extend", "", "order"),
        ("rectify", "6月30日：补办登记", "order"),
        ("answer", "按通知办理", "unit-question"),
    ],
)
def test_what_the_unit_must_hear_is_not_ordered_where_it_has_no_mailbox(verb: str, argument: str, kind: str):
    assert lacks(ordered(verb, argument, kind=kind, contacts=())) == "no-mailbox"


@pytest.mark.parametrize(
    ("verb", "argument", "file", "why"),
    [
        ("hide", "张三丰", AT_UNIT, "no-draft"),
        ("take-back", "", HANDED_OVER, "no-draft"),
        ("rectified", "", AT_UNIT, "not-rectifying"),
        ("done", "", AT_UNIT, "none"),
        ("not-extend", "", a_case(), "changed"),
        ("extend", "5 天", a_case(), "changed"),
        ("remind", "", a_case(), "at-no-unit"),
        ("disclose", "", dataclasses.replace(AGREED, kind="report"), "report-not-disclosed"),
        ("disclose", "", AGREED, "no-identity"),
        ("answer", "D99", REGISTERED, "no-ready"),
        ("check", "没有这个局 领导机构", AT_UNIT, "no-unit"),
        ("check", "", AT_UNIT, "no-unit"),
    ],
)
def test_an_order_that_has_nothing_to_work_on_says_so(verb: str, argument: str, file: CaseFile, why: str):
    assert lacks(ordered(verb, argument, file, drafts=())) == why


def test_a_late_unit_is_named_in_words_or_not_at_all():
    late = a_case(clocks=(dataclasses.replace(HANDLE, due=date(2017, 5, 2)),))

    assert lacks(ordered("circular", "", late, kind="circular-late")) == "no-words"


def test_a_case_goes_on_in_no_case_that_has_ended():
    ended = dataclasses.replace(OTHER, state=State.CLOSED)

    assert lacks(ordered("merge", ended.ref, files=(AT_UNIT, ended))) == "merge-ended"


@pytest.mark.parametrize("verb", ["see", "standard-answer"])
def test_an_order_that_answers_no_question_needs_the_one_case_it_means(verb: str):
    assert lacks(unprompted(verb, "核实", files=(AT_UNIT, OTHER))) == "no-case"


def test_nobody_is_passed_by_where_nothing_was_asked():
    assert lacks(unprompted("recuse")) == "none"


# --- those who can be told are told ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("verb", "argument", "file", "told"),
    [
        ("suspend", "等待鉴定", AT_UNIT, [("pause_notice", UNIT_BOX[LAND])]),
        ("resume", "", a_case(State.SUSPENDED, clocks=PAUSED), [("pause_notice", UNIT_BOX[LAND])]),
        ("hearing", "6月20日 下午2时 三楼会议室：收费依据", AT_UNIT, [("hearing_invited", UNIT_BOX[LAND])]),
        ("take-back", "", HANDED_OVER, []),
        ("withdraw", "", AT_UNIT, [("transfer_ended", UNIT_BOX[LAND])]),
    ],
)
def test_a_complainant_without_a_mailbox_stops_no_order(verb: str, argument: str, file: CaseFile, told):
    decision = ordered(verb, argument, file, parties=())

    assert kinds(decision)[0] == "Ordered"
    assert sent(decision)[:-1] == told


def test_a_case_without_a_mailbox_is_merged_and_the_unit_of_it_alone_hears_that():
    decision = ordered("merge", OTHER.ref, files=(AT_UNIT, OTHER), parties=((OTHER.ref, "complainant", LI),))

    assert "Merged" in kinds(decision)
    assert [letter for letter in sent(decision) if letter[0] != "order_done"] == [("transfer_ended", UNIT_BOX[LAND])]


def test_a_breach_is_lifted_though_its_unit_cannot_be_told():
    decision = ordered("lift", "系统故障", a_case(breaches=BREACH), contacts=())

    assert kinds(decision) == ["Ordered", "BreachLifted"]


def test_minutes_are_kept_where_the_unit_has_no_mailbox_to_be_bound_by():
    words = (
        "质询：已质询。\n辩论：已辩论。\n评议：已评议。\n合议：已合议。\n"
        "事实认定：逾期未办。\n责任划分：窗口负责。\n落实措施：限期办结。\n期限：6月30日"
    )
    called = a_case(State.SUSPENDED, clocks=PAUSED, hearing=date(2017, 5, 8))

    decision = ordered("minutes", words, called, contacts=(), identities=((REF, (Identity("email", LI),)),))

    assert "HearingHeld" in kinds(decision)
    assert "RectificationSet" not in kinds(decision)
    assert [template for template, _ in sent(decision)] == ["pause_told", "order_done"]


def test_an_inspectors_case_names_no_complainant_that_an_exposure_could_name():
    decision = ordered("expose", "某窗口上班时间无人，经查属实。", dataclasses.replace(PROVEN, channel="inspection"))

    assert "SecondAsked" in kinds(decision)


def test_a_case_of_another_kind_keeps_the_new_term_where_an_answer_was_promised_later():
    promised = Running("answer", date(2017, 5, 9), date(2017, 7, 31), "2017", promised=True)
    asked = a_case(State.REGISTERED, kind="consult", clocks=(promised,))

    decision = ordered("kind", "投诉", asked)

    fresh = next(event for event in decision.events if event.kind == "ClockStarted")
    assert (fresh.clock, fresh.due < promised.due, fresh.promised) == ("accept", True, True)
