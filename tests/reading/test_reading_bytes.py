"""L.a: bytes, charsets and headers; A11-A13: who a letter says it is from. Every test is a letter."""

import base64

import mailparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from letters_made import a_letter, a_part, in_html, in_parts, of_parts, read

from rules.numbers import Signs
from rules.reading import read as read_safely
from rules.reading.addresses import Mailbox, clean, mailboxes
from rules.reading.charset import Decoded, decode, known
from rules.reading.limits import LIMITS, Limits
from rules.reading.words import decode_words

NAME = "朱镕基、喆、𠮷"


def word(text: str, charset: str, label: str = "") -> str:
    return f"=?{label or charset}?B?{base64.b64encode(text.encode(charset)).decode()}?="


def test_l1_gb2312_that_is_gb18030():
    letter = read(
        a_letter(
            f"投诉人{NAME}",
            charset="gb18030",
            Content_Type="text/plain; charset=gb2312",
            Subject=word(NAME, "gb18030", "gb2312"),
        )
    )

    assert (letter.text, letter.subject, letter.charset_notes) == (f"投诉人{NAME}", NAME, ())


@pytest.mark.parametrize(
    ("label", "codec"),
    [("x-gbk", "gbk"), ("utf-8,gbk", "utf-8"), ('"gb2312"', "gb18030"), ("DEFAULT", "gbk"), ('""', "gbk"), ("", "gbk"), ("gb2312", "utf-8"),
     ("utf-8", "gbk"), ("iso-8859-1", "gbk"), ("us-ascii", "utf-8"), ("big5", "gbk"), ("GB_2312-80", "gbk"), ("utf-16", "utf-8"), ("big5", "utf-8")],
)  # fmt: skip
def test_l2_unknown_and_lying_labels(label: str, codec: str):
    kind = f"text/plain; charset={label}" if label else "text/plain"

    assert (
        read(a_letter("古城镇国土所不给办证，请查。", charset=codec, Content_Type=kind)).text
        == "古城镇国土所不给办证，请查。"
    )


@pytest.mark.parametrize(
    "label", ["hex", "rot13", "unicode_escape", "punycode", "undefined", "idna", "base64", "zip", "mbcs", "charmap"]
)
def test_l3_a_codec_of_python_is_no_charset_of_mail(label: str):
    assert (
        known(label),
        read(a_letter("68656c6c6f", charset="ascii", Content_Type=f"text/plain; charset={label}")).text,
    ) == ("", "68656c6c6f")


def test_l3_utf7_is_decoded_and_stays_text():
    assert (
        read(a_letter("+ADw-script+AD4- +YpWLyQ-", charset="ascii", Content_Type="text/plain; charset=utf-7")).text
        == "<script> 投诉"
    )


@pytest.mark.parametrize("codec", ["gbk", "utf-8"])
def test_l4_raw_8_bit_headers(codec: str):
    raw = of_parts(
        a_part(b"x", "application/pdf", Disposition=b"attachment; filename=" + "证据.pdf".encode(codec)),
        Subject="投诉国土所".encode(codec),
        From="张三 <z@example.com>".encode(codec),
    )
    letter = read(raw)

    assert (letter.subject, letter.from_name, letter.from_addr, letter.attachments[0].name) == (
        "投诉国土所",
        "张三",
        "z@example.com",
        "证据.pdf",
    )


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("=?utf-8?B?5oqV6K?= =?utf-8?B?+J?=", "投诉"),
        ("=?gbk?Q?=CD?= =?gbk?Q?=B6=CB=DF?=", "投诉"),
        (word("投", "utf-8") + " " + word("诉", "gbk"), "投诉"),
        ("=?utf-8?B?5oqV6K+J", "投诉"),
        ("=?utf-8*zh?B?5oqV6K+J?=", "投诉"),
        ('"=?utf-8?B?5oqV6K+J?="', '"投诉"'),
        ("a =?utf-8?Q?b_c?= d", "a b c d"),
        ("=?utf-8?Q?a?b?=", "a?b"),
        ("=?utf-8?B?5oqV6K+J?=\r\n =?utf-8?Q?=E5=BC=A0?= 三", "投诉张 三"),
        (word("=?utf-8?B?5oqV6K+J?=", "ascii", "us-ascii"), "投诉"),
        (word("æŠ•è¯‰", "utf-8"), "投诉"),
        (word("»ªÁ¢·þÎñ", "utf-8"), "华立服务"),
        ("=?iso-8859-1?B?" + base64.b64encode("华立服务".encode("gbk")).decode() + "?=", "华立服务"),
        ("=?x?B?a?=", ""),
        ("=?utf-8?B?", ""),
        ("été", "été"),
        (word("投訴", "big5"), "投訴"),
        (word(word(word(word(word("投诉", "utf-8"), "utf-8"), "utf-8"), "utf-8"), "utf-8"), word("投诉", "utf-8")),
        (word("投诉", "hz", "HZ-GB-2312"), "投诉"),
        ("\x1b$B;n83\x1b(B", "試験"),
        ("\x1b$B;", "\x1b$B;"),
        ("=?iso-2022-jp?B?GyRCO244MxsoQg==?=", "試験"),
    ],
)  # fmt: skip
def test_l5_encoded_words(raw: str, text: str):
    assert decode_words(raw.encode()).text == text


