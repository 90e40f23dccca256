"""Offices made once in a process and copied: half a second of tables and book is spent on the first story and not on every one.

The copy is what `found_office` leaves behind: on SQLite the file, byte for byte; on PostgreSQL (`ground`) a database of which
the office's is a copy. Making one anew has tests of its own (tests/db, `init`).
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import ground

from daemon.demo.servers import MailHost
from daemon.demo.stage import Stage, found_office, set_stage, take_stage
from daemon.reader import Reader

Seed = bytes | str
"""A SQLite file, or the name of a PostgreSQL database."""


def staged(folder: Path, began: datetime, host: MailHost, reader: Reader, *, url: str = "") -> Stage:
    """`set_stage` for a story: over a copy of an office of that day, or anew at the URL."""
    path = folder / "huiyin.db"
    if url and url != ground.url(path):
        return set_stage(folder, began, host, reader, url=url)
    return ground.settled(take_stage(folder, host, reader, url=founded(path, began)))


@contextmanager
def on_stage(folder: Path, at: datetime, host: MailHost, reader: Reader, *, url: str = "") -> Iterator[Stage]:
    """An office that began the day before, at that moment; the mail host's clock is the story's."""
    made = staged(folder, at - timedelta(days=1), host, reader, url=url)
    made.now = at
    host.now = lambda: made.now
    yield made
    made.close()
    made.rounds.office.engine.dispose()


def founded(path: Path, began: datetime) -> str:
    """An office with book and directory that began then, at the path; its URL."""
    return put(path, _founded(began, postgres=ground.on_postgres()))


@cache
def _founded(began: datetime, *, postgres: bool) -> Seed:
    return made(lambda url: found_office(url, began))


def made(make: Callable[[str], None], over: Seed | None = None) -> Seed:
    """The database that `make(url)` fills and closes, or goes on with over a copy of another one."""
    if ground.on_postgres():
        name = ground.create_seed(str(over or "template1"))
        make(ground.url_of(name))
        return name
    with TemporaryDirectory() as folder:
        path = Path(folder) / "office.db"
        make(put(path, over) if over else f"sqlite:///{path}")
        assert [left.name for left in path.parent.glob("office.db-*")] == []  # nothing of it lies beside the file
        return path.read_bytes()


def put(path: Path, seed: Seed) -> str:
    """A copy at the path, where nothing is yet, for its owner alone; its URL."""
    if isinstance(seed, str):
        return ground.create(ground.name_of(path), seed)
    path.touch(mode=0o600, exist_ok=False)
    path.write_bytes(seed)
    return f"sqlite:///{path}"


def copied(path: Path, to: Path) -> str:
    """A copy of the office at the path, in the place of what is there; its URL."""
    ground.close_databases()
    if ground.on_postgres():
        return ground.create(ground.name_of(to), ground.name_of(path))
    shutil.copy(path, to)
    return f"sqlite:///{to}"
