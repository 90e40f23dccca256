"""What a complainant's reply says: opinion, withdrawal, question about the state."""

import pytest

from rules.replies.complainant_words import Opinion, asks_state, opinion, withdraws


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("满意", Opinion.SATISFIED),
        ("您好：\n满意，谢谢", Opinion.SATISFIED),
        ("非常满意！", Opinion.SATISFIED),
        ("不满意，没人联系我", Opinion.UNSATISFIED),
        ("不太满意", Opinion.UNSATISFIED),
        ("基本满意，但时间太长", Opinion.RATHER),
        ("没有不满意", Opinion.DOUBTFUL),
        ("满意个屁", Opinion.DOUBTFUL),
        ("满意/不满意", Opinion.DOUBTFUL),
        ("什么时候退钱我就满意", Opinion.DOUBTFUL),
        ("如果退钱我就满意", Opinion.DOUBTFUL),
        ("这个结果怎么能让我满意呢", Opinion.DOUBTFUL),
        ("👍", Opinion.DOUBTFUL),
        ("1", Opinion.DOUBTFUL),
        ("谢谢", Opinion.NONE),
        ("", Opinion.NONE),
        ("结果我看了，其他都好，就是态度没让我满意", Opinion.DOUBTFUL),
    ],
)
def test_l40_unsatisfied_is_never_read_as_satisfied(words: str, value: Opinion):
    assert opinion(words) is value


@pytest.mark.parametrize(
    ("words", "yes"),
    [("撤回", True), ("我要撤诉", True), ("不撤回", False), ("我不再投诉了", True), ("补充一点", False)],
)
def test_only_a_plain_word_withdraws(words: str, yes: bool):
    assert withdraws(words) is yes


@pytest.mark.parametrize(
    ("words", "yes"), [("查询", True), ("请问进展如何", True), ("补充一份材料", False), ("查询" * 40, False)]
)
def test_a_short_question_asks_for_the_state(words: str, yes: bool):
    assert asks_state(words) is yes
