"""L.b: what a letter may consist of: HTML, hidden words, files, packages, letters in letters (L18, L23-L33)."""

import base64
import io
import zipfile

import pytest
from letters_made import a_letter, a_part, a_winmail, in_html, in_parts, of_parts, read

from rules.letter import Attachment
from rules.reading import payloads
from rules.reading.attached import File, attachment, safe_name, sniff
from rules.reading.limits import LIMITS
from rules.reading.links import expiry
from rules.reading.markup import TAGS, see
from rules.reading.styles import is_red


def a_zip(**files: bytes) -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return memory.getvalue()


@pytest.mark.parametrize(
    ("plain", "html", "contradicts"),
    [
        ("满意", "<p>不满意</p>", True),
        ("不满意", "<p>不满意</p>", False),
        (
            "您好，请看 http://a.example/",
            "<p>您好，请<b>看</b> <a href='http://a.example/'>http://a.example/</a></p>",
            False,
        ),
        (
            "投诉国土所不给办证，材料已经交了三次，每次都说缺一样。" * 4,
            "<p>" + "举报工商所乱收费，没有收据，态度恶劣，请领导严查到底。" * 4 + "</p>",
            True,
        ),
        (
            "投诉国土所不给办证，材料已经交了三次，每次都说缺一样。" * 4,
            "<p>" + "投诉国土所不给办证，材料已经交了三次，每次都说缺一样。" * 4 + "谢谢</p>",
            False,
        ),
        ("", "<p>您好</p>", False),
        ("您的邮件客户端不支持HTML，请换一个查看。", "<p>不满意</p>", False),
        ("满意\n您的邮件客户端不支持HTML。", "<p>不满意</p>", True),
        ("您的邮件程序不支持网页格式。", "<p>" + "投诉国土所不给办证。" * 40 + "</p>", False),
    ],
)
def test_l18_two_forms_that_contradict(plain: str, html: str, contradicts: bool):
    letter = read(in_html(html, plain))

    assert letter.contradicts is contradicts
    assert ("纯文本与网页两种格式内容不一致，请看原件" in letter.oddities) is contradicts


def test_l18_a_plain_form_that_points_at_the_other_is_no_words():
    assert read(in_html("<p>不满意</p>", "您的邮件客户端不支持HTML，请换一个查看。")).own_words == "不满意"


def test_l18_both_forms_are_shown_and_the_fuller_one_is_taken():
    letter = read(in_html("<p>不满意</p>", "满意"))

    assert (letter.text, letter.own_words) == ("满意\n\n不满意", "不满意")
    assert read(in_html("<p>好</p>", "很不好")).own_words == "很不好"


def test_l23_only_a_subject():
    letter = read(a_letter("", Subject="投诉古城镇国土所不给办证"))

    assert (letter.subject, letter.text, letter.oddities) == ("投诉古城镇国土所不给办证", "", ())


