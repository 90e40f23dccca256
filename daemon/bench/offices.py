"""Several offices at once, each a process with a database of its own on one server: letters a second in all, memory, time of a takeover.

    found = many("postgresql://…/postgres", 16, 20)      # '' = a SQLite file each
    found.per_second, found.memory_mb, found.takeover_seconds

All are ready, with their letters in the mailbox, before the clock starts; it stops when the last letter of the slowest has left. Then the
process that has the first office's shift is killed three times, while others stand by for it. LIMITS: the database server's memory is not
counted, and pages that processes share are counted for each.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from queue import Empty, Queue
from secrets import token_hex
from tempfile import TemporaryDirectory
from threading import Thread
from time import perf_counter
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Engine, text

from daemon.bench.post_office import PostOffice
from daemon.bench.whole import MORNING
from daemon.demo.stage import found_office
from db.engine import open_engine
from db.pen import spoken
from rules.trouble import WorldTrouble
from rules.wording import wording

say = wording("daemon")
TOP = Path(__file__).parents[2]
TAKEOVERS = 3
PATIENCE = 600.0
"""Seconds without a word of any process after which nobody waits any more."""


@dataclass(frozen=True, slots=True)
class Measured:
    """So many offices at once, so many letters each: letters a second in all (the whole way), letters that left, MB of all processes, seconds
    of the slowest takeover."""

    offices: int
    letters: int
    sent: int
    per_second: float
    memory_mb: float
    takeover_seconds: float


def many(url: str, offices: int, letters: int) -> Measured:
    """Measure so many offices on one server; '' = on SQLite. Raises StoreTrouble, and WorldTrouble where a process ends or says nothing."""
    with (
        databases(url, offices) as urls,
        PostOffice(MORNING, offices) as post,
        TemporaryDirectory(prefix="huiyin-bench-") as folder,
        Crew(folder) as crew,
    ):
        for place, ports in zip(urls, post.ports, strict=True):
            crew.start(place, ports, letters)
        crew.hear("ready", offices)
        post.deliver(range(letters))
        began = perf_counter()
        crew.go()
        told = crew.hear("done", offices)
        seconds = perf_counter() - began
        slowest = max(takeovers(crew, urls[0], post.ports[0]))
    return Measured(
        offices,
        letters,
        sent=sum(done["sent"] for done in told),
        per_second=offices * letters / seconds,
        memory_mb=sum(done["mb"] for done in told),
        takeover_seconds=slowest,
    )


def takeovers(crew: "Crew", url: str, ports: tuple[int, int]) -> Iterator[float]:
    """Seconds from the kill of the process that has the first office's shift until another serves, three times."""
    serving = 0
    for _ in range(TAKEOVERS):
        crew.start(url, ports, 0)
    crew.hear("standing by", TAKEOVERS)
    for _ in range(TAKEOVERS):
        began = perf_counter()
        crew.kill(serving)
        serving = crew.hear("serving", 1)[0]["number"]
        yield perf_counter() - began


@contextmanager
def databases(url: str, count: int) -> Iterator[list[str]]:
    """So many offices' databases, each founded: on the server, or files; gone at the end. Raises StoreTrouble."""
    with TemporaryDirectory(prefix="huiyin-bench-") as folder, ExitStack() as held:
        urls = [f"sqlite:///{folder}/{number}.db" for number in range(count)]
        if url:
            engine = open_engine(url)
            held.callback(engine.dispose)
            urls = [held.enter_context(_on_server(engine)) for _ in range(count)]
        for each in urls:
            found_office(each, MORNING - timedelta(days=1))
        yield urls


@contextmanager
def _on_server(engine: Engine) -> Iterator[str]:
    name = f"huiyin_bench_{token_hex(6)}"
    _alone(engine, f"CREATE DATABASE {name}")
    try:
        yield engine.url.set(database=name).render_as_string(hide_password=False)
    finally:
        _alone(engine, f"DROP DATABASE {name} WITH (FORCE)")


def _alone(engine: Engine, statement: str) -> None:
    with spoken(engine), engine.connect().execution_options(isolation_level="AUTOCOMMIT") as cx:
        cx.execute(text(statement))


@dataclass
class Crew:
    """The processes, by number, and what they say; each is ended at the end. What a killed one leaves lies in the folder."""

    folder: str
    processes: list[subprocess.Popen[str]] = field(default_factory=list)
    said: "Queue[dict[str, Any]]" = field(default_factory=Queue)
    killed: set[int] = field(default_factory=set)

    def start(self, url: str, ports: tuple[int, int], letters: int) -> None:
        """One more, as `daemon.bench.one_office` says."""
        number = len(self.processes)
        command = [sys.executable, "-m", "daemon.bench.one_office", url, *map(str, ports), str(letters)]
        started = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=TOP,
            env={**os.environ, "TMPDIR": self.folder},
            text=True,
        )
        self.processes.append(started)
        Thread(target=self._listen, args=(number, started), daemon=True).start()

    def _listen(self, number: int, process: subprocess.Popen[str]) -> None:
        for line in process.stdout or ():
            self.said.put({"number": number, **json.loads(line)})
        self.said.put({"number": number, "what": "ended"})

    def hear(self, what: str, count: int) -> list[dict[str, Any]]:
        """So many of these words, whoever says them. Raises WorldTrouble."""
        heard: list[dict[str, Any]] = []
        while len(heard) < count:
            try:
                told = self.said.get(timeout=PATIENCE)
            except Empty:
                raise WorldTrouble(say("bench-silent", seconds=int(PATIENCE))) from None
            if told["what"] == "ended" and told["number"] not in self.killed:
                raise WorldTrouble(say("bench-ended"))
            heard += [told] if told["what"] == what else []
        return heard

    def go(self) -> None:
        """All that wait begin."""
        for process in self.processes:
            if process.stdin is not None:
                print(file=process.stdin, flush=True)

    def kill(self, number: int) -> None:
        """SIGKILL, as a machine that dies."""
        self.killed.add(number)
        self.processes[number].kill()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        for process in self.processes:
            process.kill()
        for process in self.processes:
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    pipe.close()
