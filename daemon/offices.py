"""Several offices: each settings file is served by a process of its own, so that one office's trouble never touches another.

    python -m daemon run --office /etc/huiyin/huanren.env /etc/huiyin/xinbin.env

A process that ends is started again, after a pause that grows while it ends at once. Two offices on one mailbox would answer every
complainant twice, and each would find letters in Sent that it never wrote (F32): the one named first is served, the other is not started
while that is so. LIMITS: offices share nothing but this supervisor; where it is killed outright (SIGKILL) its offices work on, and those of a
new one stand by.
"""

import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import IO

from daemon.logs import event
from daemon.settings import Settings, read_settings
from rules.trouble import SettingsTrouble
from rules.wording import wording

say = wording("daemon")
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


def shared(file: str | Path, before: Sequence[str | Path]) -> str:
    """A sentence where the office reads a mailbox of one that is named before it and keeps another database; '' where it is apart.

    Settings that cannot be read say so themselves: in the office's own process, and in `health`.
    """
    own = _settings(file)
    for name in before:
        other = _settings(name)
        if own is None or other is None or own.database_url == other.database_url:
            continue
        if both := _mailboxes(own) & _mailboxes(other):
            return say("office-shared", file=file, other=name, mailboxes="、".join(sorted(user for *_, user in both)))
    return ""


def _settings(file: str | Path) -> Settings | None:
    try:
        return read_settings(environment(file))
    except SettingsTrouble:
        return None


def _mailboxes(given: Settings) -> set[tuple[str, int, str]]:
    return {(place.host.lower(), place.port, place.user.lower()) for place in given.imap.values()}


@dataclass
class Served:
    """One office: its settings file, its process, and when it may be started again."""

    file: Path
    words: Sequence[str]
    before: Sequence[Path] = ()
    """The offices named before it: none of them has its mailboxes."""
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
                self._start_apart(now)
            return
        code = self.process.poll()
        if code is None:
            return
        self.process = None
        self._wait(now, FIRST if now - self.began > LIVED else self.pause * 2)
        event("office.ended", office=self.name, code=code, again=self.pause)

    def _wait(self, now: float, pause: float) -> None:
        self.pause = min(LONGEST, pause)
        self.again = now + self.pause

    def _start_apart(self, now: float) -> None:
        why = shared(self.file, self.before)
        if not why:
            self._start(now)
            return
        self._wait(now, self.pause * 2)
        event("office.refused", office=self.name, why=why, again=self.pause)

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
            with suppress(OSError, ValueError):
                sys.stderr.write(marked)
                sys.stderr.flush()


@dataclass
class Offices:
    """All of them."""

    files: Sequence[Path]
    words: Sequence[str]
    served: list[Served] = field(default_factory=list)

    def serve(self, stop: threading.Event) -> None:
        """Until told to stop."""
        self.served = [Served(file, self.words, self.files[:place]) for place, file in enumerate(self.files)]
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