def test_l24_only_a_file():
    letter = read(
        of_parts(a_part(b"\x89PNG\r\n\x1a\n....", "application/octet-stream", Disposition="attachment; filename=1.png"))
    )

    assert (letter.attachments[0].type, letter.oddities) == ("image/png", ("正文为空，请看附件",))


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>您好：</p><p>投诉&nbsp;国土所</p>", "您好：\n\n投诉 国土所"),
        ("一<br>二<br/>三", "一\n二\n三"),
        (
            "<table><tr><td>单位</td><td>电话</td></tr><tr><td>公安局</td><td>110</td></tr></table>",
            "单位\t电话\n公安局\t110",
        ),
        ("<ul><li>甲<li>乙</ul>", "· 甲\n· 乙"),
        ("<!--[if mso]><p>字</p><![endif]--><o:p></o:p><p>正文</p><![if !supportLists]>一<![endif]>", "正文\n\n一"),
        ("<a href='http://a.example/x'>点这里</a>看", "点这里看 <http://a.example/x>"),
        ("<a href='http://a.example/'>http://a.example/</a>", "http://a.example/"),
        ("<a href='mailto:a@example.com'>信</a><a>无</a>", "信无"),
        ("<pre>一  二\r\n三</pre>四", "一  二\n三\n\n四"),
        ("<title>题</title><script>x</script><style>.a{}</style>正文<object><p>x</p><br/></object>", "正文"),
        ("<p> </p><p>一</p>", "一"),
        ("<pre>一\n\n二</pre>", "一\n\n二"),
        ("<svg><path d='1' /><img src=x><g>x</g></svg>正文", "正文"),
        ("1 < 2 & 3 &lt; 4", "1 < 2 & 3 < 4"),
        ("<p>未闭合<b>粗", "未闭合粗"),
        ("</p></td></x>孤立", "孤立"),
        ("<!doctype html><html><head><meta name=a><body>正文</body></html>", "正文"),
        ("<?xml version='1.0'?><p title=\"a>b\">正文</p>", "正文"),
        ("<svg><body>正文", "正文"),
        ("<div/>一<img src=x>二<input value=y>", "一二"),
        ('<p class="MsoNormal">一<span lang=EN-US>a</span></p>', "一a"),
        ("<blockquote style='margin:0 0 0 40px;border:none'>缩进</blockquote>", "缩进"),
        ("<blockquote>引用<blockquote>更早</blockquote></blockquote>", "> 引用\n>\n>> 更早\n>"),
        ("", ""),
    ],
)
def test_l25_html_as_a_reader_sees_it(html: str, text: str):
    assert see(html).text == text


@pytest.mark.parametrize(
    "hidden",
    [
        "<span style='display:none'>办结</span>",
        "<span style='visibility: hidden'>办结</span>",
        "<span style='font-size:0px'>办结</span>",
        "<span style='font-size:0'>办结</span>",
        "<span style='font-size:.5pt'>办结</span>",
        "<span style='font-size:0em'>办结</span>",
        "<span style='opacity:0'>办结</span>",
        "<span style='mso-hide:all'>办结</span>",
        "<div style='text-indent:-9999px'>办结</div>",
        "<div style='position:absolute;left:-9999px'>办结</div>",
        "<div style='height:0;overflow:hidden'>办结</div>",
        "<font color='#ffffff'>办结</font>",
        "<font color=white>办结</font>",
        "<span style='color:#fff'>办结</span>",
        "<span style='color:rgb(255, 254, 253)'>办结</span>",
        "<span style='color:#000;background:#000'>办结</span>",
        "<table bgcolor=black><tr><td><font color=black>办结</font></td></tr></table>",
        "<p hidden>办结</p>",
        "<style>.x{display:none}</style><p class='y x'>办结</p>",
        "<div style='display:none'><p>办<b>结</b></p></div>",
    ],
)
def test_l26_hidden_words_count_for_nothing_and_are_shown_marked(hidden: str):
    letter = read(in_html(f"<p>您好</p>{hidden}<p>再见</p>"))

    assert ("办结" in letter.text, letter.own_words, letter.hidden) == (False, "您好\n\n再见", "办结")
    assert "办结" in letter.with_hidden
    assert "网页格式中有看不见的文字（已另行列出，不作为来信内容）" in letter.oddities


@pytest.mark.parametrize(
    "seen",
    [
        "<div style='font-size:0'><span style='font-size:14px'>办结</span></div>",
        "<div style='background:#000'><font color=white>办结</font></div>",
        "<div style='background:url(x.png)'><font color=white>办结</font></div>",
        "<div style='background:linear-gradient(red,blue)'><font color=white>办结</font></div>",
        "<font color=white><select><option>办结</option></select></font>",
        "<span style='font-size:small;color:inherit'>办结</span>",
        "<span style='color:#12345'>办结</span>",
        "<div style='height:0'>办结</div>",
        "<style>.x{color:red}</style><p class=x>办结</p>",
        "<STYLE>p{display:none}</STYLE><p>办结</p>",
    ],
)
def test_l26_what_can_be_seen_is_not_hidden(seen: str):
    assert see(seen)[:2] == ("办结", "")


def test_l26_a_code_in_hidden_words_does_not_count():
    letter = read(in_html("<p>您好</p><p style='display:none'>[HY2017-00012-K7/4F7Q2M9KTX]</p>"))

    assert (letter.codes, letter.numbers, "4F7Q2M9KTX" in letter.hidden) == ((), (), True)


