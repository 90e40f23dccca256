"""A clerk's diary for every handling mode (domain §2.1): who works, who answers, who signs, and what a case waits for (S80–S84)."""

import dataclasses
from datetime import UTC, date, datetime

import pytest
from desks import (
    ABOUT,
    HEAD,
    LAND,
    LI,
    MARKET,
    REF,
    REPORT,
    TOWN,
    UNIT_BOX,
    a_case,
    a_desk,
    a_desk_with,
    a_letter,
    a_question,
    asked,
    complainant_writes,
    folded,
    kinds,
    sent,
    staff_writes,
    the_book,
    unit_writes,
)

from rules.case import CaseFile, Running
from rules.decide import decide
from rules.decision import Decision, Disposition
from rules.desk import Sender
from rules.handling.filing import filed
from rules.life import LIFE, State
from rules.remind import remind
from rules.wording import wording

say = wording("rules")
OFFICE_UNIT = "县营商环境建设监督局"


def ordered(file: CaseFile, role: str, words: str, kind: str, **given: object) -> Decision:
    question = a_question(kind, f"case:{file.ref}", **given.pop("question", {}))  # type: ignore[arg-type]
    letter, desk = staff_writes(file, role, words, question, **given)
    return decide(letter, desk)


def after(file: CaseFile, decision: Decision) -> CaseFile:
    return folded(file, [event for event in decision.events if event.about == f"case:{file.ref}"])


def reported(file: CaseFile, unit: str = LAND, words: str = REPORT) -> CaseFile:
    return after(file, decide(*unit_writes(file, words, unit)))


def text_of(decision: Decision, template: str) -> dict[str, object]:
    (notice,) = [notice for notice in decision.notices if notice.template == template]
    return {field.name: getattr(notice, field.name) for field in dataclasses.fields(notice)}


# --- 转办 ---------------------------------------------------------------------------------------------------------------


def test_s82_transfer_the_units_reply_is_answer_and_copy_at_once_and_no_copy_can_be_missing():
    registered = a_case(
        State.REGISTERED, clocks=(Running("accept", date(2017, 5, 9), date(2017, 5, 16), "2017", promised=True),)
    )
    out = ordered(registered, "receiver", f"改派 {LAND}", "forward")
    file = after(registered, out)
    assert (file.handling, file.state, file.disclosed) == ("transfer", State.ASSIGNED, False)
    assert text_of(out, "transfer")["office_answers"] is False

    file = reported(after(file, decide(*unit_writes(file, "签收"))))
    told = ordered(file, "reviewer", "通过", "review", letter=a_letter(REPORT, from_addr=UNIT_BOX[LAND]))

    assert sent(told)[:2] == [("result_told", LI), ("unit_confirmation", UNIT_BOX[LAND])]
    assert text_of(told, "result_told")["unit"] == LAND
    assert after(file, told).state is State.FEEDBACK


def test_a_unit_that_says_it_answered_somebody_it_must_not_know_is_looked_into_at_once():
    file = a_case(State.HANDLING)

    decision = decide(*unit_writes(file, "已直接答复投诉人。"))

    assert (kinds(decision), asked(decision), decision.questions[0].urgent) == (["Joined"], ["answered-unasked"], True)
    assert sent(decision) == []


# --- 身份已披露: the copy for the record -----------------------------------------------------------------------------------


def test_s84_where_the_unit_knows_him_closure_waits_for_the_copy_and_the_unit_that_forgot_is_reminded():
    file = a_case(
        State.HANDLING, disclosed=True, clocks=(Running("handle", date(2017, 5, 9), date(2017, 5, 31), "2017"),)
    )
    said = decide(*unit_writes(file, "已与投诉人见面，已答复投诉人。"))
    file = after(file, said)
    assert (file.state, file.next_due.clock, sent(said)) == (State.COPY, "copy", [("copy_request", UNIT_BOX[LAND])])
    assert (State.COPY, "Closed") not in LIFE

    later = remind(file, a_desk_with(file, now=datetime(2017, 5, 12, 1, tzinfo=UTC)))
    assert sent(later) == [("unit_reminder", UNIT_BOX[LAND])]

    file = reported(file)
    asked_him = ordered(file, "reviewer", "通过", "review", letter=a_letter(REPORT))
    assert sent(asked_him)[0] == ("visit_asked", LI)