def test_l5_a_name_in_quotes_with_an_encoded_word():
    assert mailboxes(b'"=?utf-8?B?5byg5LiJ?=" <z@example.com>', 5) == [Mailbox("张三", "z@example.com")]


@pytest.mark.parametrize(
    ("data", "label", "found"),
    [
        (b"\xef\xbb\xbf\xe6\x8a\x95", "gbk", Decoded("投", "utf-8")),
        ("投诉".encode("utf-16"), "", Decoded("投诉", "utf-16")),
        (b"\xfe\xff" + "投诉".encode("utf-16-be"), "", Decoded("投诉", "utf-16")),
        ("投诉".encode("utf-16-le"), "utf-16le", Decoded("投诉", "utf-16-le")),
        ("für".encode("latin-1"), "", Decoded("für", "cp1252", guessed=True)),
        ("für".encode("latin-1"), "iso-8859-1", Decoded("für", "cp1252")),
        (b"\x81\x8d", "iso-8859-1", Decoded("\x81\x8d", "cp1252")),
        ("投訴國土所".encode("big5"), "", Decoded("投訴國土所", "cp950", guessed=True)),
        (b"caf\xc3\xa9 " + "投诉国土所不给办证".encode() + b"\xe6", "", Decoded("café 投诉国土所不给办证\ufffd", "utf-8", guessed=True)),
        (b"\xff\xfe\xfd", "utf-8", Decoded("\ufeff\ufffd"[1:], "utf-16")),
        (b"\xa1\xff\x80", "big5", Decoded("\ufffd\ufffd\ufffd", "big5hkscs", guessed=True)),
        (b"\xe6\x8a\xff\xe8", "koi8-r", Decoded("Ф┼ЪХ", "koi8-r")),
        (b"\xe6\x8a\x95\xff", "euc-kr", Decoded("\ufffd뒘\ufffd", "cp949", guessed=True)),
        ("こんにちは".encode("shift_jis"), "shift_jis", Decoded("こんにちは", "cp932")),
        (b"\xd8\x00\xd8\x00", "utf-16be", Decoded("\ufffd\ufffd", "utf-16-be", guessed=True)),
    ],
)  # fmt: skip
def test_l2_a_charset_is_read_or_guessed(data: bytes, label: str, found: Decoded):
    assert decode(data, label) == found


@given(
    st.binary(max_size=200),
    st.sampled_from(
        ["", "gb2312", "utf-8", "utf-7", "hz", "iso-2022-kr", "utf-16", "big5", "x-unknown", "latin1", "utf-32"]
    ),
)
def test_no_bytes_under_any_label_raise_and_none_give_half_signs(data: bytes, label: str):
    decode(data, label).text.encode("utf-8")
    decode_words(data).text.encode("utf-8")


@pytest.mark.parametrize("label", ["viscii", "iso-8859-99", "x" * 500, "=?", ";;;"])
def test_a_label_we_do_not_know_says_nothing(label: str):
    assert known(label) == ""


def test_l6_only_the_limit_of_a_head_is_read():
    letter = read(a_letter("您好", X_Long="a" * 400_000))
    many = read(a_letter("您好", X_Many="b\r\nX-A: " * 60_000))

    assert (letter.text, letter.limits, many.text, many.limits) == ("您好", ("head",), "您好", ("head",))
    assert letter.oddities == ("来件超出读取限度：信头过长，请人工查看原件",)


