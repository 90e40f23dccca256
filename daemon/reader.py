"""Reading outside the daemon: bytes go to a child process with limits, a value or `Died` comes back (A63-A69, F87, F95).

    with Reader() as reader:
        letter = reader.read(raw)                       # Letter, or Died("cpu")
        letters = reader.read_all([raw, raw, raw])      # as many answers, in order
        paper = reader.paper(data, "联系人.et")

A child that died is replaced at the next call; a letter that kills it costs only its own reading. The child gets no settings, no
password and no home. One Reader may be shared by threads; calls wait for each other. LIMITS: needs POSIX.
"""

import os
import pickle
import select
import shutil
import signal
import struct
import subprocess
import tempfile
import threading
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import Any, Self

from daemon.reading_child import CPU_SECONDS, FAILED, LAST, MEMORY, frame, our_value
from daemon.reading_folder import own_folder
from daemon.reading_process import first_of, let_go, started
from daemon.suite import Suite
from rules.letter import Letter
from rules.numbers import DEFAULT, Signs
from rules.papers.values import Clean, Paper, Withheld

WALL_SECONDS = 60.0
PIECE = 1 << 16
ROOT = Path(__file__).resolve().parent.parent  # where the child finds its code


@dataclass(frozen=True, slots=True)
class Died:
    """The reading ended without a value. `why`: cpu, memory, time, signal:<number>, error:<class>, gone."""

    why: str


