"""`case NUMBER`: the whole story with every letter, in words a clerk reads; what it shows is what `--json` gives."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from office_builders import LI, NOW, ORDER
from seeds import founded

from daemon.chronicle import detail, events
from daemon.demo.stage import demo_rules, take_office
from daemon.shell import _chronicle
from db import lists
from db.pen import look, pen
from db.record import record
from rules import events as ev
from rules.asking import ASKINGS
from rules.decision import Decision
from rules.numbers import reference

REF = reference(2017, 1)
ABOUT = f"case:{REF}"
BOOK = demo_rules().book


@pytest.fixture
def story(tmp_path: Path) -> list[dict[str, str]]:
    """A case registered, accepted, assigned by order; its unit reports."""
    url, day = founded(tmp_path / "huiyin.db", NOW), date(2017, 5, 9)
    happened = (
        ev.Registered(about=ABOUT, year=2017, serial=1, kind_of="complaint", received=day),
        ev.ClockStarted(about=ABOUT, clock="handle", started=day, due=date(2017, 5, 31), calendar="x"),
        ev.Accepted(about=ABOUT, warrant=ORDER),
        ev.Assigned(about=ABOUT, warrant=ORDER, unit="国土资源局", co_units=("桓仁镇",), handling="transfer", round=1),
        ev.ResultReported(about=ABOUT, warrant=ORDER, unit="国土资源局", finding="true"),
        ev.ClockStarted(about=ABOUT, clock="review", started=day, due=date(2017, 6, 2), calendar="x"),
    )
    office = take_office(url)
    with pen(office.engine) as cx:
        record(cx, "order:made", Decision(events=happened), at=NOW, book=BOOK.hash)
    with look(office.engine) as cx:
        return events(lists.story(cx, REF), BOOK)


def test_each_line_says_when_what_about_whom_and_on_whose_word(story: list[dict[str, str]]):
    told = {row["event"]: row for row in story}

    assert told["登记"]["at"] == "2017-05-09 09:00"
    assert (told["分办"]["detail"], told["分办"]["warrant"], told["分办"]["actor"]) == (
        "转办 国土资源局 协办：桓仁镇",
        "指令",
        "王组长",
    )
    assert told["报结"]["detail"] == "属实 国土资源局"


def test_the_registration_says_what_it_was_taken_for_and_by_which_rules():
    said = detail({"kind_of": "complaint", "categories": ["效能低下"], "rules": ["办得慢", "几个月、几趟"]}, BOOK)

    assert said == "投诉 效能低下 规则：“办得慢”“几个月、几趟”"


def test_what_was_hidden_is_counted_by_kind_and_never_told():
    marks = ["name:18-21", "mobile:64-75", "name:222-225"]

    assert detail({"letter": "a" * 64, "marks": marks, "refused": True}, BOOK) == "姓名2处、手机号1处 须由人看过"


def test_a_question_to_staff_says_what_is_asked_of_whom():
    asked = {"key": "review:HY2017-00001-J7:1:68a1b613", "question": "f5e8f69304", "role": "reviewer"}

    assert detail(asked, BOOK) == "办结报告请审核 （审核）"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ({"flag": "key", "on": False}, "重点督办 去掉"),
        ({"flag": "key", "on": True}, "重点督办"),
        ({"on": "2018-05-09"}, "2018-05-09"),
        ({"clock": "accept", "due": "2017-05-16", "kept": False}, "受理告知 2017-05-16 未兑现"),
        ({"clock": "accept", "due": "2017-05-16", "kept": True}, "受理告知 2017-05-16"),
        ({"clock": "handle", "old": "2017-06-01", "new": "2017-06-02"}, "办理 原为2017-06-01 2017-06-02"),
        ({"unit": "国土资源局", "reason": "unsatisfied", "round": 2}, "来信人不满意 国土资源局"),
        ({"ground": "N1"}, "已进入或应当进入司法、复议、仲裁程序"),
        ({"finding": "true", "missing": ["handled"], "unit": "国土资源局"}, "属实 缺：办理情况 国土资源局"),
        ({"deemed": True}, "逾期未告知，视为受理"),
        ({"value": "unsatisfied"}, "不满意"),
        ({"party": "complainant", "value": "yes"}, "参加"),
        ({"what": "in-sent"}, "这封信也在“已发送”里，是本局自己发的"),
        ({"what": "of-tomorrow", "reason": "of-tomorrow", "key": "of-tomorrow:x", "role": "of-tomorrow"}, ""),
        ({"clock": "of-tomorrow", "ground": "of-tomorrow", "flags": ["of-tomorrow", "repeat"]}, "重复件"),
    ],
)
def test_an_event_says_what_it_was_about_in_the_offices_words(line: dict[str, object], said: str):
    assert detail(line, BOOK) == said


def test_no_word_of_the_program_stands_in_it(story: list[dict[str, str]]):
    said = " ".join(row["event"] + row["detail"] + row["warrant"] for row in story)

    assert not [sign for sign in said if sign.isascii() and sign.isalpha()]


def test_letters_and_head_are_named_as_the_office_names_them():
    at = datetime(2017, 5, 9, 1, 12, tzinfo=UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    out = _chronicle.sent([{"made": at, "notice": "receipt", "to": LI, "state": "sent", "tries": 1}], BOOK)
    (opened, machine) = _chronicle.came(
        [
            {"mailbox": "complaint", "disposition": "opened", "machine": None},
            {"mailbox": "desk", "disposition": "machine", "machine": "vacation"},
        ],
        BOOK,
    )
    head = _chronicle.head(
        {"number": "桓营诉〔2017〕1号", "state": "handling", "kind": "complaint", "mode": None}, BOOK
    )

    assert out == [{"made": "2017-05-09 09:12", "notice": "收件回执", "to": LI, "state": "已发出", "tries": 1}]
    assert tuple(opened.values()) == ("投诉举报信箱", "立件", "")
    assert tuple(machine.values()) == ("登记台", "机器来信", "休假自动回复")
    assert (head["state"], head["kind"], head["mode"]) == ("办理中", "投诉", None)


def test_questions_are_named_with_the_orders_that_answer_them():
    asked = {"role": "receiver", "choices": ["join", "hold"], "asked": "2017-05-09T01:12:00+00:00"}
    one, two = _chronicle.waiting(
        [
            {**asked, "what": "same-matter", "about": "case:HY2017-00001-J7"},
            {**asked, "what": "calendar", "about": "office"},
        ],
        BOOK,
    )

    assert tuple(one.values()) == (
        *("受理人", ["并入", "暂存"], "2017-05-09 09:12"),
        *("可能是同一件事", "HY2017-00001-J7"),
    )
    assert (two["what"], two["about"]) == ("缺少放假通知", "本局")


def test_a_held_letter_says_why_in_a_sentence_and_an_unknown_reason_as_it_is():
    said = _chronicle.held([{"why": "contact-doubt", "sha256": "a" * 64}, {"why": "of-tomorrow", "sha256": "b" * 64}])

    assert [row["why"] for row in said] == ["联系人信息表不能自动登入", "of-tomorrow"]
    assert said[0]["sha256"] == "a" * 16


@pytest.mark.parametrize("asking", ASKINGS)
def test_every_kind_of_question_has_its_name(asking: str):
    (row,) = _chronicle.waiting(
        [{"what": asking, "about": "office", "role": "head", "choices": [], "asked": None}], BOOK
    )

    assert row["what"]
