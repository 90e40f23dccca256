"""What lies in Sent was written by us, whatever its From: an alias of the mailbox is no complainant (A44, F61)."""

import pytest
from test_whole_way import a_round, complain, the_case

from daemon.auditing import audit
from daemon.demo import manners
from daemon.demo.cast import COMPLAINT, CONTACT, HEAD, LAND, LI, RECEIVER, STAFF
from daemon.demo.stage import Stage
from daemon.obeying import obey_person
from db import letters, lists, questions
from db.handover import standing
from db.pen import look, pen
from rules.desk import OpenQuestion
from rules.reading import read

ALIAS = "hr-tousu@alias.example"
WORDS = (
    "投诉国土资源局不办证",
    "投诉国土资源局。我的不动产登记申请材料早已交齐，窗口拖了三个月不给办证，还要收三百元。",
)


def by_alias(stage: Stage, to: str) -> bytes:
    """A letter that complains, as somebody of ours passes one on from another address of the mailbox."""
    return manners.web_163(ALIAS, "", to, *WORDS, stage.now)


def accounted(stage: Stage) -> list[tuple[str, str]]:
    """(disposition, machine) of every letter from elsewhere than our own program."""
    with look(stage.rounds.office.engine) as cx:
        return [(row["disposition"], row["machine"]) for row in lists.letters(cx) if row["from_addr"] == ALIAS]


def to_outside(stage: Stage) -> list[str]:
    ours = {COMPLAINT, CONTACT, *(person.address for person in STAFF.values())}
    return [
        sent.rcpt for sent in stage.host.sent_log if sent.mail_from in (COMPLAINT, CONTACT) and sent.rcpt not in ours
    ]


@pytest.mark.parametrize("mailbox", [COMPLAINT, CONTACT])
def test_a44_a_letter_in_sent_from_an_alias_opens_no_case_answers_nobody_and_a_person_is_asked(
    stage: Stage, mailbox: str
):
    stage.host.deliver(mailbox, by_alias(stage, LAND.address), folder="已发送", internaldate=stage.now)

    a_round(stage)
    a_round(stage)

    assert (cases(stage), accounted(stage), to_outside(stage)) == (0, [("held", None)], [])
    assert asked(stage) == ["held"]
    put = [read(sent.raw) for sent in stage.host.sent_log if sent.rcpt == RECEIVER.address]
    assert "在本局信箱的“已发送”里" in put[-1].text.replace("\n", "")
    problems = audit(stage.rounds.office, stage.now, deep=True).problems
    assert [problem.invariant for problem in problems] == ["ONE-WAY-OUT"]


def test_a44_its_copy_that_an_alias_sent_to_the_mailbox_itself_opens_no_case_either(stage: Stage):
    raw = by_alias(stage, COMPLAINT)
    stage.host.deliver(COMPLAINT, raw, folder="已发送", internaldate=stage.now)
    stage.host.deliver(COMPLAINT, b"Received: from mx.example by mx.example\r\n" + raw, internaldate=stage.now)

    a_round(stage)
    a_round(stage)

    with look(stage.rounds.office.engine) as cx:
        assert (lists.cases(cx, stage.rounds.office.book), len(lists.questions(cx))) == ([], 1)
    assert accounted(stage) == [("held", None), ("held", None)]
    assert to_outside(stage) == []


def test_f61_our_own_letters_whose_from_the_provider_rewrote_to_the_alias_in_sent_are_ours(stage: Stage):
    complain(stage)
    before = len(to_outside(stage))
    receipt = next(sent for sent in stage.host.sent_log if sent.rcpt == LI.address)
    rewritten = receipt.raw.replace(f"<{COMPLAINT}>".encode(), f"<{ALIAS}>".encode(), 1)
    stage.host.deliver(COMPLAINT, rewritten, folder="已发送", internaldate=stage.now)

    a_round(stage)
    a_round(stage)

    assert accounted(stage) == [("machine", "own")]
    assert len(to_outside(stage)) == before
    assert the_case(stage).ref
    assert audit(stage.rounds.office, stage.now, deep=True).problems == ()


def cases(stage: Stage) -> int:
    with look(stage.rounds.office.engine) as cx:
        return len(lists.cases(cx, stage.rounds.office.book))


def asked(stage: Stage) -> list[str]:
    with look(stage.rounds.office.engine) as cx:
        return [question["what"] for question in lists.questions(cx)]