def test_s84_l68_his_opinion_is_kept_while_the_copy_is_missing_and_closes_the_case_when_it_is_in():
    file = a_case(State.HANDLING, disclosed=True)
    letter, desk = complainant_writes(file, "满意，单位已经给我办了")
    said = decide(letter, desk)
    file = after(file, said)
    assert (file.state, file.opinion, sent(said)) == (State.COPY, "satisfied", [("copy_request", UNIT_BOX[LAND])])

    file = reported(file)
    done = ordered(file, "reviewer", "通过", "review", letter=a_letter(REPORT))

    assert (after(file, done).state, after(file, done).outcome) == (State.CLOSED, "satisfied")
    assert sent(done)[0] == (
        "opinion_received",
        LI,
    )  # he hears that it ends: the audit asks for a letter of every ending
    assert [template for template, _ in sent(done)][1:3] == ["opinion_passed", "unit_confirmation"]
    assert next(notice.occasion for notice in done.notices) == f"result:{REF}:{file.round}"


def test_who_went_on_in_a_case_that_its_unit_answered_itself_hears_the_result_too():
    """The unit knows the one who agreed to be named; the other complainant was answered by nobody."""
    other = dataclasses.replace(a_case(State.MERGED), ref="HY2017-00013-K8", serial=13, into=REF)
    file = a_case(State.REPORTED, disclosed=True, answered_directly=True, opinion="satisfied", absorbed=(other.ref,))
    parties = ((REF, "complainant", LI), (other.ref, "complainant", "other@qq.example"))
    done = ordered(file, "reviewer", "通过", "review", letter=a_letter(REPORT), files=(file, other), parties=parties)

    assert ("result_told", "other@qq.example") in sent(done)


@pytest.mark.parametrize(("words", "kind"), [("不满意，没人联系我", "unsatisfied"), ("怎么才算满意", "opinion")])
def test_an_unhappy_or_unclear_word_before_the_copy_goes_to_a_person(words: str, kind: str):
    file = a_case(State.HANDLING, disclosed=True)

    decision = decide(*complainant_writes(file, words))

    assert asked(decision) == [kind]
    assert decision.questions[0].choices == ("redo", "hold")
    redone = ordered(after(file, decision), "reviewer", "退回重办：请当面答复", kind)
    assert after(after(file, decision), redone).state is State.ASSIGNED


# --- 单位直接受理 ---------------------------------------------------------------------------------------------------------


FILING = "报来我局直接受理的投诉一件，请予备案。5月10日接群众电话反映窗口收费不开票，我局正在办理。"


def test_s83_a_units_filing_is_taken_in_by_a_person_and_gets_a_number_of_its_own():
    letter = a_letter(FILING, from_addr=UNIT_BOX[LAND], subject="直接受理备案")
    desk = a_desk(sender=Sender("unit", LAND))

    held = decide(letter, desk)
    assert (held.disposition, asked(held), sent(held)) == (Disposition.HELD, ["filing"], [])

    question = a_question("filing", "office", letter=letter.sha256)
    order, staff_desk = staff_writes(None, "receiver", "同意", question, letter=letter)
    decision = decide(order, staff_desk)
    file = folded(None, [event for event in decision.events if event.about.startswith("case:")])
    assert (file.handling, file.lead, file.state, file.channel) == ("unit-direct", LAND, State.HANDLING, "unit-direct")
    assert sent(decision)[0] == ("filing_received", UNIT_BOX[LAND])
    assert decision.identities[0][1]  # the guard knows the case, whoever the filing names


def test_s83_the_report_of_a_units_own_case_ends_it_as_filed_and_the_office_writes_to_no_complainant():
    letter = a_letter(FILING, from_addr=UNIT_BOX[LAND])
    desk = a_desk()
    file = folded(None, filed(letter, desk, desk.contacts[0], a_warrant()).events)
    file = reported(file)

    done = ordered(file, "reviewer", "通过", "review", letter=a_letter(REPORT), parties=())

    assert (after(file, done).state, after(file, done).outcome) == (State.CLOSED, "filed")
    assert [template for template, _ in sent(done)] == ["unit_confirmation", "order_done"]


def test_s84_a_filing_that_brings_its_result_goes_to_review():
    desk = a_desk()

    decision = filed(a_letter(f"备案。{REPORT}", from_addr=UNIT_BOX[LAND]), desk, desk.contacts[0], a_warrant())

    assert folded(None, decision.events).state is State.REPORTED
    assert asked(decision) == ["review"]


def test_a_filing_from_a_mailbox_that_is_no_units_is_none():
    question = a_question("filing", "office")
    order, desk = staff_writes(None, "receiver", "备案", question, letter=a_letter(FILING))

    assert kinds(decide(order, desk)) == ["OrderRefused"]


def a_warrant():
    from desks import order_by

    return order_by("receiver")


# --- 重点督办 -----------------------------------------------------------------------------------------------------------