def test_l6_a_head_without_end_is_all_there_is():
    assert read(b"Subject: x\r\nX-A: " + b"b\r\nX-A: " * 60_000).limits == ("head",)


def test_l7_many_recipients_are_cut_in_view():
    letter = read(a_letter("您好", To="a@example.com, " * 10_000))

    assert (len(letter.to), letter.limits, letter.from_addr) == (
        LIMITS.addresses,
        ("addresses",),
        "zhangsan@example.com",
    )


@pytest.mark.parametrize(
    ("head", "trouble"),
    [
        ({"From": None}, "none"),
        ({"From": ""}, "none"),
        ({"From": "<>"}, "none"),
        ({"From": "张三"}, "syntax"),
        ({"From": "<MAILER-DAEMON>"}, "syntax"),
        ({"From": "a@example.com, b@example.com"}, "several"),
        ({"From": "a@example.com\r\nFrom: b@example.com"}, "several"),
        ({"From": "a@example.com\r\nFrom: a@example.com"}, "several"),
        ({"From": "办公室: a@example.com;"}, ""),
        ({"From": None, "From ": "张三 <zhangsan@example.com>"}, ""),
    ],
)
def test_l8_a_sender_that_cannot_be_used_is_said_so(head: dict[str, str | None], trouble: str):
    letter = read(a_letter("您好", **head))

    assert letter.from_trouble == trouble
    assert bool(letter.oddities) == bool(trouble)


def test_l8_two_subjects_and_a_nul_in_a_name():
    letter = read(b"Su\0bject: a\r\nSubject: b\r\nFrom: z@example.com\r\n\r\nx")

    assert (letter.subject, letter.from_addr, letter.text) == ("a", "z@example.com", "x")
    assert "来件有多个主题，按第一个显示" in letter.oddities


def test_l9_a_letter_with_nothing_in_its_head():
    letter = read(b"\r\n\r\n" + "投诉国土所".encode())

    assert (letter.subject, letter.date_utc, letter.message_id, letter.text, letter.from_trouble) == (
        "",
        None,
        "",
        "投诉国土所",
        "none",
    )


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("<[x@y]>", "<[x@y]>"),
        ("x@y", "x@y"),
        ("<" + "a" * 2000 + "@b>", "<" + "a" * 999),
        ("<编号@example.com>", "<编号@example.com>"),
        ("", ""),
    ],
)
def test_l10_odd_message_ids(value: str, found: str):
    assert read(a_letter("x", Message_ID=value)).message_id == found


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("Tue, 09 May 2017 10:00:00 +0800", "2017-05-09T02:00:00Z"),
        ("Tue, 09 May 2017 10:00:00 +0800 (CST)", "2017-05-09T02:00:00Z"),
        ("Thu 29 Apr 2010 23:34:45 +0900", "2010-04-29T14:34:45Z"),
        ("Tue, 09 May 2017 10:00:00 GMT", "2017-05-09T10:00:00Z"),
        ("Tue, 09 May 2017 10:00:00 CST", None),
        ("2017-05-09 10:00:00", None),
        ("Thu, 01 Jan 1970 00:00:00 +0000", None),
        ("Tue, 09 May 12017 10:00:00 +0800", None),
        ("1" * 9000, None),
        (None, None),
    ],
)
def test_l11_dates(value: str | None, found: str | None):
    letter = read(a_letter("x", Date=value))

    assert (letter.date_utc, "期限以收到时间起算" in "".join(letter.oddities)) == (found, found is None)


@pytest.mark.parametrize(
    "raw", [b"", b"\r\n\r\n\r\n", b"\n" * 20_000, b"From: z@example.com\r\n\r\n", b"From: z@example.com"]
)
def test_l12_an_empty_letter(raw: bytes):
    letter = read(raw)

    assert (letter.text, letter.own_words, "空信：没有正文，也没有附件" in letter.oddities) == ("", "", True)


def test_l12_only_a_body():
    assert read("投诉国土所不给办证".encode("gbk")).text == "投诉国土所不给办证"


def test_l13_line_ends():
    hidden = read(a_letter("a", Subject="x\rBcc: evil@example.net"))
    bare = read(b"Subject: x\nFrom: z@example.com\n\na\rb\n")
    old = read(b"Subject: x\rFrom: z@example.com\r\ra\rb")

    assert (hidden.subject, bare.text, old.subject, old.text) == ("x Bcc: evil@example.net", "a\nb", "x", "a\nb")


