"""The tries that the world took from letters and that could not be given back (F20): kept beside the database until they are.

A command that leaves while disk or server is unwilling cannot write into the database, and what it knows would go with it: after three such
ends an innocent letter would be held for crashing. So it leaves the letters' rows in `<database>.owed`, and who decides next gives back.
A process that was killed leaves nothing there, and its try counts (F15). The file's room is made before a try is taken, so that a full disk
has it too, and the file is emptied before anything is given back: what it says counts once.

LIMITS: as the head, it lies on this machine. Where it cannot be written (a file system that writes every change anew and is full), the try
counts as if the process had died.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from daemon.logs import event

ROOM = 4096
"""Bytes, one block: written over in place, whatever room there is elsewhere."""


@dataclass
class Owed:
    """What one shift owes to letters (rows); `path` None = an office on trial, of which nothing stays."""

    path: Path | None = None
    letters: set[int] = field(default_factory=set)
    _looked: bool = False

    @contextmanager
    def in_hand(self) -> Iterator[set[int]]:
        """The letters to give a try back to, for one round of deciding; what is owed at its end, however it ends, is left for the next."""
        if self.path is not None and (self.letters or not self._looked):
            self.letters |= self._taken(self.path)
            self._looked = True
        try:
            yield self.letters
        finally:
            if self.path is not None and self.letters:
                _written(self.path, " ".join(map(str, sorted(self.letters))))

    def _taken(self, path: Path) -> set[int]:
        try:
            said = path.read_bytes() if path.exists() else b""
        except OSError as trouble:
            event("owed.lost", why=trouble.strerror or "")
            return set()
        rows = {int(word) for word in said.split() if word.isdigit()}
        return rows if _written(path, "") else set()


def _written(path: Path, rows: str) -> bool:
    """Whether the file says this now and no more, in the room that it has."""
    words = rows.encode()[:ROOM].ljust(ROOM)
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            return os.pwrite(handle, words, 0) == ROOM
        finally:
            os.close(handle)
    except OSError as trouble:
        event("owed.lost", why=trouble.strerror or "")
        return False
