"""Every kind of answer in every mail program's manner (domain §6.1): read from bytes, with our own letter quoted below, then decided.

The quoted letter is the one we really sent, so its words 签收, 办结, 满意 stand in every history and must never act (L39).
"""

import dataclasses
from datetime import UTC, datetime

import pytest
from desks import (
    LAND,
    LI,
    REF,
    UNIT_BOX,
    Draft,
    a_case,
    a_desk_with,
    a_letter,
    a_question,
    asked,
    complainant_hit,
    folded,
    kinds,
    order_by,
    sent,
    staff_writes,
    unit_hit,
    unit_writes,
    why,
)

from daemon.demo import manners
from daemon.demo.cast import COMPLAINT
from rules.case import CaseFile
from rules.decide import decide
from rules.decision import Decision, Disposition
from rules.desk import Sender
from rules.handling.assigning import assign
from rules.life import State
from rules.reading import read
from templates.speak import OfficeWords, Speaker

WHEN = datetime(2017, 5, 15, 1, 0, tzinfo=UTC)
SUBJECT = "转办单：桓营诉〔2017〕12号 [HY2017-00012-K7/0000000C1S]"


def our_letter() -> str:
    """The text of the transfer or result as it was sent."""
    desk = a_desk_with(a_case(State.REGISTERED))
    (notice,) = assign(desk, a_case(State.REGISTERED), LAND, order_by()).notices
    words = {field.name: getattr(notice, field.name) for field in dataclasses.fields(notice)}
    return (
        Speaker(OfficeWords("某县营商环境建设监督局", "024-40000000"))
        .speak("transfer", {**words, "today": WHEN.date()})
        .text
    )


OURS = our_letter()
CLIENTS = {
    "163 web": lambda who, words: manners.web_163_reply(who, "", COMPLAINT, SUBJECT, words, WHEN, OURS),
    "QQ web": lambda who, words: manners.qq_reply(who, "", COMPLAINT, SUBJECT, words, WHEN, OURS),
    "QQ web, no quote": lambda who, words: manners.qq_reply(who, "", COMPLAINT, SUBJECT, words, WHEN),
    "邮箱大师": lambda who, words: manners.master_reply(who, "", COMPLAINT, SUBJECT, words, WHEN, OURS),
    "Foxmail": lambda who, words: manners.foxmail_reply(who, "", COMPLAINT, SUBJECT, words, WHEN, OURS),
    "iPhone": lambda who, words: manners.iphone(
        who,
        COMPLAINT,
        f"回复：{SUBJECT}",
        f"{words}\n\n> 在 2017年5月9日，上午10:00，监督局 <{COMPLAINT}> 写道：\n> \n"
        + "\n".join(f"> {line}" for line in OURS.splitlines()),
        WHEN,
    ),
    "Outlook": lambda who, words: manners.plain_utf8(
        who,
        "",
        COMPLAINT,
        f"答复: {SUBJECT}",
        f"{words}\n\n-----邮件原件-----\n发件人: 监督局 [mailto:{COMPLAINT}]\n发送时间: 2017年5月9日 10:00\n收件人: {who}\n主题: {SUBJECT}\n\n{OURS}",
        WHEN,
    ),
    "Thunderbird": lambda who, words: manners.plain_utf8(
        who,
        "",
        COMPLAINT,
        f"Re: {SUBJECT}",
        f"{words}\n\n在 2017/5/9 10:00, 监督局 写道:\n" + "\n".join(f"> {line}" for line in OURS.splitlines()),
        WHEN,
    ),
}
RESULT = (
    "办结。\n调查结论：部分属实。\n办理情况：已于5月16日办理了登记。\n查处情况：对窗口人员谈话提醒。\n"
    "依据：《不动产登记暂行条例》第二十条。"
)
UNIT_SAYS = {
    "sign": ("已收到，马上办理。", ["Joined", "SignedFor"], []),
    "progress": ("进展：正在调查，已派人到现场。", ["Joined", "SignedFor", "Progressed"], []),
    "extension": ("申请延期：因需现场测绘，延至6月8日。", ["Joined", "ExtensionAsked"], ["extension"]),
    "send back": (
        "退办。因此事不属于我局职责，建议由桓仁镇办理。",
        ["Joined", "SendBackAsked", "ClockStarted"],
        ["send-back"],
    ),
    "result": (RESULT, ["Joined", "ResultReported", "ClockStarted"], ["review"]),
    "question": ("请问现场查看时是否要通知乡镇参加？", ["Joined", "Noted"], ["unit-question"]),
    "unclear": ("下周一上午开会，请安排车辆。", ["Joined"], ["unclear"]),
}
HE_SAYS = {
    "满意": ("满意，谢谢你们。", State.FEEDBACK, "result_told", ["Joined", "OpinionGiven", "Closed"], []),
    "基本满意": ("基本满意，就是慢了点。", State.FEEDBACK, "result_told", ["Joined", "OpinionGiven", "Closed"], []),
    "不满意": (
        "不满意，测绘费没有退。",
        State.FEEDBACK,
        "result_told",
        ["Joined", "OpinionGiven", "Redone"],
        ["steer"],
    ),
    "unclear opinion": ("满意个什么，证还没拿到。", State.FEEDBACK, "result_told", ["Joined"], ["opinion"]),
    "supplement": ("补充：收费的是二号窗口，5月3日下午。", State.HANDLING, "receipt", ["Joined"], ["supplement"]),
    "status": ("查询", State.HANDLING, "receipt", ["Joined"], []),
    "withdrawal": ("撤回投诉，问题已经解决了。", State.HANDLING, "receipt", ["Joined"], ["withdrawal"]),
    "consent": ("同意披露", State.HANDLING, "receipt", ["Joined", "Consented"], []),
}


