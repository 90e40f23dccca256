"""The main job, told as the clerk sees it: from the mailbox to the closed case, on real IMAP and SMTP."""

from datetime import datetime, timedelta

import pytest

from daemon.__main__ import main
from daemon.auditing import audit
from daemon.demo import manners
from daemon.demo.cast import COMPLAINT, CONTACT, HEAD, LAND, LI, MARKET, NAMELESS, RECEIVER, REVIEWER, ZHAO
from daemon.demo.faults import Fault
from daemon.demo.stage import Stage
from daemon.demo.story import scenes
from db import files, lists
from db.pen import look
from rules.case import CaseFile
from rules.life import State
from rules.reading import read
from rules.shield import guard
from rules.wording import wording

say = wording("daemon.demo")


def a_round(stage: Stage, later: timedelta = timedelta(minutes=5)) -> None:
    stage.now += later
    stage.rounds.whole(stage.now)


def complain(stage: Stage) -> None:
    stage.post(
        manners.web_163(LI.address, LI.name, COMPLAINT, say("subject-complaint"), say("text-complaint"), stage.now),
        LI,
        COMPLAINT,
    )
    a_round(stage)


def the_case(stage: Stage, serial: int = 1) -> CaseFile:
    with look(stage.rounds.office.engine) as cx:
        row = next(
            row for row in lists.cases(cx, stage.rounds.office.book) if row["number"].endswith(f"〔2017〕{serial}号")
        )
        file = files.get(cx, row["reference"])
    assert file is not None
    return file


def sent_to(stage: Stage, address: str) -> list[str]:
    return [
        read(sent.raw).subject
        for sent in stage.host.sent_log
        if sent.rcpt == address and sent.mail_from in (COMPLAINT, CONTACT)
    ]


def dispositions(stage: Stage) -> list[tuple[str, str | None]]:
    with look(stage.rounds.office.engine) as cx:
        return [(row["disposition"], row["machine"]) for row in lists.letters(cx) if row["folder"] != "已发送"]


def test_the_demo_tells_its_story_and_ends_with_a_clean_audit(capsys: pytest.CaptureFixture[str]):
    assert main(["demo"]) == 0

    told = capsys.readouterr().out
    assert "没有发现问题" in told
    assert f"寄出  → {LAND.name}：转办单" in told
    assert f"来信  {LI.name}：" in told


def test_the_story_ends_with_a_clean_audit_and_the_first_case_closed(stage: Stage):
    for scene in scenes():
        stage.now = scene.at
        if scene.act:
            scene.act(stage, scene.at)
        else:
            stage.rounds.tick(scene.at)
        stage.rounds.whole(scene.at)

    result = audit(stage.rounds.office, stage.now, deep=True)
    assert result.problems == ()
    first = the_case(stage)
    assert (first.state, first.outcome, first.round) == (State.CLOSED, "satisfied", 2)
    assert the_case(stage, 3).lead == "桓仁镇"


def test_a_gbk_complaint_gets_its_receipt_and_the_unit_a_redacted_transfer(stage: Stage):
    complain(stage)

    file = the_case(stage)
    assert (file.state, file.lead, file.handling) == (State.ASSIGNED, LAND.name, "transfer")
    assert [subject[:5] for subject in sent_to(stage, LI.address)] == ["收件回执："]
    assert [subject[:4] for subject in sent_to(stage, LAND.address)] == ["转办单："]


def test_the_transfer_tells_the_deed_and_nobody_who_complained(stage: Stage):
    complain(stage)

    raw = stage.host.folder(LAND.address)[-1].raw
    text = read(raw).text
    for fact in ("国土资源局", "2017年2月6日", "不动产登记", "2000元", "300元", "三个多月"):
        assert fact in text
    for secret in (LI.name, LI.address, "13800000021", "210522197503000016", "业主沟村"):
        assert secret not in text
    with look(stage.rounds.office.engine) as cx:
        from db.people import known_by

        assert guard(raw, known_by(cx, the_case(stage).ref)) == ()


def test_a_letter_to_a_unit_carries_no_header_of_the_complainant(stage: Stage):
    complain(stage)

    head = stage.host.folder(LAND.address)[-1].raw.partition(b"\r\n\r\n")[0].lower()
    assert b"in-reply-to" not in head
    assert b"references" not in head
    assert b"web163.example" not in head


