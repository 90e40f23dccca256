"""One office of several, in a process of its own: tells when it is ready, works when told, tells what it did, and keeps its shift to its end.

python -m daemon.bench.one_office URL IMAP_PORT SMTP_PORT LETTERS      lines of JSON out: "ready", then seconds, letters, memory
python -m daemon.bench.one_office URL IMAP_PORT SMTP_PORT 0            stands by; "serving" as soon as it has the shift
"""

import json
import os
import sys
import threading
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast

from daemon.bench.whole import MORNING, timed
from daemon.demo.servers import MailHost, OnLoopback
from daemon.demo.stage import Stage, take_stage
from daemon.logs import open_log
from daemon.reader import Reader
from daemon.shell.demo import Nowhere
from daemon.shell.run import take_shift
from daemon.studying import warm


class Elsewhere(OnLoopback):
    """A mail host in another process: all that a stage asks of it until somebody posts or looks into a mailbox."""

    def __init__(self, imap_port: int, smtp_port: int) -> None:
        self._ports = imap_port, smtp_port

    @property
    def imap_port(self) -> int:
        """Port of its IMAP server."""
        return self._ports[0]

    @property
    def smtp_port(self) -> int:
        """Port of its SMTP server."""
        return self._ports[1]


def serve(url: str, servers: Elsewhere, letters: int) -> None:
    """Take the shift, standing by while another has it, and work; to the end of standard input."""
    open_log(stream=Nowhere())
    stage = take_stage(Path(), cast("MailHost", servers), Reader(), url=url)
    stage.now = MORNING
    warm(stage.rounds.office, stage.rounds.reader)
    with ExitStack() as held, TemporaryDirectory(prefix="huiyin-bench-") as folder:
        if not letters:
            tell(what="standing by")
        ours = take_shift(held, stage.rounds.office.engine, threading.Event(), Path(folder) / "standby")
        if ours is not None:
            stage.rounds.holds = ours.holds
        stage.rounds.begin(MORNING)
        stage.rounds.poll(MORNING)
        tell(what="ready" if letters else "serving")
        if letters:
            sys.stdin.readline()
            work(stage, letters)
        sys.stdin.read()


def work(stage: Stage, letters: int) -> None:
    """The letters that lie in the mailbox, whole way."""
    done = timed(stage, list(range(letters)))
    tell(what="done", sent=done.sent, seconds=done.keep + done.decide + done.send, mb=megabytes())


def tell(**says: object) -> None:
    """One line for who started us."""
    print(json.dumps(says), flush=True)


def megabytes() -> float:
    """The most memory this process and its children, which read letters, have had so far, in MB."""
    children = Path(f"/proc/self/task/{os.getpid()}/children").read_text("ascii").split()
    return sum(_peak(Path("/proc") / process) for process in ("self", *children))


def _peak(process: Path) -> float:
    lines = (process / "status").read_text("ascii", "replace").splitlines()
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:")), 0.0)


if __name__ == "__main__":
    serve(sys.argv[1], Elsewhere(int(sys.argv[2]), int(sys.argv[3])), int(sys.argv[4]))
