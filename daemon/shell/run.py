"""`run`: the daemon itself. Stands by while another process has the shift; stops on SIGTERM or SIGINT within 8 seconds at a safe point.

With `--office FILE…` it serves several offices, each in a process of its own.
"""

import argparse
import signal
import threading
from contextlib import ExitStack
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from daemon.shell._showing import say, start_log

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from daemon.office import Clock
    from db.pen import Shift

STANDBY_SECONDS = 5.0
STOPS = (signal.SIGTERM, signal.SIGINT)


def arguments(parser: argparse.ArgumentParser) -> None:
    """--every SECONDS, --office FILE…"""
    parser.add_argument("--every", type=float, default=None, metavar="SECONDS", help=say("option-every"))
    parser.add_argument("--office", nargs="+", type=Path, default=[], metavar="FILE", help=say("option-office"))


def run(options: argparse.Namespace) -> int:
    """Run until told to stop."""
    start_log(options)
    stop = threading.Event()
    _stop_on_signals(stop)
    try:
        return _several(options, stop) if options.office else _one(options, stop)
    finally:
        if stop.is_set():  # else a second signal would end the process in the middle of its last steps
            for number in STOPS:
                signal.signal(number, signal.SIG_IGN)


def _several(options: argparse.Namespace, stop: threading.Event) -> int:
    """A process for each office; ours only looks after them."""
    from daemon.offices import Offices

    words = ["--log", options.log]
    if options.every:
        words += ["--every", str(options.every)]
    if options.now is not None:
        words += ["--now", options.now.isoformat()]
    Offices(options.office, words).serve(stop)
    return 0


def _one(options: argparse.Namespace, stop: threading.Event) -> int:
    from daemon.books import to_fill
    from daemon.heartbeat import heartbeat_of, standby_of
    from daemon.logs import event
    from daemon.opening import open_office, open_rounds, settings
    from daemon.post import ShiftLost
    from daemon.running import Run
    from daemon.settings import MAIL
    from rules.trouble import SettingsTrouble

    clock = _clock(options)
    given = settings()
    given.need("HUIYIN_DATABASE", *MAIL)
    office = open_office(given, clock())
    missing = to_fill(office.book)
    if missing:
        raise SettingsTrouble("\n".join(missing))
    while not stop.is_set():
        with ExitStack() as held:
            ours = take_shift(held, office.engine, stop, standby_of(given.database))
            if ours is None:
                return 0
            rounds = held.enter_context(open_rounds(office, given, ours))
            every = options.every or office.book.office.poll_minutes * 60
            vouched = options.now is not None
            run = Run(rounds, clock, every, heartbeat_of(given.database), given.book, stop, vouched=vouched)
            run.until_stopped()
            if run.over is not None and not isinstance(run.over, ShiftLost):
                raise run.over
        if run.over is not None:
            event("shift.lost")
    return 0


def _stop_on_signals(stop: threading.Event) -> None:
    def told(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    for number in STOPS:
        signal.signal(number, told)


def _clock(options: argparse.Namespace) -> "Clock":
    """The time; with --now the given moment, from which it goes on."""
    from datetime import UTC, datetime

    from daemon.shell._showing import moment

    offset = moment(options) - datetime.now(UTC)
    return lambda: datetime.now(UTC) + offset


def take_shift(held: ExitStack, engine: "Engine", stop: threading.Event, standby: Path) -> "Shift | None":
    """Take the shift, standing by while another process has it. None where we were told to stop first."""
    from daemon.heartbeat import beat
    from daemon.logs import event
    from db.pen import shift
    from rules.trouble import StoreTrouble

    told = False
    while not stop.is_set():
        try:
            ours = held.enter_context(shift(engine))
        except StoreTrouble as taken:
            if not told:
                event("standing-by", why=str(taken))
                told = True
            beat(standby, {"every": STANDBY_SECONDS, "why": str(taken)})
            stop.wait(STANDBY_SECONDS)
        else:
            standby.unlink(missing_ok=True)
            event("shift.taken")
            return ours
    return None