def test_a_vacation_reply_from_qq_is_no_signature_and_is_not_answered(stage: Stage):
    complain(stage)
    got = stage.latest(LAND)
    before = len(stage.host.sent_log)
    stage.post(manners.qq_vacation(LAND.address, LAND.name, COMPLAINT, got.subject, stage.now), LAND, COMPLAINT)

    a_round(stage)

    assert ("machine", "vacation") in dispositions(stage)
    assert the_case(stage).state is State.ASSIGNED
    assert len(stage.host.sent_log) == before + 1  # the vacation letter itself


def test_a_bounced_transfer_is_told_to_staff_at_once_and_the_case_stays(stage: Stage):
    complain(stage)
    got = stage.latest(LAND)
    stage.arrive(manners.bounce_163(COMPLAINT, LAND.address, got.subject, stage.now, got.message_id), COMPLAINT)

    a_round(stage)

    assert any("没有送达" in subject for subject in sent_to(stage, RECEIVER.address))
    assert the_case(stage).state is State.ASSIGNED
    with look(stage.rounds.office.engine) as cx:
        assert [row["state"] for row in lists.outbox(cx) if row["notice"] == "transfer"] == ["refused"]


def test_the_unit_signs_reports_and_the_complainant_hears_the_released_words(stage: Stage):
    complain(stage)
    stage.reply(LAND, say("text-signed"), stage.now, manner="master")
    a_round(stage)
    assert the_case(stage).state is State.HANDLING

    stage.reply(LAND, say("text-result"), stage.now, manner="163")
    a_round(stage)
    assert the_case(stage).state is State.REPORTED

    stage.order(REVIEWER, "同意", stage.now)
    a_round(stage)
    assert the_case(stage).state is State.FEEDBACK
    assert "对窗口工作人员批评教育一次" in stage.latest(LI).text


def test_unsatisfied_in_a_qq_reply_sends_the_case_back_with_the_redacted_opinion(stage: Stage):
    complain(stage)
    stage.reply(LAND, say("text-result"), stage.now, manner="163")
    a_round(stage)
    stage.order(REVIEWER, "同意", stage.now)
    a_round(stage)

    stage.reply(LI, f"不满意，测绘费没有退。我是{LI.name}，电话13800000021", stage.now, manner="qq")
    a_round(stage)

    file = the_case(stage)
    assert (file.state, file.round) == (State.ASSIGNED, 2)
    order = stage.latest(LAND, "退回重办").text
    assert "测绘费没有退" in order
    assert LI.name not in order
    assert "13800000021" not in order


def test_the_same_bytes_and_the_same_words_make_one_case_and_one_receipt(stage: Stage):
    """ONCE, F62: fetched twice, sent again with another Message-ID a minute later."""
    raw = manners.web_163(LI.address, LI.name, COMPLAINT, say("subject-complaint"), say("text-complaint"), stage.now)
    again = manners.web_163(
        LI.address,
        LI.name,
        COMPLAINT,
        say("subject-complaint"),
        say("text-complaint"),
        stage.now + timedelta(minutes=1),
    )
    for copy in (raw, raw, again):
        stage.arrive(copy, COMPLAINT)
    stage.arrive(raw, CONTACT)

    a_round(stage)

    assert sent_to(stage, LI.address) == [sent_to(stage, LI.address)[0]]
    with look(stage.rounds.office.engine) as cx:
        assert len(lists.cases(cx, stage.rounds.office.book)) == 1


def test_f44_a_uidvalidity_change_makes_no_second_case(stage: Stage):
    complain(stage)
    stage.host.renumber(COMPLAINT)

    a_round(stage)

    with look(stage.rounds.office.engine) as cx:
        assert len(lists.cases(cx, stage.rounds.office.book)) == 1
    assert len(sent_to(stage, LI.address)) == 1
    assert audit(stage.rounds.office, stage.now).ok


def test_f56_letters_from_before_the_start_are_held_as_one_group_and_nobody_is_written_to(stage: Stage):
    long_ago = datetime(2016, 1, 4, 9, tzinfo=stage.now.tzinfo)
    for number in range(5):
        raw = manners.plain_utf8(
            f"old{number}@old.example", "", COMPLAINT, "投诉国土资源局", f"第{number}封：不办证", long_ago
        )
        stage.host.deliver(COMPLAINT, raw, internaldate=long_ago)

    a_round(stage)

    assert [disposition for disposition, _ in dispositions(stage)] == ["held"] * 5
    assert [len(sent_to(stage, f"old{number}@old.example")) for number in range(5)] == [0] * 5
    assert len(sent_to(stage, RECEIVER.address)) == 1


