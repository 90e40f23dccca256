"""L41, L42, L56, L57, L64, L79, L80: who is a machine, who is not, and what a bounce says."""

import pytest
from letters_made import a_letter, a_part, in_html, of_parts, read

from rules.reading import read_body
from rules.reading.bounces import Bounce, Returned, read_bounce

QQ = "这是来自QQ邮箱的假期自动回复邮件。<br>您好，我最近正在休假中，无法亲自回复您的邮件。"


@pytest.mark.parametrize(
    "raw",
    [
        in_html(QQ, Subject="自动回复: 转办", In_Reply_To="<a@example.com>"),
        in_html(QQ, Subject="转办"),
        a_letter("您好", Subject="自动回复: 转办", In_Reply_To="<a@example.com>"),
        a_letter("我已收到您的邮件，会尽快回复。", Subject="自动答复:  转办"),
        a_letter("您好", X_QQ_AUTO_REPLY="true"),
        a_letter("您好", X_QQ_HolidayReply="true"),
        a_letter("I am away", Auto_Submitted="auto-replied (vacation)"),
        a_letter("I am away", X_Autoreply="yes"),
        a_letter("I am away", X_Autorespond="yes"),
        a_letter("I am away", X_Autoresponder="yes"),
        a_letter("I am away", Precedence="auto_reply"),
        a_letter("I am on vacation until May.", Subject="Out of office: x", X_Auto_Response_Suppress="All"),
        a_letter("您的邮件已收到，谢谢！", Precedence="bulk"),
        a_letter("您的邮件已收到，谢谢！", Return_Path="<>"),
    ],
)
def test_l64_a_vacation_answer_is_known(raw: bytes):
    assert read(raw).machine == "vacation"


PEOPLE = {
    "a short receipt (L41)": a_letter("已收到，谢谢", Subject="回复：转办 [HY2017-00012-K7/4F7Q2M9KTX]"),
    "prefix in the middle (L57)": a_letter("请看", Subject="回复: 自动答复: 回复: X", In_Reply_To="<a@example.com>"),
    "asks about an automatic answer (L57)": a_letter(
        "您好，你们的自动回复我收到了，可是没有人联系我。",
        Subject="自动回复收到后怎么办",
        In_Reply_To="<a@example.com>",
    ),
    "about automatic answers (L57)": a_letter("他们的自动回复系统乱收费", Subject="自动回复系统乱收费"),
    "noreply sender (L57)": a_letter("我公司投诉国土局", From="某公司 <noreply@firm.example>"),
    "gateway adds unsubscribe (L57)": a_letter("我公司投诉国土局", List_Unsubscribe="<mailto:u@firm.example>"),
    "bulk (L57)": a_letter("我公司投诉国土局", Precedence="bulk"),
    "footer of a gateway (L42)": a_letter(
        "投诉国土所\n\n本邮件由安全网关自动发送，请勿回复", X_Auto_Response_Suppress="OOF"
    ),
    "about a bounce (L80)": a_letter(
        "我给国土局发的邮件被退信了：\nundelivered mail\n550 5.1.1 user unknown", Subject="退信"
    ),
    "about a bounce, pasted (L80)": a_letter(
        "Delivery to the following recipient failed: zb@example.com", Subject="failure notice"
    ),
    "from the post office": a_letter("投诉邮政局", From="postmaster@firm.example", Subject="投诉"),
    "invoices (L56)": a_letter("税务所不给开发票，代开发票要收费，反映情况", Subject="发票问题"),
    "training (L56)": a_letter("强制培训，培训费用八百，举报", Subject="强制培训乱收费"),
    "an advertisement that carries our number (L56)": a_letter("代开发票，税点低", Subject="发票 [HY2017-00012-K7]"),
    "one word of an advertisement": a_letter("招商局的人不见我", Subject="招商"),
    "read it": a_letter("材料已阅，没有意见", Subject="已读过材料"),
    "a list of one": a_letter("请查", Sender="owner-x@example.com"),
    "recall in words": a_letter("我要撤回投诉", Subject="撤回"),
    "system words": a_letter("系统自动生成的罚单不对", Subject="系统通知不公"),
    "nothing": a_letter("", Subject=""),
}