def test_l13_nul_is_no_text():
    assert read(a_letter(b"a\0b")).text == "ab"


def test_a_line_that_is_no_field_does_not_end_the_head():
    raw = b"From z@example.com Tue May  9 10:00:00 2017\r\nSubject: x\r\nthis is no field\r\nFrom: z@example.com\r\nTo: a@example.com\r\n\r\nbody"
    letter = read(raw)

    assert (letter.subject, letter.from_addr, letter.text, "信头不合规范，已尽量读出" in letter.oddities) == (
        "x",
        "z@example.com",
        "body",
        True,
    )


def test_a_head_without_a_blank_line_after_it():
    assert (
        read(b"Subject: x\r\nThis is the body already.\r\nSecond line.").text
        == "This is the body already.\nSecond line."
    )


@pytest.mark.parametrize(
    ("encoding", "body", "text"),
    [
        ("base64", b"5oqV6K+J", "投诉"),
        ("base64", b"5oqV 6K+!J", "投诉"),
        ("base64", b"5oqV6K+JY", "投诉"),
        ("base64", b"5oqV6K+J\r\nQQ==\r\nQQ==", "投诉AA"),
        ("BASE64 ", b"5oqV6K+J", "投诉"),
        ("quoted-printable", b"=E6=8A=95=E8=AF=\r\n=89", "投诉"),
        ("quoted-printable", b"a=ZZ=E6=8A=95", "a=ZZ投"),
        ("x-uuencode", b"begin 644 a\r\n&YHJ5Z*^)\r\n`\r\nend\r\n", "投诉"),
        ("x-uuencode", b"begin 644 a\r\n&YHJ5Z*^)  junk\r\n\x01\xff\r\n`\r\n", "投诉"),
        ("x-uuencode", b"no file here", "no file here"),
        ("8bit", "投诉".encode(), "投诉"),
        ("x-unknown", "投诉".encode(), "投诉"),
    ],
)
def test_l14_transfer_encodings(encoding: str, body: bytes, text: str):
    letter = read(a_letter(body, Content_Transfer_Encoding=encoding))

    assert letter.text.strip() == text


def test_l14_what_does_not_decode_is_said():
    assert "有内容不能完全解码，请核对原件" in read(a_letter(b"5oqV!", Content_Transfer_Encoding="base64")).oddities
    assert "有个别字不能解码，请核对原件" in read(a_letter(b"\xe6\x8a", charset="euc-kr")).oddities


def test_l14_a_file_that_stands_uuencoded_in_the_text():
    letter = read(a_letter("请看\r\nbegin 644 证据.txt\r\n&YHJ5Z*^)\r\n`\r\nend\r\n"))

    assert [(found.name, found.size) for found in letter.attachments] == [("证据.txt", 6)]
    assert read(a_letter("他说 begin 644 x\r\nend")).attachments == ()


@pytest.mark.parametrize(
    "raw",
    [
        a_letter("--b\r\nContent-Type: text/plain\r\n\r\nhello\r\n--b--", Content_Type="multipart/mixed"),
        a_letter("--b\r\nContent-Type: text/plain\r\n\r\nhello", Content_Type="multipart/mixed; boundary=b"),
        a_letter(
            "--b\r\nContent-Type: text/plain\r\n\r\nhello\r\n--bx\r\n--b--", Content_Type="multipart/mixed; boundary=b"
        ),
        a_letter("hello", Content_Type="multipart/mixed; boundary=b"),
        a_letter("x --b\r\n--b\r\n\r\nhello\r\n--b--\r\nepilogue", Content_Type="multipart/mixed; boundary=b"),
        a_letter(
            base64.b64encode(b"--b\r\n\r\nhello\r\n--b--"),
            Content_Type="multipart/mixed; boundary=b",
            Content_Transfer_Encoding="base64",
        ),
        a_letter("--b\r\n\r\nhello\r\n--b", Content_Type="multipart/*; boundary=b"),
        a_letter("--b\r\n\r\nhello\r--b--\r\n", Content_Type="multipart/mixed; boundary=b"),
        a_letter("hello", Content_Type="text"),
        a_letter("hello", Content_Type="???"),
    ],
)
def test_l15_broken_multiparts(raw: bytes):
    assert "hello" in read(raw).text


