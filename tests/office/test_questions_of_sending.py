"""Questions about letters of ours that did not leave, did not arrive or may not have, over real IMAP and SMTP, answered by reply (F9, F64, F74, A43)."""

import pytest
from office_day import Day

from daemon.demo.cast import HEAD, LAND, LI, RECEIVER, REVIEWER
from daemon.demo.faults import Fault
from db import lists
from db.pen import look
from rules.wording import wording

say = wording("rules")
demo = wording("daemon.demo")


def fate(day: Day, occasion: str) -> list[str]:
    """State of every letter of the occasion, the oldest first."""
    with look(day.stage.rounds.office.engine) as cx:
        return [row["state"] for row in lists.outbox(cx) if row["occasion"].startswith(occasion)]


def complains(day: Day) -> None:
    day.writes(LI, demo("subject-complaint"), demo("text-complaint"))


@pytest.mark.on_double("a server that refuses a recipient once")
def test_a_unit_whose_server_refuses_the_letter_is_written_to_again_by_order(day: Day):
    """refused-send: somebody telephones; 同意 is no answer, 重发 makes a new letter whose code acts."""
    day.stage.host.smtp.faults.append(Fault("RCPT", "answer", text="550 5.1.1 no such user", who=LAND.address))
    complains(day)
    day.round()
    assert "550 5.1.1 no such user" in day.asked("refused-send", RECEIVER)
    day.answers(RECEIVER, "同意", say("question-refused-send"))
    assert say("order-no-proposal") in day.told(RECEIVER)
    day.decides("refused-send", RECEIVER, "重发")

    assert fate(day, "transfer:") == ["withdrawn", "sent"]
    day.stage.reply(LAND, demo("text-signed"), day.stage.now, manner="master")
    day.round()
    assert (day.states, day.clean()) == (["handling"], True)


@pytest.mark.on_double("the connection is cut at the final dot")
@pytest.mark.parametrize(("words", "fates"), [("已发出", ["sent"]), ("重发", ["withdrawn", "sent"])])
def test_a_letter_that_nobody_knows_of_is_looked_for_by_a_person(day: Day, words: str, fates: list[str]):
    """unknown: never sent again by itself; a person looks into Sent and says so (F9)."""
    day.stage.host.smtp.faults.append(Fault("DOT", "cut", who=LI.address))
    complains(day)
    for _ in range(3):
        day.round(12)
    put = day.asked("unknown", RECEIVER)
    assert say("does-settle") in put
    assert "同意" not in put.partition("第一行写")[2]
    day.decides("unknown", RECEIVER, words)

    assert fate(day, "receipt:") == fates
    assert day.clean()


def test_a_letter_the_guard_stopped_is_said_in_other_words(day: Day):
    """stopped: the complainant's name never leaves; 转告单位 says it without him (A43)."""
    complains(day)
    day.stage.reply(LAND, demo("text-result"), day.stage.now, manner="163")
    day.round()
    day.answers(REVIEWER, "退回重办：李明远的三百元测绘费没有退", say("question-review"))
    put = day.asked("stopped", RECEIVER)
    assert LI.name not in put
    day.decides("stopped", RECEIVER, "转告单位：三百元测绘费没有退，请说明。")

    assert "三百元测绘费没有退，请说明。" in day.told(LAND)
    assert fate(day, "redo:") == ["stopped"]
    assert LI.name not in "".join(day.got(LAND))
    assert HEAD.name not in day.told(LAND)
    assert (day.questions(), day.clean()) == ([], True)
