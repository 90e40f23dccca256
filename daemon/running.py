"""`run`: the stages rung by `schedule`, one thread a mailbox, one thread that decides and sends; stops at a safe point on SIGTERM (F17, F86).

    schedule ── every poll interval ──▶ wake a mailbox's thread ──▶ poll ──▶ wake the desk ──▶ decide, send
             ── every 30 s ───────────▶ bells of the book that have rung since ──▶ tick, audit

LIMITS: no deadline lives in `schedule`; a bell missed while the process was down is rung once when it is back.
"""

import os
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from time import monotonic

import schedule

from daemon import alarms, continuity, post, timekeeping
from daemon.auditing import night
from daemon.heartbeat import beat
from daemon.logs import event
from daemon.new_book import SETTLED, BookWatch
from daemon.office import Clock, Office, Rules
from daemon.rounds import Rounds
from db.books import keep_book
from db.pen import DiskFailed, pen
from rules import learn
from rules.days import SHANGHAI, local_day
from rules.trouble import BookTrouble, Trouble
from rules.wording import wording

say = wording("daemon")

BELL_SECONDS = 30
OFTEN = 4.0
"""Seconds after which the desk looks by itself: a provider that wants gaps between letters gets one a look."""
PATIENCE = 7.0
"""Seconds the threads get to come to a safe point; a container is killed after ten."""
ANSWER = 5.0
"""Seconds of them for the answer to a letter under way."""


