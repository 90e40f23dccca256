"""`run` where mail servers are slow (F42, F69, F86): whoever waits for one keeps nobody from the other, and what was late is done once."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from office_days import citizens_write, left, rows
from shifts import MORNING
from sqlalchemy import text

from daemon import logs
from daemon.auditing import audit
from daemon.demo import manners
from daemon.demo.cast import COMPLAINT, CONTACT, LAND, accounts
from daemon.demo.faults import Fault
from daemon.demo.stage import Stage
from daemon.mailboxes.imap import ImapMailbox
from daemon.mailboxes.wire import Limits
from daemon.places import imap_place
from daemon.running import Run
from daemon.secret import Secret
from db.pen import look

pytestmark = pytest.mark.long


@contextmanager
def running(stage: Stage, folder: Path, every: float) -> Iterator[Run]:
    """The office's run in a thread; it ends by itself like one that was told to stop."""
    run = Run(stage.rounds, lambda: stage.now, every, folder / "heartbeat")
    thread = threading.Thread(target=run.until_stopped)
    thread.start()
    try:
        yield run
    finally:
        run.stop.set()
        thread.join(20)
    assert run.over is None


def until(true: Callable[[], object], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it never came true"
        time.sleep(0.01)


def kept(stage: Stage) -> Counter[str]:
    """Mailbox -> letters of others that we have."""
    words = "SELECT f.mailbox, count(*) AS letters FROM sightings s JOIN folders f ON f.id = s.folder WHERE f.role = 'inbox' GROUP BY 1"
    with look(stage.rounds.office.engine) as cx:
        return Counter({row.mailbox: row.letters for row in cx.execute(text(words))})


def receipts(stage: Stage) -> list[str]:
    """The state of each receipt to a complainant."""
    return [state for name, state in rows(stage.rounds.office.engine).items() if name.startswith("receipt:")]


def a_unit_writes(stage: Stage) -> None:
    raw = manners.plain_utf8(LAND.address, LAND.name, CONTACT, "问一下", "下周的会在哪里开？", MORNING)
    stage.host.deliver(CONTACT, raw, internaldate=MORNING)


PATIENCE = 4.0
"""Seconds after which our reader leaves a silent server: far above what a healthy answer takes where other tests run."""


@pytest.mark.on_double("a mailbox server that falls silent, or gives a byte now and then")
@pytest.mark.parametrize("do", ["stall", "drip"])
def test_f42_while_one_mailbox_is_silent_the_other_is_polled_and_then_the_first_is_again(
    stage: Stage, tmp_path: Path, do: str
):
    place = imap_place("complaint", stage.host.imap_url(COMPLAINT), Secret(accounts()[COMPLAINT]))
    stage.rounds.mailboxes["complaint"] = ImapMailbox(place, Limits(5.0, idle=PATIENCE, total=PATIENCE))
    citizens_write(stage.host, 1, 2, 3)
    second = stage.host.folder(COMPLAINT)[1].uid
    fault = Fault("LETTER", do, uid=second, seconds=PATIENCE / 6 if do == "drip" else 0)
    stage.host.imap.faults.append(fault)

    with running(stage, tmp_path, 0.05):
        until(lambda: fault.uses)
        a_unit_writes(stage)
        until(lambda: kept(stage)["contact"])
        meanwhile = kept(stage)["complaint"]
        until(lambda: kept(stage)["complaint"])
        logins = stage.host.imap.logins

    assert (meanwhile, kept(stage)) == (0, Counter(complaint=3, contact=1))
    assert logins == 3  # a run that ends breaks off what it waits for, and may log in once more


@pytest.mark.on_double("a submission server that thinks for long")
@pytest.mark.parametrize("at", ["CONNECT", "DOT"])
def test_f69_while_a_slow_server_is_waited_for_both_mailboxes_are_polled_and_the_letter_goes_once(
    stage: Stage, tmp_path: Path, at: str
):
    fault = Fault(at, "slow", seconds=0.8)
    stage.host.smtp.faults.append(fault)
    citizens_write(stage.host, 1)

    with running(stage, tmp_path, 0.05):
        until(lambda: fault.uses)
        citizens_write(stage.host, 2)
        a_unit_writes(stage)
        until(lambda: kept(stage) == Counter(complaint=2, contact=1))
        meanwhile = rows(stage.rounds.office.engine)
        until(lambda: receipts(stage) == ["sent", "sent"])

    assert Counter(meanwhile.values())["sending"] == 1
    assert "sent" not in meanwhile.values()
    went = left(stage)
    assert {went[name] for name, state in rows(stage.rounds.office.engine).items() if state == "sent"} == {1}
    assert audit(stage.rounds.office, stage.now).ok


class Times:
    """A log of which only is kept when the complaint mailbox had been polled."""

    def __init__(self) -> None:
        self.polled: list[float] = []

    def write(self, line: str) -> None:
        if " polled mailbox=complaint" in line:
            self.polled.append(time.monotonic())

    def flush(self) -> None:
        pass


@pytest.mark.on_double("a mailbox server that answers late")
def test_f86_a_poll_longer_than_its_interval_is_neither_doubled_nor_made_up_for(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    every, times = 0.15, Times()
    monkeypatch.setattr(logs._state, "stream", times)
    citizens_write(stage.host, 1, 2)
    late = Fault("LETTER", "stall", uid=stage.host.folder(COMPLAINT)[1].uid, seconds=6 * every)
    stage.host.imap.faults.append(late)

    with running(stage, tmp_path, every):
        until(lambda: len(times.polled) > 1)
        time.sleep(4 * every)
        came, logins = times.polled[:], stage.host.imap.logins

    since = (came[-1] - came[0]) / every
    assert (late.uses, logins) == (1, 2)
    assert (
        len(came) <= 1 + 1 + since + 1
    )  # the long one, the one that was due meanwhile, the bells since, one on the edge
    assert kept(stage) == Counter(complaint=2)


def test_f86_bells_that_were_missed_for_days_are_rung_once_and_those_of_the_days_between_never(
    stage: Stage, tmp_path: Path
):
    for days in (0, 3):
        stage.now = MORNING + timedelta(days=days)
        run = Run(stage.rounds, lambda: stage.now, 60.0, tmp_path / "heartbeat")
        for _ in range(3):
            run._bells()
        assert run.troubles == {}

    with look(stage.rounds.office.engine) as cx:
        rung = cx.execute(text("SELECT DISTINCT cause FROM ledger WHERE cause LIKE 'handover%'")).scalars().all()
    assert sorted(rung) == ["handover:2017-05-09:morning", "handover:2017-05-12:morning"]