class Reader:
    """One child process at a time, started when it is first needed."""

    def __init__(
        self,
        folder: Path | None = None,
        *,
        signs: Signs = DEFAULT,
        memory: int = MEMORY,
        cpu: int = CPU_SECONDS,
        wall: float = WALL_SECONDS,
    ) -> None:
        """`folder`: where temporary files may lie; its leftovers of processes that are no more are removed now (F95).
        `signs`: the office's, for letters."""
        self.folder = own_folder(folder or Path(tempfile.gettempdir()) / f"huiyin-reader-{os.getuid()}")
        self.suite = Suite(self.folder)
        self.signs = signs
        self.memory, self.cpu, self.wall = memory, cpu, wall
        self.root = ROOT
        self._child: subprocess.Popen[bytes] | None = None
        self._answers = -1
        self._held = bytearray()
        self._inside: Path | None = None
        self._lock = threading.Lock()
        self._begun = False
        self._early: list[Any] = []
        self._warm: subprocess.Popen[bytes] | None = None

    def read(self, raw: bytes) -> Letter | Died:
        """One letter read."""
        return self.read_all([raw])[0]

    def read_all(self, raws: Iterable[bytes]) -> list[Letter | Died]:
        """Several letters, in order; cheaper than one by one."""
        return self.call_all("letter", [(raw, self.signs) for raw in raws])

    def paper(self, data: bytes, name: str = "") -> Paper | Died:
        """One attachment read."""
        answer: Paper | Died = self.call_all("paper", [(data, name)])[0]
        return answer

    def clean(self, data: bytes, name: str, number: int = 1) -> Clean | Withheld | Died:
        """One attachment made anew; to redact it, read it here and give it to `rules.papers.clean_paper`."""
        answer: Clean | Withheld | Died = self.call_all("clean", [(data, name, number)])[0]
        return answer

    def call_all(self, name: str, items: Sequence[tuple[Any, ...]]) -> list[Any]:
        """Run the table's function `name` on each item; one answer or Died an item, in order."""
        answers: list[Any] = []
        with self._lock:
            self._settle()
            while len(answers) < len(items):
                answers += self._some(name, first_of(items[len(answers) :]))
        return answers

    def begin(self, name: str, item: tuple[Any, ...]) -> None:
        """Have the child work on one item while we do something else; `finish` gives its answer. One at a time."""
        with self._lock:
            self._settle()
            self._early = []
            child = self._child or self._start()
            with suppress(BrokenPipeError):  # `finish` says what the child died of
                self._request(child, name, [item])
            self._begun = True

    def finish(self) -> Any:
        """The answer to what was begun: a value, or Died."""
        with self._lock:
            self._settle()
            return self._early.pop()

    def warm(self, name: str, item: tuple[Any, ...]) -> None:
        """Have a child that answered this once; only a new one is asked."""
        child = self._child
        if child is None or child is not self._warm or child.poll() is not None:
            self.call_all(name, [item])
            self._warm = self._child

    def close(self) -> None:
        """Let the child go and remove its folder."""
        with self._lock:
            self._drop()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _value: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.close()

    def _some(self, name: str, items: Sequence[tuple[Any, ...]]) -> list[Any]:
        """Answers to the first items, at least one: the child may die or leave on the way."""
        child = self._child or self._start()
        try:
            self._request(child, name, items)
        except BrokenPipeError:
            died = Died(self._cause())
            self._drop()
            return [died]
        return self._answers_to(len(items))

    @staticmethod
    def _request(child: subprocess.Popen[bytes], name: str, items: Sequence[tuple[Any, ...]]) -> None:
        if child.stdin is not None:
            child.stdin.write(frame(pickle.dumps((name, items), pickle.HIGHEST_PROTOCOL)))
            child.stdin.flush()

    def _answers_to(self, count: int) -> list[Any]:
        """So many answers, or fewer where the child died or left on the way; at least one."""
        answers: list[Any] = []
        try:
            while len(answers) < count:
                sign, value = self._answer()
                answers.append(value)
                if sign == LAST or value == Died("memory"):
                    self._drop()
                    break
        except _Gone as gone:
            answers.append(Died(gone.why or self._cause()))
            self._drop()
        return answers

    def _settle(self) -> None:
        """Take the answer to what was begun, so that the pipe is free."""
        if self._begun:
            self._begun = False
            self._early = self._answers_to(1)

    def _answer(self) -> tuple[bytes, Any]:
        until = monotonic() + self.wall
        (size,) = struct.unpack(">I", self._take(4, until))
        body = self._take(size, until)
        try:
            value = our_value(body[1:])
        except pickle.UnpicklingError as strange:
            raise _Gone("strange") from strange
        return body[:1], Died(value) if body[:1] == FAILED else value

    def _take(self, size: int, until: float) -> bytes:
        """So many bytes of the child's answers. Raises _Gone when they end or take too long."""
        while len(self._held) < size:
            ready, _, _ = select.select([self._answers], [], [], max(until - monotonic(), 0))
            if not ready:
                raise _Gone("time")
            piece = os.read(self._answers, PIECE)
            if not piece:
                raise _Gone("")
            self._held += piece
        taken = bytes(self._held[:size])
        del self._held[:size]
        return taken

    def _start(self) -> subprocess.Popen[bytes]:
        if self._inside is None:
            self._inside = Path(tempfile.mkdtemp(prefix=f"{os.getpid()}-", dir=self.folder))
        self._answers, theirs = os.pipe()
        try:
            self._child = started(theirs, self._inside, self.root, self.memory, self.cpu)
        finally:
            os.close(theirs)
        return self._child

    def _cause(self) -> str:
        """What the child that ended by itself died of."""
        code = 0 if self._child is None else self._child.wait()
        if code == -signal.SIGXCPU:
            return "cpu"
        return f"signal:{-code}" if code < 0 else "gone"

    def _drop(self) -> None:
        """End the child with its whole group; remove what it may have left."""
        child, self._child = self._child, None
        self._begun = False
        self._held.clear()
        if child is not None:
            with suppress(ProcessLookupError):  # it is gone already: that is all that was wanted
                os.killpg(child.pid, signal.SIGKILL)
            child.wait()
            os.close(self._answers)
            let_go(child.stdin)
        inside, self._inside = self._inside, None
        if inside is not None:
            shutil.rmtree(inside, ignore_errors=True)


class _Gone(Exception):
    """No answer comes: `why` where it is known."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why
