"""The pen (执笔): one short transaction that may write. The shift (值班): one lock for the life of poll, decide, tick and send.

SQLite: flock on <db>.pen, then BEGIN IMMEDIATE (without the flock an order waits for seconds behind a deciding loop). PostgreSQL: the one
row of `office` is locked first, everything is read after it. After any database error the transaction is dropped, never reused (F22).
"""

import fcntl
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, select, text
from sqlalchemy.exc import DBAPIError

from db.tables import office
from rules.trouble import StoreTrouble
from rules.wording import wording

say = wording("db")
SHIFT = 0x48595348  # "HYSH": the advisory lock's number


@contextmanager
def pen(engine: Engine) -> Iterator[Connection]:
    """A transaction that may write; committed at the end, rolled back by any exception. Raises StoreTrouble where the store is unwilling."""
    with _queue(engine), _spoken(engine), engine.connect().execution_options(pen=True) as cx, cx.begin():
        if engine.dialect.name == "postgresql":
            cx.execute(select(office.c.one).with_for_update())
        yield cx


@contextmanager
def look(engine: Engine) -> Iterator[Connection]:
    """A transaction that only reads: one picture of one moment."""
    with _spoken(engine), engine.connect() as cx, cx.begin():
        if engine.dialect.name == "postgresql":
            cx.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"))
        yield cx


@contextmanager
def shift(engine: Engine) -> Iterator[None]:
    """Hold the shift. Raises StoreTrouble (75) naming who holds it: pid, host, since."""
    if engine.dialect.name == "sqlite":
        with _locked(_beside(engine, "shift"), wait=False):
            yield
        return
    with engine.connect() as cx:
        if not cx.execute(select(text(f"pg_try_advisory_lock({SHIFT})"))).scalar():
            raise StoreTrouble(say("shift-taken", who=_holder(cx)))
        try:
            yield
        finally:
            cx.execute(select(text(f"pg_advisory_unlock({SHIFT})")))
            cx.commit()


def _holder(cx: Connection) -> str:
    row = cx.execute(
        text(
            "SELECT a.pid, a.client_addr, a.backend_start FROM pg_locks l JOIN pg_stat_activity a USING (pid)"
            " WHERE l.locktype = 'advisory' AND l.objid = :shift"
        ),
        {"shift": SHIFT},
    ).first()
    return " ".join(str(value) for value in row) if row else "?"


def _beside(engine: Engine, what: str) -> Path:
    return Path(f"{engine.url.database}.{what}")


@contextmanager
def _queue(engine: Engine) -> Iterator[None]:
    """Writers wait in the kernel's queue, in order, rather than in SQLite's busy loop."""
    if engine.dialect.name != "sqlite":
        yield
        return
    with _locked(_beside(engine, "pen"), wait=True):
        yield


@contextmanager
def _locked(path: Path, *, wait: bool) -> Iterator[None]:
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as trouble:
        raise StoreTrouble(say("no-lock", path=path, why=trouble.strerror)) from trouble
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError as taken:
            raise StoreTrouble(say("shift-taken", who=_written(handle))) from taken
        if not wait:
            os.ftruncate(handle, 0)
            os.pwrite(handle, f"pid {os.getpid()} @ {socket.gethostname()}".encode(), 0)
        yield
    finally:
        os.close(handle)


def _written(handle: int) -> str:
    return os.pread(handle, 200, 0).decode("utf-8", "replace") or "?"


@contextmanager
def _spoken(engine: Engine) -> Iterator[None]:
    """The database's own troubles, in the clerk's words; bugs (constraints, SQL) stay loud."""
    try:
        yield
    except DBAPIError as trouble:
        key = _kind(str(trouble.orig))
        if key is None:
            raise
        raise StoreTrouble(say(key, path=engine.url.database)) from trouble


def _kind(words: str) -> str | None:
    for sign, key in SIGNS:
        if sign in words:
            return key
    return None


SIGNS = (
    ("database or disk is full", "disk-full"),
    ("No space left", "disk-full"),
    ("readonly database", "read-only"),
    ("unable to open database", "cannot-open"),
    ("disk I/O error", "io-error"),
    ("database is locked", "locked"),
    ("could not connect", "no-server"),
    ("connection failed", "no-server"),
    ("Connection refused", "no-server"),
    ("server closed the connection", "no-server"),
    ("terminating connection", "no-server"),
    ("the connection is lost", "no-server"),
)