def test_html_with_too_many_tags_is_read_to_the_limit():
    letter = read(
        of_parts(
            a_part("<b>" * (TAGS + 5) + "尾", "text/html; charset=utf-8"),
            a_part("<p>乙</p>", "text/html; charset=utf-8"),
        )
    )

    assert ("text" in letter.limits, letter.text) == (True, "")


@pytest.mark.parametrize(
    ("colour", "red"),
    [("ff0000", True), ("c00000", True), ("000000", False), ("ffffff", False), ("", False), ("?", False)],
)
def test_red(colour: str, red: bool):
    assert is_red(colour) is red


def test_l27_winmail_is_opened():
    letter = read(
        of_parts(
            a_part(
                a_winmail("证据.txt", b"abc", "投诉国土所"),
                "application/ms-tnef",
                Disposition="attachment; filename=winmail.dat",
            )
        )
    )

    assert [(found.name, found.size) for found in letter.attachments][1:] == [("证据.txt", 3)]
    assert (letter.own_words, "附件是 Outlook 专用格式（winmail.dat），已拆开：winmail.dat" in letter.oddities) == (
        "投诉国土所",
        True,
    )


@pytest.mark.parametrize("data", [b"\x78\x9f\x3e\x22", b"\x78\x9f\x3e\x22\x01\x00\x01", b"not tnef"])
def test_l27_a_broken_winmail_stays_an_attachment(data: bytes):
    letter = read(of_parts(a_part(data, "application/ms-tnef; name=winmail.dat")))

    assert ([found.name for found in letter.attachments], letter.text) == (["winmail.dat"], "")


def test_l27_signed_letters_are_read():
    clear = of_parts(a_part("您好"), a_part(b"\x30\x82", "application/pkcs7-signature; name=smime.p7s"), kind="signed")
    opaque = of_parts(a_part(b"\x30\x80..." + a_part("里面") + b"...", "application/pkcs7-mime; name=smime.p7m"))
    pgp = a_letter(
        "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n您好\n-----BEGIN PGP SIGNATURE-----\nabc\n-----END PGP SIGNATURE-----\n"
    )

    assert (read(clear).own_words, "里面" in read(opaque).forwarded, read(pgp).own_words) == ("您好", True, "您好")


def test_l28_encrypted_letters_are_said_to_be():
    smime = read(of_parts(a_part(b"\x30\x80abc", "application/pkcs7-mime; name=smime.p7m")))
    pgp = read(a_letter("-----BEGIN PGP MESSAGE-----\nabc"))

    assert smime.attachments[0].notes == ("encrypted",)
    assert "来信经过加密，无法阅读，请联系来信人用普通邮件重发" in pgp.oddities


def test_l29_a_letter_inside_is_content_and_never_acts():
    inner = a_letter("同意办结 [HY2017-00012-K7/4F7Q2M9KTX]", Subject="内信", From="boss@unit.example")
    letter = read(of_parts(a_part("请看附件"), a_part(inner.decode(), "message/rfc822", Disposition="attachment")))

    assert (letter.own_words, letter.from_addr, letter.codes) == ("请看附件", "zhangsan@example.com", ())
    assert "同意办结" in letter.forwarded
    assert (letter.attachments[0].type, letter.attachments[0].notes) == ("message/rfc822", ("letter",))
    assert letter.numbers == ("HY2017-00012-K7",)


def test_l29_files_of_a_letter_inside_are_listed_too():
    inner = of_parts(a_part("看"), a_part(b"%PDF-1.4", "application/pdf; name=a.pdf")).replace(b"=_b", b"=_i")

    assert [found.name for found in read(of_parts(a_part(inner.decode(), "message/rfc822"))).attachments] == [
        None,
        "a.pdf",
    ]


def test_l29_a_letter_inside_that_was_encoded_is_shown_both_ways():
    inner = base64.encodebytes(a_letter("内文")).decode()
    letter = read(a_letter(inner, Content_Type="message/rfc822", Content_Transfer_Encoding="base64"))

    assert ("内文" in letter.text, inner.split()[0] in letter.text) == (True, True)


