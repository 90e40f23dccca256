"""Which copy did a leaked text come from? (S67f; three sentences name the right one of many copies.)"""

import json
import os
import re
from functools import cache

import pytest
from doors.desks import REF, a_case, a_desk
from shield_office import COMPLAINT, a_mail

from daemon.__main__ import main
from daemon.shell.trace import leaked
from daemon.writing import Desktop, write
from db.engine import open_engine
from db.keys import COPIES, own_key
from db.pen import pen
from rules.decision import Decision, Draft, Warrant, WarrantKind
from rules.desk import Contact
from rules.handling.assigning import assign
from rules.life import State
from rules.reading import read
from rules.shield import Identity
from rules.shield.trace import Copying, Traced, plain, rows, trace
from rules.trouble import UsageTrouble
from templates.speak import OfficeWords, Speaker, house_letters

KEY = b"a key for these tests only"
FACTS = "4月2日水费多收8600元。问依据没有文件。窗口说系统坏了。后来又让交200元。至今没有答复。"
UNITS = [f"第{number}单位" for number in range(44)]
OFFICE = OfficeWords("某县营商环境建设监督局", "024-40000000", "工作日")


@cache
def speaker() -> Speaker:
    return Speaker(OFFICE)


def a_transfer(unit: str, key: bytes = KEY) -> str:
    """The transfer letter of the same case and day to this unit, as it is written."""
    file = a_case(State.ACCEPTED)
    desk = a_desk(
        files=(file,),
        contacts=(Contact(unit, "danwei@unit.example"),),
        drafts=(Draft(REF, "水费", FACTS),),
        identities=((REF, (Identity("name", "李明远"),)),),
    )
    done = assign(desk, file, unit, Warrant(WarrantKind.ORDER, "question", "王组长", "head"))
    desktop = Desktop(speaker(), {"complaint": "tousu@huiyin.example"}, lambda _digest: b"", copies_key=key)
    (letter,) = write(Decision(notices=done.notices), desk, desktop).written
    assert letter.state == "queued"
    return letter.text


@cache
def copies() -> dict[str, str]:
    return {unit: a_transfer(unit) for unit in UNITS}


@cache
def folded() -> dict[str, str]:
    return plain(copies())


def cut(text: str, unit: str) -> str:
    """Without number, code and unit's name, and without the facts, which are everybody's."""
    bare = re.sub(r"桓营诉〔2017〕12号|HY2017-\S+", "", text.replace(unit, ""))
    return bare.replace(FACTS, "")


def sentences(text: str) -> list[str]:
    return [each.strip() for each in re.split("(?<=[。；])", text) if len(each.strip()) > 3]


def test_three_sentences_of_a_letter_name_the_copy_of_forty_of_one_case_and_day():
    asked = []
    for unit in UNITS:
        told = sentences(cut(copies()[unit], unit))
        asked += [(unit, "".join(told[first : first + 3])) for first in range(len(told) - 2)]

    right = [unit for unit, pasted in asked if (found := trace(pasted, folded())) and found.copy == unit]

    assert len(asked) >= 5 * len(UNITS)
    assert len(right) >= 0.95 * len(asked)


def test_no_three_sentences_name_a_wrong_copy():
    for unit in UNITS[:10]:
        told = sentences(cut(copies()[unit], unit))
        found = [trace("".join(told[first : first + 3]), folded()) for first in range(len(told) - 2)]
        assert {each.copy for each in found if each} <= {unit}


def test_a_copy_is_the_same_each_time_and_another_for_another_unit_or_key():
    assert a_transfer("第0单位") == copies()["第0单位"]
    assert len(set(copies().values())) == len(UNITS)
    assert a_transfer("第0单位", b"other") != copies()["第0单位"]


def test_without_a_key_all_copies_are_the_templates_own():
    plain = a_transfer("甲", b"")

    assert plain.replace("甲", "乙") == a_transfer("乙", b"")
    assert all(words in plain for words in ("现将", "请勿打听、追查反映人"))


def test_the_facts_are_the_same_in_every_copy():
    assert all(FACTS in text for text in copies().values())


def test_what_the_ledger_keeps_tells_the_choices_and_no_word():
    copy = Copying(KEY, "a", "b")
    said = [copy.wording("请于", place) for place in ("sign", "back", "report")]

    assert copy.mark == "".join(
        f"{rows()['请于'].index(word):x}"
        for _, word in sorted(zip(("back", "report", "sign"), (said[1], said[2], said[0]), strict=True))
    )
    assert Copying(KEY, "a", "b").mark == ""


def test_wordings_stand_for_each_other_and_each_row_is_used_by_a_letter():
    used = {plain for source in house_letters().values() for plain in re.findall(r'"([^"]*)"\|vary', source)}

    assert used == set(rows())
    assert all(len(row) == len(set(row)) >= 5 for row in rows().values())


def test_fields_change_places_and_none_is_lost():
    fields = [(f"field {number}", "x") for number in range(15)]

    assert sorted(Copying(KEY, "a", "b").order(fields)) == sorted(fields)
    assert Copying(KEY, "a", "b").order(fields) != Copying(KEY, "a", "c").order(fields)


@pytest.mark.parametrize("text", ["另外一件完全不相干的事情。", "", FACTS])
def test_a_text_of_no_copy_or_of_all_names_none(text):
    assert trace(text, folded()) is None
    assert trace(text, {}) is None


def test_the_only_copy_leads_wholly():
    assert trace(FACTS, plain({"one": FACTS})) == Traced("one", 1.0)


def test_the_command_names_the_copy_a_pasted_text_came_from(bench, tmp_path, capsys):
    decision = bench.receive(a_mail(COMPLAINT))
    (row,) = bench.to_units()
    leak = tmp_path / "leak.txt"
    leak.write_text("\n".join(sentences(cut(read(row.raw).text, "国土资源局"))[-3:]), "utf-8")

    assert main(["trace", str(leak), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)

    ref = decision.events[0].about.removeprefix("case:")
    assert (found["reference"], found["unit"], found["number"]) == (ref, "国土资源局", "桓营诉〔2017〕1号")
    assert found["copy"]
    assert found["line"]
    assert main(["trace", leak.read_text("utf-8")]) == 0
    assert "国土资源局" in capsys.readouterr().out
    assert main(["trace", "与任何一份都不相干的话。"]) == 1


@pytest.mark.parametrize(
    ("what", "told"),
    [
        ("leak", "没有“leak”这个文件"),
        ("外面流出的一份材料（二）.docx", "没有“外面流出的一份材料（二）.docx”这个文件"),
        (".", "读不了 .（这是文件夹，不是文件）"),
        ("empty.txt", "empty.txt 里没有文字"),
    ],
)
def test_a_path_that_is_mistyped_is_not_searched_for_as_a_text(tmp_path, monkeypatch, what, told):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty.txt").touch()

    with pytest.raises(UsageTrouble, match=re.escape(told)):
        leaked(what)


def test_the_key_is_the_offices_own_and_lies_in_its_database(bench):
    with pen(bench.engine) as cx:
        key = own_key(cx, COPIES)
    bench.engine.dispose()

    again = open_engine(os.environ["HUIYIN_DATABASE"])
    with pen(again) as cx:
        assert own_key(cx, COPIES) == key
    again.dispose()
    assert len(key) == 32
