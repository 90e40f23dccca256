"""The shift (值班): one lock for the life of poll, decide, tick and send; who holds it can be asked.

LIMITS: flock works on one machine (a network file system may lie); several machines share a PostgreSQL, whose lock lives as long as the
connection that took it: `Shift.holds` asks whether it still does.
"""

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from db.locks import beside, grab, opened
from db.unwilling import spoken
from rules.trouble import StoreTrouble
from rules.wording import wording

say = wording("db")
NUMBER = 0x48595348  # "HYSH": the advisory lock's number
KEEPALIVE = {"tcp_keepalives_idle": "8", "tcp_keepalives_interval": "4", "tcp_keepalives_count": "3"}
"""Seconds: the server notices within 20 that the machine which had the shift is gone, and lets go of the lock (a process that dies is
noticed at once). Where the connection is no TCP these are without effect."""


@dataclass(frozen=True)
class Shift:
    """The shift while it is held."""

    cx: Connection | None = None
    """PostgreSQL: the connection that holds the lock."""
    asking: threading.Lock = field(default_factory=threading.Lock, compare=False)
    """One thread asks at a time."""

    def holds(self) -> bool:
        """Whether it is still ours: a lock file is, a connection may have been cut (F29, F33)."""
        if self.cx is None:
            return True
        if self.cx.closed or self.cx.invalidated:  # a new connection would answer without holding anything
            return False
        with self.asking:
            try:
                return self.cx.execute(text("SELECT 1")).scalar() == 1
            except DBAPIError:
                return False


@contextmanager
def shift(engine: Engine) -> Iterator[Shift]:
    """Hold the shift. Raises StoreTrouble (75) naming who holds it: pid, host, since."""
    if engine.dialect.name == "sqlite":
        handle = opened(beside(engine, "shift"))
        try:
            _sign(handle)
            yield Shift()
        finally:
            os.close(handle)
        return
    with spoken(engine):
        cx = engine.connect().execution_options(isolation_level="AUTOCOMMIT")
    with cx:
        _sign_on_server(cx)
        try:
            yield Shift(cx)
        finally:
            cx.invalidate()  # the server lets go of the lock with the connection


def _us() -> str:
    return f"pid {os.getpid()} @ {socket.gethostname()}"


def _sign(handle: int) -> None:
    if not grab(handle):
        who = os.pread(handle, 200, 0).decode("utf-8", "replace")
        raise StoreTrouble(say("shift-taken", who=f"{who}, {_since(os.fstat(handle).st_mtime)}"))
    try:
        os.ftruncate(handle, 0)
        os.pwrite(handle, _us().encode(), 0)
    except OSError as trouble:
        raise StoreTrouble(say("disk-full", path=trouble.strerror)) from trouble


def _since(seconds: float) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M:%S} UTC"


def _sign_on_server(cx: Connection) -> None:
    cx.execute(text("SELECT set_config('application_name', :us, false)"), {"us": _us()[:63]})
    for name, value in KEEPALIVE.items():
        cx.execute(text("SELECT set_config(:name, :value, false)"), {"name": name, "value": value})
    if not cx.execute(text(f"SELECT pg_try_advisory_lock({NUMBER})")).scalar():
        raise StoreTrouble(say("shift-taken", who=_holder(cx)))


def _holder(cx: Connection) -> str:
    row = cx.execute(
        text(
            "SELECT a.application_name, a.client_addr, a.backend_start FROM pg_locks l JOIN pg_stat_activity a USING (pid)"
            " WHERE l.locktype = 'advisory' AND l.granted AND l.objid = :number"
            " AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())"
        ),
        {"number": NUMBER},
    ).first()
    return ", ".join(str(value) for value in row if value) if row else "?"
