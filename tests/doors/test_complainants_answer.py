"""What complainants' coded letters do: opinions, withdrawals, consent, questions, more facts (traps L40, L73–L77, A80, A81)."""

import dataclasses

import pytest
from desks import (
    COMPLAINT,
    LAND,
    LI,
    REF,
    UNIT_BOX,
    a_case,
    a_desk,
    a_desk_with,
    a_letter,
    asked,
    complainant_hit,
    complainant_writes,
    folded,
    kinds,
    sent,
    why,
)

from rules.asking import letters
from rules.decide import decide
from rules.decision import Disposition, Draft, Filing
from rules.desk import Sender
from rules.letter import Attachment
from rules.life import State

RESULT = "result_told"


def opinion(words, file=None, **given):
    file = file or a_case(State.FEEDBACK)
    letter, desk = complainant_writes(file, words, RESULT, **given)
    return file, decide(letter, desk)


def test_satisfied_closes_and_the_unit_hears_it():
    file, decision = opinion("满意，谢谢。")

    after = folded(file, decision.events)
    assert (after.state, after.outcome, after.clocks) == (State.CLOSED, "satisfied", ())
    assert sent(decision) == [("opinion_passed", UNIT_BOX[LAND]), ("opinion_received", LI)]
    assert decision.spent == (f"result_told:{REF}",)


def test_where_the_unit_cannot_be_reached_the_complainant_is_thanked_all_the_same():
    _file, decision = opinion("基本满意", contacts=())

    assert sent(decision) == [("opinion_received", LI)]


def test_unsatisfied_goes_back_to_the_unit_with_the_redacted_words():
    file, decision = opinion("不满意，300元测绘费没有退。")

    after = folded(file, decision.events)
    assert (after.state, after.round, sorted(clock.clock for clock in after.clocks)) == (
        State.ASSIGNED,
        2,
        ["feedback", "handle", "sign"],
    )
    assert sent(decision) == [("redo_order", UNIT_BOX[LAND]), ("opinion_received", LI)]


def test_a39_an_opinion_the_shield_is_unsure_of_goes_to_a_person_first():
    file, decision = opinion("不满意。" + TELLING)

    assert (asked(decision), sent(decision)) == (["unsatisfied"], [])
    assert folded(file, decision.events).state is State.FEEDBACK


TELLING = "我是村里唯一开木材厂的那家，全镇就我一家，谁都知道是我。"


def test_a_redo_without_a_reachable_unit_still_runs_its_clocks():
    file, decision = opinion("不满意，没有退。", contacts=())

    assert sent(decision) == [("opinion_received", LI)]
    assert folded(file, decision.events).state is State.ASSIGNED


@pytest.mark.parametrize("words", ["没有不满意", "满意个屁", "👍", "1", "满意/不满意", "如果退钱就满意"])
def test_l40_an_unclear_opinion_is_joined_and_asked_about(words):
    file, decision = opinion(words)

    assert (decision.disposition, kinds(decision), asked(decision), sent(decision)) == (
        Disposition.JOINED,
        ["Joined"],
        ["opinion"],
        [],
    )
    assert folded(file, decision.events) == file


@pytest.mark.parametrize(
    ("words", "value"),
    [("不满意", "unsatisfied"), ("不太满意", "unsatisfied"), ("您好：\n基本满意", "rather"), ("满意", "satisfied")],
)
def test_l40_a_clear_opinion_is_counted_as_it_is(words, value):
    _file, decision = opinion(words)

    assert next(event.value for event in decision.events if event.kind == "OpinionGiven") == value


@pytest.mark.parametrize(
    "file",
    [
        a_case(State.CLOSED, opinion="satisfied", outcome="satisfied"),
        a_case(State.CLOSED, outcome="none"),
        a_case(State.FEEDBACK, opinion="unsatisfied"),
        a_case(State.ASSIGNED, round=2),
    ],
)
@pytest.mark.parametrize("words", ["满意", "不满意"])
def test_l73_the_first_opinion_counts_and_a_later_one_only_joins_and_asks(file, words):
    _file, decision = opinion(words, file)

    assert (decision.disposition, kinds(decision), asked(decision), sent(decision)) == (
        Disposition.JOINED,
        ["Joined"],
        ["opinion"],
        [],
    )
    assert (decision.questions[0].choices == ("hold",)) == (file.state is not State.FEEDBACK)


