"""The pen (执笔): one short transaction that may write; and the look, one picture of one moment.

SQLite: flock on <db>.pen, then BEGIN IMMEDIATE (without the flock an order waits for seconds behind a deciding loop). PostgreSQL: the one
row of `office` is locked first, everything is read after it. After any database error the transaction is dropped, never reused (F22):
whoever swallows the error meets SQLAlchemy's PendingRollbackError at the next statement and at the commit. Where the database wants a
transaction done again, `redone` does the whole function again.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from functools import wraps
from typing import ParamSpec, TypeVar

from sqlalchemy import Connection, Engine, select, text
from sqlalchemy.exc import DBAPIError

from db.locks import PATIENCE, beside, locked
from db.shift import Shift, shift
from db.tables import office
from rules.trouble import StoreTrouble
from rules.wording import wording

__all__ = ["Again", "DiskFailed", "Shift", "look", "pen", "pen_before_tables", "redone", "shift", "spoken"]
say = wording("db")
MOST = 5
"""Times a transaction is done again (F31)."""
P = ParamSpec("P")
T = TypeVar("T")


class DiskFailed(StoreTrouble):
    """A disk that failed once may lie the next time: whoever meets this ends, and reads everything before it goes on (F24)."""


class Again(StoreTrouble):
    """The database dropped the transaction and wants it done again from its beginning: serialization failure 40001, deadlock 40P01."""


def redone(job: Callable[P, T]) -> Callable[P, T]:
    """A function that is one transaction under its own pen: done again whole, with fresh reads, at most five times (F31); then StoreTrouble.

    It may change nothing but the database before its commit.
    """

    @wraps(job)
    def whole(*args: P.args, **named: P.kwargs) -> T:
        for _ in range(MOST):
            try:
                return job(*args, **named)
            except Again:
                continue
        return job(*args, **named)

    return whole


@contextmanager
def pen(engine: Engine, *, patience: float = PATIENCE) -> Iterator[Connection]:
    """A transaction that may write; committed at the end, rolled back by any exception. Raises StoreTrouble where the store is unwilling."""
    with pen_before_tables(engine, patience=patience) as cx:
        if engine.dialect.name == "postgresql":
            cx.execute(select(office.c.one).with_for_update())
        yield cx


@contextmanager
def pen_before_tables(engine: Engine, *, patience: float = PATIENCE) -> Iterator[Connection]:
    """The pen where the office's row may not be there yet: for `db.schema` alone."""
    sqlite = engine.dialect.name == "sqlite"
    queue = locked(beside(engine, "pen"), patience) if sqlite else nullcontext()
    with queue, spoken(engine), engine.connect().execution_options(begin="BEGIN IMMEDIATE") as cx, cx.begin():
        if not sqlite:
            cx.execute(text(f"SET LOCAL lock_timeout = {int(patience * 1000)}"))
        yield cx


@contextmanager
def look(engine: Engine) -> Iterator[Connection]:
    """A transaction that only reads: one picture of one moment."""
    with spoken(engine), engine.connect() as cx, cx.begin():
        if engine.dialect.name == "postgresql":
            cx.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"))
        yield cx


@contextmanager
def spoken(engine: Engine) -> Iterator[None]:
    """The database's own troubles, in the clerk's words; bugs (constraints, SQL) stay loud."""
    try:
        yield
    except DBAPIError as trouble:
        key = _kind(trouble)
        if key is None:
            raise
        raise KINDS.get(key, StoreTrouble)(say(key, path=engine.url.database)) from trouble


def _kind(trouble: DBAPIError) -> str | None:
    state = getattr(trouble.orig, "sqlstate", None)
    if state:
        return next((key for sign, key in STATES if state.startswith(sign)), None)
    words = str(trouble.orig)
    return next((key for sign, key in SIGNS if sign in words), None)


KINDS = {"io-error": DiskFailed, "torn": DiskFailed, "again": Again}
SIGNS = (
    ("database or disk is full", "disk-full"),
    ("readonly database", "read-only"),
    ("unable to open database", "cannot-open"),
    ("disk I/O error", "io-error"),
    ("database is locked", "locked"),
    ("database disk image is malformed", "torn"),
    ("file is not a database", "torn"),
    ("connection failed", "no-server"),
    ("server closed the connection", "no-server"),
    ("the connection is closed", "no-server"),
    ("the connection is lost", "no-server"),
    ("consuming input failed", "no-server"),
)
"""SQLite's words, and psycopg's where the server said nothing."""
STATES = (
    ("53100", "disk-full"),
    ("53", "no-server"),
    ("58030", "io-error"),
    ("57P", "no-server"),
    ("08", "no-server"),
    ("28", "no-server"),
    ("3D000", "no-server"),
    ("25006", "read-only"),
    ("55P03", "locked"),
    ("40001", "again"),
    ("40P01", "again"),
    ("40", "locked"),
)
"""SQLSTATE of PostgreSQL: full, unwilling, lost, read-only, waited too long, to be done again from the beginning (F29, F31)."""