def test_l30_an_invitation_and_a_recall_are_automatic():
    call = of_parts(
        a_part("会议"), a_part("BEGIN:VCALENDAR", "text/calendar; method=REQUEST; charset=utf-8"), kind="alternative"
    )
    recall = a_letter("张三 将撤回邮件“投诉”。", Subject="撤回: 投诉")
    card = of_parts(a_part("我的名片"), a_part("BEGIN:VCARD", "text/vcard; name=z.vcf"))

    assert (read(call).machine, read(recall).machine, read(card).machine) == ("auto", "auto", None)


def test_l31_links_to_big_attachments_are_recognised_with_their_end():
    html = "<p>证据在超大附件</p><a href='https://mail.qq.com/cgi-bin/ftnExs_download?k=1'>下载</a><p>到期时间：2017年06月08日 10:00</p>"
    letter = read(in_html(html))

    assert letter.links == ("https://mail.qq.com/cgi-bin/ftnExs_download?k=1",)
    assert "有网盘或超大附件链接（1个），系统不会打开；请来信人改用普通附件" in letter.oddities
    assert "超大附件链接有效期：到期时间：2017年06月08日 10:00" in letter.oddities


@pytest.mark.parametrize(
    ("text", "until"),
    [("有效期 30天", "有效期 30天"), ("2017-06-08 到期", "2017-06-08 到期"), ("无限期", "无限期"), ("没有", "")],
)
def test_l31_how_a_text_says_that_a_link_ends(text: str, until: str):
    assert expiry(text) == until


ZIP = b"PK\x03\x04\x14\x00"
OLE = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 100


@pytest.mark.parametrize(
    ("name", "declared", "data", "kind", "notes"),
    [
        ("a.pdf", "application/octet-stream", b"%PDF-1.4", "application/pdf", ()),
        ("a.pdf", "application/pdf", b"%PDF-1.4 /Encrypt", "application/pdf", ("encrypted",)),
        ("a.doc", "application/msword", b"", "application/msword", ("empty",)),
        ("a.xls", "application/vnd.ms-excel", b"<html><table>", "text/html", ("wrong-type",)),
        ("a.jpg", "image/jpeg", b"MZ\x90", "application/x-dosexec", ("wrong-type",)),
        ("a.wps", "application/octet-stream", OLE + "WordDocument".encode("utf-16-le"), "application/msword", ()),
        ("a.et", "application/octet-stream", OLE, "application/vnd.ms-excel", ()),
        ("a", "application/octet-stream", OLE, "application/x-ole-storage", ()),
        ("a.doc", "application/msword", OLE + "_VBA_PROJECT".encode("utf-16-le"), "application/msword", ("macro",)),
        ("a.docx", "", OLE + "EncryptedPackage".encode("utf-16-le"), "application/x-ole-encrypted", ("encrypted",)),
        ("a.zip", "", ZIP + b"\x01\x00", "application/zip", ("encrypted",)),
        ("a.zip", "", ZIP + b"\x00\x00", "application/zip", ()),
        ("a.zip", "", ZIP[:5], "application/zip", ()),
        ("a.rar", "", b"Rar!\x1a\x07\x00\xcf\x90\x73\x80\x00", "application/vnd.rar", ("encrypted",)),
        ("a.rar", "", b"Rar!\x1a\x07\x00" + b"\0" * 15 + b"\x74\x04" + b"\0" * 9, "application/vnd.rar", ("encrypted",)),
        ("a.rar", "", b"Rar!\x1a\x07\x00\xcf\x90\x73\x00\x00", "application/vnd.rar", ()),
        ("a.rar", "", b"Rar!\x1a\x07\x01\x00" + b"\0" * 5 + b"\x04\0\0", "application/vnd.rar", ("encrypted",)),
        ("a.rar", "", b"Rar!\x1a\x07\x01\x00" + b"\0" * 20, "application/vnd.rar", ()),
        ("a.7z", "", bytes.fromhex("377abcaf271c") + b"..\x06\xf1\x07\x01", "application/x-7z-compressed", ("encrypted",)),
        ("a.mp4", "", b"\0\0\0\x18ftypmp42", "video/mp4", ()),
        ("a.wav", "", b"RIFF....WAVEfmt", "audio/x-wav", ()),
        ("a.riff", "", b"RIFF....????", "application/octet-stream", ()),
        ("a.amr", "application/octet-stream", b"#!AMR\n", "audio/amr", ()),
        ("a.txt", "application/octet-stream", "文字".encode(), "text/plain", ()),
        ("a.csv", "text/plain", b"a,b", "text/plain", ()),
        ("a.bin", "text/plain", b"a\0b", "application/octet-stream", ()),
        ("a.xyz", "application/x-own", b"\x01\x02", "application/x-own", ()),
        ("a.pdf", "text/plain", b"plain", "text/plain", ("wrong-type",)),
        ("a.eml", "message/rfc822", b"Subject: x", "message/rfc822", ("letter",)),
    ],
)  # fmt: skip
def test_l32_a_file_is_known_by_its_bytes(name: str, declared: str, data: bytes, kind: str, notes: tuple[str, ...]):
    found = attachment(File(name, declared, data), set())

    assert (found.type, found.notes) == (kind, notes)