@pytest.mark.parametrize("who", PEOPLE)
def test_a_person_is_never_called_a_machine(who: str):
    letter = read(PEOPLE[who])

    assert (letter.machine, letter.machine_why) == (None, "")


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (
            of_parts(
                a_part("已读"),
                a_part("Final-Recipient: rfc822;a@b.example", "message/disposition-notification"),
                kind="report; report-type=disposition-notification",
            ),
            "receipt",
        ),
        (a_letter("您的邮件已于2017年5月9日阅读", Subject="已读: 转办"), "receipt"),
        (a_letter("x", List_Id="<a.example.com>", List_Post="<mailto:a@example.com>"), "list"),
        (a_letter("本期要目。退订", Precedence="bulk", List_Unsubscribe="<mailto:u@x.example>"), "list"),
        (a_letter("x", Auto_Submitted="auto-generated"), "auto"),
        (a_letter("x", Auto_Submitted="auto-generated", Precedence="bulk"), "list"),
        (a_letter("x", Content_Type="text/calendar; method=REPLY"), "auto"),
        (a_letter("代开各类发票，税点低，电话 13000000000", Subject="代开发票"), "spam"),
        (a_letter("课程大纲 讲师介绍 报名电话", Subject="总裁班公开课"), "spam"),
        (
            of_parts(
                a_part("Feedback"),
                a_part("Feedback-Type: abuse", "message/feedback-report"),
                kind="report; report-type=feedback-report",
            ),
            "auto",
        ),
    ],
)
def test_other_machines_are_known_by_their_kind(raw: bytes, kind: str):
    letter = read(raw)

    assert (letter.machine, bool(letter.machine_why)) == (kind, True)


STATUS = "Reporting-MTA: dns; mx.example\n\nOriginal-Recipient: rfc822;zb@unit.example\nFinal-Recipient: rfc822; zb2@unit.example\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1\n User unknown\n"
DAEMON = "MAILER-DAEMON@mx.example"


def a_report(status: str, words: str = "Sorry") -> bytes:
    back = a_part("To: zb@unit.example\nMessage-ID: <hy.1@example.net>\n\n旧信", "message/rfc822")
    return of_parts(
        a_part(words),
        a_part(status, "message/delivery-status"),
        back,
        kind="report; report-type=delivery-status",
        From=DAEMON,
        Subject="Undelivered Mail",
    )


def test_l79_a_standard_report_is_read():
    letter = read(a_report(STATUS))

    assert (letter.machine, letter.bounced_addr, letter.bounce_reason) == (
        "bounce",
        "zb2@unit.example",
        "550 5.1.1 User unknown",
    )
    assert (letter.bounce_kind, letter.bounced_message_id) == ("failed", "<hy.1@example.net>")


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (STATUS.replace("failed", "delayed").replace("5.1.1", "4.4.1"), "delayed"),
        (STATUS.replace("failed", "relayed"), "relayed"),
        (STATUS.replace("failed", "expanded"), "relayed"),
        (STATUS.replace("Action: failed\n", "").replace("5.1.1", "4.4.7"), "delayed"),
        (STATUS.replace("Action: failed\n", "").replace("5.1.1", "2.0.0"), "relayed"),
    ],
)
def test_l79_delayed_and_relayed_are_not_failed(status: str, kind: str):
    assert read(a_report(status)).bounce_kind == kind


NETEASE = (
    "<h1>抱歉，您的邮件被退回来了……</h1><table><tr><td>原邮件信息</td></tr><tr><td>时　间</td><td>2017-05-09</td></tr><tr><td>收件人</td><td>zb@unit.example</td></tr></table>"
    "<p>退信原因：英文说明:rcpt handle timeout.(421)</p>"
    "<a href='http://feedback.mail.126.com/antispam/report.php?BounceReason=x&BouncedRcpt=zb%40unit.example&OrgSubject=a'>举报</a><p>This message is generated by Coremail.</p>"
)


def test_l79_the_return_of_163_is_no_dsn_and_is_read():
    letter = read(in_html(NETEASE, From="Postmaster@163.com", Subject="系统退信"))

    assert (letter.machine, letter.bounced_addr, "rcpt handle timeout" in letter.bounce_reason) == (
        "bounce",
        "zb@unit.example",
        True,
    )


@pytest.mark.parametrize(
    ("sender", "subject"),
    [
        ("MAILER-DAEMON@mx.example", "failure notice"),
        ("Mail Delivery System <MAILER-DAEMON@mx.example>", "Undelivered Mail Returned to Sender"),
        ("post_master@mx.example", "Undeliverable Message"),
        ("<MAILER-DAEMON>", "Returned mail: see transcript for details"),
        ("Postmaster@163.com", "系统退信"),
        ("postmaster@aliyun.example", "来自postmaster@aliyun.example的退信"),
        ("PostMaster@qq.com", "来自qq.com的退信"),
        ("Mail Administrator <ma@mx.example>", "Mail System Error - Returned Mail"),
        ("noreply@mx.example", "邮件无法投递：Undelivered"),
        ("MAILER-DAEMON@qq.com", "邮件投递延迟通知"),
        ("Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@unit.example>", "无法传递: 转办"),
        ("腾讯企业邮箱 <10000@qq.com>", "退信提醒"),
    ],
)
def test_l79_a_return_is_known_by_its_sender_and_subject(sender: str, subject: str):
    letter = read(a_letter("<zb@unit.example>: 550 5.1.1 User unknown", From=sender, Subject=subject))

    assert (letter.machine, letter.bounced_addr) == ("bounce", "zb@unit.example")