def test_a7_a_spent_or_old_code_gives_no_opinion():
    file = a_case(State.FEEDBACK, round=2)

    spent = opinion("满意", file, hits=(complainant_hit(file, RESULT, spent=True),))[1]
    old = opinion("满意", file, hits=(complainant_hit(file, RESULT, round=1),))[1]

    assert (kinds(spent), kinds(old)) == (["Joined"], ["Joined"])


def test_l73_an_opinion_from_another_address_is_held():
    file = a_case(State.FEEDBACK)

    decision = decide(
        a_letter("满意", from_addr="other@qq.example"), a_desk_with(file, hits=(complainant_hit(file, RESULT),))
    )

    assert (decision.disposition, why(decision)) == (Disposition.HELD, "回信码正确，但发件人不属于本案")


def test_an_opinion_before_the_result_is_more_facts():
    file = a_case(State.HANDLING)
    letter, desk = complainant_writes(file, "我对国土局很不满意")

    assert decide(letter, desk).kind == "supplement"


def test_l39_our_own_question_for_an_opinion_quoted_back_is_no_opinion():
    file = a_case(State.FEEDBACK)
    ours = "请您在2017年6月1日前直接回复本邮件，在第一行写明：满意、基本满意或不满意，并可写明理由。"

    _file, decision = opinion(ours, file, hits=(complainant_hit(file, RESULT, text=ours),))

    assert (decision.kind, kinds(decision), asked(decision), sent(decision)) == (
        "empty",
        ["Joined"],
        ["supplement"],
        [],
    )


def test_l74_a81_a_withdrawal_is_confirmed_by_a_person_and_the_unit_hears_nothing():
    file = a_case(State.HANDLING)
    letter, desk = complainant_writes(file, "我要撤回投诉")

    decision = decide(letter, desk)

    assert (kinds(decision), asked(decision), sent(decision)) == (["Joined"], ["withdrawal"], [])
    assert why(decision) == f"承办单位“{LAND}”已知道此件，请先向来信人本人核实是否自愿撤回"


def test_a81_before_any_unit_knew_there_is_no_such_remark():
    letter, desk = complainant_writes(a_case(State.REGISTERED), "撤诉")

    assert why(decide(letter, desk)) == ""


def test_l74_somebody_elses_withdrawal_is_held():
    file = a_case()
    letter = a_letter("撤回投诉", from_addr="other@qq.example")

    assert decide(letter, a_desk_with(file, hits=(complainant_hit(file),))).disposition is Disposition.HELD


def test_l74_words_of_withdrawal_in_the_quote_do_nothing():
    letter, desk = complainant_writes(a_case(), "请继续办理，窗口还是不收材料")

    decision = decide(dataclasses.replace(letter, quoted="已解决，不再投诉"), desk)

    assert decision.kind == "supplement"


@pytest.mark.parametrize(
    ("words", "consent"),
    [("同意披露", "agreed"), ("不同意", "refused"), ("同意披露，但别说名字", "refused"), ("随便你们", "")],
)
def test_l77_only_a_clear_yes_lifts_the_shield_of_that_case(words, consent):
    file = a_case()
    letter, desk = complainant_writes(file, words)

    assert folded(file, decide(letter, desk).events).consent == consent


def test_s50_a_question_with_a_code_is_answered_with_the_state_to_the_registered_address():
    letter, desk = complainant_writes(a_case(), "请问办到哪一步了")

    decision = decide(letter, desk)

    assert (kinds(decision), sent(decision)) == (["Joined"], [("status_told", LI)])


@pytest.mark.parametrize("numbers", [(), (REF,), ("桓营诉〔2017〕12号",)])
def test_l75_ones_own_state_is_told_without_a_code_to_the_registered_address_alone(numbers):
    letter = a_letter("查询进展", numbers=numbers)

    decision = decide(letter, a_desk_with(a_case(), recent=(REF,), sender=Sender("complainant")))

    assert (decision.disposition, decision.filings, sent(decision)) == (
        Disposition.JOINED,
        (Filing(REF, "status"),),
        [("status_told", LI)],
    )


def test_l75_a8_others_learn_nothing_not_even_whether_the_number_exists():
    letter = a_letter("查询进展", from_addr="other@qq.example", numbers=(REF,))

    there, missing = decide(letter, a_desk_with(a_case())), decide(letter, a_desk())

    assert [(one.disposition, kinds(one), sent(one)) for one in (there, missing)] == [
        (Disposition.HELD, ["Held"], [])
    ] * 2