def test_l32_documents_by_what_is_inside():
    word = a_zip(**{"[Content_Types].xml": b"x", "word/document.xml": b"x", "word/vbaProject.bin": b"x"})
    sheet = a_zip(**{"xl/workbook.xml": b"x"})

    assert sniff(word, "", "").endswith("wordprocessingml.document")
    assert sniff(sheet, "", "").endswith("spreadsheetml.sheet")
    assert attachment(File("a.docm", "", word), set()).notes == ("macro",)


def test_l32_a_program_is_named():
    letter = read(
        of_parts(a_part("看"), a_part(b"MZ\x90\0", "application/pdf", Disposition="attachment; filename=a.exe"))
    )

    assert "附件是可执行程序，请勿打开：a.exe" in letter.oddities


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        ("attachment; filename*0*=utf-8''%E8%AF%81; filename*1*=%E6%8D%AE.pdf", "证据.pdf"),
        ("attachment; filename*=utf-8''%E8%AF%81%E6%8D%AE.pdf", "证据.pdf"),
        ("attachment; filename*=%E8%AF%81.pdf", "证.pdf"),
        ("attachment; filename*0=a; filename*1=b.pdf", "ab.pdf"),
        ("attachment; filename*=gbk''%D6%A4%BE%DD.pdf", "证据.pdf"),
        ('attachment; filename="=?utf-8?B?6K+B?= =?utf-8?B?5o2uLnBkZg==?="', "证据.pdf"),
        ("attachment; filename==?utf-8?B?6K+B5o2uLnBkZg==?=", "证据.pdf"),
        ("attachment; filename*=utf-8''=?utf-8?B?6K+B5o2uLnBkZg==?=", "证据.pdf"),
        ('attachment; filename="../../etc/证据.pdf"', "../../etc/证据.pdf"),
        ('attachment; filename="C:\\\\证\\"据.pdf"', 'C:\\证"据.pdf'),
        ("attachment; filename='证据.pdf'", "证据.pdf"),
        ("attachment; filename=证 据.pdf; size=3", "证 据.pdf"),
        ('attachment; filename="证据.pdf', "证据.pdf"),
        ("attachment; filename=" + "长" * 300 + ".pdf", "长" * 300 + ".pdf"),
        ("attachment; filename=", None),
        ("attachment", None),
    ],
)
def test_l33_file_names_are_shown_exact(disposition: str, name: str | None):
    letter = read(of_parts(a_part(b"%PDF-1.4", "application/pdf", Disposition=disposition)))

    assert letter.attachments[0].name == name


def test_l33_the_name_of_the_content_type_serves_where_there_is_no_other():
    letter = read(of_parts(a_part(b"%PDF-1.4", 'application/pdf; name="证据.pdf"', Disposition="inline", ID="<a>")))

    assert (letter.attachments[0].name, letter.attachments[0].inline) == ("证据.pdf", True)