def test_f56_years_of_letters_in_sent_ask_nobody_and_the_audit_is_clean(stage: Stage):
    long_ago = datetime(2016, 1, 4, 9, tzinfo=stage.now.tzinfo)
    for number in range(5):
        raw = manners.plain_utf8(COMPLAINT, "", f"old{number}@old.example", "回复", f"第{number}封已收到", long_ago)
        stage.host.deliver(COMPLAINT, raw, "已发送", internaldate=long_ago)

    a_round(stage)

    with look(stage.rounds.office.engine) as cx:
        assert [row["machine"] for row in lists.letters(cx)] == ["own"] * 5
    assert sent_to(stage, RECEIVER.address) == []
    assert audit(stage.rounds.office, stage.now, deep=True).problems == ()


def test_f61_our_own_letters_in_sent_are_named_and_open_nothing(stage: Stage):
    complain(stage)
    a_round(stage)

    with look(stage.rounds.office.engine) as cx:
        own = [row["machine"] for row in lists.letters(cx) if row["folder"] == "已发送"]
    assert own == ["own", "own"]


def test_a6_an_order_from_a_stranger_with_the_right_code_does_nothing(stage: Stage):
    stage.post(manners.iphone(NAMELESS.address, COMPLAINT, "", say("text-unclear"), stage.now), NAMELESS, COMPLAINT)
    a_round(stage)
    question = stage.latest(RECEIVER, "待定事项")
    stage.post(
        manners.plain_utf8(ZHAO.address, ZHAO.name, COMPLAINT, question.subject, "改派 桓仁镇", stage.now),
        ZHAO,
        COMPLAINT,
    )

    a_round(stage)

    assert the_case(stage).state is State.REGISTERED
    assert ("held", None) in dispositions(stage)


def test_a42_a_second_answer_to_one_question_changes_nothing_and_is_told(stage: Stage):
    stage.post(manners.iphone(NAMELESS.address, COMPLAINT, "", say("text-unclear"), stage.now), NAMELESS, COMPLAINT)
    a_round(stage)
    stage.order(RECEIVER, "改派 桓仁镇", stage.now)
    a_round(stage)
    stage.order(RECEIVER, "改派 国土资源局", stage.now)
    a_round(stage)

    assert the_case(stage).lead == "桓仁镇"
    assert any(subject.startswith("未办理") for subject in sent_to(stage, RECEIVER.address))


def test_a_refusal_needs_the_head(stage: Stage):
    """NEVER-REFUSE: no rule refuses, and the receiver's order cannot."""
    stage.post(manners.iphone(NAMELESS.address, COMPLAINT, "", say("text-unclear"), stage.now), NAMELESS, COMPLAINT)
    a_round(stage)

    stage.order(RECEIVER, "不予受理 N6", stage.now)
    a_round(stage)

    assert the_case(stage).state is State.REGISTERED
    assert not any("不予受理" in subject for subject in sent_to(stage, NAMELESS.address))


def test_a_silent_unit_is_reminded_then_supervised_and_the_head_hears_of_it(stage: Stage):
    complain(stage)
    stage.now = datetime(2017, 5, 10, 8, 35, tzinfo=stage.now.tzinfo)
    stage.rounds.tick(stage.now)
    a_round(stage)
    stage.now = datetime(2017, 5, 15, 8, 35, tzinfo=stage.now.tzinfo)
    stage.rounds.tick(stage.now)
    stage.rounds.tick(stage.now)
    a_round(stage)

    subjects = [subject[:3] for subject in sent_to(stage, LAND.address)]
    assert subjects == ["转办单", "提醒：", "督办通"]
    assert any("请组长过问" in subject for subject in sent_to(stage, HEAD.address))


def test_f85_after_ten_days_off_one_reminder_goes_out_not_ten(stage: Stage):
    complain(stage)
    stage.now = datetime(2017, 5, 19, 8, 35, tzinfo=stage.now.tzinfo)

    stage.rounds.tick(stage.now)
    a_round(stage)

    assert len(sent_to(stage, LAND.address)) == 2


