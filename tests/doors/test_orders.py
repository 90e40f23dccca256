"""Orders: whose, about what, once; and what each verb does (traps A6, A7, A42; NEVER-REFUSE)."""

import dataclasses
from datetime import date

import pytest
from desks import (
    ABOUT,
    HANDLER,
    HEAD,
    LAND,
    LI,
    MARKET,
    RECEIVER,
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
    folded,
    kinds,
    sent,
    staff_writes,
    the_book,
)

from rules.asking import ASKINGS
from rules.case import Running
from rules.decide import decide
from rules.decision import Disposition, Filing, Settled, Warrant, WarrantKind
from rules.desk import Sender
from rules.events import OFFICE, Ordered
from rules.evidence.words import word
from rules.life import State
from rules.obey import obey
from rules.orders.verbs import VERBS
from rules.replies.orders import Order
from rules.wording import wording

say = wording("rules")
HANDLE = Running("handle", date(2017, 5, 9), date(2017, 5, 31), "2017")
DONE = ("order_done", RECEIVER.address)


def ordered(role, words, kind, file=None, about=ABOUT, **given):
    """What a member of staff's reply to a question does."""
    question = a_question(kind, about, **given.pop("question", {}))
    letter, desk = staff_writes(file, role, words, question, **given)
    return decide(letter, desk)


def refusal(decision) -> str:
    (notice,) = decision.notices
    return notice.reason


# --- whose order it is --------------------------------------------------------------------------------------------------


def test_a42_agreeing_does_what_was_proposed_and_says_number_unit_and_deed():
    file = a_case(State.REGISTERED)

    decision = ordered("receiver", "同意", "forward", file, question={"proposal": (("unit", LAND), ("ground", "N6"))})

    assert (decision.disposition, decision.answered[0]) == (Disposition.ORDER, "forward:x")
    assert folded(file, decision.events).lead == LAND
    assert sent(decision) == [("acceptance_told", LI), ("transfer", UNIT_BOX[LAND]), DONE]
    confirmation = decision.notices[-1]
    assert (confirmation.number, confirmation.done, confirmation.unit) == ("桓营诉〔2017〕12号", "同意转办", LAND)


def test_an_order_stands_in_the_ledger_with_person_and_role():
    decision = ordered("receiver", "暂存", "held", a_case())

    warrant = Warrant(WarrantKind.ORDER, "held:x", RECEIVER.name, "receiver")
    assert decision.events[0] == Ordered(about=ABOUT, warrant=warrant, verb="hold", question="held:x", channel="mail")


@pytest.mark.parametrize(
    ("letter_from", "sender"),
    [("stranger@qq.example", Sender()), (UNIT_BOX[LAND], Sender("unit", LAND)), (RECEIVER.address, Sender())],
)
def test_a6_a_staff_code_from_another_mailbox_is_held(letter_from, sender):
    letter, desk = staff_writes(a_case(State.REGISTERED), "receiver", "同意", a_question("forward"))

    decision = decide(dataclasses.replace(letter, from_addr=letter_from), dataclasses.replace(desk, sender=sender))

    assert (decision.disposition, kinds(decision), sent(decision)) == (Disposition.HELD, ["Held"], [])


def test_a6_a_forged_order_with_failed_authentication_is_refused_to_the_real_address():
    letter, desk = staff_writes(a_case(State.REGISTERED), "receiver", "同意", a_question("forward"))

    decision = decide(dataclasses.replace(letter, auth="fail"), desk)

    assert (decision.disposition, kinds(decision)) == (Disposition.ORDER, ["OrderRefused"])
    assert sent(decision) == [("order_not_done", RECEIVER.address)]


@pytest.mark.parametrize("place", ["quoted", "forwarded", "hidden"])
def test_a6_an_order_that_is_not_the_persons_own_words_does_nothing(place):
    file = a_case(State.REGISTERED)
    letter, desk = staff_writes(file, "receiver", "请看下面", a_question("forward"))

    decision = decide(dataclasses.replace(letter, **{place: "同意转办"}), desk)

    assert kinds(decision) == ["OrderRefused"]
    assert refusal(decision).startswith("没有看懂要办什么")


