"""The process that reads for the daemon and may die of it: one function of a closed table on some bytes, answered with a value of ours.

Started by `daemon.reader` as `python -m daemon.reading_child` without the daemon's settings, with a folder of its own. Frames on its two
pipes are a length of four bytes and a pickle; asked: (function, list of argument tuples); answered, once an item: one sign and a pickle.
No socket but a local one can be made here, where the kernel can see to it.
LIMITS: memory is bounded by address space (RLIMIT_AS), so a library that maps much and uses little may hit the limit early. There is no
sandbox against code that runs here; nothing from outside is ever run.
"""

import io
import os
import pickle
import resource
import signal
import struct
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import is_dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO

from daemon.no_network import cut_off

TABLE = {
    "letter": "rules.reading:read",
    "study": "rules.study:study",
    "paper": "rules.papers:open_paper",
    "clean": "rules.papers:clean",
}
"""What may be asked for: name -> module and function."""
REDACTED = ("rules.shield.values", "passed_on")
"""What makes a draft for a unit out of its words."""
LEAN = {"PYPINYIN_NO_PHRASES": "1", "PYPINYIN_NO_DICT_COPY": "1"}
"""pypinyin reads 40 MB of phrases unless told not to; names need the readings of single signs alone."""
CPU_SECONDS = 10
MEMORY = 512 << 20
"""Above what the process uses once its code is loaded."""
GROWN = 160 << 20
"""Address space that was not given back after an answer: the process leaves and a fresh one takes over."""
EVERY = 32
"""Answers between two looks at that: a look costs as much as a small letter."""
FILES = 64
FILE_SIZE = 256 << 20

VALUE, LAST, FAILED = b"v", b"l", b"f"
"""Signs of an answer: a value; a value, and this process leaves; no value, the pickle is a word that says why."""


def address_space() -> int:
    """The bytes of address space this process has; 0 where the system does not tell."""
    status = Path("/proc/self/statm")
    return int(status.read_text("ascii").split()[0]) * resource.getpagesize() if status.exists() else 0


class _Values(pickle.Unpickler):
    """Unpickles values of ours only: frozen dataclasses under `rules`."""

    def find_class(self, module: str, name: str) -> Any:
        """The dataclass of this name, or the shield's words; anything else is refused."""
        found = getattr(import_module(module), name, None) if module.startswith("rules.") else None
        if (isinstance(found, type) and is_dataclass(found)) or (module, name) == REDACTED:
            return found
        raise pickle.UnpicklingError(f"{module}.{name}")


def our_value(body: bytes) -> Any:
    """The value in an answer. Raises UnpicklingError where the child, gone wrong, sent anything that is not ours."""
    return _Values(io.BytesIO(body)).load()


class Desk:
    """The functions loaded so far and the limits around them."""

    def __init__(self, memory: int = MEMORY, seconds: int = CPU_SECONDS) -> None:
        self.memory = memory
        self.seconds = seconds
        self.loaded: dict[str, Callable[..., object]] = {}
        self.base = 0
        self.answered = 0

    def function(self, name: str) -> Callable[..., object]:
        """The function of this name; loading it moves the memory limit, for code is no letter's fault."""
        if name not in self.loaded:
            module, _, function = TABLE[name].partition(":")
            _limit(resource.RLIMIT_AS, resource.RLIM_INFINITY)
            self.loaded[name] = getattr(import_module(module), function)
            self.base = address_space()
            if self.base:
                _limit(resource.RLIMIT_AS, self.base + self.memory)
        return self.loaded[name]

    def answer(self, name: str, arguments: tuple[Any, ...]) -> tuple[bytes, bytes]:
        """Run one call within the limits: its sign and its pickle. An exception becomes its class's name: never its text (QUIET)."""
        function = self.function(name)
        used = resource.getrusage(resource.RUSAGE_SELF)
        _limit(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime) + self.seconds)
        try:
            body = pickle.dumps(function(*arguments), pickle.HIGHEST_PROTOCOL)
        except MemoryError:
            return FAILED, pickle.dumps("memory")
        except Exception as fault:  # a bug of the reader must not stop the letters behind this one
            return FAILED, pickle.dumps(f"error:{type(fault).__name__}")
        self.answered += 1
        return (LAST if self.answered % EVERY == 0 and self._has_grown() else VALUE), body

    def _has_grown(self) -> bool:
        """Too much memory was not given back."""
        return bool(self.base) and address_space() > self.base + min(GROWN, self.memory // 2)


def _limit(kind: int, value: int) -> None:
    """Lower or raise the soft limit; the hard one stays."""
    hard = resource.getrlimit(kind)[1]
    resource.setrlimit(
        kind, (value if hard == resource.RLIM_INFINITY else min(value, hard) if value >= 0 else hard, hard)
    )


def take(stream: BinaryIO) -> bytes | None:
    """The next frame's body; None at the end of the stream."""
    head = stream.read(4)
    if len(head) < 4:
        return None
    (size,) = struct.unpack(">I", head)
    body = stream.read(size)
    return body if len(body) == size else None


def frame(body: bytes) -> bytes:
    """A frame around the body."""
    return struct.pack(">I", len(body)) + body


def serve(asked: BinaryIO, answers: BinaryIO, desk: Desk) -> None:
    """Answer until the other side closes, or until too much memory is held."""
    while (request := take(asked)) is not None:
        name, items = pickle.loads(request)  # noqa: S301 - from our own daemon, over our own pipe
        for arguments in items:
            sign, body = desk.answer(name, arguments)
            answers.write(frame(sign + body))
            answers.flush()
            if sign != VALUE and (sign == LAST or pickle.loads(body) == "memory"):  # noqa: S301 - made three lines above
                return


def main() -> None:  # pragma: no cover - runs in the child, where no coverage is taken
    """Serve on the two pipes; whatever a library prints goes nowhere."""
    pipe, memory, seconds = (int(word) for word in sys.argv[1:4])
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ.update(LEAN)
    with suppress(OSError):  # a kernel without the filter: what is read here asks for no network anyway
        cut_off()
    for kind, value in ((resource.RLIMIT_CORE, 0), (resource.RLIMIT_NOFILE, FILES), (resource.RLIMIT_FSIZE, FILE_SIZE)):
        _limit(kind, value)
    with os.fdopen(pipe, "wb") as answers:
        serve(sys.stdin.buffer, answers, Desk(memory, seconds))


if __name__ == "__main__":  # pragma: no cover - as above
    main()
