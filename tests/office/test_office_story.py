"""The office's day over real IMAP and SMTP: orders by letter stand or change nothing, and whoever gave them is told (A1–A21, A42–A45, F34)."""

from datetime import timedelta

import pytest
from office_day import Day

from daemon.auditing import audit, night
from daemon.demo import manners
from daemon.demo.cast import COMPLAINT, HANDLER, HEAD, LAND, LI, LIU, NAMELESS, RECEIVER, REVIEWER, SHOP
from daemon.handing_over import chase_all, hand_over, look_at_machines
from daemon.obeying import obey_person
from db import court, tables
from db.pen import look, pen
from rules.entry.form import words as form_words
from rules.papers import Table, open_paper
from rules.papers.rebuild import document_of
from rules.reading import read
from rules.wording import wording

say = wording("rules")
demo = wording("daemon.demo")


def test_a_refusal_needs_two_people_and_forged_replayed_late_and_doubled_orders_change_nothing(day: Day):
    day.writes(LIU, demo("week-subject-court"), demo("week-text-court"))
    question = day.stage.latest(HEAD, "待定事项", coded=True)

    # A6: forged, with the true code, and the receiving server says so: shown to the real head, nothing done
    forged = day.reply(HEAD, question, "不予受理 N4")
    day.stage.arrive(
        b"Authentication-Results: mx.163.com; spf=fail smtp.mailfrom=office.example\r\n" + forged, COMPLAINT
    )
    day.round()
    assert day.states == ["registered"]
    assert say("order-auth") in day.told(HEAD)

    # A6, A5: the head's code from another mailbox: held
    stolen = manners.foxmail_reply(LI.address, "王组长", COMPLAINT, question.subject, "不予受理 N4", day.stage.now, "")
    day.stage.post(stolen, LI, COMPLAINT)
    day.round()
    assert (day.states, day.questions()) == (["registered"], ["grounds", "held"])

    # the head orders; the second person is asked; 同意 without his own code does nothing (A42)
    given = day.answers(HEAD, "不予受理 N4", "是否受理")
    assert day.states == ["registered"]
    assert "已请郑洁同意" in day.told(HEAD)
    day.writes(REVIEWER, "同意", "同意")
    assert day.states == ["registered"]

    # A7: the head's letter again, byte for byte and with another Message-ID: asked once
    day.stage.arrive(given, COMPLAINT)
    day.round()
    day.stage.arrive(given.replace(b"Message-ID: <", b"Message-ID: <again"), COMPLAINT)
    day.round()
    assert day.questions().count("second") == 1
    assert say("order-second-asked") in day.told(HEAD)

    agreed = day.answers(REVIEWER, "同意", "第二人")
    assert day.states == ["refused"]
    assert "不予受理" in day.told(LIU)

    # late and doubled: the yes again, and the head changes his mind after all
    day.stage.arrive(agreed.replace(b"Message-ID: <", b"Message-ID: <again"), COMPLAINT)
    day.round()
    assert say("order-answered") in day.told(REVIEWER)
    day.stage.post(day.reply(HEAD, question, "受理"), HEAD, COMPLAINT)
    day.round()
    assert (day.states, say("order-answered") in day.told(HEAD)) == (["refused"], True)
    assert day.clean()


def test_f34_two_orders_at_once_one_wins_and_the_other_is_told(day: Day):
    day.writes(NAMELESS, "", demo("text-unclear"))
    question = day.stage.latest(RECEIVER, "待定事项", coded=True)
    day.stage.post(day.reply(RECEIVER, question, "改派 桓仁镇"), RECEIVER, COMPLAINT)
    day.stage.post(day.reply(RECEIVER, question, "改派 国土资源局"), RECEIVER, COMPLAINT)
    day.round()

    subjects = [read(stored.raw).subject for stored in day.stage.host.folder(RECEIVER.address)]
    assert day.states == ["assigned"]
    assert sum(subject.startswith("已办理") for subject in subjects) == 1
    assert sum(subject.startswith("未办理") for subject in subjects) == 1

    # the same by the command line, too late
    with look(day.stage.rounds.office.engine) as cx:
        name = cx.execute(tables.questions.select()).first().id
    late = obey_person(day.stage.rounds.office, name, "改派 国土资源局", RECEIVER.name, day.stage.now)
    assert (late.done, day.states) == (False, ["assigned"])
    assert say("order-answered") in late.says
    assert day.clean()


def test_the_morning_letter_is_answered_by_number_and_says_where_the_ledger_ends(day: Day):
    day.writes(NAMELESS, "", demo("text-unclear"))
    day.writes(LIU, demo("week-subject-consult"), demo("week-text-consult"))
    assert hand_over(day.stage.rounds.office, day.stage.now) == 0
    day.stage.now += timedelta(minutes=60)
    assert hand_over(day.stage.rounds.office, day.stage.now) == 1
    assert hand_over(day.stage.rounds.office, day.stage.now) == 0
    day.round()

    morning = day.stage.latest(RECEIVER, "早交接", coded=True)
    assert "1　待定" in morning.text
    assert "2　待定" in morning.text
    day.answers(RECEIVER, "1 改派 桓仁镇\n2 答复：请到政务大厅二楼窗口办理。\n9 同意", "早交接")
    assert day.states == ["assigned", "answered"]
    assert "已办 2 件，未办 1 件" in day.told(RECEIVER)

    # A7, A42: the list again, and 同意 alone
    day.answers(RECEIVER, "1 改派 国土资源局", "早交接")
    assert say("order-answered") in day.told(RECEIVER)
    day.answers(RECEIVER, "同意", "早交接")
    assert say("order-which") in day.told(RECEIVER)

    # A76: what the letter says of the ledger is still true, and a chain made anew is found by it
    office = day.stage.rounds.office
    line = next(line for line in morning.text.splitlines() if "账本第" in line)
    seq, head = line.partition("第 ")[2].partition(" 行：")[0], line.partition("行：")[2][:64]
    assert audit(office, day.stage.now, named=f"{seq}:{head}").problems == ()
    assert [found.invariant for found in audit(office, day.stage.now, named=f"{seq}:{'0' * 64}").problems] == ["LEDGER"]


