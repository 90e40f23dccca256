"""The shield's traps, by number: what a unit, a file, a header or a second letter could betray (A22-A41, F94, L49-L77)."""

import io
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from PIL import Image
from shield_office import COMPLAINT, REPORT, Bench, a_mail
from sqlalchemy import select

from daemon import guarding
from daemon.demo.cast import HEAD, LAND, LI, MARKET, RECEIVER, REVIEWER
from daemon.post import _take
from db import lists, people
from db import tables as t
from db.pen import look
from rules.numbers import reference
from rules.papers import Withheld, clean
from rules.reading import read
from rules.shield import Identity, guard, guard_text

REF = reference(2017, 1)
TRANSFER = f"transfer:{REF}:1:{LAND.name}"
RESULT = (
    "办结。\n调查结论：属实。\n办理情况：已于5月16日为反映人办理了不动产登记。\n"
    "查处情况：对窗口工作人员批评教育一次。\n依据：《不动产登记暂行条例》第二十条。"
)


def outgoing(bench: Bench, template: str) -> list[bytes]:
    with look(bench.engine) as cx:
        return [
            bytes(row) for row in cx.execute(select(t.outbox.c.raw).where(t.outbox.c.template == template)).scalars()
        ]


def whole(raw: bytes) -> str:
    """Everything a receiver's program could read: raw bytes, headers and parts decoded."""
    letter = message_from_bytes(raw, policy=policy.default)
    parts = [part.get_content() for part in letter.walk() if part.get_content_maintype() == "text"]
    return "\n".join((raw.decode("ascii", "replace"), *map(str, letter.values()), *parts))


@pytest.mark.parametrize(
    "words",
    [
        "投诉人是谁？请提供电话以便联系",
        "延期。需要先联系反映人，请提供反映人的电话。",
        "退办。不知道举报人是谁，无法核实。",
    ],
)
def test_a22_as_answer_extension_or_ground_to_send_back_a_unit_that_asks_who_wrote_gets_no_answer(bench, words):
    bench.receive(a_mail(COMPLAINT))
    before = len(bench.to_units())

    bench.receive(bench.code(TRANSFER, words, LAND.address))

    assert len(bench.to_units()) == before
    assert bench.asked() == ["fishing"]


def test_a23_nothing_of_a_units_own_making_reaches_the_complainant_but_approved_words(bench):
    bench.receive(a_mail(COMPLAINT))
    mail = EmailMessage()
    coded = message_from_bytes(bench.code(TRANSFER, "x", LAND.address), policy=policy.default)
    mail["From"], mail["To"], mail["Subject"] = LAND.address, "tousu@huiyin.example", coded["Subject"]
    mail["Reply-To"] = "spy@unit.example"
    mail["Cc"] = "third@unit.example"
    mail["Disposition-Notification-To"] = LAND.address
    mail["Return-Receipt-To"] = LAND.address
    mail.set_content(RESULT)
    mail.add_alternative(f"<p>{RESULT}</p><img src='https://track.unit.example/p.png'>", subtype="html")
    sent = len(outgoing(bench, "unit_confirmation"))
    bench.receive(mail.as_bytes())

    bench.answer("review", "通过", REVIEWER.name)

    (told,) = outgoing(bench, "result_told")
    for trace in ("track.unit", "spy@", "third@", "<img", "http", "Reply-To", "Disposition-Notification", LAND.address):
        assert trace not in whole(told)
    assert all("spy@" not in whole(raw) for raw in outgoing(bench, "unit_confirmation")[sent:])


def test_a24_text_that_a_unit_plants_to_be_sent_back_is_never_sent_back(bench):
    bench.receive(a_mail(COMPLAINT))
    before = len(bench.to_units())

    bench.receive(
        bench.code(TRANSFER, "请贵局原文转发投诉内容，填好：投诉人____，电话____。听说是王大山投诉的？", LAND.address)
    )

    assert len(bench.to_units()) == before
    bench.answer("fishing", "同意", HEAD.name)
    assert "王大山" not in whole(outgoing(bench, "fishing_answered")[0])


@pytest.mark.parametrize("word", ["ZS", "Z某", "张某三", "小张", "张总", "老张家", "zhangsan", "Zhang San"])
def test_a26_no_form_of_a_name_passes_both_redaction_and_guard(word):
    known = (Identity("name", "张三"), Identity("email", "zs88@mail.example"))
    from rules.shield import find_identities, redact

    said = f"我叫张三，大家都叫我{word}。我投诉县林业局，{word}去过三次，一直不给办。"
    redaction = redact("投诉", said, find_identities("投诉", said, "张三", "zs88@mail.example"))

    assert word not in redaction.text or redaction.refused or guard_text(word, known)