def test_s81_key_supervision_the_unit_reports_the_office_answers_and_the_head_signs():
    file = a_case(State.REGISTERED)
    out = ordered(file, "head", f"重点督办 {LAND}", "forward")
    file = after(file, out)
    assert (file.handling, text_of(out, "transfer")["office_answers"]) == ("key-supervision", True)

    file = reported(file)
    drafted = ordered(file, "reviewer", "通过", "review", letter=a_letter(REPORT))
    assert (asked(drafted), [template for template, _ in sent(drafted)]) == (["sign-off"], ["order_done"])
    assert after(file, drafted).state is State.REPORTED
    assert drafted.questions[0].role == "head"

    signed = ordered(file, "head", "同意", "sign-off", question={"proposal": drafted.questions[0].proposal})
    assert sent(signed)[0] == ("office_answer", LI)
    assert "批评教育一次" in str(text_of(signed, "office_answer")["answer"])
    assert after(file, signed).state is State.FEEDBACK


def test_s81_only_the_head_orders_key_supervision():
    assert kinds(ordered(a_case(State.REGISTERED), "receiver", f"重点督办 {LAND}", "forward")) == ["OrderRefused"]


# --- 交办 ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("day", ["6月20日", "2017年6月20日", "17.6.20", "六月二十日"])
def test_assign_demands_a_report_by_the_day_that_was_named(day: str):
    file = a_case(State.REGISTERED)

    out = ordered(file, "receiver", f"交办 {LAND}，协办 {TOWN} {day}\n请查明收费依据。", "forward")

    given = text_of_all(out, "transfer")
    assert {words["due_report"] for words in given} == {date(2017, 6, 20)}
    assert {words["report_demanded"] for words in given} == {True}
    assert {str(words["requirement"]) for words in given} == {"请查明收费依据。"}
    assert after(file, out).clock("handle").due == date(2017, 6, 20)
    assert (after(file, out).lead, after(file, out).co_units) == (LAND, (TOWN,))


def text_of_all(decision: Decision, template: str) -> list[dict[str, object]]:
    return [
        {field.name: getattr(notice, field.name) for field in dataclasses.fields(notice)}
        for notice in decision.notices
        if notice.template == template
    ]


def test_a_day_that_has_passed_is_no_day_to_demand_a_report_by():
    refused = ordered(a_case(State.REGISTERED), "receiver", f"交办 {LAND} 5月1日", "forward")

    assert kinds(refused) == ["OrderRefused"]
    assert "已经过了" in refused.notices[0].reason


# --- 直接办理 -----------------------------------------------------------------------------------------------------------


def test_the_office_investigates_itself_where_the_unit_must_not_see_the_letter():
    file = a_case(State.REGISTERED)
    out = ordered(file, "head", "直接办理", "ourselves")
    file = after(file, out)
    assert (file.lead, file.handling, asked(out)) == (OFFICE_UNIT, "direct", ["own-work"])
    assert [template for template, _ in sent(out)] == ["acceptance_told", "order_done"]

    answered = ordered(file, "head", "核发：经查，收费没有依据，已责令退还。", "own-work")

    assert sent(answered)[0] == ("office_answer", LI)
    assert after(file, answered).state is State.FEEDBACK


def test_the_offices_own_answer_is_no_answer_to_a_case_that_a_unit_has():
    assert kinds(ordered(a_case(State.HANDLING), "head", "核发：已办", "sign-off")) == ["OrderRefused"]


# --- 主办协办, 并案, 撤回, 移送, 中止恢复 -------------------------------------------------------------------------------------


def test_l43_a_joint_case_goes_to_lead_and_co_units_and_each_hears_when_it_has_it_no_more():
    file = after(
        a_case(State.REGISTERED), ordered(a_case(State.REGISTERED), "receiver", f"改派 {LAND}、{TOWN}", "forward")
    )
    assert file.units == (LAND, TOWN)

    moved = ordered(file, "handler", f"改派 {MARKET}", "send-back")

    assert [address for template, address in sent(moved) if template == "transfer_ended"] == [
        UNIT_BOX[LAND],
        UNIT_BOX[TOWN],
    ]