def test_absence_deputy_recusal_and_a_question_nobody_answers(day: Day):
    office = day.stage.rounds.office
    day.stage.now += timedelta(minutes=60)
    hand_over(office, day.stage.now)
    day.round()
    day.answers(RECEIVER, "请假 5月9日至5月10日 代理 吴强", "早交接")
    assert "2017年5月10日" in day.told(RECEIVER)

    day.writes(NAMELESS, "", demo("text-unclear"))
    with pytest.raises(LookupError):
        day.stage.latest(RECEIVER, "待定事项")
    day.answers(HANDLER, "回避")
    assert "原经办人回避" in day.told(HEAD)
    day.stage.post(day.reply(HANDLER, day.stage.latest(HANDLER, "待定事项"), "改派 桓仁镇"), HANDLER, COMPLAINT)
    day.round()
    assert say("order-recused") in day.told(HANDLER)
    assert day.states == ["registered"]

    # nobody answers: put again when due, to somebody higher when late, each once (F85)
    day.stage.now += timedelta(days=1)
    assert (chase_all(office, day.stage.now), chase_all(office, day.stage.now)) == (1, 0)
    day.stage.now += timedelta(days=1)
    assert chase_all(office, day.stage.now) == 1
    day.round()
    assert "今天到期" in "".join(read(stored.raw).subject for stored in day.stage.host.folder(HEAD.address))
    day.answers(HEAD, "改派 桓仁镇")
    assert day.states == ["assigned"]
    said = obey_person(office, "office", "销假", RECEIVER.name, day.stage.now)
    assert said.done
    assert day.clean()


def test_a_form_a_sample_and_the_night(day: Day):
    office = day.stage.rounds.office
    day.writes(RECEIVER, "登记表", "登记表")
    form = day.stage.latest(RECEIVER, "登记表", coded=True)
    assert sorted(part.safe_name.rpartition(".")[2] for part in form.attachments) == ["docx", "xlsx"]
    said = {"channel": "来访", "name": "张三", "phone": "13900000000", "text": demo("text-second").strip()}
    rows = tuple((row["label"], said.get(row["key"], "")) for row in form_words()["rows"])
    file = ("form.docx", document_of(["登记表", Table("", rows)]))
    assert open_paper(file[1]).tables
    raw = manners.with_file(
        RECEIVER.address, RECEIVER.name, COMPLAINT, f"回复：{form.subject}", "见附件", day.stage.now, file
    )
    day.stage.post(raw, RECEIVER, COMPLAINT)
    day.round()
    assert "已登记：桓营诉〔2017〕1号" in day.told(RECEIVER)
    assert len(day.states) == 1
    day.stage.arrive(raw.replace(b"Message-ID: <", b"Message-ID: <again"), COMPLAINT)
    day.round()
    assert len(day.states) == 1

    # an advertisement judged so, and a complaint that looked like one: the week's sample finds it
    bulk = manners.web_163(SHOP.address, "通知", COMPLAINT, "通知", "大家好，每月简报，请查收。", day.stage.now)
    day.stage.arrive(b"List-Id: <news.shop.example>\r\nPrecedence: list\r\n" + bulk, COMPLAINT)
    day.round()
    day.stage.now += timedelta(minutes=60)
    assert (look_at_machines(office, day.stage.now), look_at_machines(office, day.stage.now)) == (1, 0)
    day.round()
    day.answers(RECEIVER, "1 登记", "每周抽查")
    assert len(day.states) == 2
    with look(office.engine) as cx:
        assert [(subject, label.partition(":")[0]) for _, subject, _, label in court.corrections(cx)] == [
            ("通知", "kind")
        ]

    # the night's letter, once; A44: what left the mailbox past the program is in it
    day.stage.host.deliver(
        COMPLAINT,
        manners.web_163(COMPLAINT, "", LAND.address, "私下回信", "请尽快办理", day.stage.now),
        folder="已发送",
        internaldate=day.stage.now,
    )
    day.round()
    assert (night(office, day.stage.now), night(office, day.stage.now)) == (1, 0)
    day.round()
    assert "夜间核对" in day.told(RECEIVER)
    assert "“私下回信”" in day.told(RECEIVER)
    assert "却不是程序发的" in day.told(RECEIVER)


def test_a45_a_row_taken_away_by_hand_is_in_the_nights_letter(day: Day):
    day.writes(NAMELESS, "", demo("text-unclear"))
    with pen(day.stage.rounds.office.engine) as cx:
        cx.execute(tables.parties.delete())
        cx.execute(tables.sightings.delete())

    night(day.stage.rounds.office, day.stage.now)
    day.round()

    assert "来信去向" in day.told(RECEIVER)


def test_a43_the_complainants_name_in_an_order_is_stopped_before_it_reaches_the_unit(day: Day):
    day.writes(LI, demo("subject-complaint"), demo("text-complaint"))
    day.stage.reply(LAND, demo("text-result"), day.stage.now, manner="163")
    day.round()
    before = len(day.stage.host.folder(LAND.address))

    day.answers(REVIEWER, "退回重办：李明远的三百元测绘费没有退", "办结报告")

    letters = [read(stored.raw) for stored in day.stage.host.folder(LAND.address)][before:]
    assert all("李明远" not in f"{letter.subject}{letter.text}" for letter in letters)
    assert day.questions() == ["stopped"]
