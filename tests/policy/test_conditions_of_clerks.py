"""Each condition a clerk may write, by its own examples: a book that loads has tried them all."""

import pytest
from book_made import chapters, shipped

from rules.policy import BookRefused, load

RULE = """
[[rule]]
name = "{name}"
category = "乱作为"
when = {when}
because = "办法"
match = ["{match}"]
miss = ["{miss}"]
"""


CONDITIONS = [
    ('{ any = ["电梯卡", "门禁卡"] }', "办门禁卡。", "办卡。"),
    ('{ all = ["电梯", "押金"] }', "电梯要押金。", "电梯坏了。"),
    ('{ any = ["电梯"], none = ["维修"] }', "电梯收费。", "电梯维修。"),
    ('{ any = ["电梯"], in = "标题" }', "电梯｜收费。", "收费｜电梯。"),
    ('{ any = ["电梯"], in = "正文" }', "收费｜电梯。", "电梯｜收费。"),
    (
        '{ any = ["电梯"], in = "首行" }',
        "电梯收费",
        "门口收费，一直收，从去年收到今年，天天收，月月收，谁来都收，没有票，没有说法，大家都交，不交不让进门，电梯也收。",
    ),
    ('{ any = ["电梯"], in = "栏目" }', "被投诉单位：电梯公司", "电梯公司"),
    ('{ any = ["电梯"], negated = true }', "没有电梯。", "没有楼梯。"),
    ("{ pattern = '电梯[0-9]+部' }", "电梯3部。", "电梯坏了。"),
    ("{ pattern = '电梯', in = \"标题\" }", "电梯｜收费", "收费｜电梯"),
    ("{ pattern = '^电梯', in = \"首行\" }", "收费｜电梯", "电梯｜收费"),
    ("{ pattern = '^电梯', in = \"正文\" }", "收费｜电梯", "电梯｜收费"),
    ('{ any = ["电梯"], sender = "群众" }', "电梯。", "【单位】电梯。"),
    ('{ any = ["电梯"], sender = "单位" }', "【单位】电梯。", "电梯。"),
    ('{ any = ["电梯"], short = 5 }', "电梯。", "电梯坏了没人修。"),
    ("{ amount_from = 10000 }", "押金三万元。", "押金三百元。"),
    ("{ people_from = 5 }", "我们二十户。", "我们三户。"),
    ('{ any = ["电梯"], nobody = true }', "电梯。", "电梯公司。"),
    ('{ either = [{ any = ["电梯"] }, { all = ["门禁"], none = ["修"] }] }', "门禁。", "修门禁。"),
    ("{ either = [{ any = [\"电梯\"] }, { pattern = '门禁[0-9]' }] }", "门禁3。", "门禁。"),
    ('[{ any = ["电梯"] }, { any = ["押金"], in = "正文" }]', "电梯｜押金", "押金｜电梯"),
    ('{ any = ["电 梯"] }', "電梯。", "楼梯。"),
]


def a_book(*, swapped):
    """The shipped book with a rule for each condition, named by its number; swapped = each example where the other belongs."""
    rules = ""
    for name, (when, *examples) in enumerate(CONDITIONS):
        match, miss = reversed(examples) if swapped else examples
        rules += RULE.format(name=name, when=when, match=match, miss=miss)
    return chapters(categories=shipped("categories") + rules)


def test_each_condition_means_what_the_handbook_says():
    assert len(load(a_book(swapped=False)).category_rules) == 15 + len(CONDITIONS)


def test_each_condition_refuses_the_other_example():
    with pytest.raises(BookRefused) as refused:
        load(a_book(swapped=True))
    told = [fault.what for fault in refused.value.faults]
    assert all(sum(f"“{name}”" in what for what in told) == 2 for name in range(len(CONDITIONS)))
