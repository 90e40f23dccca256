"""`open`: the same register from the command line (S19, S25); what was entered is kept, numbered, filed, and the audit is clean."""

from datetime import datetime, timedelta, timezone

import pytest

from daemon.auditing import audit
from daemon.demo.cast import RECEIVER
from daemon.entering import enter_person
from db import lists
from db.pen import look
from rules.entry.form import Filled
from rules.trouble import UsageTrouble

NOW = datetime(2017, 5, 9, 9, 0, tzinfo=timezone(timedelta(hours=8)))
TEXT = "2017年5月8日到国土资源局窗口申请不动产登记，窗口工作人员不给办理，还要收2000元加急费，没有发票。"
CALL = Filled({"channel": "电话", "name": "张三", "phone": "13900000000", "respondent": "国土资源局", "text": TEXT})


@pytest.fixture
def office(stage):
    return stage.rounds.office


def test_a_call_is_registered_kept_and_filed(office):
    first = enter_person(office, CALL, RECEIVER.name, NOW)
    again = enter_person(office, CALL, RECEIVER.name, NOW)

    with look(office.engine) as cx:
        cases = lists.cases(cx, office.book)
        letters = lists.letters(cx)
    assert (
        [case["number"] for case in cases] == [first.number, again.number] == ["桓营诉〔2017〕1号", "桓营诉〔2017〕2号"]
    )
    assert [(letter["mailbox"], letter["disposition"], letter["case"]) for letter in letters] == [
        ("desk", "order", first.reference),
        ("desk", "order", again.reference),
    ]
    assert audit(office, NOW, deep=True).problems == ()


@pytest.mark.parametrize(("given", "person"), [(Filled({}), RECEIVER.name), (CALL, "没有这个人"), (CALL, "郑洁")])
def test_what_cannot_be_registered_leaves_nothing_behind(office, given, person):
    with pytest.raises(UsageTrouble):
        enter_person(office, given, person, NOW)

    with look(office.engine) as cx:
        assert (lists.cases(cx, office.book), lists.letters(cx)) == ([], [])


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({}, "没有登记，还缺：来件渠道、反映内容。请用 --channel、--text 等写明"),
        ({"channel": "飞鸽", "text": TEXT}, "还缺：来件渠道。"),
        ({"channel": "电话", "text": TEXT, "received": "昨天"}, "没有登记，来件日期看不懂，或者还没有到。"),
    ],
)
def test_what_is_lacking_is_said_for_the_command_line_and_not_for_a_letter(office, given, told):
    with pytest.raises(UsageTrouble, match=told) as refused:
        enter_person(office, Filled(given), RECEIVER.name, NOW)

    assert "回复" not in str(refused.value)
