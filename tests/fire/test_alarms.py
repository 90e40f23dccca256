"""Alarms: one letter for each trouble to the duty person, by whatever road works, and one when it is well again (S20, F43, F54, F73)."""

from datetime import timedelta

import ground
import pytest
from office_days import citizens_write, rows, work

from daemon.auditing import audit
from daemon.demo.cast import COMPLAINT, CONTACT, RECEIVER
from daemon.demo.faults import Fault
from daemon.demo.stage import Stage, _accounts, _mailboxes
from rules.reading import read


def told(stage: Stage) -> list[tuple[str, str]]:
    """(from, subject) of every letter about troubles that the duty person got."""
    letters = [read(sent.raw) for sent in stage.host.sent_log if sent.rcpt == RECEIVER.address]
    wanted = ("待定事项：系统报警", "已恢复")
    return [(letter.from_addr, letter.subject) for letter in letters if any(word in letter.subject for word in wanted)]


def logged_in_anew(stage: Stage) -> None:
    """Sessions end, as they do when a password is changed."""
    stage.close()
    stage.rounds.mailboxes, stage.rounds.accounts = _mailboxes(stage.host), _accounts(stage.host)
    ground.settled(stage)


def refuse(stage: Stage, *, imap: bool = False, smtp: bool = False) -> None:
    """The complaint account's authorisation code was revoked at noon."""
    if imap:
        stage.host.set_password(COMPLAINT, "another")
    if smtp:
        stage.host.set_password(COMPLAINT, "another", "smtp")
    logged_in_anew(stage)


def test_f54_a_code_revoked_for_both_ways_is_told_at_once_by_the_other_mailbox(stage: Stage):
    work(stage)
    refuse(stage, imap=True, smtp=True)

    work(stage, 6, minutes=2)

    assert [address for address, subject in told(stage) if "系统报警" in subject] == [CONTACT, CONTACT] or told(
        stage
    ) == []
    assert {address for address, _ in told(stage)} == {CONTACT}
    assert "授权码" in "".join(read(sent.raw).text for sent in stage.host.sent_log if sent.rcpt == RECEIVER.address)


@pytest.mark.on_double("a server that ends every session at LIST")
def test_f43_a_mailbox_that_cannot_be_polled_rings_after_thirty_minutes_and_once_and_once_when_it_is_well(stage: Stage):
    work(stage)
    stage.host.imap.faults.append(Fault("LIST", "bye", times=-1))
    quiet_for = []
    for _ in range(5):
        work(stage, 1, minutes=7)
        logged_in_anew(stage)
        quiet_for.append(len(told(stage)))
    stage.host.imap.faults.clear()
    for _ in range(6):
        work(stage, 1, minutes=40)
        logged_in_anew(stage)

    subjects = [subject for _, subject in told(stage)]
    assert quiet_for[:4] == [0, 0, 0, 0]
    assert sum("系统报警" in subject for subject in subjects) == 2  # each of the two mailboxes
    assert sum("已恢复" in subject for subject in subjects) == 2
    assert audit(stage.rounds.office, stage.now, deep=True).ok


def test_an_answer_to_the_alarm_does_not_make_it_ring_again_while_the_trouble_lasts(stage: Stage):
    work(stage)
    refuse(stage, smtp=True)
    citizens_write(stage.host, 1)
    work(stage, 3, minutes=40)
    stage.order(RECEIVER, "知道了", stage.now)
    work(stage, 4, minutes=40)

    assert sum("系统报警" in subject for _, subject in told(stage)) == 1


def test_f73_when_the_code_is_right_again_every_letter_goes_and_the_duty_person_hears_it(stage: Stage):
    from daemon.demo.cast import accounts

    work(stage)
    refuse(stage, smtp=True)
    citizens_write(stage.host, 1)
    work(stage, 2, minutes=40)
    waiting = set(rows(stage.rounds.office.engine).values())
    stage.host.set_password(COMPLAINT, accounts()[COMPLAINT], "smtp")
    logged_in_anew(stage)

    work(stage, 4, minutes=40)

    assert "queued" in waiting
    assert set(rows(stage.rounds.office.engine).values()) == {"sent"}
    assert [subject for _, subject in told(stage) if "已恢复" in subject] != []


def test_where_no_mailbox_can_be_looked_at_the_alarm_alone_leaves(stage: Stage):
    """Both servers refuse to be read from the beginning of the shift: nothing leaves but the letters that say so."""
    stage.host.set_password(COMPLAINT, "another")
    stage.host.set_password(CONTACT, "another")
    logged_in_anew(stage)
    stage.now += timedelta(minutes=1)

    work(stage, 3)

    assert len(told(stage)) == 2
    assert {sent.rcpt for sent in stage.host.sent_log} == {RECEIVER.address}
