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

from db.locks import PATIENCE, beside, locked
from db.shift import Shift, shift
from db.tables import office
from db.unwilling import Again, DiskFailed, spoken

__all__ = ["Again", "DiskFailed", "Shift", "look", "pen", "pen_before_tables", "redone", "shift", "spoken"]
MOST = 5
"""Times a transaction is done again (F31)."""
P = ParamSpec("P")
T = TypeVar("T")


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
