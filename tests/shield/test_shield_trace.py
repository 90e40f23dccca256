"""Which copy did a leaked text come from? (S67f; three sentences name the right one of many copies.)"""

import re

from rules.shield.trace import Traced, arrange, choices, rows, trace, vary

KEY = b"a key for these tests only"
LETTER = (
    "现将群众反映你单位的有关情况转给你单位办理。请于2017年5月26日前回复办理结果，认真核实后依法处理，并说明原因。"
    "逾期未办结的，将按规定催办。对反映人的情况不得泄露。如有疑问，请直接回复本邮件，感谢配合。特此通知。"
)
FACTS = "4月2日水费多收8600元。问依据没有文件。窗口说系统坏了。后来又让交200元。至今没有答复。"
UNITS = [f"第{number}单位" for number in range(60)]
COPIES = {unit: vary(LETTER, KEY, "HY2017-00012", unit) + FACTS for unit in UNITS}


def sentences(text: str) -> list[str]:
    return [each for each in re.split("(?<=。)", text) if each]


def test_three_sentences_of_the_letter_name_the_copy_of_sixty():
    asked = [(unit, "".join(sentences(COPIES[unit])[first : first + 3])) for unit in UNITS for first in (0, 1)]
    right = [unit for unit, pasted in asked if (found := trace(pasted, COPIES)) and found.copy == unit]

    assert len(right) >= 0.95 * len(asked)


def test_a_copy_is_the_same_each_time_and_another_for_another_unit_or_key():
    assert vary(LETTER, KEY, "a", "b") == vary(LETTER, KEY, "a", "b")
    assert choices(KEY, "a", "b") != choices(KEY, "a", "c")
    assert choices(KEY, "a", "b") != choices(b"other", "a", "b")


def test_wordings_stand_for_each_other_and_never_overlap():
    phrases = [phrase for row in rows() for phrase in row]

    assert len(phrases) == len(set(phrases))
    assert all(row[0] in LETTER for row in rows())


def test_fields_change_places_and_none_is_lost():
    fields = [f"field {number}" for number in range(15)]

    assert sorted(arrange(fields, KEY, "a", "b")) == sorted(fields)
    assert arrange(fields, KEY, "a", "b") != arrange(fields, KEY, "a", "c")
    assert arrange(fields, KEY, "a", "b")[12:] == tuple(fields[12:])


def test_a_text_of_no_copy_names_none():
    assert trace("另外一件完全不相干的事情。", COPIES) is None
    assert trace("", COPIES) is None
    assert trace(LETTER, {}) is None
    assert trace(FACTS, COPIES) is None


def test_the_only_copy_leads_wholly():
    assert trace(LETTER, {"one": LETTER}) == Traced("one", 1.0)
