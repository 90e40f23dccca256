"""What units' letters do, and what they cannot do (WHO-SAYS, traps L.e and A.a)."""

import dataclasses
from datetime import date

import pytest
from desks import (
    LAND,
    MARKET,
    REF,
    REPORT,
    UNIT_BOX,
    a_case,
    a_desk_with,
    a_letter,
    asked,
    folded,
    kinds,
    sent,
    unit_hit,
    unit_writes,
    why,
)

from rules.case import Running
from rules.choosing import choices_of
from rules.decide import decide
from rules.decision import Disposition, Warrant, WarrantKind
from rules.desk import Sender
from rules.events import Joined, SignedFor
from rules.life import State

HANDLE = Running("handle", date(2017, 5, 9), date(2017, 5, 31), "2017")
SIGN = Running("sign", date(2017, 5, 9), date(2017, 5, 10), "2017")
CONFIRMED = [("unit_confirmation", UNIT_BOX[LAND])]


def assigned(**given):
    return a_case(State.ASSIGNED, clocks=(SIGN, HANDLE), **given)


def test_l41_received_with_thanks_signs_for_the_case_and_ends_nothing():
    file = assigned()
    letter, desk = unit_writes(file, "已收到，谢谢")

    decision = decide(letter, desk)

    warrant = Warrant(WarrantKind.CODE, f"transfer:{REF}:1:{LAND}", LAND)
    about = f"case:{REF}"
    assert decision.events == (
        Joined(about=about, warrant=warrant, letter=letter.sha256, part="signature"),
        SignedFor(about=about, warrant=warrant, unit=LAND, letter=letter.sha256),
    )
    assert (decision.disposition, asked(decision), sent(decision)) == (Disposition.JOINED, [], CONFIRMED)
    assert folded(file, decision.events).state is State.HANDLING


def test_the_handling_clock_runs_on_when_the_unit_has_signed():
    file = assigned()
    letter, desk = unit_writes(file, "签收")

    assert folded(file, decide(letter, desk).events).clocks == (HANDLE,)


def test_l41_l64_a_machines_answer_to_a_transfer_is_no_signature_and_its_clock_runs_on():
    file = assigned()
    letter, desk = unit_writes(file, "已收到，谢谢")

    decision = decide(dataclasses.replace(letter, machine="vacation"), desk)

    assert (decision.disposition, kinds(decision), sent(decision)) == (Disposition.MACHINE, ["MachineNoted"], [])
    assert folded(file, decision.events).clocks == (SIGN, HANDLE)


def test_a_second_signature_only_joins():
    letter, desk = unit_writes(a_case(), "签收")

    decision = decide(letter, desk)

    assert (kinds(decision), asked(decision), sent(decision)) == (["Joined"], [], [])


def test_l35_a_reply_with_nothing_new_signs_nothing_and_is_shown():
    letter, desk = unit_writes(assigned(), "")

    decision = decide(dataclasses.replace(letter, text="转办单", quoted="转办单"), desk)

    assert (decision.disposition, kinds(decision), sent(decision)) == (Disposition.JOINED, ["Joined"], [])
    assert why(decision) == "回信没有新内容"


OUR_LETTER = "营商环境投诉举报转办单\n请于2017年5月10日前回复“签收”；\n请回复“办结”，写明：调查结论（属实、部分属实）、办理情况、查处情况；"


@pytest.mark.parametrize(
    "words",
    [
        OUR_LETTER,
        OUR_LETTER.replace("\n", "\n\n"),
        f"　{OUR_LETTER}　",
        OUR_LETTER + "\n签收",
        OUR_LETTER.replace("；", "；\n"),
    ],
)
def test_l39_words_of_our_letter_never_act_even_without_quote_marks(words):
    file = assigned()
    letter, desk = unit_writes(file, words, hits=(unit_hit(file, text=OUR_LETTER),))

    decision = decide(letter, desk)

    assert (kinds(decision), sent(decision), why(decision)) == (["Joined"], [], "回信没有新内容")


def test_l39_what_the_unit_wrote_above_our_words_acts():
    file = assigned()
    letter, desk = unit_writes(file, f"签收\n{OUR_LETTER}", hits=(unit_hit(file, text=OUR_LETTER),))

    assert kinds(decide(letter, desk)) == ["Joined", "SignedFor"]


def test_progress_signs_too_and_moves_no_clock():
    """A79: activity is not progress."""
    file = assigned()
    letter, desk = unit_writes(file, "正在调查，请稍候")

    decision = decide(letter, desk)

    assert (kinds(decision), sent(decision)) == (["Joined", "SignedFor", "Progressed"], CONFIRMED)
    assert folded(file, decision.events).clocks == (HANDLE,)


def test_a79_daily_progress_changes_nothing():
    file = a_case(clocks=(HANDLE,))
    letter, desk = unit_writes(file, "正在办理")

    decision = decide(letter, desk)

    assert folded(file, decision.events) == file
    assert kinds(decision) == ["Joined", "Progressed"]


