"""The database's own troubles, in the clerk's words: what it is, where the database is, and what to do."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError, OperationalError

from rules.trouble import StoreTrouble
from rules.wording import wording

say = wording("db")


class DiskFailed(StoreTrouble):
    """A disk that failed once may lie the next time: whoever meets this ends, and reads everything before it goes on (F24)."""


class Again(StoreTrouble):
    """The database dropped the transaction and wants it done again from its beginning: serialization failure 40001, deadlock 40P01."""


@contextmanager
def spoken(engine: Engine) -> Iterator[None]:
    """The database's own troubles, in the clerk's words; bugs (constraints, SQL) stay loud."""
    try:
        yield
    except DBAPIError as trouble:
        key = _kind(trouble, engine)
        if key is None:
            raise
        words = {"path": place(engine), "user": engine.url.username or ""}
        raise KINDS.get(key, StoreTrouble)(say(key, **words)) from trouble


def place(engine: Engine) -> str:
    """Where the database is: the file, or host:port/database of a server; never the password."""
    url = engine.url
    if engine.dialect.name == "sqlite":
        return url.database or ""
    host, port = (url.host or _asked(engine, "host") or say("this-machine"), url.port or _asked(engine, "port") or 5432)
    return f"{f'[{host}]' if ':' in host else host}:{port}/{url.database}"


def _asked(engine: Engine, name: str) -> str:
    """What the URL says behind its question mark, where a socket's folder may stand."""
    said = engine.url.query.get(name, "")
    return said if isinstance(said, str) else ",".join(said)


def _kind(trouble: DBAPIError, engine: Engine) -> str | None:
    state = getattr(trouble.orig, "sqlstate", None)
    if state:
        return next((key for sign, key in STATES if state.startswith(sign)), None)
    words = str(trouble.orig)
    lost = engine.dialect.name == "postgresql" and isinstance(trouble, OperationalError) and trouble.statement is None
    return next((key for sign, key in SIGNS if sign in words), "no-server" if lost else None)


KINDS = {"io-error": DiskFailed, "torn": DiskFailed, "again": Again}
SIGNS = (
    ("database or disk is full", "disk-full"),
    ("readonly database", "read-only"),
    ("unable to open database", "cannot-open"),
    ("disk I/O error", "io-error"),
    ("database is locked", "locked"),
    ("database disk image is malformed", "torn"),
    ("file is not a database", "torn"),
    ("password authentication failed", "no-login"),
    ("no password supplied", "no-login"),
    ("no pg_hba.conf entry", "no-login"),
    ('FATAL:  role "', "no-login"),
    ('FATAL:  database "', "no-database"),
    ("connection failed", "no-server"),
    ("server closed the connection", "no-server"),
    ("the connection is closed", "no-server"),
    ("the connection is lost", "no-server"),
    ("consuming input failed", "no-server"),
)
"""SQLite's words, and psycopg's where no state came with them: it gives none while it connects. The first that fits counts."""
STATES = (
    ("53100", "disk-full"),
    ("53", "no-server"),
    ("58030", "io-error"),
    ("57P", "no-server"),
    ("08", "no-server"),
    ("28", "no-login"),
    ("3D000", "no-database"),
    ("25006", "read-only"),
    ("55P03", "locked"),
    ("40001", "again"),
    ("40P01", "again"),
    ("40", "locked"),
)
"""SQLSTATE of PostgreSQL: full, unwilling, lost, read-only, waited too long, to be done again from the beginning (F29, F31)."""
