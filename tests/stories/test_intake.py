"""From a lying mailbox into the store: each letter kept once, each UID accounted for, the next letter served (F40–F62)."""

from datetime import datetime, timedelta

import pytest

from daemon.auditing import audit
from daemon.demo import manners
from daemon.demo.cast import COMPLAINT, CONTACT, LI, RECEIVER
from daemon.demo.faults import Fault
from daemon.demo.servers import MailHost
from daemon.demo.stage import Stage
from db import lists
from db.pen import look
from rules.reading import read


@pytest.fixture
def host(wide_host: MailHost) -> MailHost:
    """Everybody has a mailbox."""
    return wide_host


def letters(stage: Stage, count: int, first: int = 0) -> list[int]:
    uids = []
    for number in range(first, first + count):
        raw = manners.plain_utf8(
            f"citizen{number}@people.example",
            "",
            COMPLAINT,
            f"咨询第{number}件事",
            f"请问第{number}件事怎么办理？需要什么材料？",
            stage.now,
        )
        uids.append(stage.host.deliver(COMPLAINT, raw, internaldate=stage.now))
    return uids


def a_round(stage: Stage, later: timedelta = timedelta(minutes=5)) -> None:
    stage.now += later
    stage.rounds.whole(stage.now)


def kept(stage: Stage) -> list[tuple[int, str | None]]:
    with look(stage.rounds.office.engine) as cx:
        return [(row["uid"], row["disposition"]) for row in lists.letters(cx) if row["folder"] == "INBOX"]


def notes(stage: Stage) -> list[tuple[int, str | None]]:
    with look(stage.rounds.office.engine) as cx:
        return [(row["uid"], row["why"]) for row in lists.letters(cx) if row["folder"] == "INBOX" and row["id"] is None]


def cases(stage: Stage) -> int:
    with look(stage.rounds.office.engine) as cx:
        return len(lists.cases(cx, stage.rounds.office.book))


@pytest.mark.on_double("a server that spoils one answer")
@pytest.mark.parametrize(
    "do", ["cut", "reset", "bye", "nil", "bare", "skip", "short", "noise", "wrong-uid", "no-uid", "long-line"]
)
def test_f40_f41_f43_f55_a_server_that_spoils_one_answer_loses_no_letter(stage: Stage, do: str):
    uids = letters(stage, 3)
    stage.host.imap.faults.append(Fault("LETTER", do, uid=uids[1], count=200))

    for _ in range(3):
        a_round(stage)

    assert kept(stage) == [(uid, "opened") for uid in uids]
    assert cases(stage) == 3


@pytest.mark.on_double("a server that never hands one letter over")
def test_f41_a_letter_never_handed_over_is_noted_at_the_third_poll_and_those_behind_it_go_on(stage: Stage):
    uids = letters(stage, 3)
    stage.host.imap.faults.append(Fault("LETTER", "nil", uid=uids[1], times=-1))

    for _ in range(4):
        a_round(stage)

    assert kept(stage) == [(uids[0], "opened"), (uids[1], None), (uids[2], "opened")]
    assert notes(stage) == [(uids[1], "withheld")]
    assert f"complaint/INBOX/{uids[1]}" in {problem.where for problem in audit(stage.rounds.office, stage.now).problems}


@pytest.mark.on_double("the letter goes between list and fetch of one poll")
def test_f47_a_letter_that_vanished_before_it_was_fetched_is_noted_and_reported(stage: Stage):
    uids = letters(stage, 3)
    stage.host.imap.faults.append(Fault("LETTER", "expunge", uid=uids[1]))

    a_round(stage)
    a_round(stage)

    assert notes(stage) == [(uids[1], "vanished")]
    assert [uid for uid, disposition in kept(stage) if disposition == "opened"] == [uids[0], uids[2]]


@pytest.mark.on_double("163 makes a folder anew under the validity it had; Dovecot takes another")
def test_f45_a_folder_made_anew_under_the_same_validity_misses_no_new_letter(stage: Stage):
    letters(stage, 3)
    a_round(stage)
    stage.host.box(COMPLAINT).recreate()
    letters(stage, 2, first=10)

    a_round(stage)

    assert cases(stage) == 5


