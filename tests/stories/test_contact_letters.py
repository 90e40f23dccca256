"""The contact inbox's other letters, on real servers: each goes its right way, once, even when it was sent to both mailboxes."""

from datetime import timedelta

import pytest
from unit_sheets import Clerk, as_docx, letter

from daemon.demo import manners
from daemon.demo.cast import COMPLAINT, CONTACT, LAND, LI, RECEIVER, TOWN
from daemon.demo.stage import Stage
from daemon.obeying import obey_person
from db import directory, lists
from db.pen import look
from rules.reading import read
from rules.wording import wording

say = wording("daemon.demo")


def both(stage: Stage, raw: bytes) -> None:
    """One letter to both mailboxes: each server adds its own lines."""
    for address in (CONTACT, COMPLAINT):
        stage.host.deliver(
            address, f"Received: from x by mx.{address[:3]}.example\r\n".encode() + raw, internaldate=stage.now
        )
    a_round(stage)


def a_round(stage: Stage) -> None:
    stage.now += timedelta(minutes=5)
    stage.rounds.whole(stage.now)


def kinds(stage: Stage) -> list[tuple[str, str | None]]:
    with look(stage.rounds.office.engine) as cx:
        rows = [row for row in lists.letters(cx) if row["folder"] != "已发送"]
    return [(row["disposition"], row["why"] or row["case"]) for row in rows]


def questions(stage: Stage) -> list[str]:
    with look(stage.rounds.office.engine) as cx:
        return [question["what"] for question in lists.questions(cx)]


def sent_to(stage: Stage, address: str) -> list[str]:
    return [read(sent.raw).subject for sent in stage.host.sent_log if sent.rcpt == address]


def test_a_sheet_sent_to_both_is_entered_once_and_answered_once(stage: Stage):
    sheet = as_docx(Clerk(LAND.name, 1), email=LAND.address)

    both(stage, letter(LAND.address, stage.now, files=(sheet,)))

    assert [disposition for disposition, _ in kinds(stage)] == ["contact", "contact"]
    with look(stage.rounds.office.engine) as cx:
        assert len(directory.history(cx, LAND.name)) == 2
    assert sent_to(stage, LAND.address) == [f"联系人信息表收到：{LAND.name}"]


def test_l47_a_complaint_sent_to_both_opens_one_case_with_one_receipt(stage: Stage):
    both(
        stage, manners.web_163(LI.address, LI.name, CONTACT, say("subject-complaint"), say("text-complaint"), stage.now)
    )

    assert sorted(disposition for disposition, _ in kinds(stage)) == ["joined", "opened"]
    assert [subject[:4] for subject in sent_to(stage, LI.address)] == ["收件回执"]


def test_s4_a_units_problem_sent_to_both_is_asked_about_once_and_answered_by_a_person(stage: Stage):
    both(stage, letter(LAND.address, stage.now, subject="执行中遇到的问题", text="我局没有单独的投诉电话，怎么办？"))

    assert [disposition for disposition, _ in kinds(stage)] == ["held", "held"]
    assert questions(stage) == ["unit-letter"]
    assert sent_to(stage, LAND.address) == []
    with look(stage.rounds.office.engine) as cx:
        (name,) = [question["id"] for question in lists.questions(cx)]
    assert obey_person(stage.rounds.office, name, "答复：可以填与政务大厅共用的号码。", RECEIVER.name, stage.now).done
    a_round(stage)
    assert sent_to(stage, LAND.address) == ["答复：执行中遇到的问题"]
    assert "可以填与政务大厅共用的号码" in read(stage.host.folder(LAND.address)[-1].raw).text


def test_l48_a_units_answer_to_a_case_in_the_contact_inbox_counts_there(stage: Stage):
    stage.post(
        manners.web_163(LI.address, LI.name, COMPLAINT, say("subject-complaint"), say("text-complaint"), stage.now),
        LI,
        COMPLAINT,
    )
    a_round(stage)
    got = stage.latest(LAND, coded=True)

    raw = manners.foxmail_reply(LAND.address, LAND.name, CONTACT, got.subject, say("text-signed"), stage.now, got.text)
    both(stage, raw)

    with look(stage.rounds.office.engine) as cx:
        (case,) = lists.cases(cx, stage.rounds.office.book)
    assert case["state"] == "handling"
    assert [disposition for disposition, _ in kinds(stage)] == ["opened", "joined", "joined"]


@pytest.mark.parametrize("subject", ["直接受理件备案", "抄送备案：直接受理投诉办理情况"])
def test_s83_a_filing_of_a_directly_accepted_complaint_goes_to_a_person_once_and_never_into_the_directory(
    stage: Stage, subject: str
):
    words = "我单位直接受理一件投诉，已办结并反馈投诉人，现报贵局备案。"

    both(stage, letter(TOWN.address, stage.now, subject=subject, text=words))

    assert "contact" not in {disposition for disposition, _ in kinds(stage)}
    assert questions(stage) == ["filing"]
    with look(stage.rounds.office.engine) as cx:
        assert len(directory.history(cx, TOWN.name)) == 1