@pytest.mark.parametrize(
    ("name", "kind", "safe"),
    [
        ("../../etc/passwd", "", "passwd"),
        ("C:\\temp\\证据.pdf", "", "证据.pdf"),
        ("证\u202e据\0.pdf", "", "证_据.pdf"),
        ("CON.txt", "", "_CON.txt"),
        ("长" * 300 + ".pdf", "", "长" * 109 + ".pdf"),
        ("a.verylongendingindeed", "", "a.verylongendingindeed"),
        ("...", "", "attachment"),
        (None, "application/pdf", "attachment.pdf"),
        (None, "x/y", "attachment.bin"),
        ('a<b>:"c|d?e*', "", "a_b___c_d_e_"[:-1]),
    ],
)
def test_l33_the_stored_name_is_safe(name: str | None, kind: str, safe: str):
    assert safe_name(name, kind) == safe


def test_l33_the_same_name_twice_is_stored_apart():
    files = [
        a_part(b"%PDF-1.4 " + bytes([65 + at]), "application/pdf", Disposition="attachment; filename=a.pdf")
        for at in range(3)
    ]
    letter = read(
        of_parts(
            *files,
            a_part(b"x", "application/x-a", Disposition="attachment; filename=b"),
            a_part(b"y", "application/x-a", Disposition="attachment; filename=b"),
        )
    )

    assert [found.safe_name for found in letter.attachments] == ["a.pdf", "a_2.pdf", "a_3.pdf", "b", "b_2"]


def test_payloads_are_the_attachments_with_their_bytes():
    raw = of_parts(
        a_part("看"), a_part(b"%PDF-1.4", "application/pdf"), a_part(a_winmail("a.txt", b"abc"), "application/ms-tnef")
    )
    pairs = list(payloads(raw))

    assert tuple(found for found, _ in pairs) == read(raw).attachments
    assert [data for _, data in pairs][0::2] == [b"%PDF-1.4", b"abc"]


def test_payloads_end_with_the_limit_of_parts():
    inner = of_parts(*[a_part(b"x", "application/pdf")] * 6).replace(b"=_b", b"=_i").decode()
    raw = of_parts(*[a_part(inner, "message/rfc822")] * 100)

    assert len(list(payloads(raw))) == LIMITS.parts


def test_a_named_text_is_a_file_and_an_unnamed_one_is_read():
    letter = read(
        of_parts(
            a_part("正文"),
            a_part("附件内容", "text/plain; charset=utf-8; name=a.txt"),
            a_part("更多", "text/plain; charset=utf-8"),
        )
    )

    assert (letter.text, [found.name for found in letter.attachments]) == ("正文\n更多", ["a.txt"])
    assert letter.attachments[0] == Attachment("a.txt", "a.txt", "text/plain", 12, letter.attachments[0].sha256)


def test_related_pictures_are_inline():
    raw = in_parts(
        a_part("<img src=cid:p>图", "text/html; charset=utf-8"),
        a_part(b"\x89PNG\r\n\x1a\n", "image/png", ID="<p>"),
        kind="related",
    )
    letter = read(of_parts(a_part("图"), raw, kind="alternative"))

    assert (letter.text, letter.attachments[0].inline) == ("图", True)


def test_flowed_text_is_joined_again():
    text = "投诉国土所 \r\n不给办证。\r\n> 引 \r\n> 用\r\n-- \r\n张三"

    assert (
        read(a_letter(text, Content_Type="text/plain; charset=utf-8; format=flowed; delsp=yes")).text
        == "投诉国土所不给办证。\n> 引用\n-- \n张三"
    )
    assert read(a_letter("a \r\n b", Content_Type="text/plain; format=flowed")).text == "a b"


def test_a_code_that_stands_alone_in_the_subject_is_read_where_the_answer_quotes_nothing():
    """A QQ web reply to a letter about no case: the bracket of the subject is all that comes back."""
    letter = read(a_letter("确认", Subject="回复：请确认邮箱 [回信码 2AC6ERM074]".encode()))

    assert [(code.code, code.where) for code in letter.codes] == [("2AC6ERM074", "subject")]