@pytest.mark.on_double("a server that gives a UID to other bytes")
def test_f46_a_uid_given_to_other_bytes_is_noticed_and_both_letters_are_kept(stage: Stage):
    (uid,) = letters(stage, 1)
    a_round(stage)
    stage.host.box(COMPLAINT).expunge(uid)
    stage.host.box(COMPLAINT).add(
        manners.plain_utf8("other@people.example", "", COMPLAINT, "咨询别的事", "请问别的事怎么办理？", stage.now),
        stage.now + timedelta(hours=1),
        uid=uid,
    )

    a_round(stage)

    assert cases(stage) == 2


def test_f48_a_letter_moved_to_junk_by_a_person_has_its_effect_once(stage: Stage):
    letters(stage, 1)
    a_round(stage)
    stage.host.move(COMPLAINT, "垃圾邮件")

    a_round(stage)

    assert cases(stage) == 1
    assert len([sent for sent in stage.host.sent_log if sent.rcpt == "citizen0@people.example"]) == 1


@pytest.mark.parametrize("folder", ["垃圾邮件", "广告邮件", "订阅邮件"])
def test_f49_complaints_land_in_junk_folders_and_are_found_there(stage: Stage, folder: str):
    raw = manners.plain_utf8(
        LI.address, LI.name, COMPLAINT, "投诉国土资源局", "国土资源局拖着不给我办不动产证，三个多月了。", stage.now
    )
    stage.host.deliver(COMPLAINT, raw, folder, internaldate=stage.now)

    a_round(stage)

    assert cases(stage) == 1


def test_f60_a_letter_without_a_usable_server_date_counts_from_when_it_was_kept(stage: Stage):
    raw = manners.plain_utf8(LI.address, LI.name, COMPLAINT, "投诉国土资源局", "国土资源局拖着不给我办证。", stage.now)
    stage.host.deliver(COMPLAINT, raw, internaldate=datetime(1970, 1, 1, tzinfo=stage.now.tzinfo))

    a_round(stage)

    assert [disposition for _, disposition in kept(stage)] == ["opened"]
    with look(stage.rounds.office.engine) as cx:
        (case,) = lists.cases(cx, stage.rounds.office.book)
    assert case["due"] >= "2017-05-09"


def test_f54_a_refused_login_is_told_once_to_the_duty_by_the_road_that_works(stage: Stage):
    for address in (COMPLAINT, CONTACT):
        stage.host.set_password(address, "another")
    for mailbox in stage.rounds.mailboxes.values():
        mailbox.close()

    for _ in range(3):
        a_round(stage)
    stage.rounds.looked.update(("complaint", "contact"))
    a_round(stage)

    told = [read(sent.raw).subject for sent in stage.host.sent_log if sent.rcpt == RECEIVER.address]
    assert len(told) == 2  # one for each mailbox
    assert all("系统报警" in subject for subject in told)


@pytest.mark.on_double("reads the list of commands that the double keeps")
def test_f51_only_harmless_commands_ever_reach_the_server(stage: Stage):
    letters(stage, 2)
    a_round(stage)
    a_round(stage)

    sent = " ".join(str(command) for command in stage.host.imap.commands).upper()
    for never in ("SEARCH", "ENVELOPE", "BODYSTRUCTURE", "STORE", "EXPUNGE", "RFC822 ", "DELETE"):
        assert never not in sent


def test_f56_a_hundred_old_letters_come_in_batches_and_nobody_is_written_to(stage: Stage):
    long_ago = datetime(2016, 3, 1, 9, tzinfo=stage.now.tzinfo)
    for number in range(120):
        raw = manners.plain_utf8(f"old{number}@old.example", "", COMPLAINT, "旧信", f"第{number}封旧信", long_ago)
        stage.host.deliver(COMPLAINT, raw, internaldate=long_ago)

    a_round(stage)

    assert len(kept(stage)) == 120
    assert not [sent for sent in stage.host.sent_log if sent.rcpt.endswith("@old.example")]