def test_a6_hidden_words_alone_are_held():
    letter, desk = staff_writes(a_case(), "receiver", "", a_question("forward"))

    assert decide(dataclasses.replace(letter, hidden="同意", text="同意"), desk).kind == "hidden"


def test_l39_our_question_quoted_back_without_marks_orders_nothing():
    letter, desk = staff_writes(a_case(State.REGISTERED), "receiver", "", a_question("forward"))
    ours = "待定事项：转办前请审核\n同意\n按建议办理，就是“同意转办”"
    desk = dataclasses.replace(desk, hits=(dataclasses.replace(desk.hits[0], text=ours),))

    assert kinds(decide(dataclasses.replace(letter, own_words=ours, text=ours), desk)) == ["OrderRefused"]


TOLD_NOT = [("order_not_done", HEAD.address)]


@pytest.mark.parametrize(
    ("given", "told"),
    [({}, TOLD_NOT), ({"auth": "fail"}, []), ({"numbers": (REF,)}, [])],
)
def test_a42_a_member_of_staff_without_a_code_is_held_and_hears_that_it_was_no_order(given, told):
    letter = a_letter("同意转办", from_addr=HEAD.address, **given)

    decision = decide(letter, a_desk_with(a_case(), sender=Sender("staff", person=HEAD.name, roles=("head",))))

    assert (decision.disposition, decision.kind, sent(decision)) == (Disposition.HELD, "staff", told)


def test_no_loop_a_member_of_staff_whose_mailbox_answers_by_itself_is_told_so_only_a_few_times_a_day():
    sender = Sender("staff", person=HEAD.name, roles=("head",))
    many = the_book().limits.per_address_day

    decision = decide(a_letter("收到", from_addr=HEAD.address), a_desk(sender=sender, letters_today=many))

    assert sent(decision) == []


def test_a42_who_names_a_case_and_may_not_steer_it_hears_who_was_asked():
    letter = a_letter("改派 桓仁镇", from_addr=RECEIVER.address, numbers=(REF,))
    sender = Sender("staff", person=RECEIVER.name, roles=("receiver",))

    decision = decide(letter, a_desk_with(a_case(), sender=sender))

    assert (asked(decision), sent(decision)) == (["steer"], [("order_not_done", RECEIVER.address)])
    assert HEAD.name in decision.notices[0].reason


@pytest.mark.parametrize("given", [{"questions": ()}, {"questions": (a_question("forward", answered=True),)}])
def test_a7_a42_a_second_order_to_one_question_is_nothing(given):
    letter, desk = staff_writes(a_case(State.REGISTERED), "receiver", "同意", a_question("forward"), **given)

    decision = decide(letter, desk)

    assert (kinds(decision), refusal(decision)) == (["OrderRefused"], say("order-answered"))


def test_never_refuse_a_receiver_cannot_refuse_a_complaint():
    decision = ordered("receiver", "不予受理 N4", "forward", a_case(State.REGISTERED))

    assert (kinds(decision), refusal(decision)) == (["OrderRefused"], say("order-not-yours", role="组长"))


def test_an_order_that_the_question_does_not_offer_is_answered_with_those_it_does():
    decision = ordered("receiver", "办结", "held", a_case())

    assert "登记、并入" in refusal(decision)


def test_the_command_line_gives_the_same_order():
    file = a_case()
    order = Order("progress", "", HANDLER.name, ("handler",), "command")

    decision = obey(order, a_desk_with(file), a_question("unclear"))

    assert (decision.disposition, kinds(decision), decision.events[0].channel) == (
        None,
        ["Ordered", "Progressed"],
        "command",
    )


def test_somebody_who_is_not_in_the_book_is_told_nothing_by_mail():
    desk = a_desk_with(a_case(State.ASSIGNED))
    question = a_question("unclear")

    done = obey(Order("sign", "", "值班员", ("handler",), "command"), desk, question)
    refused = obey(Order("refuse", "", "值班员", ("handler",), "command"), desk, question)

    assert (kinds(done), sent(done)) == (["Ordered", "SignedFor"], [])
    assert (kinds(refused), sent(refused)) == (["OrderRefused"], [])