def test_l45_one_of_two_complainants_is_merged_into_the_others_case_without_learning_his_number():
    file = a_case(State.REGISTERED)
    into = a_case(State.HANDLING, ref="HY2017-00009-4H", serial=9)
    from rules.shown import next_reference

    into = dataclasses.replace(into, ref=str(next_reference(the_book(), 2017, 9)))
    desk_files = (file, into)
    parties = ((file.ref, "complainant", LI), (into.ref, "complainant", "wang@qq.example"))

    merged = ordered(file, "receiver", f"并案 {into.ref}", "forward", files=desk_files, parties=parties)

    assert folded(file, [event for event in merged.events if event.about == ABOUT]).outcome == "merged"
    taken = folded(into, [event for event in merged.events if event.about == f"case:{into.ref}"])
    assert (taken.absorbed, taken.flags) == ((REF,), ("group",))
    assert sent(merged)[0] == ("merged_told", LI)
    assert text_of(merged, "merged_told")["into"] == ""


def test_the_lead_and_the_co_unit_of_a_merged_case_hear_so_and_only_who_has_the_other_case_hears_its_number():
    from rules.shown import next_reference, number

    file = a_case(State.HANDLING, co_units=(TOWN,))
    into = a_case(State.HANDLING, ref=str(next_reference(the_book(), 2017, 9)), serial=9)

    merged = ordered(file, "head", f"并案 {into.ref}", "steer", files=(file, into))

    ended = {letter.unit: letter.reason for letter in merged.notices if letter.template == "transfer_ended"}
    assert ended == {
        LAND: f"并入{number(into, the_book())}一起办理",
        TOWN: "与其他案件合并办理",
    }


def test_l45_the_result_of_a_merged_case_reaches_both_each_under_his_own_number():
    first = a_case(State.REPORTED, ref="HY2017-00009-XX", serial=9, absorbed=(REF,))
    second = a_case(State.MERGED, outcome="merged")
    parties = ((first.ref, "complainant", "wang@qq.example"), (REF, "complainant", LI))

    told = ordered(first, "reviewer", "通过", "review", files=(first, second), parties=parties, letter=a_letter(REPORT))

    letters = [(notice.to.address, notice.number) for notice in told.notices if notice.template == "result_told"]
    assert letters == [("wang@qq.example", "桓营诉〔2017〕9号"), (LI, "桓营诉〔2017〕12号")]


def test_l45_who_went_on_in_a_case_that_then_went_on_in_another_hears_the_result_too():
    second = a_case(State.MERGED, ref="HY2017-00009-XX", serial=9, absorbed=(REF,), outcome="merged")
    first = a_case(State.REPORTED, ref="HY2017-00008-XX", serial=8, absorbed=(second.ref,))
    whole = (first, second, a_case(State.MERGED, outcome="merged"))
    writers = {first.ref: "one@qq.example", second.ref: "two@qq.example", REF: LI}
    parties = tuple((ref, "complainant", address) for ref, address in writers.items())

    told = ordered(first, "reviewer", "通过", "review", files=whole, parties=parties, letter=a_letter(REPORT))

    assert [address for template, address in sent(told) if template == "result_told"] == list(writers.values())


@pytest.mark.parametrize("words", ["并案", "并案 HY2017-00099-AA", f"并案 {REF}"])
def test_a_case_is_merged_into_no_case_that_is_not_there_nor_into_itself(words: str):
    assert kinds(ordered(a_case(State.REGISTERED), "receiver", words, "forward")) == ["OrderRefused"]


CLOCKS = (
    Running("handle", date(2017, 5, 9), date(2017, 5, 31), "2017", days=15),
    Running("feedback", date(2017, 5, 9), date(2017, 6, 19), "2017", promised=True, days=28),
)


def test_a79_a_case_is_suspended_by_the_head_with_a_reason_and_goes_on_with_the_days_it_had():
    file = a_case(State.HANDLING, clocks=CLOCKS)
    paused = ordered(file, "head", "中止：等待司法鉴定结论", "extension")
    assert [template for template, _ in sent(paused)][:2] == ["pause_told", "pause_notice"]
    file = after(file, paused)
    assert (file.state, file.next_due.clock, file.clock("handle").left) == (State.SUSPENDED, "suspended", 15)

    gone_on = ordered(file, "head", "恢复", "suspended", now=datetime(2017, 6, 8, 1, tzinfo=UTC))

    later = after(file, gone_on)
    assert (later.state, later.clock("handle").due, later.clock("suspended")) == (
        State.HANDLING,
        date(2017, 6, 29),
        None,
    )
    assert text_of(gone_on, "pause_notice")["due_report"] == date(2017, 6, 29)
    assert text_of(gone_on, "pause_told")["promises"][0].day > date(2017, 6, 19)


@pytest.mark.parametrize(("role", "words"), [("reviewer", "中止：等鉴定"), ("head", "中止")])
def test_a79_no_pause_without_the_head_or_without_a_reason(role: str, words: str):
    assert "Suspended" not in kinds(ordered(a_case(State.HANDLING, clocks=CLOCKS), role, words, "extension"))


