"""Whatever happens, in whatever order: an open case has a due day, a rule refuses nobody, a stranger moves nothing, a letter has one end."""

import dataclasses
from datetime import UTC, datetime, timedelta

from desks import (
    ABOUT,
    COMPLAINT,
    LAND,
    LI,
    MARKET,
    REF,
    REPORT,
    UNIT_BOX,
    a_case,
    a_desk,
    a_desk_with,
    a_letter,
    a_question,
    complainant_hit,
    folded,
    the_calendar,
    unit_hit,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.asking import ASKINGS
from rules.case import CaseFile
from rules.decide import decide
from rules.decision import Decision, Disposition, WarrantKind
from rules.desk import Desk, Sender
from rules.life import STANDING, State
from rules.obey import obey
from rules.orders.verbs import VERBS
from rules.remind import remind
from rules.replies.orders import Order

START = datetime(2017, 5, 9, 1, tzinfo=UTC)
UNIT_WORDS = [
    "签收",
    "正在办理",
    REPORT,
    "情况属实，已整改。",
    "退办，不属于我局职责",
    "延期10天",
    "投诉人是谁",
    "",
    "嗯",
]
HIS_WORDS = [
    "满意",
    "不满意，没有退钱",
    "没有不满意",
    "撤回投诉",
    "同意披露",
    "不同意",
    "办到哪了",
    "补充：还有一件事",
    "",
]
ARGUMENTS = ["", LAND, MARKET, "N4", "5 天", "请写明地点", REF]
CODE_OR_ORDER = {WarrantKind.CODE, WarrantKind.ORDER}


def a_step(file: CaseFile, what: tuple, now: datetime) -> Decision | None:
    """One thing that happens to the case: a letter of the unit or the complainant, an order, a day passing."""
    actor, words, extra = what
    desk = a_desk_with(file, now=now)
    if actor == "time":
        return remind(file, desk)
    if actor == "unit":
        hit = unit_hit(file, LAND, spent=extra == "spent")
        desk = dataclasses.replace(desk, hits=(hit,), sender=Sender("unit", LAND))
        return decide(a_letter(words, from_addr=UNIT_BOX[LAND]), desk)
    if actor == "complainant":
        template = "result_told" if file.state is State.FEEDBACK else "receipt"
        desk = dataclasses.replace(desk, hits=(complainant_hit(file, template),), sender=Sender("complainant"))
        return decide(a_letter(words), desk)
    question = next((kind for kind, asking in ASKINGS.items() if words in asking.choices), "held")
    desk = dataclasses.replace(desk, letter=a_letter(REPORT, from_addr=UNIT_BOX[LAND]), next_serial=13)
    order = Order(words, extra, "王组长", ("head",), "command")
    return obey(order, desk, a_question(question, ABOUT, outbox="receipt:x"))


STEPS = st.one_of(
    st.tuples(st.just("unit"), st.sampled_from(UNIT_WORDS), st.sampled_from(["", "spent"])),
    st.tuples(st.just("complainant"), st.sampled_from(HIS_WORDS), st.just("")),
    st.tuples(st.just("order"), st.sampled_from(sorted(VERBS)), st.sampled_from(ARGUMENTS)),
    st.tuples(st.just("time"), st.just(""), st.just("")),
)


def follow(file: CaseFile, decision: Decision) -> CaseFile:
    return folded(file, [event for event in decision.events if event.about == ABOUT])


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(STEPS, st.integers(0, 12)), max_size=9),
    st.sampled_from([COMPLAINT, "有人管管吗", "请问怎么办照"]),
)
def test_due_an_open_case_always_has_a_next_working_day_and_somebody_who_answers(steps, words):
    file = folded(None, decide(a_letter(words), a_desk()).events)
    now = START
    for what, days in steps:
        now += timedelta(days=days)
        decision = a_step(file, what, now)
        if decision is None:
            continue
        file = follow(file, decision)
        standing = STANDING[file.state]
        assert file.ended or (file.next_due is not None and standing.owner)
        assert all(the_calendar().is_workday(clock.due) for clock in file.running)
        assert not file.ended or file.clocks == ()
        refused = {event.kind for event in decision.events} & {"NotAccepted", "HandedOver", "Withdrawn", "Merged"}
        assert not refused or what[0] == "order"


SAID = st.one_of(
    st.text(max_size=60),
    st.lists(
        st.sampled_from([*UNIT_WORDS, *HIS_WORDS, "同意转办", "不予受理 N4", REF, "桓营诉〔2017〕12号", "改派 桓仁镇"]),
        max_size=4,
    ).map("\n".join),
)


@settings(max_examples=60, deadline=None)
@given(
    SAID,
    SAID,
    st.sampled_from(["stranger@qq.example", UNIT_BOX[LAND], UNIT_BOX[MARKET], LI, ""]),
    st.sampled_from(["pass", "none", "fail"]),
    st.sampled_from([(), (REF,)]),
    st.sampled_from([None, "vacation", "spam", "bounce"]),
)
def test_who_says_without_a_code_nobody_moves_anything(subject, words, address, auth, numbers, machine):
    letter = a_letter(words, from_addr=address, subject=subject, auth=auth, numbers=numbers, machine=machine)

    decision = decide(letter, a_desk_with(a_case(), next_serial=13))

    assert isinstance(decision.disposition, Disposition)
    assert not {event.warrant.kind for event in decision.events} & CODE_OR_ORDER
    assert follow(a_case(), decision) == a_case()


@settings(max_examples=40, deadline=None)
@given(SAID, st.sampled_from(["stranger@qq.example", UNIT_BOX[MARKET], LI]), st.sampled_from(["unit", "staff"]))
def test_who_says_a_stolen_code_from_another_address_moves_nothing(words, address, party):
    hit = (
        unit_hit(a_case())
        if party == "unit"
        else unit_hit(a_case(), party="staff:王组长", address="zuzhang@office.example")
    )
    desk: Desk = a_desk_with(a_case(), hits=(hit,))

    decision = decide(a_letter(words, from_addr=address), desk)

    assert decision.disposition is Disposition.HELD
    assert [event.kind for event in decision.events] == ["Held"]
    assert decision.notices == ()