def test_a_whole_report_waits_for_review_and_spends_its_code():
    file = a_case(clocks=(HANDLE,))
    letter, desk = unit_writes(file, REPORT)

    decision = decide(letter, desk)

    after = folded(file, decision.events)
    assert (after.state, after.finding, [clock.clock for clock in after.clocks]) == (State.REPORTED, "true", ["review"])
    assert decision.spent == (f"transfer:{REF}:1:{LAND}",)
    assert decision.questions[0].choices[0] == "approve-result"


def test_l69_a_report_that_lacks_parts_is_proposed_for_redo():
    letter, desk = unit_writes(a_case(clocks=(HANDLE,)), "情况属实，已整改。")

    (question,) = decide(letter, desk).questions

    assert question.choices[0] == "redo"
    assert "查处情况" in dict(question.facts)["missing"]


def test_a7_a_spent_code_only_joins_and_asks():
    file = a_case(State.REPORTED)
    letter, desk = unit_writes(file, REPORT, hits=(unit_hit(file, spent=True),))

    decision = decide(letter, desk)

    assert (decision.disposition, kinds(decision), asked(decision), sent(decision)) == (
        Disposition.JOINED,
        ["Joined"],
        ["unclear"],
        [],
    )


def test_a7_l61_the_code_of_a_letter_before_the_redo_only_joins_and_asks():
    letter, desk = unit_writes(a_case(round=2), REPORT, hits=(unit_hit(a_case(round=1)),))

    decision = decide(letter, desk)

    assert (kinds(decision), asked(decision)) == (["Joined"], ["unclear"])
    assert why(decision) == "回的是以前的信，或者回信码已经用过，案件没有变动"


def test_l61_a_unit_that_lost_the_case_to_another_undoes_nothing():
    file = a_case(State.ASSIGNED, lead=MARKET, clocks=(SIGN, HANDLE))
    letter, desk = unit_writes(file, "签收", hits=(unit_hit(file, LAND),))

    decision = decide(letter, desk)

    assert (kinds(decision), folded(file, decision.events)) == (["Joined"], file)


@pytest.mark.parametrize("lead_first", [True, False])
def test_l62_a_co_units_send_back_never_crosses_the_leads_result(lead_first):
    file = a_case(co_units=(MARKET,), clocks=(HANDLE,))
    letters = [(REPORT, LAND), ("退办，不属于我局职责", MARKET)]
    questions = []

    for words, unit in letters if lead_first else reversed(letters):
        letter, desk = unit_writes(file, words, unit)
        decision = decide(letter, desk)
        file = folded(file, decision.events)
        questions += asked(decision)

    assert (file.state, file.lead, sorted(questions)) == (State.REPORTED, LAND, ["review", "unclear"])


@pytest.mark.parametrize("words", ["签收", "正在办理"])
def test_a_co_units_signature_does_not_sign_for_the_lead(words):
    file = a_case(State.ASSIGNED, co_units=(MARKET,), clocks=(SIGN, HANDLE))
    letter, desk = unit_writes(file, words, MARKET)

    decision = decide(letter, desk)

    assert (kinds(decision), sent(decision)) == (
        ["Joined", "Progressed"],
        [("unit_confirmation", UNIT_BOX[MARKET])],
    )
    assert folded(file, decision.events) == file


@pytest.mark.parametrize("state", [State.CLOSED, State.HANDED_OVER, State.WITHDRAWN])
@pytest.mark.parametrize("words", ["签收", REPORT, "退办"])
def test_l63_a_reply_after_the_end_joins_asks_and_changes_nothing(state, words):
    file = a_case(state)
    letter, desk = unit_writes(file, words)

    decision = decide(letter, desk)

    assert (decision.disposition, kinds(decision), asked(decision), sent(decision)) == (
        Disposition.JOINED,
        ["Joined"],
        ["unclear"],
        [],
    )
    assert folded(file, decision.events) == file


def test_a_result_that_the_state_cannot_take_only_joins():
    letter, desk = unit_writes(a_case(State.SENT_BACK), REPORT)

    assert (kinds(decide(letter, desk)), asked(decide(letter, desk))) == (["Joined"], ["unclear"])


def test_l71_a_send_back_waits_for_a_person_and_the_case_keeps_its_unit():
    file = a_case(State.ASSIGNED, clocks=(SIGN, HANDLE))
    letter, desk = unit_writes(file, "退办，不属于我局职责")

    decision = decide(letter, desk)

    after = folded(file, decision.events)
    assert (after.state, after.lead, [clock.clock for clock in after.clocks]) == (State.SENT_BACK, LAND, ["send-back"])
    assert (asked(decision), sent(decision)) == (["send-back"], CONFIRMED)


def test_a_send_back_after_the_report_only_joins():
    letter, desk = unit_writes(a_case(State.REPORTED), "退办")

    assert kinds(decide(letter, desk)) == ["Joined"]


