"""Rules that sleep until their words stand hold in the same letters as rules asked one by one, however many there are."""

from hypothesis import given, settings
from hypothesis import strategies as st
from judging_made import BOOK

from rules.judging import Matter
from rules.judging.conditions import rule_holds
from rules.judging.court import rule_words
from rules.judging.spotting import Spotter
from rules.judging.waking import Rules
from rules.policy.condition import Condition, Place, Sender
from rules.policy.matters import Rule

WORDS = ["收费", "乱收费", "国土局", "不给", "收据", "押金三万元", "电梯", "5人"]
some = st.lists(st.sampled_from(WORDS), max_size=3, unique=True).map(tuple)
conditions = st.builds(
    Condition,
    any=some,
    all=some,
    none=some,
    place=st.sampled_from(Place),
    negated=st.booleans(),
    pattern=st.sampled_from(["", "", "收费", "[0-9]人", "^电梯"]),
    sender=st.sampled_from(Sender),
    amount_from=st.sampled_from([0, 0, 10_000]),
    people_from=st.sampled_from([0, 0, 5]),
    short=st.sampled_from([0, 0, 12]),
    nobody=st.booleans(),
    either=st.lists(st.builds(Condition, any=some, pattern=st.sampled_from(["", "电梯"])), max_size=2).map(tuple),
)
rules = st.lists(st.lists(conditions, min_size=1, max_size=2).map(tuple), min_size=1, max_size=12)
letters = st.lists(st.sampled_from([*WORDS, "没有", "，", "\n", "被投诉单位："]), max_size=12).map("".join)


def a_rule(number: int, when: tuple[Condition, ...]) -> Rule:
    return Rule(str(number), "其他", 1, when, "办法", (), ())


def scene(made: list[Rule], subject: str, own: str):
    spotter = Spotter([word for rule in made for word in rule_words(rule)], BOOK.lexicon)
    return spotter.scene(Matter(subject, own))


@settings(max_examples=80, deadline=None)
@given(rules, letters, letters)
def test_a_rule_that_sleeps_holds_where_it_would_hold_if_it_were_asked(whens, subject, own):
    made = [a_rule(number, when) for number, when in enumerate(whens)]
    letter = scene(made, subject, own)
    found = {rule.name: set(hits) for rule, hits in Rules({"x": tuple(made)}).found(letter).get("x", [])}
    asked = {rule.name: rule_holds(letter, rule) for rule in made}
    assert found == {name: set(hits) for name, hits in asked.items() if hits is not None}


def test_a_thousand_expressions_are_looked_for_together():
    made = [a_rule(number, (Condition(pattern=f"第{number}号文件[a-z]"),)) for number in range(1000)]
    made.append(a_rule(1000, (Condition(pattern="文件", place=Place.SUBJECT),)))
    letter = scene(made, "文件", "第7号文件b，第77号文件，第777号文件c。")
    assert [rule.name for rule, _ in Rules({"x": tuple(made)}).found(letter)["x"]] == ["7", "777", "1000"]


def test_expressions_too_large_together_are_still_each_found():
    made = [a_rule(number, (Condition(pattern=f"(([一-龥]{{1,60}}){{1,16}}){number}"),)) for number in range(120)]
    letter = scene(made, "", "甲乙7，丙")
    assert [rule.name for rule, _ in Rules({"x": tuple(made)}).found(letter)["x"]] == ["7"]


def test_rules_come_in_the_books_order_whatever_woke_them():
    made = [
        a_rule(0, (Condition(short=99),)),
        a_rule(1, (Condition(any=("电梯",)),)),
        a_rule(2, (Condition(pattern="电梯"),)),
        a_rule(3, (Condition(all=("电梯", "押金三万元")),)),
    ]
    letter = scene(made, "", "电梯押金三万元")
    assert [rule.name for rule, _ in Rules({"x": tuple(made)}).found(letter)["x"]] == ["0", "1", "2", "3"]


def test_a_rule_that_asks_nothing_never_holds():
    assert rule_holds(scene([], "办证", "办证"), a_rule(1, ())) is None
