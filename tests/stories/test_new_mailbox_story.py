"""A16: a unit names a new mailbox that does not answer: asked once more, then somebody telephones; the code of either letter confirms it."""

from collections import Counter
from datetime import timedelta

import pytest
from unit_sheets import Clerk, as_docx, letter

from daemon.demo import manners
from daemon.demo.cast import CONTACT, HANDLER, LAND, STRANGER
from daemon.demo.stage import Stage
from db import directory, lists
from db.pen import look
from rules.reading import read

NEW = STRANGER


@pytest.fixture
def asked(stage: Stage) -> Stage:
    """Tuesday, 9 May 2017: the unit's sheet came with a new mailbox, and the code went there."""
    sheet = as_docx(Clerk(LAND.name, 1), email=NEW.address)
    stage.host.deliver(CONTACT, letter(LAND.address, stage.now, files=(sheet,)), internaldate=stage.now)
    days_pass(stage, 0)
    assert subjects(stage, NEW.address) == [f"请确认邮箱：{LAND.name}"]
    return stage


def days_pass(stage: Stage, days: int) -> None:
    """Each day the clocks are asked twice."""
    for _ in range(max(days, 1)):
        stage.now += timedelta(days=1) if days else timedelta(minutes=5)
        for _ in range(2):
            stage.rounds.tick(stage.now)
            stage.rounds.whole(stage.now)


def subjects(stage: Stage, address: str) -> list[str]:
    return [read(sent.raw).subject.partition(" [")[0] for sent in stage.host.sent_log if sent.rcpt == address]


def kinds(stage: Stage) -> Counter[str]:
    with look(stage.rounds.office.engine) as cx:
        return Counter(question["what"] for question in lists.questions(cx))


def reached_at(stage: Stage) -> str:
    with look(stage.rounds.office.engine) as cx:
        return next(contact.address for contact in directory.today(cx) if contact.unit == LAND.name)


def answers(stage: Stage, subject: str) -> None:
    """The new mailbox answers its letter of that subject."""
    days_pass(stage, 0)
    got = next(got for kept in stage.host.folder(NEW.address) if (got := read(kept.raw)).subject.startswith(subject))
    raw = manners.foxmail_reply(NEW.address, NEW.name, CONTACT, got.subject, "确认", stage.now, got.text)
    stage.host.deliver(CONTACT, raw, internaldate=stage.now)
    days_pass(stage, 0)


def test_it_is_asked_again_once_after_the_books_days_and_then_a_person_telephones(asked: Stage):
    days_pass(asked, 2)
    assert len(subjects(asked, NEW.address)) == 1

    days_pass(asked, 1)

    assert subjects(asked, NEW.address) == [f"请确认邮箱：{LAND.name}", f"再次请确认邮箱：{LAND.name}"]
    assert kinds(asked)["silent"] == 0
    days_pass(asked, 4)  # a weekend lies between
    assert (len(subjects(asked, NEW.address)), kinds(asked)["silent"]) == (2, 1)
    told = asked.latest(HANDLER, "回音").text
    assert f"发到新邮箱 {NEW.address} 的确认信一直没有收到回复" in told
    assert f"转办件仍然发到原来登记的 {LAND.address}" in told
    days_pass(asked, 7)
    assert (len(subjects(asked, NEW.address)), kinds(asked)["silent"]) == (2, 1)
    assert reached_at(asked) == LAND.address


@pytest.mark.parametrize("which", ["请确认邮箱", "再次请确认邮箱"])
def test_the_code_of_either_letter_confirms_it(asked: Stage, which: str):
    days_pass(asked, 3)

    answers(asked, which)

    assert reached_at(asked) == NEW.address
    days_pass(asked, 10)
    assert (len(subjects(asked, NEW.address)), kinds(asked)["silent"]) == (2, 0)


def test_one_that_answers_in_time_is_not_asked_again(asked: Stage):
    answers(asked, "请确认邮箱")

    days_pass(asked, 10)

    assert (reached_at(asked), len(subjects(asked, NEW.address)), kinds(asked)["silent"]) == (NEW.address, 1, 0)
