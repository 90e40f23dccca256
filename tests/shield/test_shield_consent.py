"""Consent: only a clear yes lifts the shield (L77)."""

import pytest

from rules.shield import consent


@pytest.mark.parametrize(
    "words",
    [
        "同意披露",
        "同意",
        "我同意把我的姓名告诉被投诉单位。",
        "不怕他们知道是我，该告诉就告诉。",
        "可以实名转办。",
        "是否同意披露身份：同意",
        "您好，\n同意披露。",
        "名字给他们没问题",
        "不用替我保密，姓名可以公开。",
    ],
)
def test_a_clear_yes_l77(words):
    assert consent(words).agreed is True


@pytest.mark.parametrize(
    "words",
    [
        "不同意",
        "同意，但别说名字",
        "同意你们回访我，不同意把电话给该单位。",
        "必须先征得我书面同意才可以告诉他们",
        "结果可以公开，但我是谁不要公开。",
        "请保密",
        "是否同意披露身份：不同意",
        "如果非要披露身份，请先打电话征求我同意。",
        "名单只给局里看，不许外传。",
        "懇請保密",
    ],
)
def test_a_no_or_a_condition_l77(words):
    assert consent(words).agreed is False


@pytest.mark.parametrize("words", ["", "请尽快处理。", "可以把我的名字告诉他们吗？", "我同意你们来查账"])
def test_silence_and_questions_are_no_answer_l77(words):
    assert consent(words).agreed is None