def test_l15_dashes_that_open_no_part_are_text():
    assert read(a_letter("--老规矩--\r\n您好", Content_Type="multipart/mixed")).text == "--老规矩--\n您好"


def test_l15_a_multipart_that_was_encoded_without_its_own_boundary():
    raw = a_letter(
        base64.b64encode(b"hello"), Content_Type="multipart/mixed; boundary=b", Content_Transfer_Encoding="base64"
    )

    assert read(raw).text == "hello"


def test_parts_may_end_their_lines_with_lf_alone():
    raw = b"Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nhello\n--b\n\nworld\n--b--\n"

    assert read(raw).text == "hello\nworld"


def nested(depth: int) -> bytes:
    levels = [f'Content-Type: multipart/mixed; boundary="b{at}"\r\n\r\n--b{at}\r\n' for at in range(depth)]
    return ("Subject: x\r\n" + "".join(levels) + "Content-Type: text/plain\r\n\r\nhello").encode()


@pytest.mark.parametrize(("depth", "limited"), [(49, ()), (50, ()), (51, ("nesting",)), (500, ("nesting",))])
def test_l16_nesting(depth: int, limited: tuple[str, ...]):
    letter = read(nested(depth))

    assert (letter.limits, "hello" in letter.text) == (limited, True)


def test_l16_letters_in_letters():
    letter = read(b"Subject: x\r\n" + b"Content-Type: message/rfc822\r\n\r\n" * 200 + b"\r\nhello")

    assert letter.limits == ("letters",)
    assert "来件超出读取限度：信中套信过多，请人工查看原件" in letter.oddities


def test_l17_many_parts():
    letter = read(of_parts(*[a_part(b"", "application/octet-stream")] * 2000))

    assert (letter.limits, len(letter.attachments), "empty" in letter.attachments[0].notes) == (
        ("parts",),
        LIMITS.parts - 1,
        True,
    )


def test_a_letter_with_files_in_letters_beyond_the_limit_of_parts():
    files = [a_part(b"x", "application/pdf")] * 6
    inner = a_part(of_parts(*files).replace(b"=_b", b"=_i").decode(), "message/rfc822")
    letter = read(of_parts(inner, *files[:3]), Limits(parts=8))

    assert (len(letter.attachments), letter.limits) == (8, ("parts",))


def test_a_letter_beyond_the_limit_is_read_to_it():
    letter = read(of_parts(a_part("您好"), a_part(b"x" * 5000, "application/pdf")), Limits(letter=2000))

    assert (letter.text, letter.limits, letter.attachments[0].notes) == ("您好", ("letter",), ("truncated",))


def test_a_text_beyond_the_limit_is_read_to_it():
    plain = read(a_letter("好" * 3000), Limits(text=1000))
    two = read(of_parts(a_part("甲" * 900), a_part("乙" * 900), a_part("丙" * 900)), Limits(text=1000))
    long = read(a_letter("a" * 9000), Limits(text=1000))

    assert (len(plain.text), plain.limits, "丙" in two.text, two.limits, len(long.text)) == (
        1000,
        ("text",),
        False,
        ("text",),
        1000,
    )


def test_l21_signs_nobody_sees():
    letter = read(a_letter("投\u200b诉\ufeff国\u00ad土\u202e所\U000e0041", From="张\u202e三 <z@example.com>"))

    assert (letter.text, letter.from_name) == ("投诉国土所", "张\u202e三")
    assert "正文中有改变文字方向或看不见的符号" in letter.oddities


@pytest.mark.parametrize(
    "name", ["阿·买提", "欧阳 娜娜", "𠮷田", "😀", "张" * 200, "先生", "홍길동", 'John "Jack" O\'Neil']
)
def test_l22_names(name: str):
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')

    assert read(a_letter("x", From=f'"{quoted}" <z@example.com>')).from_name == name


