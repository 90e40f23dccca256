"""Cases that take another course, over real sockets: a unit files its own, two complainants are merged, a case stands still; the audit is clean."""

from datetime import timedelta

from test_whole_way import a_round, complain, sent_to, the_case

from daemon.auditing import audit
from daemon.demo import manners
from daemon.demo.cast import COMPLAINT, HEAD, LAND, LI, RECEIVER, REVIEWER, ZHAO
from daemon.demo.stage import Stage
from daemon.obeying import obey_person
from db import files, lists, promises
from db.pen import look
from rules.life import State
from rules.wording import wording

say = wording("daemon.demo")


def waiting(stage: Stage, kind: str) -> str:
    """The name of the newest question of the kind that waits."""
    with look(stage.rounds.office.engine) as cx:
        return [row["id"] for row in lists.questions(cx) if row["what"] == kind][-1]


def order(stage: Stage, kind: str, words: str, person: str) -> None:
    done = obey_person(stage.rounds.office, waiting(stage, kind), words, person, stage.now)
    assert done.done, done.says
    a_round(stage)


def test_s83_a_unit_files_what_it_received_itself_reports_and_the_case_ends_for_the_record(stage: Stage):
    text = "报备案：5月8日有群众到我局反映窗口收费不开票据，我局直接受理，正在办理。"
    stage.post(manners.plain_utf8(LAND.address, LAND.name, COMPLAINT, "直接受理备案", text, stage.now), LAND, COMPLAINT)
    a_round(stage)

    order(stage, "filing", "同意", RECEIVER.name)
    assert the_case(stage).handling == "unit-direct"
    assert any("备案收到" in subject for subject in sent_to(stage, LAND.address))

    stage.reply(LAND, say("text-result"), stage.now, manner="163", about="备案收到")
    a_round(stage)
    order(stage, "review", "同意", REVIEWER.name)

    assert (the_case(stage).state, the_case(stage).outcome) == (State.CLOSED, "filed")
    assert audit(stage.rounds.office, stage.now, deep=True).problems == ()


def test_l45_two_complainants_are_merged_by_order_and_both_hear_the_result(stage: Stage):
    complain(stage)
    raw = manners.plain_utf8(
        ZHAO.address, ZHAO.name, COMPLAINT, "反映同一件事", "有人管管吗，国土的窗口一直拖着不给办登记", stage.now
    )
    stage.post(raw, ZHAO, COMPLAINT)
    a_round(stage)
    first, second = the_case(stage, 1), the_case(stage, 2)

    with look(stage.rounds.office.engine) as cx:
        kind = [row["what"] for row in lists.questions(cx)][-1]
    order(stage, kind, f"改派 {LAND.name}", RECEIVER.name)
    stage.now += timedelta(minutes=5)
    stage.post(manners.plain_utf8(HEAD.address, HEAD.name, COMPLAINT, second.ref, "并案", stage.now), HEAD, COMPLAINT)
    a_round(stage)
    order(stage, "steer", f"并案 {first.ref}", HEAD.name)
    assert the_case(stage, 2).into == first.ref
    assert the_case(stage, 1).absorbed == (second.ref,)
    assert first.ref not in stage.latest(ZHAO, "并案告知").text

    stage.reply(LAND, say("text-result"), stage.now, manner="163", about=first.ref)
    a_round(stage)
    order(stage, "review", "同意", REVIEWER.name)

    assert any("办理结果" in subject for subject in sent_to(stage, LI.address))
    assert any("办理结果" in subject and second.ref in subject for subject in sent_to(stage, ZHAO.address))
    assert audit(stage.rounds.office, stage.now, deep=True).problems == ()
    with look(stage.rounds.office.engine) as cx:
        assert files.replayed(cx, first.ref) == files.get(cx, first.ref)
        rows = {row["promise"]: row for row in promises.counted(cx, stage.rounds.office.book, stage.now)}
    assert (rows["受理告知"]["kept"], rows["反馈"]["kept"]) == (2, 1)


def test_a_case_stands_still_by_the_heads_letter_alone_and_goes_on_by_another(stage: Stage):
    """No command line: a letter that names the case, the question it brings, the order in reply."""
    complain(stage)
    stage.reply(LAND, say("text-signed"), stage.now, manner="master")
    a_round(stage)
    ref = the_case(stage).ref

    def steer(words: str) -> None:
        stage.post(manners.plain_utf8(HEAD.address, HEAD.name, COMPLAINT, ref, "要下指令", stage.now), HEAD, COMPLAINT)
        a_round(stage)
        stage.order(HEAD, words, stage.now)
        a_round(stage)

    steer("中止：等待司法鉴定结论")
    assert the_case(stage).state is State.SUSPENDED
    assert "等待司法鉴定结论" in stage.latest(LI, "暂停办理").text

    steer("恢复")
    assert the_case(stage).state is State.HANDLING
    assert sent_to(stage, LAND.address)[-1].startswith("恢复办理")
    assert audit(stage.rounds.office, stage.now, deep=True).problems == ()
