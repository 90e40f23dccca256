"""Makes `tests/` importable for what several stories share, lets their databases lie in memory, and closes them behind each test.

A story commits a thousand times and each commit waits for the disk. What is killed here is a process and never the machine, so
nothing that a test holds is weaker where the disk is memory: what was written is there for the next process all the same.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, event

from daemon.reader import Reader

MEMORY = Path("/dev/shm")
ROOM = 1 << 30
"""A container may have 64 MB there."""
OPENED: set[Engine] = set()
"""Held until the test ends: what a command opened would else be gone before it is closed."""

if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


@event.listens_for(Engine, "engine_connect")
def _opened(connection: Connection) -> None:
    OPENED.add(connection.engine)


@pytest.fixture(scope="session")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """One reading child for all stories: starting it is what takes time."""
    with Reader(tmp_path_factory.mktemp("reader")) as shared:
        yield shared


@pytest.fixture
def no_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Weeks that pass bring reports with them; drawing is a process a report, and has its own tests and the demo's story."""
    monkeypatch.setattr("daemon.record.reporting.pictures", lambda _charts: "本机没有中文字体，图没有画。")


@pytest.fixture(autouse=True)
def databases_are_closed() -> Iterator[None]:
    """From Python 3.13 on every connection that nobody closed is told of. A process of ours closes its own by ending; a test goes on."""
    yield
    for engine in tuple(OPENED):
        engine.dispose()
    OPENED.clear()