@pytest.mark.parametrize(
    ("value", "address", "trouble"),
    [
        ("zb@unit.example <evil@example.net>", "evil@example.net", "conflict"),
        ('"zb@unit.example" <evil@example.net>', "evil@example.net", "conflict"),
        ("=?utf-8?B?emJAdW5pdC5leGFtcGxl?= <evil@example.net>", "evil@example.net", "conflict"),
        ('"zb＠unit.example" <evil@example.net>', "evil@example.net", "conflict"),
        ("1@qq.com <1@qq.com>", "1@qq.com", ""),
        ("evil@example.net (zb@unit.example)", "evil@example.net", "conflict"),
        ("<evil@example.net> zb@unit.example", "evil@example.net", "conflict"),
        ("张三 <ZB@Unit.Example>", "zb@unit.example", ""),
        ("<zb@unit.example.>", "zb@unit.example", ""),
        ("张三 zb@unit.example", "zb@unit.example", ""),
        ('""张三" <zb@unit.example>', "zb@unit.example", ""),
        ("<@relay.example:zb@unit.example>", "zb@unit.example", ""),
        ("<a b@unit.example>", "", "syntax"),
        ('"a b"@unit.example', "", "syntax"),
        ('<"zb"@unit.example>', '"zb"@unit.example', ""),
        ("mailto:zb@unit.example", "zb@unit.example", ""),
        ("a@b.example c@d.example", "", "syntax"),
        ("(only a comment)", "", "none"),
        ("=?utf-8?Q?zb?=@unit.example", "zb@unit.example", "conflict"),
        ("<=?utf-8?Q?zb?=@unit.example>", "zb@unit.example", "conflict"),
        ("张三 (局长) <zb@unit.example>", "zb@unit.example", ""),
    ],
)
def test_a11_the_address_in_brackets_counts_and_two_readings_are_a_conflict(value: str, address: str, trouble: str):
    letter = read(a_letter("x", From=value))

    assert (letter.from_addr, letter.from_trouble) == (address, trouble)


def test_a11_another_sender_is_told():
    letter = read(a_letter("x", Sender="other@example.com"))

    assert letter.oddities == ("发件人（From）与实际提交人（Sender）不同：other@example.com",)


@given(st.text(alphabet='ab@.<>"(),:;\\ 张', max_size=30))
def test_a11_never_an_address_the_letter_does_not_show(value: str):
    letter = read(a_letter("x", From=value.encode()))

    assert (
        letter.from_addr == ""
        or letter.from_addr.replace('"', "") in value.lower().replace('"', "").replace("\\", "") + "."
    )


@pytest.mark.parametrize("address", ["a@.", '"a"@.', '"\\"@.', "a@.."])
def test_a12_an_address_of_no_host_is_none(address: str):
    assert clean(address) == ""


@pytest.mark.parametrize(
    "address",
    [
        "a＠b.example",
        "a@b。example",
        "a@b",
        "a@@b.example",
        "@b.example",
        "a@",
        "a b@c.example",
        "a" * 200 + "@b.example",
    ],
)
def test_a12_what_is_no_plain_address_is_not_made_one(address: str):
    assert clean(address) in {"", address}


AR = "Authentication-Results"
OURS = "Received: from x by mx.163.com; Tue\r\n"
FOREIGN = "Received: from y by relay.example.net; Tue\r\n"


@pytest.mark.parametrize(
    ("above", "auth"),
    [
        (f"{AR}: 163.com; spf=pass smtp.mailfrom=zhangsan@example.com; dkim=none\r\n", "pass"),
        (f"{AR}: 163.com; dkim=pass header.d=example.com\r\n{OURS}", "pass"),
        (f"{OURS}{AR}: 163.com; dmarc=pass header.from=example.com; spf=fail\r\n", "pass"),
        (f"{AR}: 163.com; dmarc=fail; spf=pass smtp.mailfrom=example.com\r\n", "fail"),
        (f"{AR}: 163.com; spf=softfail smtp.mailfrom=example.com\r\n", "fail"),
        (f"{AR}: 163.com; spf=pass smtp.mailfrom=evil.example.net\r\n", "none"),
        (f"{AR}: 163.com; spf=pass\r\n", "none"),
        (f"{FOREIGN}{AR}: 163.com; dmarc=pass\r\n", "none"),
        (f"{AR}: mx.163.com.evil; dmarc=pass\r\n", "none"),
        (f"{AR}: ;dmarc=pass\r\n", "none"),
        ("Received: garbage\r\n" + f"{AR}: 163.com; dmarc=pass\r\n", "none"),
        (f"{AR}: 163.com; dmarc=pass\r\n{AR}: 163.com; dmarc=fail\r\n", "fail"),
        ("", "none"),
    ],
)
def test_a13_only_the_receiving_servers_own_topmost_word_counts(above: str, auth: str):
    letter = read_safely(above.encode() + a_letter("x"), Signs(servers=("163.com",)))

    assert letter.auth == auth


