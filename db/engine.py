"""Opens the office's database: one URL, SQLite or PostgreSQL; nothing above this file knows which.

SQLite: synchronous FULL and foreign keys on every connection (F25), transactions begun by us and not by the driver. Connecting writes
nothing: the journal mode is set by `db.schema`, once it knows that the database is ours (F38).
After any database error the connection is closed: SQLite may have rolled back by itself, and a statement after that would commit alone
(F22); a disk that failed once may lie the next time (F24).
"""

import re
from contextlib import suppress
from sqlite3 import Error
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import Connection, ExceptionContext, make_url
from sqlalchemy.exc import ArgumentError

from rules.trouble import SettingsTrouble
from rules.wording import wording

say = wording("db")
BUSY_MILLISECONDS = 5000
NOT_TEXT = re.compile("[\x00\ud800-\udfff]")
PRAGMAS = ("synchronous=FULL", "foreign_keys=ON", f"busy_timeout={BUSY_MILLISECONDS}", "cache_size=-4000")
DRIVERS = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg"}


def open_engine(url: str) -> Engine:
    """The engine of a SQLAlchemy URL; opening touches nothing yet. Raises SettingsTrouble for a URL that names no database of ours."""
    try:
        parsed = make_url(url)
    except ArgumentError as wrong:
        raise SettingsTrouble(say("bad-url")) from wrong
    kind = parsed.get_backend_name()
    if kind not in DRIVERS or parsed.database in (None, "", ":memory:"):
        raise SettingsTrouble(say("bad-url"))
    made = create_engine(parsed.set(drivername=DRIVERS[kind]), pool_pre_ping=kind != "sqlite")
    event.listen(made, "connect", _prepare_sqlite if made.dialect.name == "sqlite" else _prepare_postgresql)
    event.listen(made, "begin", _begin)
    event.listen(made, "handle_error", _drop)
    return made


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _prepare_postgresql(connection: Any, _record: Any) -> None:
    connection.autocommit = True
    connection.execute("SET synchronous_commit TO on")
    connection.autocommit = False


def _begin(connection: Connection) -> None:
    words = connection.get_execution_options().get("begin", "BEGIN")
    if connection.dialect.name == "sqlite" and words:
        connection.exec_driver_sql(words)


def _drop(context: ExceptionContext) -> None:
    """Roll back at once (a closed SQLite connection keeps its lock while a traceback holds one of its cursors), then close."""
    context.is_disconnect = True
    context.invalidate_pool_on_disconnect = False
    broken = context.connection.connection.dbapi_connection if context.connection is not None else None
    if context.dialect.name == "sqlite" and broken is not None:
        with suppress(Error):  # the disk that failed may fail again; the connection is closed in any case
            broken.rollback()


def clean(text: str) -> str:
    """Text as both databases take it: NUL and lone surrogates show as U+FFFD (F36); bytes are kept elsewhere, untouched."""
    return NOT_TEXT.sub("�", text)