def test_an_order_about_no_question_needs_one():
    refused = obey(Order("hold", "", RECEIVER.name, ("receiver",), "command"), a_desk(), None)

    assert (kinds(refused), refused.events[0].about) == (["OrderRefused"], OFFICE)


def test_every_question_can_be_answered_by_the_role_it_is_put_to():
    """The proposal first, and everything it offers by somebody of the office."""
    roles = the_book().roles
    everybody = {verb for role in roles.roles.values() for verb in role.may}

    for kind, asking in ASKINGS.items():
        if kind == "second":
            continue  # a second person's yes is no role's order: tests/office holds who may give it
        assert set(asking.choices) <= set(VERBS) & everybody, kind
        assert asking.role == "head" or roles.may(asking.role, asking.choices[0]), kind
        assert "hold" not in asking.choices or asking.role == "head" or roles.may(asking.role, "hold"), kind


@pytest.mark.parametrize(
    "kind", [kind for kind, asking in ASKINGS.items() if asking.choices[0] in ("supplement", "answer")]
)
def test_agreeing_never_takes_a_units_name_for_the_words_to_write(kind):
    file = a_case(State.REGISTERED)
    proposal = {"proposal": (("unit", LAND), ("ground", "N6"))}

    decision = ordered(ASKINGS[kind].role, "同意", kind, file, question=proposal)

    told = [notice for notice in decision.notices if notice.audience == "complainant"]
    assert all(LAND not in str(notice) and "N6" not in str(notice) for notice in told)


# --- cases not yet, or no longer, at a unit ----------------------------------------------------------------------------


def test_reassigning_moves_the_case_and_tells_the_unit_that_had_it():
    file = a_case(State.ASSIGNED)

    decision = ordered("handler", "改派 桓仁镇", "send-back", file)

    after = folded(file, decision.events)
    assert (after.lead, after.round, sorted(clock.clock for clock in after.clocks)) == (TOWN, 2, ["handle", "sign"])
    assert sent(decision)[:2] == [("transfer", UNIT_BOX[TOWN]), ("transfer_ended", UNIT_BOX[LAND])]


def test_an_anonymous_case_is_forwarded_without_telling_anybody():
    file = a_case(State.REGISTERED)

    decision = ordered("receiver", "改派 桓仁镇", "forward", file, parties=())

    assert sent(decision) == [("transfer", UNIT_BOX[TOWN]), DONE]


@pytest.mark.parametrize(
    ("words", "given", "reason"),
    [
        ("改派 没有这个局", {}, say("order-no-unit", unit="没有这个局")),
        ("改派", {}, say("order-no-unit", unit="")),
        ("改派 桓仁镇", {"contacts": ()}, say("order-no-mailbox", unit=TOWN)),
        ("改派 桓仁镇", {"drafts": ()}, say("order-no-draft")),
        ("改派 桓仁镇", {"files": ()}, say("order-no-case", case=REF)),
        ("答复", {}, say("order-no-words")),
    ],
)
def test_an_order_that_cannot_stand_says_why_and_does_nothing(words, given, reason):
    decision = ordered("receiver", words, "forward", a_case(State.REGISTERED), **given)

    assert (kinds(decision), refusal(decision)) == (["OrderRefused"], reason)


@pytest.mark.parametrize("words", ["改派 桓仁镇", "受理", "补正：地点", "答复：请到窗口办理"])
def test_an_order_that_comes_too_late_says_that_the_case_has_changed(words):
    decision = ordered("receiver", words, "forward", a_case(State.CLOSED))

    assert (kinds(decision), refusal(decision)) == (["OrderRefused"], say("order-changed"))


def test_accepting_without_a_unit_starts_the_clock_of_assigning():
    file = a_case(
        State.REGISTERED, clocks=(Running("feedback", date(2017, 5, 9), date(2017, 6, 19), "x", promised=True),)
    )

    decision = ordered("receiver", "受理", "forward", file)

    after = folded(file, decision.events)
    assert (after.state, sorted(clock.clock for clock in after.clocks)) == (State.ACCEPTED, ["assign", "feedback"])
    assert sent(decision) == [("acceptance_told", LI), DONE]
    assert decision.notices[0].promises