@pytest.mark.parametrize(
    ("words", "address"),
    [
        ("<zb@unit.example>: host mx said: 550 5.1.1 user unknown", "zb@unit.example"),
        (
            "Hi. This is the qmail-send program.\n<zb@unit.example>:\nSorry, no mailbox here by that name.",
            "zb@unit.example",
        ),
        ("----- The following addresses had permanent fatal errors -----\n<zb@unit.example>\n", "zb@unit.example"),
        ("Delivery to the following recipients failed.\n\n       zb@unit.example\n", "zb@unit.example"),
        ("Your message to zb@unit.example could not be delivered.", "zb@unit.example"),
        ("您的邮件无法投递到：zb@unit.example，用户不存在", "zb@unit.example"),
        ("收件人：\nzb@unit.example 不存在", "zb@unit.example"),
        ("收件人 zb@unit.example\n收件人邮件地址（zb@unit.example）不存在，邮件无法送达。", "zb@unit.example"),
        ("您发往zb@unit.example的邮件被退回", "zb@unit.example"),
        ("邮件未能送达\nBouncedRcpt=zb%40unit.example&x", "zb@unit.example"),
        ("two failed: a@unit.example b@unit.example", ""),
        ("zb@unit.example was rejected", "zb@unit.example"),
        ("nothing said", "to@unit.example"),
    ],
)
def test_l79_the_address_is_found_in_the_words(words: str, address: str):
    found = read_bounce(
        Returned(
            words, "", "To: to@unit.example\n" if "two" not in words else "", "", (), frozenset({"me@example.net"})
        )
    )

    assert found.address == address


def test_l79_our_own_address_is_not_the_one_that_bounced():
    words = "Message to zb@unit.example failed. message from: mail to me@example.net"

    assert read_bounce(Returned(words, "", "", "", (), frozenset({"me@example.net"}))).address == "zb@unit.example"


def test_l79_of_several_recipients_the_one_that_failed():
    status = "Final-Recipient: rfc822;a@unit.example\nAction: delivered\nStatus: 2.0.0\n\nFinal-Recipient: rfc822;b@unit.example\nAction: failed\nStatus: 5.0.0\n"
    none_failed = status.replace("failed", "delayed")

    assert read_bounce(Returned("", status, "", "", (), frozenset())).address == "b@unit.example"
    assert read_bounce(Returned("", none_failed, "", "", (), frozenset())).address == ""


def test_l79_x_failed_recipients_and_an_empty_bounce():
    assert read_bounce(Returned("", "", "", "zb@unit.example", (), frozenset())).address == "zb@unit.example"
    assert read_bounce(Returned("", "", "", "", (), frozenset())) == Bounce(kind="failed")
    assert read_bounce(Returned("", "Status: 5.2.2", "", "", (), frozenset())).reason == "5.2.2"
    assert read_bounce(Returned("Will continue to try. Delayed.", "", "", "", (), frozenset())).kind == "delayed"
    assert read_bounce(Returned("", "Diagnostic-Code: just words\n", "", "", (), frozenset())).reason == "just words"


def test_the_words_of_a_letter_inside_are_not_the_words_of_the_bounce():
    letter = read(a_report("Status: 5.0.0\n", words="<zb@unit.example>: user unknown"))

    assert letter.bounced_addr == "zb@unit.example"


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("您好，您的邮件已收到，我会尽快回复。", "vacation"),
        ("邮件已收到，谢谢！", "vacation"),
        ("来信已收到", "vacation"),
        ("我正在休假，不在办公室", "vacation"),
        ("I am out of the office until Monday.", "vacation"),
        ("已收到，马上办理", None),
        ("来信收到，经核实情况属实", None),
        ("我要投诉，邮件已收到没有人回", None),
        ("", None),
        ("   ", None),
        ("自动回复" + "长" * 700, None),
        ("您的邮件已收到，" + "长" * 200, None),
    ],
)
def test_a_hint_from_the_words_alone(text: str, hint: str | None):
    assert read_body(text).machine_hint == hint
