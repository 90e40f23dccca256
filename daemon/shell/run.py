"""`run`: the daemon itself. Stands by while another process has the shift; stops on SIGTERM or SIGINT within 8 seconds at a safe point."""

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


def arguments(parser: argparse.ArgumentParser) -> None:
    """--every SECONDS."""
    parser.add_argument("--every", type=float, default=None, metavar="SECONDS", help=say("option-every"))


def run(options: argparse.Namespace) -> int:
    """Run until told to stop."""
    from daemon.books import to_fill
    from daemon.opening import open_office, open_rounds, settings
    from daemon.post import ShiftLost
    from daemon.running import Run
    from daemon.settings import MAIL
    from rules.trouble import SettingsTrouble

    start_log(options)
    stop = threading.Event()
    _stop_on_signals(stop)
    clock = _clock(options)
    given = settings()
    given.need("HUIYIN_DATABASE", *MAIL)
    office = open_office(given, clock())
    missing = to_fill(office.book)
    if missing:
        raise SettingsTrouble("\n".join(missing))
    while not stop.is_set():
        with ExitStack() as held:
            ours = _take_shift(held, office.engine, stop)
            if ours is None:
                return 0
            rounds = held.enter_context(open_rounds(office, given, ours))
            every = options.every or office.book.office.poll_minutes * 60
            vouched = options.now is not None
            run = Run(rounds, clock, every, heartbeat_of(given.database), given.book, stop, vouched=vouched)
            run.until_stopped()
            if run.over is not None and not isinstance(run.over, ShiftLost):
                raise run.over
    return 0


def heartbeat_of(url: str) -> Path:
    """Where the heartbeat lies: beside a SQLite file, else in the working folder."""
    from sqlalchemy.engine import make_url

    name = make_url(url)
    return (
        Path(f"{name.database}.heartbeat")
        if name.get_backend_name() == "sqlite"
        else Path(f"{name.database}.heartbeat").absolute()
    )


def _stop_on_signals(stop: threading.Event) -> None:
    def told(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, told)
    signal.signal(signal.SIGINT, told)


def _clock(options: argparse.Namespace) -> "Clock":
    """The time; with --now the given moment, from which it goes on."""
    from datetime import UTC, datetime

    from daemon.shell._showing import moment

    offset = moment(options) - datetime.now(UTC)
    return lambda: datetime.now(UTC) + offset


def _take_shift(held: ExitStack, engine: "Engine", stop: threading.Event) -> "Shift | None":
    """Take the shift, standing by while another process has it. None where we were told to stop first."""
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
            stop.wait(STANDBY_SECONDS)
        else:
            event("shift.taken")
            return ours
    return None