@dataclass
class Run:
    """One office's run; `stop` may be set from a signal."""

    rounds: Rounds
    clock: Clock
    every: float
    """Seconds between polls."""
    heartbeat: Path
    book: Path | None = None
    stop: threading.Event = field(default_factory=threading.Event)
    work: threading.Event = field(default_factory=threading.Event)
    rung: datetime | None = None
    vouched: bool = False
    """A person said what time it is (--now)."""
    pace: timekeeping.Pace = field(default_factory=timekeeping.Pace)
    settled: float = SETTLED
    """Seconds a changed book must stand still before it is taken."""
    watch: BookWatch | None = field(init=False, default=None)
    """What looks at the book's folder; None = the book as shipped, which never changes."""

    holds: Callable[[], bool] = field(init=False)
    """Whether the shift is still ours."""
    over: Trouble | None = None
    """What ended the run from within."""
    troubles: dict[str, str] = field(default_factory=dict)
    """Job -> what keeps it from being done, until it is done again: for the heartbeat."""

    def __post_init__(self) -> None:
        """Watch the book's folder, where there is one."""
        self.holds = self.rounds.holds
        if self.book is not None:
            self.watch = BookWatch(self.book, self.settled)

    @property
    def ending(self) -> bool:
        """Told to stop, or at an end by itself."""
        return self.over is not None or self.stop.is_set()

    @property
    def office(self) -> Office:
        """The office as it is now (a new book makes it anew)."""
        return self.rounds.office

    def until_stopped(self) -> None:
        """Run until `stop` is set, or until `over` says why not; returns when every thread came to its end, or after PATIENCE."""
        self.rounds.begin(self.clock(), vouched=self.vouched)
        self.rounds.holds = self._may_send
        bell = schedule.Scheduler()
        wakes = {name: threading.Event() for name in self.rounds.mailboxes}
        threads = [
            threading.Thread(target=self._mailbox, args=(name, wake), name=name, daemon=True)
            for name, wake in wakes.items()
        ]
        threads.append(threading.Thread(target=self._desk, name="desk", daemon=True))
        for wake in wakes.values():
            bell.every(self.every).seconds.do(wake.set)  # type: ignore[arg-type]  # it takes fractions too
            wake.set()
        bell.every(BELL_SECONDS).seconds.do(self._guarded, "bells", self._bells)
        for thread in threads:
            thread.start()
        self._bells()
        while not self.stop.wait(min(1.0, self.every)) and self.over is None:
            bell.run_pending()
            self._beat(threads)
            self._ours()
        for waiting in (*wakes.values(), self.work):
            waiting.set()
        self._come_to_an_end(threads)
        if not isinstance(self.over, post.ShiftLost):  # who took the shift over may be beating here
            self.heartbeat.unlink(missing_ok=True)

    def _come_to_an_end(self, threads: list[threading.Thread]) -> None:
        """A silent server is not waited for; a letter on its way to one gets five seconds for its answer (F17), then it is unknown.

        The desk's is the last of the threads. One that was interrupted may connect anew and wait again: it is interrupted to its end.
        """
        began, accounts = monotonic(), self.rounds.accounts.values()
        interrupts = [*(box.interrupt for box in self.rounds.mailboxes.values()), *(way.interrupt for way in accounts)]
        _wait_for(threads, began + ANSWER, interrupts)
        _wait_for(threads[-1:], began + PATIENCE, [*interrupts, *(way.break_off for way in accounts)])

    def _mailbox(self, name: str, wake: threading.Event) -> None:
        while not self.ending:
            wake.wait()
            wake.clear()
            if not self.ending:
                self._guarded(name, lambda: self.rounds.poll_one(name, self.clock()))
                self.work.set()

    def _desk(self) -> None:
        while not self.ending:
            self.work.wait(min(self.every, OFTEN))
            self.work.clear()
            if not self.ending:
                self._guarded("book", self._new_book)
                self._guarded("decide", lambda: self.rounds.decide(self.clock()))
                self._guarded("send", lambda: self.rounds.send(self.clock()))

    def _guarded(self, what: str, job: Callable[[], object]) -> None:
        """One job's trouble never stops the others: it is said once, and the job comes again with the next bell (STEADY).

        What no waiting mends ends the run: a disk that failed (F24), a shift that is lost (F33), a Sent that knows more than we (F32).
        """
        try:
            job()
        except (DiskFailed, post.ShiftLost, continuity.SentAhead) as end:
            if not (isinstance(end, post.ShiftLost) and self.stop.is_set()):
                self.over = self.over or end
        except Trouble as trouble:
            self._say(what, "job.later", str(trouble))
        except Exception as bug:
            self._say(what, "job.bug", f"{type(bug).__name__}: {bug}")
        else:
            self.troubles.pop(what, None)

    def _say(self, what: str, how: str, why: str) -> None:
        if self.troubles.get(what) != why:
            event(how, job=what, why=why)
        self.troubles[what] = why

    def _may_send(self) -> bool:
        """Asked before each letter leaves: not once we are told to stop, however many are due."""
        return not self.stop.is_set() and self.holds()

    def _ours(self) -> None:
        """Whether shift and database are still ours."""
        if not self.holds():
            self.over = post.ShiftLost(say("shift-lost"))
        elif self.rounds.head is not None:
            self._guarded("head", self.rounds.head.look_again)

    def _bells(self) -> None:
        """Ring what has come since the last look; at the start, whatever this day has brought already, once."""
        now = self.clock()
        if self.pace.jumped(now, timekeeping.steady()):
            self._guarded("clock", lambda: timekeeping.doubt(self.office, now, "apart"))
        since = self.rung or now.astimezone(SHANGHAI).replace(hour=0, minute=0, second=0, microsecond=0)
        self.rung = now
        names = {
            bell.name
            for bell in self.office.book.office.bells
            if self._between(bell.at, since, now) and self._today(bell.day.value, now)
        }
        if any(name.startswith(("tick", "handover")) for name in names):
            self._guarded("tick", lambda: self.rounds.tick(now))
            self.work.set()
        if "audit" in names:
            self._guarded("audit", lambda: night(self.office, now))

    def _between(self, at: str, since: datetime, now: datetime) -> bool:
        hour, _, minute = at.partition(":")
        day = now.astimezone(SHANGHAI)
        bell = day.replace(hour=int(hour), minute=int(minute), second=0, microsecond=0)
        return since < bell <= now or since < bell - timedelta(days=1) <= now

    def _today(self, day: str, now: datetime) -> bool:
        return day != "workday" or self.office.rules.calendar.is_workday(local_day(now))

    def _new_book(self) -> None:
        """A changed book comes into force between two letters, whole; a bad one is refused, the old one stays, staff are told once (F89)."""
        if self.watch is None:
            return
        try:
            rules = self.watch.look(self.office.book.hash)
        except BookTrouble as trouble:
            version = sha256(str(trouble).encode()).hexdigest()[:8]
            where = f"{self.watch.folder.name} {version}"
            alarms.tell_unless_asked(self.office, learn.Trouble("book", where, str(trouble)), self.clock())
        else:
            if rules is not None:
                self._take(rules)

    def _take(self, rules: Rules) -> None:
        old = self.office
        desktop = replace(old.desktop, speaker=rules.speaker)
        with pen(old.engine) as cx:
            keep_book(cx, rules.book.hash, rules.chapters, self.clock())
        self.rounds.office = Office(old.engine, rules, old.own, old.start, desktop)
        event("book.taken", hash=rules.book.hash[:16])
        self.rounds.recount(self.clock())

    def _beat(self, threads: list[threading.Thread]) -> None:
        """The heartbeat `health` reads: when, how often, which threads live."""
        alive = [thread.name for thread in threads if thread.is_alive()]
        beat(
            self.heartbeat,
            {
                "at": self.clock().isoformat(),
                "pid": os.getpid(),
                "every": self.every,
                "alive": alive,
                "troubles": dict(self.troubles),
            },
        )


def _wait_for(threads: Sequence[threading.Thread], until: float, interrupts: Sequence[Callable[[], None]]) -> None:
    """Until all of them have come to their end, or it is that late."""
    while (alive := [thread for thread in threads if thread.is_alive()]) and monotonic() < until:
        for interrupt in interrupts:
            interrupt()
        for thread in alive:
            thread.join(0.1)
