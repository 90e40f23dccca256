"""L.c: own words, history, forward and signature, for every mail client of domain §6.1 (L34-L39, L42)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from letters_made import a_letter, a_part, in_html, of_parts, read

from rules.reading import read_body
from rules.reading.quotes import divide

NEW = "情况属实，已责令整改。\n请审核。"
OLD = "请贵单位核实办理，十五日内办结，满意请回复同意。"
BLOCK = "发件人: 督查室 <zb@example.com>\n发送时间: 2017年5月9日 10:00\n收件人: a@example.net; b@example.net\n抄送: c@example.net\n主题: Re: 转办"

REPLIES = {
    "163 zh": f'\n在 2017-05-09 10:00:00，"督查室" <zb@example.com> 写道：\n{OLD}',
    "163 zh marked": f'\n在 2017-05-09 10:00:00，"督查室" <zb@example.com> 写道：\n\n>{OLD}\n>>更早',
    "163 en": f'\nAt 2017-05-09 10:00:00, "督查室" <zb@example.com> wrote:\n>{OLD}',
    "mailmaster": f"\n---- 回复的原邮件 ----\n| 发件人 | 督查室<zb@example.com> |\n| 日期 | 2017年05月09日 10:00 |\n| 收件人 | a@example.net |\n| 主题 | 转办 |\n\n{OLD}",
    "mailmaster loose": f"\n---- 回复的原邮件 ----\n发件人 督查室<zb@example.com>\n发送日期 2017年05月09日 10:00\n收件人 a@example.net\n主题 转办\n{OLD}",
    "mailmaster en": f"\n---- Replied Message ----\n| From | zb@example.com |\n| Date | 05/09/2017 10:00 |\n{OLD}",
    "mailmaster signed": f"\n| |\n张三\n|\n|\nz@example.com\n|\n---- 回复的原邮件 ----\n{OLD}",
    "coremail": f'\n-----原始邮件-----\n发件人:"督查室" <zb@example.com>\n发送时间:2017-05-09 10:00:00 (星期二)\n收件人: a@example.net\n主题: 转办\n\n{OLD}',
    "outlook zh": f"\n-----邮件原件-----\n{BLOCK}\n\n{OLD}",
    "outlook zh html": f"\n{BLOCK}\n\n{OLD}",
    "outlook rule": f"\n________________________________\n{BLOCK}\n{OLD}",
    "outlook gaps": "\n" + BLOCK.replace("\n", "\n\n") + f"\n\n{OLD}",
    "outlook tw": f"\n________________________________\n寄件者: zb <zb@example.com>\n寄件日期: 2017年5月9日 上午 10:00\n收件者: a@example.net\n主旨: 转办\n{OLD}",
    "qq A": f"\n\n------------------ 原始邮件 ------------------\n{BLOCK}\n\n{OLD}",
    "qq nbsp": f"\n------------------\xa0原始邮件\xa0------------------\n{BLOCK}\n{OLD}",
    "qq bold": f"\n------------------ 原始邮件 ------------------\n*发件人:* zb\n*发送时间:* 2017年5月9日\n{OLD}",
    "qq B": f'\n---原始邮件---\n发件人: "zb"<zb@example.com>\n发送时间: 2017年5月9日\n{OLD}',
    "qq C": f"\n原始邮件\n发件人: zb\n发送时间: 2017年5月9日\n{OLD}",
    "qq en": f"\n------------------ Original ------------------\nFrom: zb\nDate: Sun,Apr 12,2017 7:25 PM\nSubject: x\n{OLD}",
    "foxmail": f"\n\n发件人： 督查室\n发送时间： 2017-05-09 10:00\n收件人： a@example.net\n抄送： b\n主题： 转办\n{OLD}",
    "foxmail one line": f"\n发件人：督查室 发送时间：2017-05-09 收件人：a 主题：转办\n{OLD}",
    "139": f"\n----邮件原文----\n发件人：zb <zb@example.com>\n收件人：a\n{OLD}",
    "189": f"\n------原始邮件------\n{OLD}",
    "sina": f"\n----- 原始邮件 -----\n{BLOCK}\n{OLD}",
    "aliyun": f"\n------------------------------------------------------------------\n发件人：zb <zb@example.com>\n日　期：2017年05月09日\n收件人：a\n主　题：x\n{OLD}",
    "thunderbird zh": f"\n在 2017/5/9 10:00, 督查室 写道:\n> {OLD}",
    "thunderbird en": f"\nOn 5/9/17 10:00 AM, zb wrote:\n> {OLD}",
    "gmail zh": f"\n督查室 <zb@example.com> 于2017年5月9日周二 上午10:00写道：\n\n> {OLD}",
    "gmail en": f"\nOn Tue, May 9, 2017 at 10:00 AM zb <zb@example.com> wrote:\n\n> {OLD}",
    "gmail folded": f"\nOn Tue, May 9, 2017 at 10:00 AM, 督查室 via Office <\nzb@example.com> wrote:\n\n> {OLD}",
    "gmail old": "\n2017-05-09 10:00 GMT+08:00 督查室 <zb@example.com>:\n\n> x",
    "groups": f"\n在2017年5月9日星期二 UTC+8 10:00:00<zb> 写道：\n> {OLD}",
    "iphone": f"\n\n> 在 2017年5月9日，上午10:00，督查室 <zb@example.com> 写道：\n> \n> {OLD}",
    "kmail": f"\n在 2017年5月9日星期二 CST 上午10:00:19，zb 写道：\n> {OLD}",
    "outlook en": f"\n-----Original Message-----\nFrom: zb [mailto:zb@example.com]\nSent: Tuesday, May 9, 2017 10:00 AM\nTo: a\nSubject: x\n\n{OLD}",
    "apple en": f"\n> On 9 May 2017, at 10:00, zb <zb@example.com> wrote:\n> \n> {OLD}",
    "de": f"\nAm 09.05.2017 um 10:00 schrieb zb:\n> {OLD}",
    "de date last": f"\nzb <zb@example.com> schrieb am Di., 9. Mai 2017 um 10:00 Uhr:\n> {OLD}",
    "fr": f"\nLe 9 mai 2017 10:00, zb <zb@example.com> a écrit :\n> {OLD}",
    "ru": f"\n9 мая 2017 г., 10:00 zb <zb@example.com> написал:\n> {OLD}",
    "plain name": f"\nzb <zb@example.com> wrote:\n{OLD}",
    "zoho": f"\n---- On Tue, 09 May 2017 10:00:00 +0800 zb <zb@example.com> wrote ----\n{OLD}",
    "samsung": f"\n从我的 Samsung Galaxy 智能手机发送。\n-------- 原始信息 --------由： zb <zb@example.com> 日期： 2017/5/9  10:00  (GMT+08:00) 收件人： a 主题： x \n{OLD}",
    "mac outlook zh": f"\n从: 督查室 <zb@example.com>\n日期: 2017年5月9日 星期二 上午10:00\n至: a\n主题: 转办\n\n{OLD}",
    "words of no list": f"\n----------回复的邮件信息----------\n{OLD}",
    "one line": f"\n发自我的小米手机 -------- 原始邮件 -------- 发件人：zb <zb@example.com> 日期：周二 2017年5月9日 收件人：a 主题：x {OLD}",
    "de block": f"\nVon: zb\nGesendet: Dienstag, 9. Mai 2017 10:00\nAn: a\nBetreff: x\n{OLD}",
}


@pytest.mark.parametrize("client", REPLIES)
def test_l34_every_clients_reply_with_a_two_line_answer(client: str):
    letter = read_body(NEW + "\n" + REPLIES[client])

    assert (letter.own_words, OLD[:5] in letter.own_words) == (NEW, False)
    assert letter.quoted


@pytest.mark.parametrize("client", REPLIES)
def test_l35_only_history_is_an_empty_answer(client: str):
    letter = read(a_letter(REPLIES[client].lstrip("\n"), Subject="回复：转办"))

    assert (letter.own_words, "回信没有新内容" in letter.oddities) == ("", True)


ATTRIBUTIONS = [
    "On Wednesday, 26 August 2015 19:13, Foo Bar <foo@example.com> wrote:",
    "W dniu czwartek, 12 stycznia 2017 Nick <a@example.com> napisał(a):",
    "Den 15. jun. 2016 kl. 20.42 skrev Jeff via List <a@example.com>:",
    "søn. 30. apr. 2017 kl. 00.26 skrev David <a@example.com>:",
    'Op 10 dec. 2015 18:35 schreef "Arpit" <a@example.com>:',
    "Op 24 okt. 2016 om 13:51 heeft Foo <a@example.com> het volgende geschreven:",
    "Em sex, 15 de jul de 2016 às 12:59, X Y <a@example.com> escreveu:",
    "Il 09/06/2017 02:47, Jeff ha scritto:",
    "El mar., 17 nov. 2015 a las 23:06, X (<y@example.com>) escribió:",
    "Am Sonntag, 6. Dezember 2015 schrieb Mittineague :",
    "In message <abc@def>, Foo <a@example.com> writes:",
    "2017年2月7日(火) 1:27、foo <a@example.com>のメール:",
    "вт, 7 февр. 2017 г. в 10:00, Foo <a@example.com>:",
    "ti 7. helmik. 2017 klo 10.00 Foo <a@example.com> kirjoitti:",
    "Dne 7. 2. 2017 v 10:00 Foo napsal(a):",
    '7 Şub 2017 10:00 tarihinde "Foo" <a@example.com> yazdı:',
    "Quoting Foo <a@example.com>:",
    "Foo wrote on 05/09/2017 10:00 AM:",
    "On Sat, Aug 12, 2017 at 4:21 AM, Foo via List <a@example.com>",
    "张三 <a@example.com> 在 2017年5月9日 10:00 写道：",
    "2017年5月9日 10:00，张三 <a@example.com> 写道：",
    "张三写于 2017/5/9 10:00:",
    "于 2017年5月9日 下午3:41, 张三 写道:",
    "-----Mensaje original-----",
    "***原始邮件***\n发件人:a",
    "-------- 原始信息 --------\n由： 张三",
    "原始邮件\n发件人\n张三\n日期\n2017年5月9日",
    "*From:* Foo\n*Sent:* 2016-01-27\n*To:* info",
    "De : a\nEnvoyé : lundi\nÀ : x\nObjet : y",
    "差出人: a\n送信日時: 2017年5月9日\n宛先: x\n件名: y",
]


@pytest.mark.parametrize("line", ATTRIBUTIONS)
def test_l34_attributions_of_many_tongues(line: str):
    assert read_body(f"{NEW}\n\n{line}\n> {OLD}\n> 旧").own_words == NEW


def test_a_line_that_names_an_address_above_a_quotation_is_no_attribution():
    assert (
        read_body("On 9 May 2017 10:00, a <a@example.com> wrote:\n> x\n\nAcked-by: 张三 <z@example.com>\n> y").own_words
        == "Acked-by: 张三 <z@example.com>"
    )


@pytest.mark.parametrize(
    "sign",
    ["发自我的iPhone", "发自我的 iPhone", "从我的华为手机发送", "发自我的小米手机", "来自我的华为手机", "发自vivo智能手机", "来自OPPO手机", "发自 网易邮箱大师",
     "Sent from my iPhone", "Get Outlook for iOS", "获取 Outlook for Android", "來自我的iPhone", "Envoyé de mon iPhone", "Von meinem iPhone gesendet",
     "发送自 Windows 10 版邮件应用", "通过 QQ邮箱手机版 发送"],
)  # fmt: skip
def test_l34_what_a_telephone_writes_is_signature(sign: str):
    letter = read_body(f"{NEW}\n\n{sign}\n")

    assert (letter.own_words, letter.signature) == (NEW, sign)


def test_l34_a_telephone_that_writes_everything_as_one_line():
    flat = f"{NEW} 发自我的小米手机 -------- 原始邮件 -------- 发件人：zb 日期：2017年5月9日 主题：x {OLD}"

    letter = read_body(flat.replace("\n", " "))

    assert (letter.own_words, letter.signature) == (NEW.replace("\n", " "), "发自我的小米手机")


def test_l36_an_answer_below_the_quote_of_a_telephone_that_signs_above_it():
    letter = read_body(
        f"\n\n发自我的 iPhone\n\n> 在 2017年5月9日，10:00，督查室 <zb@example.com> 写道：\n> {OLD}\n\n{NEW}"
    )

    assert (letter.own_words, letter.signature) == (NEW, "发自我的 iPhone")


NO_ADDRESS = ["在2017年05月09日 10:00，督查室 写道：", "督查室 于 2017-05-09 10:00 写道："]


@pytest.mark.parametrize("line", NO_ADDRESS)
def test_l34_in_an_answer_a_line_that_names_no_address_opens_an_unmarked_history(line: str):
    assert read(a_letter(f"{NEW}\n\n{line}\n\n{OLD}", Subject="回复：转办")).own_words == NEW


PROSE = [
    "局里在2017年4月1日 10:30的书面答复中写道：\n不予退还。\n我不服。",
    "我的意见是：\n-------- 回复内容 --------\n同意。",
]


@pytest.mark.parametrize("text", PROSE)
def test_l38_an_answer_that_cites_is_all_its_senders(text: str):
    assert read(a_letter(text, Subject="回复：转办")).own_words == text


def test_l36_answers_in_red_in_a_history_that_nothing_marks():
    old = '<div>-------- 原始邮件 --------</div><div>1. 被投诉单位；</div><p style="color:#f00">房产处</p><div>2. 凭证。<font color=red>没有</font></div>'

    alone, pointed = (read(in_html(f"<div>{new}</div>{old}", Subject="回复：补正")) for new in ("", "答复见红字"))
    forwarded = read(in_html(old.replace("原始邮件", "转发邮件"), Subject="转发：补正"))

    assert (alone.own_words, pointed.own_words) == ("房产处\n没有", "答复见红字\n房产处\n没有")
    assert forwarded.own_words == ""


def test_l42_a_signature_below_its_mark_is_no_words():
    letter = read_body(f"{NEW}\n\n-- \n张三\n桓仁满族自治县公安局\n电话 0414-0000000")

    assert (letter.own_words, "公安局" in letter.signature) == (NEW, True)


FORWARDS = {
    "163": '-------- 转发邮件信息 --------\n发件人："环保局" <hb@example.com>\n发送日期：2017-05-01 09:00:00\n收件人："张三" <z@example.com>\n主题：答复\n',
    "gmail zh": "---------- 转发的邮件 ---------\n发件人： 环保局 <hb@example.com>\n日期：2017年5月1日\n主题：答复\n",
    "gmail en": "---------- Forwarded message ---------\nFrom: hb <hb@example.com>\nDate: Mon, May 1, 2017\nSubject: x\nTo: <z@example.com>\n",
    "iphone": "开始转发的邮件：\n\n发件人: 环保局\n日期: 2017年5月1日\n收件人: z\n主题: 答复\n",
    "outlook mac": "Begin forwarded message:\n\nFrom: hb\nDate: 1 May 2017\nTo: z\n",
}


@pytest.mark.parametrize("client", FORWARDS)
def test_a_forward_is_content_and_not_history(client: str):
    letter = read_body(f"请看下面\n\n{FORWARDS[client]}\n经调查，情况不实。")

    assert (letter.own_words, letter.quoted, "经调查，情况不实。" in letter.forwarded) == ("请看下面", "", True)


@pytest.mark.parametrize("prefix", ["转发：", "Fw: ", "FW:", "Fwd: ", "转寄："])
def test_a_forward_is_known_by_the_subject_where_the_mark_is_that_of_a_reply(prefix: str):
    letter = read(
        a_letter(
            f"请看下面\n\n------------------ 原始邮件 ------------------\n{BLOCK}\n\n经调查", Subject=f"{prefix}答复"
        )
    )

    assert (letter.own_words, letter.quoted, "经调查" in letter.forwarded) == ("请看下面", "", True)


def test_a_forward_that_was_quoted_is_content_too():
    letter = read_body("请看\n\n> 开始转发的邮件：\n>\n> 发件人: 环保局\n> 日期: 2017年5月1日\n>\n> 经调查")

    assert (letter.own_words, "经调查" in letter.forwarded) == ("请看", True)


def test_l37_a_forward_of_a_forward_of_a_reply():
    inner = f"{FORWARDS['163']}\n请看\n\n{FORWARDS['gmail zh']}\n不予受理\n" + REPLIES["qq A"]
    letter = read(a_letter(f"请看下面\n\n{inner}", Subject="转发: 转发: Re: 答复"))

    assert (letter.own_words, "不予受理" in letter.forwarded, letter.from_addr) == (
        "请看下面",
        True,
        "zhangsan@example.com",
    )


@pytest.mark.parametrize(
    "prose",
    [
        "工作日志里写道：\n今天没有来人。",
        "他在2017年5月9日上午10:30给我发短信写道：\n你不要再来了。",
        "在5月9日的会议上，局长写道：\n“不办”。",
        "合同如下：\n> 第一条 甲方交付土地\n> 第二条 乙方付款\n他们没有履行。",
        "From: 这个词我不懂\n请解释。",
        "3 > 2 是常识\n> 也是",
        "发件人不明，我查不到。\n主题是乱收费。",
        "主题：乱收费\n我要投诉国土所。",
        "联系电话：0414-0000000\n地址：古城镇",
        "------------------\n分割线下面还是我的话",
        "原始邮件\n我没有保留。",
        "原件如下\n转发给你们看看：\n没有了",
        "He wrote: nothing.\nOn Monday I came again:\nnobody was there.",
        "请看 <附件>\n谢谢",
        "- 一\n- 二\n- 三:",
        "我说：“" + "很" * 500 + "写道：”",
    ],
)
def test_l38_prose_is_not_cut(prose: str):
    letter = read(a_letter(prose))

    assert (letter.own_words, letter.quoted, letter.forwarded) == (prose, "", "")


@pytest.mark.parametrize(
    ("body", "own"),
    [
        (
            '在 2017-05-09 10:00:00，"督查室" <zb@example.com> 写道：\n\n> 一、是否属实？\n属实。\n\n> 二、是否整改？\n已整改。',
            "属实。\n\n已整改。",
        ),
        (f"在 2017/5/9 10:00, zb 写道:\n> {OLD}\n\n{NEW}\n\n张三", f"{NEW}\n\n张三"),
        (
            f"------------------ 原始邮件 ------------------\n{BLOCK}\n\n一、是否属实？\n答：属实。\n二、是否整改？\n【答复】：已整改。",
            "答：属实。\n【答复】：已整改。",
        ),
        ("> 是否属实？\n属实\n> 是否整改？\n已整改", "属实\n已整改"),
        (f"> {OLD}", ""),
        (
            "On 9 May 2017 10:00, a <a@example.com> wrote:\n> 一？\n属实\nOn 8 May 2017 9:00, b <\nb@example.com> wrote:\n> 二？\n已整改",
            "属实\n已整改",
        ),
        (
            "One\n\nOn Thu, 31 Mar 2016 at 11:16 Some One\n\n<\nmailto:Some One <some.one@example.com>\n> wrote:\n\nTwo",
            "One",
        ),
        ("On 9 May 2017 10:00, a <\na@example.com> wrote:\n\nfirst\n\n> second\n\nthird", "first\n\n> second\n\nthird"),
        ("On 9 May 2017 10:00\n> a\nwrote:", "On 9 May 2017 10:00\nwrote:"),
        ("On 9 May 2017 10:00 one\n\n\nwrote:", "On 9 May 2017 10:00 one\n\n\nwrote:"),
        (
            "On 9 May 2017 10:00 " + "a" * 300 + "\n" + "b" * 200 + " wrote:",
            "On 9 May 2017 10:00 " + "a" * 300 + "\n" + "b" * 200 + " wrote:",
        ),
        (
            "On 9 May 2017 10:00, a <a@example.com> wrote:\n\nfirst\n\nOn 8 May 2017 9:00, b <b@example.com> wrote:\n\n> second\n\nthird",
            "first\n\n\n> second\n\nthird",
        ),
        (f"属实\n> 是否属实？\n> 是否整改？\n已整改\n-----原始邮件-----\n{BLOCK}\n{OLD}", "属实\n已整改"),
    ],
)
def test_l36_answers_inside_and_below_the_history_are_found(body: str, own: str):
    assert read(a_letter(body, Subject="回复：转办")).own_words == own


def test_l36_an_answer_in_red_inside_the_history_is_found():
    html = f"<div>------------------ 原始邮件 ------------------</div><blockquote><div>发件人: zb</div><div>发送时间: 2017年5月9日</div><p>{OLD}</p><p><font color=red>已整改</font></p></blockquote>"

    assert read(in_html(html, Subject="回复：转办")).own_words == "已整改"


def test_a_wrapped_line_of_history_is_no_answer():
    body = "在 2017/5/9 10:00, zb 写道:\n> " + "a" * 75 + "\nbbbb\n> c\n\n属实"

    assert read_body(body).own_words == "属实"


def test_a_lists_footer_is_no_words():
    body = f"{NEW}\n_______________________________________________\nopenlist mailing list\nopenlist@example.com"
    two = of_parts(a_part(NEW), a_part("-- \nMailing list info: https://lists.example/x"))

    assert (read_body(body).own_words, read(two).own_words) == (NEW, NEW)


HTML = {
    "gmail": '<div>{new}</div><div class="gmail_quote"><div dir="ltr" class="gmail_attr">zb &lt;zb@example.com&gt; 于2017年5月9日周二 10:00写道：<br></div><blockquote class="gmail_quote">{old}</blockquote></div>',
    "163": '<div>{new}</div><br><div>在 2017-05-09 10:00:00，"zb" &lt;zb@example.com&gt; 写道：</div><blockquote id="isReplyContent" style="PADDING-LEFT:1ex">{old}</blockquote>',
    "mailmaster": '<div>{new}</div><div class="ntes-mailmaster-quote"><div>---- 回复的原邮件 ----</div><table><tr><td>发件人</td><td>zb</td></tr></table>{old}</div>',
    "qq": "<div>{new}</div><includetail><div>------------------&nbsp;原始邮件&nbsp;------------------</div><div><b>发件人:</b> zb</div><div><b>发送时间:</b> 2017年5月9日</div>{old}</includetail>",
    "owa": '<div>{new}</div><hr><div id="divRplyFwdMsg"><font><b>发件人:</b> zb<br><b>发送时间:</b> 2017年5月9日<br><b>收件人:</b> a<br><b>主题:</b> x</font></div>{old}',
    "owa unknown words": '<div>{new}</div><div id="divRplyFwdMsg">Abc: zb</div>{old}',
    "outlook": '<p class=MsoNormal>{new}</p><div style="border:none;border-top:solid #E1E1E1 1.0pt"><p><b>发件人:</b> zb<br><b>发送时间:</b> 2017年5月9日<br><b>收件人:</b> a<br><b>主题:</b> x</p></div><p>{old}</p>',
    "apple": '<div>{new}</div><br>发自我的iPhone<br><blockquote type="cite">在 2017年5月9日，上午10:00，zb &lt;zb@example.com&gt; 写道：<br><br></blockquote><blockquote type="cite">{old}</blockquote>',
    "yahoo": '<div>{new}</div><div class="yahoo_quoted"><div>xx yy zz</div>{old}</div>',
    "proton in a line": '{new}<div class="protonmail_quote">-------- Original Message --------<br>{old}</div>',
}


@pytest.mark.parametrize("client", HTML)
@pytest.mark.parametrize("with_plain", [False, True])
def test_l34_history_is_told_from_the_structure_of_html(client: str, with_plain: bool):
    new = NEW.replace("\n", "<br>")
    html = HTML[client].format(new=new, old=f"<p>{OLD}</p>")
    plain = f"{NEW}\n\n{OLD}" if with_plain else None
    letter = read(in_html(html, plain, Subject="回复：转办", In_Reply_To="<a@example.com>"))

    assert (letter.own_words, "\ue000" in letter.text + letter.quoted) == (NEW, False)


def test_html_and_plain_that_both_show_the_history_are_one_answer():
    letter = read(
        in_html(HTML["163"].format(new="* 属实", old=OLD), "* 属实" + REPLIES["163 zh"], Subject="回复：转办")
    )

    assert (letter.own_words, letter.contradicts) == ("* 属实", False)


def test_a_clients_mark_of_history_may_stand_in_a_line():
    assert read(in_html(f"您好<span class=gmail_quote>{OLD}</span>")).own_words == "您好"


def test_history_is_read_between_the_lines_in_html_too():
    html = '<div class="gmail_quote"><div>On Tue, May 9, 2017 at 10:00 AM zb &lt;zb@example.com&gt; wrote:</div><blockquote>一？</blockquote><div>属实</div><blockquote>二？</blockquote><div>已整改</div></div>'

    assert read(in_html(html)).own_words.split() == ["属实", "已整改"]


def test_a_client_that_writes_its_quote_marks_as_entities():
    body = f"{NEW}\n\n&gt; -----原始邮件-----\n&gt; 发件人: zb\n&gt; 发送时间: 2017年5月9日\n&gt; {OLD}"

    assert read(a_letter(body)).own_words == NEW
    assert read_body("您好&nbsp;张三&amp;nbsp;在").own_words == "您好\xa0张三 在"


def test_entities_in_a_sentence_stay_as_they_are():
    assert read(a_letter("写作 &gt; 即可")).text == "写作 &gt; 即可"


@pytest.mark.parametrize("reply", [True, False])
@pytest.mark.parametrize("forward", [True, False])
@given(text=st.text(alphabet="> 在写道：\n-原始邮件发人:答2017年5月9日 10:00<a@b.c>", max_size=120))
def test_nothing_is_lost_and_nothing_raises(reply: bool, forward: bool, text: str):
    split = divide(text, reply=reply, forward=forward)
    kept = "".join([split.own, split.quoted, split.forwarded, split.signature]).split()

    assert set("".join(text.split())) - set("".join(kept)) <= {">"}


def test_only_so_many_lines_are_searched_for_marks():
    body = "好。\n" * 3100 + REPLIES["qq A"]

    assert OLD in read_body(body).own_words