@pytest.mark.parametrize(
    "header",
    ["From", "Reply-To", "References", "In-Reply-To", "Received", "X-Originating-IP", "Thread-Index", "Message-ID"],
)
def test_a31_a_letter_to_a_unit_is_a_new_letter_with_headers_of_ours_only(bench, header):
    raw = (
        b"Message-ID: <limingyuan.1@web163.example>\r\nReferences: <limingyuan.0@web163.example>\r\n"
        b"X-Originating-IP: [10.9.8.7]\r\nThread-Index: limingyuan75\r\nReceived: from limingyuan-pc (10.9.8.7)\r\n"
    ) + a_mail(COMPLAINT)
    bench.receive(raw)

    (letter,) = outgoing(bench, "transfer")
    head = message_from_bytes(letter, policy=policy.default)
    assert "limingyuan" not in whole(letter)
    assert "10.9.8.7" not in whole(letter)
    if header in ("From", "Message-ID"):
        assert "huiyin.example" in head[header]
    else:
        assert head[header] is None


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a34_a_picture_is_withheld_whatever_it_hides(kind):
    held = io.BytesIO()
    exif = Image.Exif()
    exif[0x013B] = "张三丰"
    Image.new("RGB", (8, 8), "red").save(held, format=kind, exif=exif)

    assert isinstance(clean(held.getvalue() + b"13800000001", "微信图片.jpg"), Withheld)


def test_a34_a36_a_file_that_cannot_be_read_holds_no_letter_back_it_is_listed_and_asked_about_alone():
    from doors.desks import a_desk, a_letter, asked, sent

    from rules.decide import decide
    from rules.letter import Attachment

    letter = a_letter(attachments=(Attachment("身份证.jpg", "attachment-1.jpg", "image/jpeg", 10, "0" * 64),))
    decision = decide(letter, a_desk(papers=(("", "", "attachment-1.jpg"),)))

    assert "transfer" in {template for template, _ in sent(decision)}
    assert asked(decision) == ["files"]
    (transfer,) = [notice for notice in decision.notices if notice.template == "transfer"]
    assert (transfer.withheld, transfer.papers) == (1, ())


def test_a37_one_recipient_a_letter_and_nobody_elses_address_in_it(bench):
    bench.receive(a_mail(COMPLAINT))

    for row in bench.to_units():
        head = message_from_bytes(row.raw, policy=policy.default)
        assert [head["To"], head["Cc"], head["Bcc"]] == [row.to_address, None, None]
        assert LI.address not in whole(row.raw)


def test_a38_a_bounce_that_carries_a_letter_back_goes_nowhere(bench):
    bench.receive(a_mail(COMPLAINT))
    before = [bytes(row.raw) for row in bench.to_units()]
    with look(bench.engine) as cx:
        receipt = next(row for row in lists.outbox(cx) if row["notice"] == "receipt")
    bounce = EmailMessage()
    bounce["From"], bounce["To"], bounce["Subject"] = "MAILER-DAEMON@huiyin.example", "tousu@huiyin.example", "系统退信"
    bounce["Auto-Submitted"] = "auto-replied"
    bounce.set_content(
        f"退信：无法投递给 {LI.address}。原信 {receipt['message_id']}\n{outgoing(bench, 'receipt')[0].decode('ascii')}"
    )
    bench.receive(bounce.as_bytes())

    assert [bytes(row.raw) for row in bench.to_units()] == before


def test_a39_an_opinion_that_says_who_he_is_goes_to_the_unit_without_it(bench):
    bench.receive(a_mail(COMPLAINT))
    bench.receive(bench.code(TRANSFER, RESULT, LAND.address))
    bench.answer("review", "通过", REVIEWER.name)
    said = "不满意。我李明远跑了五趟，电话13800000021没有一个人打过，我爱人孙桂芬也在场。"
    bench.receive(bench.code(f"result:{REF}:1", said, LI.address))

    for row in bench.to_units():
        assert row.state in ("queued", "stopped")
        if row.state == "queued":
            assert not any(word in whole(row.raw) for word in ("李明远", "13800000021", "孙桂芬"))
    assert bench.problems() == ()


def test_a40_a_letter_to_a_unit_tells_days_never_the_minute(bench):
    import re

    bench.receive(a_mail(COMPLAINT))

    said = read(bench.to_units()[0].raw).text
    said = re.sub(r"（工作日[^）]*）|\d{1,2}:\d\d—\d{1,2}:\d\d", "", said)  # the office's own hours
    assert not re.search(r"\d{1,2}[:：时]\d{2}", said)


def test_a41_a_guard_that_breaks_lets_nothing_out(bench, monkeypatch):
    def broken(*_given: object) -> tuple[object, ...]:
        raise RecursionError

    monkeypatch.setattr(guarding, "guard", broken)
    bench.receive(a_mail(COMPLAINT))

    assert {row.state for row in bench.to_units()} == {"stopped"}
    assert "stopped" in bench.asked()


def test_a41_a_case_whose_identities_are_gone_lets_nothing_out(bench):
    from daemon.door import hits_at_the_door

    bench.receive(a_mail(COMPLAINT))
    with look(bench.engine) as cx:
        assert hits_at_the_door(cx, bench.to_units()[0]) == ()
    from db.pen import pen

    with pen(bench.engine) as cx:
        people.erase(cx, REF)
        assert hits_at_the_door(cx, bench.to_units()[0]) == guarding.UNKNOWN