def test_l75_another_number_than_ones_own_is_held():
    letter = a_letter("查询进展", numbers=("桓营诉〔2017〕13号",))

    assert decide(letter, a_desk_with(a_case(), recent=(REF,))).disposition is Disposition.HELD


@pytest.mark.parametrize("given", [{"auth": "fail"}, {}])
def test_l75_a_doubtful_or_too_frequent_question_is_held(given):
    letter = a_letter("查询进展", numbers=(REF,), **given)

    decision = decide(letter, a_desk_with(a_case(), auto_today=0 if given else 99))

    assert (decision.disposition, sent(decision)) == (Disposition.HELD, [])


def test_a20_the_contents_of_a_case_are_never_mailed_on_request():
    letter = a_letter("我忘了编号，请把我的投诉内容再发一遍", from_addr="new@qq.example")

    decision = decide(letter, a_desk())

    assert (decision.disposition, decision.kind, sent(decision)) == (Disposition.HELD, "contents", [])


def test_l76_a_wholly_new_complaint_in_a_reply_is_shown_to_a_person_who_may_open_it():
    letter, desk = complainant_writes(a_case(), COMPLAINT.replace("国土资源局", "市场监督管理局"))

    decision = decide(letter, desk)

    assert (decision.kind, sent(decision)) == ("supplement", [("supplement_received", LI)])
    assert decision.questions[0].choices == ("hold", "open", "tell-units")


def test_l76_a_new_mailbox_is_not_the_complainant():
    file = a_case()
    letter = a_letter("这是我的新邮箱", from_addr="new@qq.example", numbers=(REF,))

    assert decide(letter, a_desk_with(file)).disposition is Disposition.HELD


def test_asked_facts_bring_the_case_on_with_new_clocks_and_a_longer_draft():
    file = a_case(State.SUPPLEMENT)
    letter, desk = complainant_writes(file, "是桓仁镇政府，3月1日交的材料。", "supplement_request")

    decision = decide(letter, desk)

    after = folded(file, decision.events)
    assert (after.state, sorted(clock.clock for clock in after.clocks)) == (State.REGISTERED, ["accept", "feedback"])
    assert asked(decision) == ["forward"]
    assert decision.drafts[0].text == "一直不给办理登记。\n\n是桓仁镇政府，3月1日交的材料。"


def test_the_question_after_a_supplement_proposes_the_unit_that_it_names():
    letter, desk = complainant_writes(a_case(State.SUPPLEMENT), "是国土资源局，3月1日交的材料。", "supplement_request")

    (question,) = decide(letter, desk).questions

    assert (question.kind, dict(question.proposal)["unit"]) == ("forward", LAND)
    (told, *_) = letters(question, desk)
    assert (told.choices[0].write, told.choices[0].does) == ("同意", f"按建议办理，就是“同意转办 {LAND}”")


def test_a_supplement_that_tells_nothing_either_proposes_to_ask_again_and_no_forwarding():
    drafts = (Draft(REF, "", "在吗？"),)
    letter, desk = complainant_writes(a_case(State.SUPPLEMENT), "请尽快处理。", drafts=drafts)

    (question,) = decide(letter, desk).questions

    assert (question.kind, "unit" in dict(question.proposal)) == ("incomplete", False)
    (told, *_) = letters(question, desk)
    assert told.choices[0].does == "按建议办理，就是“补正”"
    assert "同意转办" not in [choice.write for choice in told.choices]
    assert "改派 单位名称（主办在前，协办在后）" in [choice.write for choice in told.choices]


def test_asked_facts_without_an_earlier_draft_make_one():
    letter, desk = complainant_writes(a_case(State.SUPPLEMENT), "是桓仁镇政府。", drafts=())

    assert decide(letter, desk).drafts[0].text == "是桓仁镇政府。"


def test_a_file_without_words_is_more_facts():
    paper = Attachment("x.jpg", "attachment-1.jpg", "image/jpeg", 9, "0" * 64)
    letter, desk = complainant_writes(a_case(), "")

    decision = decide(dataclasses.replace(letter, attachments=(paper,)), desk)

    assert (decision.kind, asked(decision)) == ("supplement", ["supplement"])
