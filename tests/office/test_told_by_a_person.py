"""告知: who came without a mailbox is answered like everybody else, by a person (S19, S25, S79). Over real IMAP and SMTP."""

import io
from email.message import EmailMessage
from email.policy import SMTP

import pytest
from office_day import Day
from PIL import Image

from daemon.demo.cast import COMPLAINT, HANDLER, LAND, RECEIVER, REVIEWER
from rules.papers import Table
from rules.papers.rebuild import document_of
from rules.wording import wording

say = wording("rules")
demo = wording("daemon.demo")
FORM = """来件渠道：电话
来件人姓名：张三
联系电话：13900000000
被反映单位：国土资源局
反映内容：2017年5月8日到国土资源局窗口申请不动产登记，材料齐全，窗口工作人员不给办理，还要收2000元加急费，没有发票。
诉求：依法办理登记"""
REPORT = "办结报告：经查，反映属实。办理情况：已于5月12日为申请人办理不动产登记，退还加急费2000元。查处情况：对窗口工作人员批评教育。依据：《不动产登记暂行条例》第二十条。"


@pytest.fixture
def reported(day: Day) -> Day:
    """A call was entered, the unit reported, the reviewer approves."""
    day.writes(RECEIVER, "登记表", "登记表")
    day.answers(RECEIVER, FORM, "登记表")
    if "forward" in day.questions():
        day.decides("forward", RECEIVER, "同意")
    day.stage.reply(LAND, REPORT, day.stage.now, manner="163")
    day.round()
    if "review" in day.questions():
        day.decides("review", REVIEWER, "审核通过")
    assert day.states == ["feedback"]
    return day


def test_who_telephoned_is_told_the_result_by_telephone_and_what_he_says_of_it_reaches_the_unit(reported: Day):
    """call."""
    put = reported.asked("call", HANDLER)
    assert "13900000000、张三" in put
    assert RECEIVER.name not in put
    assert "退还加急费2000元" in put
    assert "前打电话或者当面告诉我们：满意、基本满意或不满意" in put  # as it is said, not as it would be mailed
    assert "回信时请保留" not in put
    reported.decides("call", HANDLER, "已告知：满意")

    assert reported.states == ["closed"]
    assert say("opinion-satisfied") in reported.told(LAND)
    assert "13900000000" not in "".join(reported.stage.latest(LAND).text)
    assert reported.clean()


def test_who_is_not_satisfied_at_the_telephone_has_it_done_again(reported: Day):
    reported.decides("call", HANDLER, "已告知：不满意，加急费只退了一半")

    assert reported.states == ["assigned"]
    assert "加急费只退了一半" in reported.told(LAND)
    assert "steer" in reported.questions()  # 重点督办 is proposed, as it is where he writes the same
    assert reported.clean()


def test_words_that_would_make_him_known_do_not_go_to_the_unit(reported: Day):
    reported.answers(HANDLER, "已告知：不满意，请打13900000000找张三", say("question-call"))

    assert reported.states == ["feedback"]
    assert "call" in reported.questions()


def test_who_was_told_and_says_nothing_is_waited_for_like_anybody(reported: Day):
    reported.decides("call", HANDLER, "已告知")

    assert reported.states == ["feedback"]
    reported.until(8, 1)
    assert reported.states == ["closed"]


def test_an_opinion_that_says_neither_is_asked_for_again(reported: Day):
    reported.answers(HANDLER, "已告知：怎么能满意", say("question-call"))

    assert say("order-doubtful-opinion") in reported.told(HANDLER)
    assert "call" in reported.questions()


def with_files(day: Day, *files: tuple[str, bytes]) -> None:
    """The receiver answers the blank form with these files."""
    day.writes(RECEIVER, "登记表", "登记表")
    got = day.stage.latest(RECEIVER, "登记表", coded=True)
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = RECEIVER.address, COMPLAINT, f"回复：{got.subject}"
    mail.set_content(FORM, cte="base64")
    for name, data in files:
        mail.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    day.stage.post(mail.as_bytes(policy=SMTP), RECEIVER, COMPLAINT)
    day.round()
    if "forward" in day.questions():
        day.decides("forward", RECEIVER, "同意")


def the_form() -> bytes:
    rows = tuple(tuple(line.split("：", 1)) for line in FORM.splitlines())
    return document_of(["登记表", Table("登记表", rows)])


def test_what_he_brought_is_offered_to_the_unit_and_the_form_itself_never(day: Day):
    photo = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(photo, "PNG")
    with_files(day, ("登记表.docx", the_form()), ("收据.png", photo.getvalue()))

    put = day.asked("files", REVIEWER)
    assert "2 收据.png：图片，可以放行" in put
    assert "登记表.docx" not in put
    day.answers(REVIEWER, "放行 1", say("question-files"))
    assert "登记表本身" in day.told(REVIEWER)
    day.decides("files", REVIEWER, "放行 2")

    letter = day.stage.latest(LAND)
    assert [part.name for part in letter.attachments] == ["attachment-2.jpg"]
    assert day.clean()


def test_a_form_that_brings_nothing_but_itself_asks_nothing(day: Day):
    with_files(day, ("登记表.docx", the_form()))

    assert "files" not in day.questions()
    assert day.clean()