def test_f94_the_next_letter_gives_a_name_that_the_waiting_letter_holds_and_stops_it(bench):
    bench.receive(
        a_mail(
            COMPLAINT.replace("我叫李明远，电话13800000021。", "窗口主任王建国说系统坏了。"),
            name="",
            sender="x7700@phone.example",
        )
    )
    waiting = bench.to_units()[0]
    assert "王建国" in whole(waiting.raw)
    bench.receive(
        bench.code(f"receipt:{REF}", "我自己就叫王建国，电话13800000021，和那个主任同名。", "x7700@phone.example")
    )

    taken = _take(bench.office, waiting.id, bench.now)

    assert taken is not None
    assert taken.state == "stopped"
    assert "stopped" in bench.asked()


def test_l49_who_writes_to_the_respondent_too_is_answered_alone_and_no_letter_says_his_name(bench):
    raw = a_mail(COMPLAINT).replace(b"To: tousu@huiyin.example", f"To: tousu@huiyin.example, {LAND.address}".encode())
    bench.receive(b"Reply-To: guotu@unit.example\r\n" + raw)

    (receipt,) = outgoing(bench, "receipt")
    assert message_from_bytes(receipt, policy=policy.default)["To"] == LI.address
    assert all("李明远" not in whole(row.raw) for row in bench.to_units())


def test_l50_a_letter_from_a_units_shared_mailbox_gets_no_receipt_and_no_transfer(bench):
    bench.receive(a_mail("我举报我们局长，我是局里的办事员。", sender=MARKET.address, name=""))

    assert outgoing(bench, "receipt") == []
    assert bench.to_units() == []


def test_l51_a_complaint_about_the_office_itself_goes_to_no_unit(bench):
    bench.receive(a_mail("我投诉县营商环境建设监督局的工作人员推诿，我的投诉三个月没有回音。"))

    assert bench.to_units() == []
    assert bench.question("ourselves").role == "head"


def test_l52_a_report_goes_to_nobody_by_itself(bench):
    bench.receive(a_mail(REPORT, subject="举报", name="", sender="x7700@phone.example"))

    assert bench.to_units() == []


@pytest.mark.parametrize("words", ["桓营诉〔2017〕1号的事怎么样了", "HY2017-00001-ZZ", "桓营诉〔2016〕1号的事"])
def test_l66_a_number_alone_opens_and_tells_nothing(bench, words):
    bench.receive(a_mail(COMPLAINT))
    before = len(bench.to_units())
    bench.receive(a_mail(words, subject=words, sender="stranger@elsewhere.example", name=""))

    assert len(bench.to_units()) == before
    with look(bench.engine) as cx:
        assert {row["to"] for row in lists.outbox(cx) if row["notice"] == "status_told"} == set()


def test_l67_a_report_that_names_the_complainant_is_never_relayed_raw_and_never_back_to_a_unit(bench):
    bench.receive(a_mail(COMPLAINT))
    bench.receive(
        bench.code(
            TRANSFER,
            f"{RESULT}\n据了解投诉人是李明远，身份证210522197503000016，另一当事人赵小梅电话13900000044。",
            LAND.address,
        )
    )

    assert outgoing(bench, "result_told") == []
    bench.answer("review", "退回重办：投诉人李明远说没有办", REVIEWER.name)

    redo = [row for row in bench.to_units() if row.template == "redo_order"]
    assert [row.state for row in redo] == ["stopped"]
    assert "stopped" in bench.asked()
    with look(bench.engine) as cx:
        question = next(row for row in cx.execute(select(t.outbox).where(t.outbox.c.text.like("%被拦下%"))))
    assert "姓名：正文" in question.text


def test_l75_a_strangers_question_about_a_case_tells_nothing(bench):
    bench.receive(a_mail(COMPLAINT))
    bench.receive(a_mail(f"查询 {REF} 进展", subject="查询", sender="stranger@elsewhere.example", name=""))

    with look(bench.engine) as cx:
        assert [row for row in lists.outbox(cx) if row["to"] == "stranger@elsewhere.example"] == []


def test_l77_consent_lifts_the_shield_of_no_letter_by_itself(bench):
    bench.receive(a_mail(COMPLAINT + "同意披露我的身份，可以实名转办。"))

    assert bench.file(REF).consent == "agreed"
    assert all("李明远" not in whole(row.raw) for row in bench.to_units())


def test_a_mark_by_a_person_is_guarded_in_every_later_letter(bench):
    bench.receive(a_mail(COMPLAINT + "同去的张大爷也等了三个月。这事全县只有我一家碰上。"))
    bench.answer("forward", "隐去：加急费2000元", RECEIVER.name)

    with look(bench.engine) as cx:
        known = people.known_by(cx, REF)
    letter = EmailMessage()
    letter["Subject"] = "退回重办"
    letter.set_content("请说明加急费 2000元 一事")
    assert {hit.kind for hit in guard(letter.as_bytes(), known)} == {"value"}
