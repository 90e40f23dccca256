"""The guard reads the finished bytes: whatever a receiver could read (A25-A33, A39, A41, F94)."""

import base64
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daemon.guarding import guarded
from rules.shield import Hit, Identity, guard, guard_text

KNOWN = (
    Identity("name", "张三丰"),
    Identity("mobile", "13812340000"),
    Identity("email", "zhangsanfeng75@mail.example"),
    Identity("company", "桓仁宏达木业有限公司"),
    Identity("address", "桓仁县华来镇头道岔村4组95号"),
    Identity("idcard", "210522197503000016"),
)
SAID = "请核实收费1380元的情况。"


def a_letter(text: str = SAID, *, html: str = "", headers=(), files=()) -> bytes:
    letter = EmailMessage()
    letter["Subject"] = "转办单"
    for name, value in headers:
        letter[name] = value
    letter.set_content(text)
    if html:
        letter.add_alternative(html, subtype="html")
    for name, kind, data in files:
        letter.add_attachment(data, maintype="application", subtype=kind, filename=name)
    return letter.as_bytes()


def test_a_letter_without_identities_may_leave():
    assert (
        guard(
            a_letter(html="<p>请核实<b>收费</b>&nbsp;1380元</p>", files=[("attachment-1.txt", "octet-stream", b"ok")]),
            KNOWN,
        )
        == ()
    )


def test_a_case_without_identities_is_refused_a41():
    assert guard(a_letter(), ()) == (Hit("none", "identities"),)
    assert guard_text(SAID, ()) == (Hit("none", "identities"),)


@pytest.mark.parametrize(
    ("headers", "where"),
    [
        ([("References", "<1@zhangsanfeng75.example>")], "header References"),
        ([("X-Originating-IP", "zhangsanfeng75")], "header X-Originating-IP"),
        ([("X-Note", "=?utf-8?B?" + base64.b64encode("张三丰".encode()).decode() + "?=")], "header X-Note"),
        ([("Received", "from 13812340000.example")], "header Received"),
    ],
)
def test_an_identity_in_a_header_is_found_a31(headers, where):
    assert where in {hit.where for hit in guard(a_letter(headers=headers), KNOWN)}


@pytest.mark.parametrize(
    "html",
    [
        "<p>张<b></b>三<i>丰</i></p>",
        "<p>&#24352;&#19977;&#20016;</p>",
        "<img alt='张三丰' src='x'>",
        "<!-- 13812340000 -->",
        "<p>138<wbr>1234<wbr>0000</p>",
    ],
)
def test_an_identity_in_html_is_found_a25(html):
    assert guard(a_letter(html=html), KNOWN) != ()


@pytest.mark.parametrize("charset", ["utf-8", "gb18030", "big5"])
def test_a_text_is_read_in_its_charset(charset):
    body = base64.b64encode("張三丰".encode(charset))
    raw = b"Content-Type: text/plain; charset=" + charset.encode() + b"\nContent-Transfer-Encoding: base64\n\n" + body

    assert guard(raw, KNOWN) == (Hit("name", "text"),)


def test_a_text_that_lies_about_its_charset_is_read_all_the_same():
    raw = b"Content-Type: text/plain; charset=x-nonsense\n\n" + "张三丰".encode("gb18030")

    assert guard(raw, KNOWN) == (Hit("name", "text"),)


def test_names_of_files_and_what_stands_in_them_are_read_a32():
    named = a_letter(files=[("张三丰.docx", "octet-stream", b"x")])
    inside = a_letter(files=[("attachment-1.txt", "octet-stream", "电话13812340000".encode())])

    assert "file name" in {hit.where for hit in guard(named, KNOWN)}
    assert "attachment" in {hit.where for hit in guard(inside, KNOWN)}
    assert guard(a_letter(), KNOWN, [("attachment-1.docx", "张三丰")]) == (Hit("name", "attachment"),)


def test_bytes_beside_the_parts_are_read():
    raw = b"Content-Type: multipart/mixed; boundary=zhangsanfeng75\n\n13812340000\n--zhangsanfeng75\n\nok\n--zhangsanfeng75--\n"

    assert {hit.where for hit in guard(raw, KNOWN)} >= {"boundary", "outside"}


@pytest.mark.parametrize(
    "text",
    [
        "zhang san feng",
        "SanFeng Zhang",
        "zhangsanfeng75",
        "宏达木业",
        "头道岔村4组95号",
        "張三丰",
        "张\n三\n丰",
        "张　三·丰",
        "138 1234 0OOO",
        "头道岔村四组九十五号"[:6] + "95号",
    ],
)
def test_other_forms_of_a_value_are_found_a26_a29_a30(text):
    assert guard_text(f"来信人{text}的情况", KNOWN) != ()


