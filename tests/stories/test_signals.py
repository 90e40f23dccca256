"""`run` is told to stop, whatever it is doing, once or twice, by a service manager or by Ctrl-C (F17)."""

import os
import signal
import time
from datetime import datetime
from pathlib import Path

import pytest
from seeds import staged
from shifts import MORNING, ZONE
from test_run import daemon, ended, the_settings, until

from daemon.continuity import SentAhead
from daemon.demo import manners
from daemon.demo.cast import COMPLAINT, LI
from daemon.demo.faults import Fault
from daemon.demo.servers import MailHost
from daemon.demo.stage import Stage
from daemon.heartbeat import heartbeat_of
from daemon.post import ShiftLost
from daemon.reader import Reader
from daemon.running import Run
from db import lists
from db.pen import DiskFailed, look
from rules.trouble import Trouble
from rules.wording import wording

pytestmark = pytest.mark.long

say = wording("daemon.demo")
SECONDS = 8.0
WAITS = pytest.mark.on_double("a server that makes one wait")

DOING = {
    "waiting for the next poll": None,
    "fetching from a silent server": ("imap", Fault("FETCH", "stall", times=-1)),
    "waiting for a mailbox's greeting": ("imap", Fault("GREETING", "stall", times=-1)),
    "before a letter is named": ("smtp", Fault("MAIL", "slow", seconds=30, times=-1)),
    "waiting for the answer to the dot": ("smtp", Fault("DOT", "slow", seconds=30, times=-1)),
}


@pytest.mark.parametrize("signals", [(signal.SIGINT,), (signal.SIGTERM, signal.SIGTERM)], ids=["ctrl-c", "twice"])
@pytest.mark.parametrize(
    "doing", [pytest.param(doing, marks=[pytest.mark.long, WAITS] if fault else []) for doing, fault in DOING.items()]
)
def test_f17_it_ends_with_0_within_eight_seconds_and_afterwards_all_is_as_undisturbed(
    host: MailHost, reader: Reader, tmp_path: Path, doing: str, signals: tuple[signal.Signals, ...]
):
    stage = staged(tmp_path, MORNING, host, reader)
    host.now = lambda: datetime.now(ZONE)
    settings, fault = the_settings(tmp_path, host), DOING[doing]
    if fault is not None:
        getattr(host, fault[0]).faults.append(fault[1])
    complains(stage)
    process = daemon(settings, "run", "--every", "0.5")
    until(heartbeat_of(settings["HUIYIN_DATABASE"]).exists)
    until(lambda: at_it(stage, host, fault))

    told = time.monotonic()
    for one in signals:
        os.kill(process.pid, one)
        time.sleep(0.3)
    code, output = ended(process)
    took = time.monotonic() - told

    assert (code, "Traceback" in output) == (0, False), output
    assert took < SECONDS
    if fault is not None:
        getattr(host, fault[0]).faults.clear()
    stage.rounds.begin(datetime.now(ZONE))
    stage.rounds.whole(datetime.now(ZONE))
    with look(stage.rounds.office.engine) as cx:
        states = [row["state"] for row in lists.outbox(cx)]
        cases = len(lists.cases(cx, stage.rounds.office.book))
    receipts = [sent for sent in host.sent_log if sent.rcpt == LI.address]
    assert cases == 1
    assert len(receipts) + states.count("unknown") + states.count("queued") >= 1
    assert len(receipts) <= 1
    assert "sending" not in states
    stage.close()


@pytest.mark.parametrize(("end", "left"), [(SentAhead, False), (DiskFailed, False), (ShiftLost, True)])
def test_a_run_that_ends_by_itself_leaves_no_heartbeat_unless_another_may_be_beating_there(
    stage: Stage, tmp_path: Path, end: type[Trouble], left: bool
):
    heartbeat = tmp_path / "heartbeat"
    heartbeat.write_text("{}", "utf-8")
    run = Run(stage.rounds, lambda: stage.now, 0.2, heartbeat, over=end("it has ended"))

    run.until_stopped()

    assert heartbeat.exists() is left


def complains(stage: Stage) -> None:
    stage.now = datetime.now(ZONE)
    raw = manners.web_163(LI.address, LI.name, COMPLAINT, say("subject-complaint"), say("text-complaint"), stage.now)
    stage.host.deliver(COMPLAINT, raw, internaldate=stage.now)


def at_it(stage: Stage, host: MailHost, fault: tuple[str, Fault] | None) -> bool:
    """The run is where it shall be told to stop."""
    if fault is None:
        return any(sent.rcpt == LI.address for sent in host.sent_log)
    if fault[0] == "imap":
        return host.imap.connections > 0
    with look(stage.rounds.office.engine) as cx:
        return any(row["state"] == "sending" for row in lists.outbox(cx))