@pytest.mark.parametrize(
    ("entry", "server", "believed"),
    [
        (".163.com", "163.com", True),
        (".163.com", "mx11.163.com", True),
        (".163.com", "a.b.163.com", True),
        (".163.com", "evil163.com", False),
        (".163.com", "163.com.evil.example", False),
        (".163.com", "mx.163.comm", False),
        ("163.com", "mx11.163.com", False),
        ("mx*.163.com", "mx11.163.com", True),
        ("mx*.163.com", "mx.evil.163.com", False),
        ("mx*.163.com", "mx.163.com", False),
        ("mx*", "mx28", True),
        ("mx*", "mx28.evil.example", False),
        ("163.com", "", False),
    ],
)
def test_a13_an_entry_of_the_book_names_whole_labels(entry: str, server: str, believed: bool):
    raw = f"{AR}: {server}; dmarc=pass\r\n".encode() + a_letter("x")

    assert (read_safely(raw, Signs(servers=(entry,))).auth == "pass") == believed


@pytest.mark.parametrize(
    ("above", "auth"),
    [
        (f"{OURS}{AR}: mx.163.com; spf=none\r\n{AR}: mx.163.com; dmarc=pass\r\n", "none"),
        (f"{OURS}{AR}: mx.163.com; spf=none\r\n{AR}: mx.163.com; dmarc=fail\r\n", "fail"),
        (f"Received: from a by mx16 (Coremail)\r\n{AR}: mx.163.com; dmarc=pass\r\n", "pass"),
        (f"{OURS}Received: from a by mx16 (Coremail)\r\n{AR}: mx.163.com; dmarc=pass\r\n", "none"),
        (f"{AR}: mx.qq.com; spf=none\r\n{AR}: mx.163.com; dmarc=pass\r\n", "none"),
        (f"{OURS}Received: from b by com; x\r\n{AR}: mx.163.com; dmarc=pass\r\n", "none"),
        (f"{OURS}{OURS}{AR}: mx.163.com; dmarc=pass\r\n", "pass"),
    ],
)
def test_a13_a_forged_line_below_the_servers_own_is_worth_nothing(above: str, auth: str):
    """The sender may have written everything below the server's own topmost line."""
    letter = read_safely(above.encode() + a_letter("x"), Signs(servers=(".163.com", ".qq.com")))

    assert letter.auth == auth


def test_a13_no_server_named_is_nobody_believed():
    assert read_safely(f"{AR}: 163.com; dmarc=pass\r\n".encode() + a_letter("x")).auth == "none"


def test_a_part_that_says_nothing_of_itself_in_a_digest_is_a_letter():
    letter = read(of_parts(b"\r\n" + a_letter("里面的信"), kind="digest"))

    assert ("里面的信" in letter.forwarded, letter.own_words) == (True, "")


def test_charset_in_meta_against_an_absent_head():
    raw = of_parts(a_part('<meta charset="gb2312"><p>投诉国土所</p>'.encode("gbk"), "text/html"))
    wrong = of_parts(a_part('<meta charset="gb2312"><p>投诉国土所</p>'.encode("gbk"), "text/html; charset=big5"))

    assert (read(raw).text, read(wrong).text) == ("投诉国土所", "投诉国土所")


def test_where_mail_parser_fails_the_plain_rule_of_dispositions_holds(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(mailparser, "parse_from_bytes", lambda _: 1 / 0)
    letter = read(
        of_parts(
            a_part("正文"),
            a_part("附件", Disposition="attachment; filename=a.txt"),
            a_part(b"%PDF-1.4", "application/pdf"),
        )
    )

    assert (letter.text, [found.name for found in letter.attachments]) == ("正文", ["a.txt", None])
    assert (letter.from_trouble, letter.date_utc) == ("", "2017-05-09T02:00:00Z")


def test_several_text_parts_and_alternatives_are_read_in_order():
    inner = in_parts(
        a_part("<p>乙</p>", "text/html; charset=utf-8"),
        a_part("乙"),
        a_part("另一种", "text/plain; charset=utf-8"),
        kind="alternative",
    )
    letter = read(of_parts(a_part("甲"), inner, a_part("丙")))

    assert letter.text == "甲\n乙\n另一种\n丙"


def test_html_and_plain_of_one_text_are_shown_once():
    assert read(in_html("<p>您好</p>", "您好")).text == "您好"
