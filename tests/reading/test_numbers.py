"""Register numbers, references and reply codes in every shape people write (L19, L20)."""

import string
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.numbers import (
    ALPHABET,
    CaseNumber,
    Code,
    Numbers,
    Signs,
    bracket,
    canonical_code,
    code_hash,
    find_codes,
    find_numbers,
    fold,
    parse_reference,
    parse_register_number,
    reference,
    register_number,
    reply_code,
)

CODE = reply_code(123456789012345)


def test_the_handbook_example_is_a_true_reference():
    assert reference(2017, 12) == "HY2017-00012-K7"


@pytest.mark.parametrize(
    "written",
    [
        "HY2017-00012-K7",
        "ＨＹ２０１７－０００１２－Ｋ７",
        "hy2017-00012-k7",
        "HY2017-\r\n00012-K7",
        "HY 2017 - 00012 - K7",
        "HY2017 00012 K7",
        "HY201700012K7",
        "HY2O17-OOO12-K7",
        "HY20l7-000I2-K7",
        "HY2017—00012—K7",
        "H\u200bY2017-0\u00ad0012-K7",
        "【HY2017-00012-K7】",
        "（HY2017-00012-K7）",
    ],
)
def test_l19_a_reference_is_found_in_every_shape(written: str):
    assert find_numbers(fold(f"您好，编号{written}，请查。")) == Numbers(("HY2017-00012-K7",), ())


@pytest.mark.parametrize(
    "written",
    [
        "桓营诉〔2017〕12号",
        "桓营诉[2017]第12号",
        "桓营诉（２０１７）００１２号",
        "桓营诉【2017】12",
        "桓营诉 〔2017〕 12 号",
        "桓营诉2017年第12号",
        "桓营诉字〔2017〕12号",
        "桓营诉2017-12号",
    ],
)
def test_l19_a_register_number_is_found_in_every_shape(written: str):
    assert find_numbers(fold(written)) == Numbers(("桓营诉〔2017〕12号",), ())
    assert parse_register_number(written) == CaseNumber(2017, 12)


@pytest.mark.parametrize("written", ["HY2017-00012-K8", "HY2017-00013-K7", "HY2018-00012-K7", "HY2017-00021-K7"])
def test_l66_a_wrong_check_is_mistyped_and_never_another_case(written: str):
    assert find_numbers(fold(written)) == Numbers((), (written,))
    assert parse_reference(written) is None


@pytest.mark.parametrize(
    "text",
    [
        "HY2017-٠٠٠١٢-K7",
        "桓营诉〔2017〕" + "1" * 5000,
        "XHY2017-00012-K7",
        "HY2017-00012-K79",
        "HY2017-00012",
        "桓营诉很多",
        "桓营诉〔2017〕号",
        "",
    ],
)
def test_l20_what_is_no_number_is_none(text: str):
    assert find_numbers(fold(text)) == Numbers((), ())
    assert parse_register_number(text) is None


@given(st.integers(2000, 2999), st.integers(1, 999_999_999))
def test_a_reference_is_read_back(year: int, serial: int):
    assert parse_reference(reference(year, serial)) == (year, serial)
    assert parse_register_number(register_number(year, serial)) == (year, serial)


@given(st.integers(2000, 2999), st.integers(1, 99_999), st.integers(0, 8), st.sampled_from(string.digits))
def test_one_wrong_digit_is_always_seen(year: int, serial: int, place: int, digit: str):
    true = reference(year, serial)
    at = [number for number, sign in enumerate(true[:12]) if sign.isdigit()][place]
    wrong = true[:at] + digit + true[at + 1 :]

    assert (parse_reference(wrong) is None) == (wrong != true)


@given(st.characters(categories=["Nd", "No", "Nl"]))
def test_l20_no_digit_of_unicode_raises_and_only_0_to_9_count(sign: str):
    found = find_numbers(fold(f"HY2017-0001{sign}-K7 桓营诉〔2017〕{sign}号"))

    assert all(name.isascii() or "桓" in name for name in found.found)
    if not set(unicodedata.normalize("NFKC", sign).upper()) & set(string.digits + "OIL"):
        assert found == Numbers((), ())


@given(st.integers(0, (1 << 50) - 1))
def test_a_reply_code_is_ten_signs_and_found_in_its_bracket(bits: int):
    code = reply_code(bits)

    assert (len(code), set(code) <= set(ALPHABET)) == (10, True)
    assert find_codes(f"回复：{bracket('HY2017-00012-K7', code)} 转办") == (Code(code, "HY2017-00012-K7"),)


@pytest.mark.parametrize("bits", [-1, 1 << 50])
def test_a_code_that_is_not_50_bits_is_refused(bits: int):
    with pytest.raises(ValueError, match="50 bits"):
        reply_code(bits)


@pytest.mark.parametrize(
    ("text", "ref"),
    [
        (f"[ＨＹ２０１７－０００１２－Ｋ７／{CODE.lower()}]", "HY2017-00012-K7"),
        (f"[HY2017-00012-K7/{CODE[:4]}\n{CODE[4:]}]", "HY2017-00012-K7"),
        (f"[HY2017-00012-K7 / {CODE}]", "HY2017-00012-K7"),
        (f"[HY2017-00012-K8/{CODE}]", ""),
        (f"回信码：{CODE}", ""),
        (f"我的回信码是 {CODE.replace('0', 'O').replace('1', 'l')}。", ""),
    ],
)
def test_l19_a_code_is_found_in_every_shape(text: str, ref: str):
    assert find_codes(text) == (Code(CODE, ref),)


@pytest.mark.parametrize(
    "text",
    ["", CODE, f"[HY2017-00012-K7/{CODE}9]", "[HY2017-00012-K7/4F7Q2M9KT]", "[HY2017-00012-K7/4F7Q2M9KTU]", "回信码"],
)
def test_what_is_no_code_is_none(text: str):
    assert find_codes(text) == ()


def test_a_code_is_hashed_as_we_drew_it():
    assert code_hash(CODE) == code_hash(f" {CODE.lower()[:5]} {CODE[5:]}")
    assert canonical_code("o1il") == "0111"
    assert code_hash(CODE) != code_hash(reply_code(1))


def test_another_office_has_its_own_signs():
    signs = Signs(prefix="KD", word="宽营诉", code_word="密码")

    assert find_numbers(f"{reference(2017, 12, signs)} 宽营诉〔2017〕12号 HY2017-00012-K7", signs).found == (
        "KD2017-00012-K7",
        "宽营诉〔2017〕12号",
    )
    assert find_codes(f"密码：{CODE}", signs) == (Code(CODE, ""),)