def test_asking_for_facts_stops_the_promises_and_starts_their_own_clock():
    clocks = tuple(
        Running(name, date(2017, 5, 9), date(2017, 5, 16), "x", promised=True) for name in ("accept", "feedback")
    )
    file = a_case(State.REGISTERED, clocks=clocks)

    decision = ordered("receiver", "补正：请写明是哪个单位", "incomplete", file)

    after = folded(file, decision.events)
    assert (after.state, after.next_due.clock) == (State.SUPPLEMENT, "supplement")
    assert (sent(decision), decision.notices[0].missing) == ([("supplement_request", LI), DONE], "请写明是哪个单位")


def test_asking_for_facts_without_words_asks_for_the_usual_ones():
    decision = ordered("receiver", "补正", "incomplete", a_case(State.REGISTERED))

    assert decision.notices[0].missing == say("supplement-default")


def test_never_refuse_only_the_head_refuses_with_a_ground_of_the_book_and_a_second_person_is_asked():
    file = a_case(State.REGISTERED)

    decision = ordered("head", "不予受理 n4", "grounds", file)

    assert (kinds(decision), asked(decision)) == (["SecondAsked"], ["second"])
    assert dict(decision.questions[0].proposal)["argument"] == "n4"


def test_the_head_agrees_to_the_ground_that_was_proposed():
    file = a_case(State.REGISTERED)
    proposal = {"proposal": (("unit", LAND), ("ground", "N4"))}

    decision = ordered("head", "同意", "grounds", file, question=proposal)

    assert dict(decision.questions[0].proposal)["argument"] == "N4"


@pytest.mark.parametrize("below", ["", f"\n\n{HEAD.name}", f"\n{HEAD.name}\n{HEAD.address}\n"])
def test_what_a_clerks_mail_program_writes_below_his_order_goes_to_nobody(below):
    decision = ordered("head", f"补正：请写明是哪个窗口。{below}", "forward", a_case(State.REGISTERED))

    assert decision.notices[0].missing == "请写明是哪个窗口。"


@pytest.mark.parametrize("words", ["不予受理", "不予受理 N99"])
def test_a_refusal_without_a_ground_of_the_book_is_none(words):
    decision = ordered("head", words, "grounds", a_case(State.REGISTERED))

    assert (kinds(decision), refusal(decision)) == (["OrderRefused"], say("order-no-ground"))


def test_the_head_hands_a_matter_over_to_the_organ_named():
    file = a_case(State.REGISTERED)

    decision = ordered("head", "移送 桓仁县纪委", "ourselves", file)

    assert (folded(file, decision.events).state, decision.notices[0].organ) == (State.HANDED_OVER, "桓仁县纪委")
    assert kinds(ordered("head", "移送", "ourselves", file)) == ["OrderRefused"]


@pytest.mark.parametrize(("contacts", "ended"), [(None, 1), ((), 0)])
def test_l74_a_confirmed_withdrawal_ends_the_case_and_now_the_unit_hears_it(contacts, ended):
    file = a_case(State.HANDLING)
    given = {} if contacts is None else {"contacts": contacts}

    decision = ordered("receiver", "撤回", "withdrawal", file, **given)

    assert folded(file, decision.events).state is State.WITHDRAWN
    assert sent(decision) == [("withdrawal_told", LI), *[("transfer_ended", UNIT_BOX[LAND])] * ended, DONE]


def test_a_withdrawal_before_any_unit_knew_tells_none():
    file = a_case(State.REGISTERED)

    assert sent(ordered("receiver", "撤回", "withdrawal", file)) == [("withdrawal_told", LI), DONE]


def test_a_question_is_answered_in_the_words_of_the_order():
    file = a_case(State.REGISTERED, kind="consult")

    decision = ordered("receiver", "答复：请到一楼窗口办理。", "answer", file)

    assert (folded(file, decision.events).state, decision.notices[0].answer) == (State.ANSWERED, "请到一楼窗口办理。")


# --- cases at a unit ----------------------------------------------------------------------------------------------------


