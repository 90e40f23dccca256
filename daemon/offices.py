"""Several offices: each settings file is served by a process of its own, so that one office's trouble never touches another.

    python -m daemon run --office /etc/huiyin/huanren.env /etc/huiyin/xinbin.env

A process that ends is started again, after a pause that grows while it ends at once. LIMITS: offices share nothing but this supervisor; where
it is killed outright (SIGKILL) its offices work on, and those of a new one stand by.
"""

import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import IO

from daemon.logs import event

FIRST, LONGEST = 1.0, 300.0
"""Seconds before an office is started again: at first, and at most."""
LIVED = 60.0
"""Who lived so long did not end at once."""
LOOK = 0.2
PATIENCE = 9.0
"""Seconds an office gets to come to a safe point; a container is killed after ten."""


def environment(file: str | Path) -> dict[str, str]:
    """What the office's process sees: its own file, nothing of another office."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("HUIYIN_")}
    return {**plain, "HUIYIN_ENV": str(file)}


@dataclass
class Served:
    """One office: its settings file, its process, and when it may be started again."""

    file: Path
    words: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    began: float = 0.0
    pause: float = FIRST
    again: float = 0.0

    @property
    def name(self) -> str:
        """How its lines of the log are marked."""
        return self.file.stem

    def look(self, now: float) -> None:
        """Start it where it is due; note where it ended."""
        if self.process is None:
            if now >= self.again:
                self._start(now)
            return
        code = self.process.poll()
        if code is None:
            return
        self.pause = FIRST if now - self.began > LIVED else min(LONGEST, self.pause * 2)
        self.again, self.process = now + self.pause, None
        event("office.ended", office=self.name, code=code, again=self.pause)

    def _start(self, now: float) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "daemon", "run", *self.words],
            env=environment(self.file.absolute()),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        self.began = now
        event("office.starts", office=self.name, pid=self.process.pid)
        if self.process.stdout is not None:
            threading.Thread(target=self._forward, args=(self.process.stdout,), name=self.name, daemon=True).start()

    def _forward(self, lines: IO[bytes]) -> None:
        """Its log, each line marked with its name; read to the end, so that it never waits for us."""
        for raw in lines:
            line = raw.decode("utf-8", "replace")
            marked = f'{{"office": "{self.name}", {line[1:]}' if line.startswith("{") else f"[{self.name}] {line}"
            try:
                sys.stderr.write(marked)
                sys.stderr.flush()
            except (OSError, ValueError):
                continue


@dataclass
class Offices:
    """All of them."""

    files: Sequence[Path]
    words: Sequence[str]
    served: list[Served] = field(default_factory=list)

    def serve(self, stop: threading.Event) -> None:
        """Until told to stop."""
        self.served = [Served(file, self.words) for file in self.files]
        while not stop.is_set():
            for office in self.served:
                office.look(monotonic())
            stop.wait(LOOK)
        self._end()

    def _end(self) -> None:
        living = [office.process for office in self.served if office.process is not None]
        for process in living:
            process.terminate()
        until = monotonic() + PATIENCE
        for process in living:
            try:
                process.wait(max(0.1, until - monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
