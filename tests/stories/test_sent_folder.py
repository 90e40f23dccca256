"""What lies in Sent was written by us, whatever its From: an alias of the mailbox is no complainant (A44, F61)."""

import pytest
from test_whole_way import a_round, complain, the_case

from daemon.auditing import audit
from daemon.demo import manners
from daemon.demo.cast import COMPLAINT, CONTACT, LAND, LI, RECEIVER, STAFF
from daemon.demo.stage import Stage
from db import lists
from db.pen import look
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

    with look(stage.rounds.office.engine) as cx:
        cases, questions = lists.cases(cx, stage.rounds.office.book), lists.questions(cx)
    assert (cases, accounted(stage), to_outside(stage)) == ([], [("held", None)], [])
    assert [question["what"] for question in questions] == ["held"]
    asked = [read(sent.raw) for sent in stage.host.sent_log if sent.rcpt == RECEIVER.address]
    assert "在本局信箱的“已发送”里" in asked[-1].text.replace("\n", "")
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