def test_what_comes_known_later_stops_a_letter_that_passed_f94():
    raw = a_letter("来信人孙福贵的事")

    assert guard(raw, KNOWN) == ()
    assert guard(raw, (*KNOWN, Identity("name", "孙福贵"))) == (Hit("name", "text"),)


def test_a_tail_of_four_digits_within_a_longer_number_is_no_hit():
    known = (Identity("mobile", "0417"), Identity("name", "ZS"))

    assert guard_text("合同2017041733，日期2017-04-17，items", known) == ()
    assert guard_text("尾号0417那个", known) == (Hit("mobile", "text"),)


def test_a_text_too_long_to_be_read_is_refused():
    assert Hit("unread", "text") in guard_text("字" * 200_001, KNOWN)


def test_a_hit_never_repeats_the_value():
    assert "张三丰" not in repr(guard_text("张三丰", KNOWN))
    assert "张三丰" not in repr(KNOWN)


DIGITS = {
    str(n): [
        "0123456789"[n],
        "０１２３４５６７８９"[n],
        "〇一二三四五六七八九"[n],
        "零壹贰叁肆伍陆柒捌玖"[n],
        "⓪①②③④⑤⑥⑦⑧⑨"[n],
    ]
    for n in range(10)
}
GAPS = ["", " ", "\u200b", "-", "　", "\u00a0", "·", "\n", "."]
TRADITIONAL = {"张": "張", "三": "三", "丰": "豐"}


@given(st.data())
def test_a_number_is_found_in_any_dress_a27(data):
    dressed = "".join(
        data.draw(st.sampled_from(DIGITS[each])) + data.draw(st.sampled_from(GAPS)) for each in "13812340000"
    )

    assert guard_text(f"电话{dressed}完", KNOWN) != ()


@given(st.data())
def test_a_name_is_found_in_any_dress_a25(data):
    pieces = []
    for sign in "张三丰":
        shape = data.draw(
            st.sampled_from(
                [
                    sign,
                    TRADITIONAL[sign] if sign != "丰" else sign,
                    f"&#{ord(sign)};",
                    f"<b>{sign}</b>",
                    f"&#x{ord(sign):x};",
                ]
            )
        )
        pieces.append(shape + data.draw(st.sampled_from(GAPS)))

    assert guard_text(f"来信人：{''.join(pieces)}。", KNOWN) != ()


@given(st.binary(max_size=400))
def test_any_bytes_are_read(raw):
    assert isinstance(guard(raw, KNOWN), tuple)


def test_a_header_that_cannot_be_decoded_is_read_as_it_stands():
    raw = b"X-Note: =?utf-8?B?A?= 13812340000\n\nok"

    assert {hit.kind for hit in guard(raw, KNOWN)} == {"mobile"}


def test_a_header_that_only_begins_like_an_encoded_word_is_read():
    assert {hit.kind for hit in guard(b"X-Note: =?oops 13812340000\n\nok", KNOWN)} == {"mobile"}


def test_bytes_of_no_charset_are_read_sign_by_sign():
    raw = b"Content-Type: text/plain; charset=ascii\n\n\xff\xff 13812340000"

    assert {hit.kind for hit in guard(raw, KNOWN)} == {"mobile"}


def test_a_number_with_its_country_is_found_without_it():
    assert guard_text("打13812349999", (Identity("mobile", "+86 138 1234 9999"),)) == (Hit("mobile", "text"),)


def test_a_name_without_a_reading_is_found_as_written():
    assert guard_text("王〇来了", (Identity("name", "王〇"), Identity("email", "ab@c.example"))) == (
        Hit("name", "text"),
    )


def test_what_was_found_clean_is_read_again_once_a_byte_or_an_identity_is_new():
    letter, mobile = a_letter(f"{SAID}联系13998760000。"), Identity("mobile", "13998760000")
    assert guarded(letter, "unit", "case:HY2017-1", KNOWN) == guarded(letter, "unit", "case:HY2017-1", KNOWN) == ()

    assert guarded(letter, "unit", "case:HY2017-1", (*KNOWN, mobile)) == (("mobile", "text"),)
    assert guarded(a_letter(f"{SAID}请找张三丰。"), "unit", "case:HY2017-1", KNOWN) == (("name", "text"),)