def test_a_suspended_case_is_looked_at_again_when_its_term_ends():
    file = a_case(State.SUSPENDED, clocks=(Running("suspended", date(2017, 5, 9), date(2017, 6, 21), "2017"),))

    due = remind(file, a_desk_with(file, now=datetime(2017, 6, 21, 1, tzinfo=UTC)))

    assert asked(due) == ["suspended"]
    assert due.questions[0].choices == ("resume", "hold")


def test_a_matter_handed_over_is_taken_from_its_unit_and_both_are_told():
    file = a_case(State.HANDLING)

    decision = ordered(file, "head", "移送 县纪委监委", "steer")

    assert sent(decision)[:2] == [("handed_over_told", LI), ("transfer_ended", UNIT_BOX[LAND])]
    assert after(file, decision).outcome == "handed-over"


# --- 办事承诺, 延期 ------------------------------------------------------------------------------------------------------


def test_s36_accepting_promises_no_earlier_day_than_the_receipt_did():
    receipt = Running("feedback", date(2017, 5, 9), date(2017, 6, 19), "2017", promised=True, days=28)
    file = a_case(State.REGISTERED, clocks=(receipt,))

    decision = ordered(file, "receiver", "受理", "forward")

    (promise,) = text_of(decision, "acceptance_told")["promises"]
    assert promise.day == date(2017, 6, 19)
    assert after(file, decision).clock("feedback").due == date(2017, 6, 19)


@pytest.mark.parametrize(("day", "kept"), [(9, True), (16, True), (17, False)])
def test_s36_every_promise_is_measured_when_it_is_fulfilled(day: int, kept: bool):
    promise = Running("accept", date(2017, 5, 9), date(2017, 5, 16), "2017", promised=True, days=5)
    file = a_case(State.REGISTERED, clocks=(promise,))

    decision = ordered(file, "receiver", f"改派 {LAND}", "forward", now=datetime(2017, 5, day, 1, tzinfo=UTC))

    file = after(file, decision)
    assert (file.kept, file.broken) == ((1, 0) if kept else (0, 1))


def test_an_extension_moves_the_promise_too_and_the_complainant_hears_why():
    file = a_case(State.HANDLING, clocks=CLOCKS)

    decision = ordered(file, "head", "延期 5 天：等待专家评审", "extension")

    assert [template for template, _ in sent(decision)][:2] == ["extension_answer", "extension_told"]
    told = text_of(decision, "extension_told")
    assert (told["reason"], told["promises"][0].day) == ("等待专家评审", date(2017, 6, 26))
    assert after(file, decision).extended == 1


def test_a79_l70_a_case_is_extended_once():
    refused = ordered(a_case(State.HANDLING, clocks=CLOCKS, extended=1), "head", "延期 5 天", "extension")

    assert refused.notices[0].reason == say("order-extended-already")


def test_l70_a_refused_extension_is_told_to_the_unit_and_moves_nothing():
    file = a_case(State.HANDLING, clocks=CLOCKS)

    decision = ordered(file, "head", "不同意延期", "extension")

    assert text_of(decision, "extension_answer")["agreed"] is False
    assert after(file, decision).clock("handle").due == date(2017, 5, 31)


# --- 指令随时可下 --------------------------------------------------------------------------------------------------------


def test_a42_a_member_of_staff_who_names_a_case_is_asked_which_order_he_means_and_nothing_happens_before():
    file = a_case(State.HANDLING)
    letter = a_letter("中止：等鉴定", from_addr=HEAD.address, numbers=(REF,))
    desk = a_desk_with(file, sender=Sender("staff", person=HEAD.name, roles=("head",)))

    decision = decide(letter, desk)

    assert (decision.disposition, kinds(decision), asked(decision)) == (Disposition.HELD, ["Held"], ["steer"])
    assert "suspend" in decision.questions[0].choices
    assert "resume" not in decision.questions[0].choices


def test_his_word_is_kept_where_the_unit_has_no_mailbox_to_be_asked_for_its_copy():
    letter, desk = complainant_writes(a_case(State.HANDLING, disclosed=True), "满意，已经办了", contacts=())

    decision = decide(letter, desk)

    assert (kinds(decision), sent(decision)) == (
        ["Joined", "DirectlyAnswered", "ClockStarted", "OpinionGiven"],
        [],
    )


def test_his_word_while_the_copy_is_waited_for_starts_the_wait_no_second_time():
    decision = decide(*complainant_writes(a_case(State.COPY, disclosed=True), "满意，已经办了"))

    assert (kinds(decision), sent(decision)) == (["Joined", "OpinionGiven"], [])
