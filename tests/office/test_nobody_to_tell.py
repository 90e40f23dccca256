"""无法告知: who left neither a mailbox nor a telephone nor an address is asked for once, and nothing due to him is lost. Real IMAP and SMTP."""

import pytest
from office_day import Day
from test_told_by_a_person import FORM, REPORT

from daemon.demo.cast import HANDLER, HEAD, LAND, RECEIVER, REVIEWER
from db import ledger
from db.pen import look
from rules.events import Untold
from rules.wording import wording

say = wording("rules")
NOBODY = "\n".join(line for line in FORM.splitlines() if not line.startswith(("来件人姓名", "联系电话")))


@pytest.fixture
def nobody(day: Day) -> Day:
    """Somebody came who said nothing of himself; his case was forwarded, stood still a while, was reported and approved."""
    day.writes(RECEIVER, "登记表", "登记表")
    day.answers(RECEIVER, NOBODY, "登记表")
    if "forward" in day.questions():
        day.decides("forward", RECEIVER, "同意")
    for words in ("中止：等待鉴定结论", "恢复"):
        day.writes(HEAD, str(day.cases[0]["reference"]), "要下指令")
        day.decides("steer", HEAD, words)
    day.stage.reply(LAND, REPORT, day.stage.now, manner="163")
    day.round()
    if "review" in day.questions():
        day.decides("review", REVIEWER, "审核通过")
    assert day.states == ["feedback"]
    return day


def untold(day: Day) -> list[str]:
    with look(day.stage.rounds.office.engine) as cx:
        return [event.template for _, event in ledger.lines(cx) if isinstance(event, Untold)]


def test_the_handler_is_asked_once_and_each_letter_is_a_line_of_the_ledger(nobody: Day):
    assert nobody.got(HANDLER).count(nobody.stage.latest(HANDLER, say("question-untold"), coded=True).subject) == 1
    assert nobody.questions().count("untold") == 1
    assert "call" not in nobody.questions()
    assert "等待鉴定结论" in nobody.asked("untold", HANDLER)
    assert untold(nobody) == ["pause_told", "pause_told", "result_told"]
    assert nobody.clean()


def test_with_a_telephone_that_somebody_found_all_of_it_is_told_and_counts(nobody: Day):
    nobody.answers(HANDLER, "联系方式：问过门卫，不知道", say("question-untold"))
    assert say("order-no-way") in nobody.told(HANDLER)

    nobody.decides("untold", HANDLER, "联系方式：13900000000 张三")
    put = nobody.asked("call", HANDLER)
    assert "13900000000、张三" in put
    assert "等待鉴定结论" in put
    assert "退还加急费2000元" in put

    nobody.decides("call", HANDLER, "已告知：满意")
    assert nobody.states == ["closed"]
    assert "13900000000" not in "".join(nobody.stage.latest(LAND).text)
    assert nobody.clean()


def test_who_is_never_found_is_asked_about_no_more_until_somebody_knows_him(nobody: Day):
    nobody.decides("untold", HANDLER, "无法告知")
    nobody.until(8, 1)
    assert nobody.states == ["closed"]
    assert "untold" not in nobody.questions()
    assert len(untold(nobody)) == 3

    nobody.writes(HEAD, str(nobody.cases[0]["reference"]), "要下指令")
    nobody.decides("steer", HEAD, "联系方式：13900000000")
    assert "退还加急费2000元" in nobody.asked("call", HANDLER)
    assert nobody.clean()