def test_an_approved_report_goes_to_the_complainant_in_the_units_words():
    file = a_case(State.REPORTED, finding="true")

    decision = ordered("reviewer", "通过", "review", file, letter=a_letter(REPORT, from_addr=UNIT_BOX[LAND]))

    after = folded(file, decision.events)
    assert (after.state, [clock.clock for clock in after.clocks]) == (State.FEEDBACK, ["opinion"])
    assert (sent(decision)[0], decision.notices[0].result) == (("result_told", LI), REPORT)


def test_the_reviewers_own_words_go_before_the_units():
    decision = ordered("reviewer", "通过：已为您办证", "review", a_case(State.REPORTED), letter=a_letter(REPORT))

    assert (decision.notices[0].result, decision.notices[0].finding) == ("已为您办证", say("finding-none"))


def test_a_report_without_words_is_not_released():
    decision = ordered("reviewer", "通过", "review", a_case(State.REPORTED))

    assert refusal(decision) == say("order-no-words")


def test_a_result_for_nobody_who_can_be_reached_is_approved_all_the_same():
    decision = ordered("reviewer", "通过：已办", "review", a_case(State.REPORTED), parties=())

    assert [template for template, _ in sent(decision)] == ["unit_confirmation", "order_done"]


@pytest.mark.parametrize(
    ("kind", "file", "reason"),
    [
        ("review", a_case(State.REPORTED), "reviewed"),
        ("review", a_case(State.REPORTED, missing=("basis",)), "incomplete"),
        ("unsatisfied", a_case(State.FEEDBACK), "unsatisfied"),
    ],
)
def test_a_redo_says_its_reason_and_starts_the_units_clocks(kind, file, reason):
    decision = ordered("reviewer", "退回重办：请附发票", kind, file)

    after = folded(file, decision.events)
    order = decision.notices[0]
    assert (after.state, after.round, order.reason, order.remark) == (
        State.ASSIGNED,
        2,
        word("reason", reason),
        "请附发票",
    )
    assert {"sign", "handle"} <= {clock.clock for clock in after.clocks}


def test_s35_a_refused_send_back_leaves_the_case_with_its_unit_and_its_clock_runs():
    file = a_case(State.SENT_BACK)

    decision = ordered("handler", "退回重办", "send-back", file)

    after = folded(file, decision.events)
    assert (after.state, after.lead, [clock.clock for clock in after.clocks]) == (State.HANDLING, LAND, ["handle"])
    assert sent(decision)[0] == ("send_back_answer", UNIT_BOX[LAND])


def test_l71_a_send_back_is_agreed_only_with_the_unit_that_takes_the_case():
    file = a_case(State.SENT_BACK)

    agreed = ordered("handler", "同意退办 市场监督管理局", "send-back", file)

    assert folded(file, agreed.events).lead == MARKET
    assert refusal(ordered("handler", "同意退办", "send-back", file)) == say("order-no-words")


def test_an_unreachable_unit_cannot_be_told_of_a_refused_send_back():
    decision = ordered("handler", "退回重办", "send-back", a_case(State.SENT_BACK), contacts=())

    assert refusal(decision) == say("order-no-mailbox", unit=LAND)


@pytest.mark.parametrize(("opinion", "outcome"), [("", "none"), ("rather", "rather")])
def test_a_person_closes_with_the_opinion_that_was_given(opinion, outcome):
    file = a_case(State.FEEDBACK, opinion=opinion)

    assert folded(file, ordered("reviewer", "办结", "opinion", file).events).outcome == outcome


@pytest.mark.parametrize(("words", "due"), [("延期 5 天", date(2017, 6, 7)), ("延期100天", date(2017, 6, 14))])
def test_l70_an_extension_runs_from_the_due_day_and_never_longer_than_the_book_allows(words, due):
    file = a_case(clocks=(HANDLE,))

    decision = ordered("head", words, "extension", file)

    assert (folded(file, decision.events).clock("handle").due, sent(decision)[0]) == (
        due,
        ("extension_answer", UNIT_BOX[LAND]),
    )


def test_the_head_agrees_to_the_days_that_were_asked():
    file = a_case(clocks=(HANDLE,))

    decision = ordered("head", "同意", "extension", file, question={"proposal": (("days", "5"),)})

    assert folded(file, decision.events).clock("handle").due == date(2017, 6, 7)


