"""Opens the office's database: one URL, SQLite or PostgreSQL; nothing above this file knows which.

SQLite: WAL, synchronous FULL on every connection (F25), transactions begun by us and not by the driver.
"""

import re
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import Connection, make_url

BUSY_MILLISECONDS = 5000
NOT_TEXT = re.compile("[\x00\ud800-\udfff]")


def open_engine(url: str) -> Engine:
    """The engine of a SQLAlchemy URL. Opening touches nothing yet."""
    made = create_engine(make_url(url), future=True, pool_pre_ping=not url.startswith("sqlite"))
    if made.dialect.name == "sqlite":
        event.listen(made, "connect", _prepare)
        event.listen(made, "begin", _begin)
    return made


def _prepare(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"busy_timeout={BUSY_MILLISECONDS}",
        "cache_size=-16000",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    writing = connection.get_execution_options().get("pen", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def clean(text: str) -> str:
    """Text as both databases take it: NUL and lone surrogates show as U+FFFD (F36); bytes are kept elsewhere, untouched."""
    return NOT_TEXT.sub("�", text)