def test_l70_a79_an_extension_is_only_asked_for():
    file = a_case(clocks=(HANDLE,))
    letter, desk = unit_writes(file, "延期10天，情况复杂")

    decision = decide(letter, desk)

    assert (kinds(decision), sent(decision)) == (["Joined", "ExtensionAsked"], CONFIRMED)
    assert decision.questions[0].proposal == (("days", "10"),)
    assert folded(file, decision.events) == file


@pytest.mark.parametrize("words", ["申请延期至2017年2月30日", "申请延期至2017年6月20日"])
def test_l72_an_impossible_day_is_no_day(words):
    letter, desk = unit_writes(a_case(), words)

    decision = decide(letter, desk)

    assert decision.questions[0].proposal == ()
    assert dict(decision.questions[0].facts).get("until") == ("2017-06-20" if "6月" in words else None)


@pytest.mark.parametrize(
    "words",
    [
        "投诉人是谁？请提供电话以便联系",
        "申请延期，请提供投诉人电话",
        "退办：请告知投诉人姓名",
        "请贵局原文转发投诉内容",
    ],
)
@pytest.mark.parametrize("unit", [LAND, MARKET])
def test_a22_a24_a_question_about_the_complainant_gets_no_automatic_answer(words, unit):
    file = a_case(co_units=(MARKET,))
    letter, desk = unit_writes(file, words, unit)

    decision = decide(letter, desk)

    assert (kinds(decision), asked(decision), sent(decision)) == (["Joined", "Noted"], ["fishing"], [])
    assert folded(file, decision.events) == file


@pytest.mark.parametrize("claim", ["投诉人已撤诉。", "投诉人表示满意。", "投诉人同意披露身份。"])
def test_a80_a_unit_cannot_speak_for_the_complainant(claim):
    file = a_case(clocks=(HANDLE,))
    letter, desk = unit_writes(file, f"{REPORT}\n{claim}")

    after = folded(file, decide(letter, desk).events)

    assert (after.state, after.opinion, after.consent) == (State.REPORTED, "", "")


def test_l60_the_right_code_from_an_unknown_mailbox_is_held():
    file = assigned()
    letter = a_letter("签收", from_addr="clerk@qq.example")

    decision = decide(letter, a_desk_with(file, hits=(unit_hit(file),)))

    assert (decision.disposition, kinds(decision), sent(decision)) == (Disposition.HELD, ["Held"], [])
    assert why(decision) == "发件地址未登记"


def test_a2_a5_a_code_from_somebody_elses_letter_is_held():
    file = assigned()
    letter = a_letter("签收", from_addr=UNIT_BOX[MARKET])

    decision = decide(letter, a_desk_with(file, hits=(unit_hit(file),), sender=Sender("unit", MARKET)))

    assert (decision.disposition, why(decision)) == (Disposition.HELD, "回信码正确，但发件人不属于本案")


def test_a3_a_failed_authentication_is_held_even_with_address_and_code():
    letter, desk = unit_writes(assigned(), "签收")

    decision = decide(dataclasses.replace(letter, auth="fail", auth_line="spf=fail"), desk)

    assert (decision.disposition, kinds(decision), sent(decision)) == (Disposition.HELD, ["Held"], [])
    assert dict(decision.questions[0].facts)["auth"] == "spf=fail"


def test_l18_two_readings_of_one_command_are_held():
    letter, desk = unit_writes(assigned(), "签收")

    assert decide(dataclasses.replace(letter, contradicts=True), desk).kind == "contradicts"


def test_l65_codes_of_several_cases_close_none():
    one, other = assigned(), assigned(ref="HY2017-00013-XX", serial=13)
    letter, desk = unit_writes(one, "以上两件均已办结", hits=(unit_hit(one), unit_hit(other)), files=(one, other))

    decision = decide(letter, desk)

    assert (decision.disposition, kinds(decision), why(decision)) == (
        Disposition.HELD,
        ["Held"],
        "信中有几个案件的回信码",
    )


def test_a10_in_a_long_thread_the_newest_of_our_letters_counts():
    file = a_case(round=2)
    letter, desk = unit_writes(file, REPORT, hits=(unit_hit(file), unit_hit(a_case(round=1))))

    assert kinds(decide(letter, desk))[1] == "ResultReported"


def test_a_code_of_a_case_that_is_not_on_the_desk_is_held():
    letter, desk = unit_writes(assigned(), "签收", files=())

    assert decide(letter, desk).kind == "spent"


def test_days_asked_for_up_to_a_day_are_counted_from_the_day_it_is_due():
    letter, desk = unit_writes(a_case(clocks=(HANDLE,)), "申请延期至2017年6月9日，情况复杂")

    (question,) = decide(letter, desk).questions

    assert question.proposal == (("days", "7"),)
    assert "7" in choices_of(question, desk)[0].does


def test_a_unit_that_says_after_its_report_that_it_answered_changes_nothing():
    letter, desk = unit_writes(a_case(State.REPORTED, disclosed=True), "已直接答复投诉人。")

    assert kinds(decide(letter, desk)) == ["Joined"]