@pytest.mark.parametrize(
    ("file", "words", "reason"),
    [(a_case(), "延期 5 天", "changed"), (a_case(clocks=(HANDLE,)), "延期", "no-words")],
)
def test_an_extension_needs_a_running_clock_and_days(file, words, reason):
    assert refusal(ordered("head", words, "extension", file)) == say(f"order-{reason}", choices="", role="")


@pytest.mark.parametrize(("words", "state"), [("签收", State.HANDLING), ("进展", State.ASSIGNED)])
def test_a_handler_enters_what_a_unit_told_by_telephone(words, state):
    file = a_case(State.ASSIGNED)

    assert folded(file, ordered("handler", words, "unclear", file).events).state is state


# --- letters ------------------------------------------------------------------------------------------------------------


def test_l76_a_held_letter_is_opened_as_a_new_matter_by_order():
    decision = ordered("receiver", "登记", "held", None, OFFICE, letter=a_letter())

    assert kinds(decision)[:2] == ["Ordered", "Registered"]
    assert decision.events[1].warrant.kind is WarrantKind.ORDER
    assert ("receipt", LI) in sent(decision)


@pytest.mark.parametrize("words", ["并入", "并入 桓营诉〔2017〕12号", f"并入 {REF}"])
def test_a_held_letter_is_joined_by_order(words):
    file = a_case()

    decision = ordered("receiver", words, "same-matter", file, letter=a_letter())

    assert decision.filings == (Filing(REF, "supplement", "0" * 64),)


def test_a_letter_is_joined_to_no_case_that_does_not_exist():
    decision = ordered("receiver", "并入 桓营诉〔2017〕99号", "same-matter", a_case(), letter=a_letter())

    assert refusal(decision) == say("order-no-case", case="桓营诉〔2017〕99号")


@pytest.mark.parametrize(
    ("words", "event"),
    [("机器来信", "MachineNoted"), ("重读", "Noted"), ("暂存", "Noted"), ("不同意", "Noted"), ("知道了", "Noted")],
)
def test_orders_about_a_held_letter(words, event):
    decision = ordered("receiver", words, "held", None, OFFICE)

    assert kinds(decision)[:2] == ["Ordered", event]
    assert decision.kind == ("reread" if words == "重读" else "order")


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("机器来信", "held"),
        ("重读", "held"),
        ("登记", "held"),
        ("并入", "held"),
        ("已发出", "unknown"),
        ("重发", "unknown"),
    ],
)
def test_an_order_about_a_letter_needs_one(words, kind):
    decision = ordered("receiver", words, kind, None, OFFICE, question={"letter": ""})

    assert refusal(decision) == say("order-no-letter")


def test_a_person_knows_that_a_letter_arrived():
    decision = ordered("receiver", "已发出", "unknown", a_case(), question={"outbox": "receipt:x"})

    assert (kinds(decision), decision.settled) == (
        ["Ordered", "Delivered"],
        (Settled("receipt:x", "sent", "by person"),),
    )


def test_one_way_out_a_letter_is_sent_again_only_as_a_new_one():
    decision = ordered("receiver", "重发", "unknown", a_case(), question={"outbox": "receipt:x"})

    assert (decision.kind, kinds(decision)) == ("send-again", ["Ordered", "LetterWithdrawn"])
    assert decision.settled[0].state == "withdrawn"


def test_the_directory_takes_a_sheet_only_with_its_letter():
    order = Order("directory", "", HEAD.name, ("supervision",), "command")

    assert refusal(obey(order, a_desk(), a_question("contact", OFFICE))) == say("order-no-letter")
    assert asked(obey(order, a_desk(), a_question("contact", OFFICE))) == []


@pytest.mark.parametrize("words", ["改 派　桓仁镇", "您好：\n改派：桓仁镇。", "同意改派 桓仁镇"])
def test_an_order_is_understood_as_people_write_it(words):
    file = a_case(State.REGISTERED)

    assert folded(file, ordered("receiver", words, "forward", file).events).lead == TOWN