def in_both(stage: Stage, raw: bytes, *, first: str = "") -> None:
    """The very same bytes in the inbox and in Sent; where a folder is named first, a round goes by before the other."""
    folders = ("INBOX", "已发送") if first == "INBOX" else ("已发送", "INBOX")
    for folder in folders:
        stage.host.deliver(COMPLAINT, raw, folder=folder, internaldate=stage.now)
        if first:
            a_round(stage)
    a_round(stage)
    a_round(stage)


@pytest.mark.parametrize("first", ["", "已发送"])
def test_a44_the_same_bytes_in_inbox_and_sent_are_ours(stage: Stage, first: str):
    in_both(stage, by_alias(stage, COMPLAINT), first=first)

    assert cases(stage) == 0
    assert set(accounted(stage)) == {("held", None)}
    assert to_outside(stage) == []
    assert asked(stage) == ["held"]


def test_a44_where_they_were_in_the_inbox_first_and_opened_a_case_the_head_is_asked_once_what_it_is(stage: Stage):
    in_both(stage, by_alias(stage, COMPLAINT), first="INBOX")
    before = asked(stage)
    a_round(stage)

    assert cases(stage) == 1
    assert before.count("steer") == 1
    assert asked(stage) == before
    put = [read(sent.raw).text for sent in stage.host.sent_log if sent.rcpt == HEAD.address]
    assert any("后来又出现在本局信箱的“已发送”里" in text.replace("\n", "") for text in put)
    assert audit(stage.rounds.office, stage.now, deep=True).problems == ()


@pytest.mark.parametrize("first", ["", "INBOX", "已发送"])
def test_f61_our_own_letter_under_an_alias_is_ours_whichever_folder_shows_it_first(stage: Stage, first: str):
    complain(stage)
    receipt = next(sent for sent in stage.host.sent_log if sent.rcpt == LI.address)
    rewritten = receipt.raw.replace(f"<{COMPLAINT}>".encode(), f"<{ALIAS}>".encode(), 1)
    before = asked(stage)

    in_both(stage, rewritten, first=first)

    assert {disposition for disposition, _machine in accounted(stage)} == {"machine"}
    assert asked(stage) == before
    assert audit(stage.rounds.office, stage.now, deep=True).problems == ()


def test_a44_a_letter_that_was_held_for_another_reason_is_asked_about_as_ours_when_sent_shows_it(stage: Stage):
    raw = manners.web_163(ALIAS, "", COMPLAINT, "编号 HY2017-00001-ZZ", "请问办得怎么样了？", stage.now)
    stage.host.deliver(COMPLAINT, raw, internaldate=stage.now)
    a_round(stage)
    assert [why for *_, why in held(stage)] != ["sent"]
    (first,) = waiting_now(stage)

    stage.host.deliver(COMPLAINT, raw, folder="已发送", internaldate=stage.now)
    a_round(stage)
    a_round(stage)

    assert set(held(stage)) == {("held", None, "sent")}
    (second,) = waiting_now(stage)
    assert first.id != second.id
    assert [each.invariant for each in audit(stage.rounds.office, stage.now).problems] == ["ONE-WAY-OUT"]


def held(stage: Stage) -> list[tuple[str, str, str]]:
    with look(stage.rounds.office.engine) as cx:
        return [(row["disposition"], row["machine"], row["why"]) for row in lists.letters(cx, disposition="held")]


def test_a44_what_a_person_put_off_is_accounted_for_and_still_open(stage: Stage):
    stage.host.deliver(COMPLAINT, by_alias(stage, LAND.address), folder="已发送", internaldate=stage.now)
    a_round(stage)
    (question,) = [question.id for question in waiting_now(stage)]

    assert obey_person(stage.rounds.office, question, "暂存", RECEIVER.name, stage.now).done

    assert audit(stage.rounds.office, stage.now, deep=True).problems == ()
    assert accounted(stage) == [("held", None)]
    with look(stage.rounds.office.engine) as cx:
        assert standing(cx, stage.now, ()).put_off == 1
        (row,) = lists.letters(cx, disposition="held")
    with pen(stage.rounds.office.engine) as cx:
        letters.read_again(cx, row["id"])
    a_round(stage)
    assert asked(stage) == ["held"]
    assert [each.invariant for each in audit(stage.rounds.office, stage.now).problems] == ["ONE-WAY-OUT"]


def waiting_now(stage: Stage) -> list[OpenQuestion]:
    with look(stage.rounds.office.engine) as cx:
        return questions.waiting(cx)
