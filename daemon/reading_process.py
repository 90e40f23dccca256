"""Starting the process that reads for the daemon, and talking to its pipes."""

import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

BATCH = 8 << 20
"""Bytes sent to the child in one go."""


def started(answers: int, inside: Path, root: Path, memory: int, cpu: int) -> subprocess.Popen[bytes]:
    """A child that answers on this pipe, in a folder and a process group of its own, without settings, passwords or a home."""
    return subprocess.Popen(
        [sys.executable, "-m", "daemon.reading_child", str(answers), str(memory), str(cpu)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        pass_fds=(answers,),
        start_new_session=True,
        cwd=inside,
        env={
            "PYTHONPATH": str(root),
            "TMPDIR": str(inside),
            "PYTHONUTF8": "1",
            "PYTHONDONTWRITEBYTECODE": "1",
        },
    )


def let_go(stream: IO[bytes] | None) -> None:
    """Close a pipe whose other end may be gone with bytes still under way."""
    with suppress(BrokenPipeError):  # the rest of the request was for a process that is no more
        if stream is not None:
            stream.close()


def first_of(items: Sequence[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """The first items that go in one request: at least one."""
    taken: list[tuple[Any, ...]] = []
    size = 0
    for item in items:
        size += sum(len(part) for part in item if isinstance(part, bytes))
        if taken and size > BATCH:
            break
        taken.append(item)
    return taken
