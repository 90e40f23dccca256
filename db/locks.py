"""Locks beside a SQLite file: the kernel keeps them, and lets go of them when a process dies."""

import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine

from rules.trouble import StoreTrouble
from rules.wording import wording

say = wording("db")
PATIENCE = 60.0
"""Seconds a writer waits for another writer before he gives up and comes again later (F27)."""


def beside(engine: Engine, what: str) -> Path:
    """The lock file of that name: <database>.pen, <database>.shift."""
    return Path(f"{engine.url.database}.{what}")


@contextmanager
def locked(path: Path, patience: float) -> Iterator[None]:
    """Wait in the kernel's queue rather than in SQLite's busy loop. Raises StoreTrouble after `patience` seconds."""
    handle = opened(path)
    if not grab(handle) and not _queued(handle, patience):
        raise StoreTrouble(say("locked", path=path))
    try:
        yield
    finally:
        os.close(handle)


def opened(path: Path) -> int:
    """The lock file, made if need be, for the owner alone. Raises StoreTrouble."""
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as trouble:
        raise StoreTrouble(say("no-lock", path=path, why=trouble.strerror)) from trouble


def grab(handle: int) -> bool:
    """Take the lock if it is free."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _queued(handle: int, patience: float) -> bool:
    """Stand in the queue: flock itself knows no time-out, so a thread waits, and lets go of what it gets too late."""
    state = threading.Lock()
    got, left = threading.Event(), threading.Event()

    def wait() -> None:
        fcntl.flock(handle, fcntl.LOCK_EX)
        with state:
            if left.is_set():
                os.close(handle)
            got.set()

    threading.Thread(target=wait, name="pen", daemon=True).start()
    got.wait(patience)
    with state:
        if not got.is_set():
            left.set()
        return got.is_set()