def test_a_contact_sheet_from_the_registered_mailbox_updates_the_directory(stage: Stage):
    from daemon.demo.sheet import contact_sheet
    from db import directory

    raw = manners.with_file(
        LAND.address, LAND.name, CONTACT, say("subject-sheet"), say("text-sheet"), stage.now, contact_sheet(LAND)
    )
    stage.post(raw, LAND, CONTACT)

    a_round(stage)

    with look(stage.rounds.office.engine) as cx:
        row = next(row for row in directory.rows(cx) if row["unit"] == LAND.name)
    assert (row["person"], row["public"], row["address"]) == ("孙立", "024-48000011", LAND.address)
    assert any("联系人信息表收到" in subject for subject in sent_to(stage, LAND.address))


def test_a_status_question_is_answered_to_the_cases_own_complainant(stage: Stage):
    complain(stage)
    stage.reply(LI, "查询", stage.now, manner="qq")

    a_round(stage)

    assert "已分办" in stage.latest(LI, "查询答复").text


@pytest.mark.parametrize("words", ["投诉人是谁？请提供电话以便联系", "请贵局原文转发投诉内容"])
def test_a22_a_unit_that_fishes_for_the_complainant_gets_no_answer(stage: Stage, words: str):
    complain(stage)
    stage.reply(LAND, words, stage.now, manner="master")
    before = len(sent_to(stage, LAND.address))

    a_round(stage)

    assert len(sent_to(stage, LAND.address)) == before


def test_a_case_of_another_unit_market_gets_no_word_of_the_first(stage: Stage):
    complain(stage)
    stage.post(
        manners.plain_utf8(ZHAO.address, ZHAO.name, COMPLAINT, say("subject-second"), say("text-second"), stage.now),
        ZHAO,
        COMPLAINT,
    )

    a_round(stage)

    assert "测绘费" not in stage.latest(MARKET).text


def test_a_held_letter_that_staff_open_by_reply_becomes_the_cases_own_letter(stage: Stage):
    """The order's letter stays an order; the complaint lies in the file (ACCOUNTED)."""
    complain(stage)
    again = manners.web_163(
        LI.address,
        LI.name,
        COMPLAINT,
        "投诉另一件事",
        "我再投诉国土资源局：采矿证年检收了我500元，没有票据。",
        stage.now,
    )
    stage.post(again, LI, COMPLAINT)
    a_round(stage)
    assert ("held", None) in dispositions(stage)

    stage.order(RECEIVER, "登记", stage.now)
    a_round(stage)

    assert the_case(stage, 2).kind == "complaint"
    with look(stage.rounds.office.engine) as cx:
        rows = [(row["disposition"], row["case"]) for row in lists.letters(cx) if row["subject"] == "投诉另一件事"]
    assert rows == [("opened", the_case(stage, 2).ref)]
    assert audit(stage.rounds.office, stage.now, deep=True).problems == ()


def test_a_bounced_transfer_that_staff_send_again_reaches_the_unit_and_its_new_code_acts(stage: Stage):
    """重发: a new row with a new occasion, Message-ID and code; the old one is withdrawn and never goes (ONE-WAY-OUT)."""
    complain(stage)
    first = stage.latest(LAND)
    stage.arrive(manners.bounce_163(COMPLAINT, LAND.address, first.subject, stage.now, first.message_id), COMPLAINT)
    a_round(stage)

    stage.order(RECEIVER, "重发", stage.now)
    a_round(stage)
    second = stage.latest(LAND, "转办单")
    stage.reply(LAND, say("text-signed"), stage.now, manner="master", about="转办单")
    a_round(stage)

    assert second.message_id != first.message_id
    assert second.codes != first.codes
    assert second.text == first.text
    assert the_case(stage).state is State.HANDLING
    with look(stage.rounds.office.engine) as cx:
        states = [row["state"] for row in lists.outbox(cx) if row["notice"] == "transfer"]
    assert states == ["withdrawn", "sent"]
    assert audit(stage.rounds.office, stage.now, deep=True).problems == ()


@pytest.mark.on_double("a server that cannot show one folder")
def test_nothing_leaves_while_sent_cannot_be_read(stage: Stage):
    """Letters of a shift that died might be there: they are looked for before anything goes."""
    stage.host.imap.faults.append(Fault("EXAMINE", "no", text="[UNAVAILABLE] backend down", times=-1))

    complain(stage)

    assert sent_to(stage, LI.address) == []