def a_reply(client: str, who: str, words: str, file: CaseFile, party: str, template: str = "receipt") -> Decision:
    hit = unit_hit(file, text=OURS) if party == "unit" else complainant_hit(file, template, text=OURS)
    sender = Sender("unit", LAND) if party == "unit" else Sender("complainant")
    return decide(read(CLIENTS[client](who, words)), a_desk_with(file, hits=(hit,), sender=sender, now=WHEN))


@pytest.mark.parametrize("client", CLIENTS)
@pytest.mark.parametrize("kind", UNIT_SAYS)
def test_a_units_answer_is_understood_from_its_own_words_in_every_clients_manner(kind: str, client: str):
    words, events, questions = UNIT_SAYS[kind]

    decision = a_reply(client, UNIT_BOX[LAND], words, a_case(State.ASSIGNED), "unit")

    assert (decision.disposition, kinds(decision), asked(decision)) == (Disposition.JOINED, events, questions)


@pytest.mark.parametrize("client", CLIENTS)
@pytest.mark.parametrize("kind", HE_SAYS)
def test_a_complainants_answer_is_understood_from_his_own_words_in_every_clients_manner(kind: str, client: str):
    words, state, template, events, questions = HE_SAYS[kind]

    decision = a_reply(client, LI, words, a_case(state), "complainant", template)

    assert (decision.disposition, asked(decision)) == (Disposition.JOINED, questions)
    assert kinds(decision)[: len(events)] == events


def test_s50_a_status_question_is_answered_to_him_and_moves_nothing():
    decision = a_reply("QQ web", LI, "查询", a_case(State.HANDLING), "complainant")

    assert (kinds(decision), sent(decision)) == (["Joined"], [("status_told", LI)])


# --- an answer that does not answer ------------------------------------------------------------------------------------


def reported(words: str, demands: str) -> Decision:
    return decide(*unit_writes(a_case(), words, drafts=(Draft(REF, "投诉", demands),)))


DEMANDS = "窗口拖着不办。请求：\n1. 退还加急费2000元；\n2. 依法办理不动产登记；\n3. 处理窗口工作人员。"


def missing_of(decision: Decision) -> str:
    return dict(decision.questions[0].facts).get("missing", "")


def test_s43_s78_a_result_silent_on_a_numbered_demand_is_proposed_for_redo_with_the_list():
    decision = reported(RESULT, DEMANDS)

    assert missing_of(decision) == "诉求第1项的办理情况"
    assert decision.questions[0].choices[0] == "redo"


@pytest.mark.parametrize("words", [f"{RESULT}\n加急费2000元已经退还。", f"{RESULT}\n第1项：核查无此收费。"])
def test_a_result_that_speaks_to_every_demand_lacks_nothing(words: str):
    assert missing_of(reported(words, DEMANDS)) == ""


def test_a_complaint_without_numbered_demands_asks_for_the_required_parts_alone():
    assert missing_of(reported(RESULT, "窗口拖着不办，请求尽快办理。")) == ""
    assert missing_of(reported("办结。情况属实，已整改。", "窗口拖着不办。")) == "查处情况、依据"


def test_what_a_report_lacks_stands_in_the_order_to_do_it_again():
    file = folded(a_case(), reported("办结。情况属实，已登记。", DEMANDS).events)
    order, desk = staff_writes(
        file, "reviewer", "同意", a_question("review", choices=("redo", "approve-result", "hold")), letter=a_letter()
    )
    (redo,) = [notice for notice in decide(order, desk).notices if notice.template == "redo_order"]

    assert [str(part) for part in redo.missing][-2:] == ["诉求第1项的办理情况", "诉求第3项的办理情况"]


# --- asking for more time, giving back ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("延期5天", "没有写明理由"),
        ("退办", "没有写明理由"),
    ],
)
def test_l70_l71_a_request_without_a_reason_says_so_to_the_person_who_decides(words: str, said: str):
    assert said in why(decide(*unit_writes(a_case(State.HANDLING), words)))


def test_l71_the_third_time_round_is_shown_as_a_ring():
    assert "第3次分办" in why(decide(*unit_writes(a_case(State.ASSIGNED, round=3), "退办，因不属于我局职责")))


def test_l71_the_unit_that_a_send_back_names_is_proposed():
    decision = a_reply("Foxmail", UNIT_BOX[LAND], UNIT_SAYS["send back"][0], a_case(State.ASSIGNED), "unit")

    assert dict(decision.questions[0].proposal) == {"unit": "桓仁镇"}


# --- a unit's question, and the answer of a person ------------------------------------------------------------------------


def test_s4_a_person_answers_a_units_question_and_the_case_stays_where_it_is():
    order, desk = staff_writes(a_case(), "handler", "答复：可以通知乡镇。", a_question("unit-question"))

    decision = decide(order, desk)

    assert sent(decision)[0] == ("question_answer", UNIT_BOX[LAND])
    assert "Answered" not in kinds(decision)
