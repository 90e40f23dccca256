"""What a lying mailbox does is told to the duty person, once and in the office's words: a letter kept back, a folder made anew, one that is gone."""

import re
from datetime import timedelta

import pytest

from daemon.demo import manners
from daemon.demo.cast import COMPLAINT, RECEIVER
from daemon.demo.faults import Fault
from daemon.demo.servers import MailHost
from daemon.demo.stage import Stage
from rules.reading import read

pytestmark = pytest.mark.on_double("a mailbox that lies on order")


@pytest.fixture
def host(wide_host: MailHost) -> MailHost:
    """Everybody has a mailbox."""
    return wide_host


def letters(stage: Stage, count: int) -> list[int]:
    uids = []
    for number in range(count):
        asked = f"请问第{number}件事怎么办理？需要什么材料？"
        raw = manners.plain_utf8(f"citizen{number}@people.example", "", COMPLAINT, f"咨询{number}", asked, stage.now)
        uids.append(stage.host.deliver(COMPLAINT, raw, internaldate=stage.now))
    return uids


def rounds(stage: Stage, count: int) -> None:
    for _ in range(count):
        stage.now += timedelta(minutes=5)
        stage.rounds.whole(stage.now)


def alarms(stage: Stage) -> list[str]:
    """The texts of the alarms that the duty person got."""
    got = [read(sent.raw) for sent in stage.host.sent_log if sent.rcpt == RECEIVER.address]
    return [letter.text for letter in got if "系统报警" in letter.subject]


def test_f41_a_letter_the_server_keeps_back_is_told_at_the_third_poll_and_once(stage: Stage):
    uids = letters(stage, 3)
    stage.host.imap.faults.append(Fault("LETTER", "nil", uid=uids[2], times=-1))

    rounds(stage, 2)
    early = alarms(stage)
    rounds(stage, 4)

    (told,) = [
        told for told in alarms(stage) if f"投诉举报信箱/INBOX/{uids[2]}" in told
    ]  # Sent may have the same number
    assert early == []
    assert "不交出这封信" in told


def test_f45_a_folder_made_anew_under_the_same_validity_is_told(stage: Stage):
    letters(stage, 3)
    rounds(stage, 1)
    stage.host.box(COMPLAINT).recreate()
    letters(stage, 2)

    rounds(stage, 3)

    (told,) = alarms(stage)
    assert "被重建" in told


def test_f46_a_uid_given_to_other_bytes_is_told(stage: Stage):
    (uid,) = letters(stage, 1)
    rounds(stage, 1)
    stage.host.box(COMPLAINT).expunge(uid)
    other = manners.plain_utf8("other@people.example", "", COMPLAINT, "咨询别的事", "请问别的事怎么办理？", stage.now)
    stage.host.box(COMPLAINT).add(other, stage.now + timedelta(hours=1), uid=uid)

    rounds(stage, 3)

    (told,) = alarms(stage)
    assert "被重建" in told


def test_f49_a_folder_of_the_settings_that_is_not_there_is_told_once_and_in_the_offices_words(stage: Stage):
    stage.rounds.wanted["complaint"] = ("INBOX", "信访")
    letters(stage, 1)

    rounds(stage, 3)

    (told,) = alarms(stage)
    assert "找不到这个文件夹" in told
    assert "投诉举报信箱/信访" in told
    assert not re.search(r"folder-missing|complaint", told)
