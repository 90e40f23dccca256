"""Offices made once in a process and copied: half a second of tables and book is spent on the first story and not on every one.

The copy is the file that `found_office` and `schema.init` leave behind, byte for byte. Making one anew has tests of its own (tests/db, `init`).
"""

from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from daemon.demo.servers import MailHost
from daemon.demo.stage import Stage, found_office, set_stage, take_stage
from daemon.reader import Reader
from db import schema
from db.engine import open_engine


def staged(folder: Path, began: datetime, host: MailHost, reader: Reader, *, url: str = "") -> Stage:
    """`set_stage` for a story: on SQLite over a copy of an office of that day."""
    path = folder / "huiyin.db"
    if url and url != f"sqlite:///{path}":
        return set_stage(folder, began, host, reader, url=url)
    founded(path, began)
    return take_stage(folder, host, reader)


def founded(path: Path, began: datetime) -> str:
    """An office with book and directory that began then, at the path; its URL."""
    return put(path, _founded(began))


def begun(path: Path, office_id: str, began: datetime) -> str:
    """An office of which there are tables alone, at the path; its URL."""
    return put(path, _begun(office_id, began))


@cache
def _founded(began: datetime) -> bytes:
    return made(lambda url: found_office(url, began))


@cache
def _begun(office_id: str, began: datetime) -> bytes:
    def make(url: str) -> None:
        engine = open_engine(url)
        schema.init(engine, office_id, began)
        engine.dispose()

    return made(make)


def made(make: Callable[[str], None]) -> bytes:
    """The file of the database that `make(url)` fills and closes."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "office.db"
        make(f"sqlite:///{path}")
        assert [left.name for left in path.parent.glob("office.db-*")] == []  # nothing of it lies beside the file
        return path.read_bytes()


def put(path: Path, data: bytes) -> str:
    """A copy at the path, for its owner alone; its URL."""
    path.touch(mode=0o600, exist_ok=False)
    path.write_bytes(data)
    return f"sqlite:///{path}"
