"""What must hold of every letter, and of every sign repeated."""

import random
import re
import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from judging_made import BOOK, judge

from daemon.books import read_chapters
from rules.judging import Matter, as_json
from rules.judging.amounts import money, people
from rules.judging.folding import SIGNS, fold
from rules.policy import load
from rules.reading import read_body

SAID = [
    "县国土局",
    "不作为",
    "乱收费",
    "，",
    "。",
    "\n",
    "我公司",
    "古城镇",
    "没有",
    "向",
    "反映",
    "举报",
    "投诉",
    "税务所",
    "三万元",
    "五人",
    "請",
    "　",
    "起诉",
]
letters = st.lists(st.sampled_from(SAID) | st.text(max_size=4), max_size=30).map("".join)
ANOTHER = load(dict(reversed(dict(read_chapters()).items())))


@settings(max_examples=60, deadline=None)
@given(letters, letters)
def test_the_same_letter_and_book_give_the_same_judgement(subject, own):
    assert judge(Matter(subject, own), BOOK) == judge(Matter(subject, own), BOOK)


@settings(max_examples=40, deadline=None)
@given(letters)
def test_the_order_of_chapters_never_matters(own):
    assert judge(Matter("", own), ANOTHER) == judge(Matter("", own), BOOK)


def shuffled_words(chapter: bytes, dice: random.Random) -> bytes:
    """The chapter with the words of every one-line `any`, `all` and `none` list in another order."""

    def mixed(found: re.Match[str]) -> str:
        words = re.findall(r'"[^"]*"', found[2])
        dice.shuffle(words)
        return f"{found[1]}{', '.join(words)}]"

    return re.sub(r"(\b(?:any|all|none) = \[)([^\]]*)\]", mixed, chapter.decode()).encode()


def test_the_order_of_words_in_a_chapter_never_matters():
    dice = random.Random(5)
    other = load(
        {name: shuffled_words(data, dice) if "/" not in name else data for name, data in read_chapters().items()}
    )
    assert other.hash != BOOK.hash
    said = [
        ("投诉", "县国土局乱收费，不给收据，推诿扯皮，拖了三个月还没办，我公司被迫停产。"),
        ("", "我要举报县运管所所长收红包，已向法院起诉。"),
    ]
    assert [judge(Matter(*each), other) for each in said] == [judge(Matter(*each), BOOK) for each in said]


MARKERS = [
    "-----原始邮件-----\n发件人: 甲 <a@example.com>\n主题: 旧信",
    "------------------ 原始邮件 ------------------\n发件人: 甲 <a@example.com>\n发送时间: 2017年5月8日 11:10\n主题: 旧信",
    "---- 回复的原邮件 ----\n| 发件人 | a@example.com |\n| 主题 | 旧信 |",
    '在 2017-05-08 15:39:57，"甲" <a@example.com> 写道：',
    "-----邮件原件-----\n发件人: 甲 [mailto:a@example.com]\n发送时间: 2017年5月8日 15:49\n主题: 旧信",
    "-----Original Message-----\nFrom: A <a@example.com>\nSubject: old",
]


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(MARKERS), letters)
def test_text_after_a_quote_marker_never_changes_the_decision(marker, history):
    own = "投诉县国土局乱收费，不给收据。"
    letter = read_body(f"{own}\n\n{marker}\n\n{history}")
    assert judge(Matter("", letter.own_words), BOOK) == judge(Matter("", own), BOOK)


@settings(max_examples=60, deadline=None)
@given(letters, letters)
def test_every_reason_quotes_what_stands_in_the_letter(subject, own):
    whole = f"{subject}\n{own}".replace("\r", " ")
    spans = [
        pair for each in judge(Matter(subject, own), BOOK).why for pair in zip(each.words, each.spans, strict=True)
    ]
    assert all(words and end <= len(whole) for words, (_, end) in spans)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60))
def test_folding_leads_back_to_the_original(text):
    folded = fold(text)
    assert all(folded.own(place, place + 1) in text for place in range(len(folded.text)))


def test_what_a_sign_folds_to_folds_to_itself():
    given = map(chr, (*range(0x34000), *range(0xE0000, 0xE0200)))  # all that Unicode has given a meaning
    assert [sign for sign in given if any(SIGNS[ord(each)] != each for each in SIGNS[ord(sign)])] == []


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from("aÅＡ，,㎡國国薴苧\u200b\r\n ½ﷺ張1１") | st.characters(), max_size=200))
def test_a_text_folds_as_its_signs_do(text):
    assert SIGNS.folded(text) == (text.translate(SIGNS), all(len(SIGNS[ord(sign)]) == 1 for sign in text))


@pytest.mark.parametrize("sign", [*"1在、>= （：一万元局县不没", "=?", "在…写道", string.whitespace])
def test_a71_a_repeated_sign_is_judged_like_any_letter(sign):
    assert as_json(judge(Matter(sign * 20, sign * 50_000), BOOK), BOOK)["kind"]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("三万元", 30_000),
        ("150余万元", 1_500_000),
        ("803.6万元", 8_036_000),
        ("1,200元", 1_200),
        ("十五块钱", 15),
        ("两千多元", 2_000),
        ("没有钱", 0),
    ],
)
def test_sums_are_read_in_figures_and_in_chinese(words, value):
    assert money(words)[0] == value


@pytest.mark.parametrize(("words", "value"), [("5人", 5), ("二十多户", 20), ("三百名工人", 300), ("2017年5月", 0)])
def test_people_are_counted(words, value):
    assert people(words)[0] == value
