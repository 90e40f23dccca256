"""Mailboxes, a submission server and a reader without a wire or a child: an office whose world is this process.

    box.deliver(raw, now)  ->  Rounds.poll, decide, tick, send  ->  take(address, raw)

For years of letters and for plays of a thousand moves, where a socket's time would be most of it. Everything of ours runs as it does with
real servers; only `daemon.mailboxes`, `daemon.smtp` and, where `InProcess` reads, the reading child stay out.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any, ClassVar, cast

from daemon.mailboxes.seen import Fetched, FolderSeen, Listed, Opened, Role
from daemon.office import Office, Rules
from daemon.reader import Reader
from daemon.reading_child import TABLE
from daemon.rounds import Rounds
from daemon.smtp import Account, Outcome
from daemon.suite import Suite

INBOX = FolderSeen("INBOX", Role.INBOX)
SENT = FolderSeen("Sent", Role.SENT)
Take = Callable[[str, bytes], Outcome]
"""What becomes of a letter (recipient, bytes) that we hand over."""


@dataclass
class Box:
    """A mailbox in memory. `validity` may be raised: then every letter is a new one to whoever polls."""

    inbox: list[tuple[datetime, bytes]] = field(default_factory=list)
    sent: list[tuple[datetime, bytes]] = field(default_factory=list)
    validity: int = 1
    with_sent: bool = True

    def deliver(self, raw: bytes, now: datetime) -> None:
        """A letter arrives."""
        self.inbox.append((now, raw))

    def folders(self) -> tuple[FolderSeen, ...]:
        """The inbox, and Sent where the account has one."""
        return (INBOX, SENT) if self.with_sent else (INBOX,)

    def _in(self, folder: str) -> list[tuple[datetime, bytes]]:
        return self.sent if folder == SENT.name else self.inbox

    def open(self, folder: str) -> Opened:
        """The folder as it is."""
        held = self._in(folder)
        return Opened(self.validity, len(held), _listed(held, len(held)) if held else None)

    def listing(self, folder: str, after_uid: int, upto: int | None = None) -> Iterator[Listed]:
        """Letters above the UID: the place in the folder, from 1."""
        held = self._in(folder)
        for uid in range(after_uid + 1, min(upto or len(held), len(held)) + 1):
            yield _listed(held, uid)

    def letters(self, folder: str, uids: Sequence[int]) -> Iterator[Fetched]:
        """Their bytes."""
        held = self._in(folder)
        for uid in uids:
            yield Fetched(uid, held[uid - 1][1])

    def quota(self) -> None:
        """Memory tells no quota."""

    def close(self) -> None:
        """There is nothing to log out of."""

    def interrupt(self) -> None:
        """Nobody waits here."""


def _listed(held: list[tuple[datetime, bytes]], uid: int) -> Listed:
    at, raw = held[uid - 1]
    return Listed(uid, at, len(raw))


@dataclass
class Counter:
    """Where letters are handed over: `take` says what becomes of each."""

    take: Take
    host: str = "indoors.example"

    def submit(self, to: str, raw: bytes) -> Outcome:
        """One letter for one recipient."""
        return self.take(to, raw)

    def close(self) -> None:
        """There is nothing to log out of."""


class InProcess:
    """The reader's table of functions, called here: for letters that we made ourselves, and without a second reader."""

    _warm: ClassVar[bool] = False

    def __init__(self) -> None:
        self._answer: Any = None
        self.suite = Suite(Path(), program="")

    def warm(self, name: str, item: tuple[Any, ...]) -> None:
        """A process is asked once, whoever reads in it."""
        if not InProcess._warm:
            InProcess._warm = bool(self.call_all(name, [item]))

    def call_all(self, name: str, items: Sequence[tuple[Any, ...]]) -> list[Any]:
        """One answer an item."""
        module, _, function = TABLE[name].partition(":")
        return [getattr(import_module(module), function)(*item) for item in items]

    def begin(self, name: str, item: tuple[Any, ...]) -> None:
        """Read one."""
        (self._answer,) = self.call_all(name, [item])

    def finish(self) -> Any:
        """What came of it."""
        return self._answer

    def close(self) -> None:
        """Nothing was started."""


def without_reports(rules: Rules) -> Rules:
    """The same book, but nobody is told weekly and monthly reports: drawing their pictures takes longer than a day of letters."""
    record = rules.book.record and replace(rules.book.record, reports=())
    return replace(rules, book=replace(rules.book, record=record))


def indoor_rounds(
    office: Office, boxes: dict[str, Box], take: Take, reader: Reader | InProcess | None = None
) -> Rounds:
    """A shift over the office: the boxes by mailbox (complaint, contact), and one counter for both."""
    accounts = {name: cast("Account", Counter(take)) for name in boxes}
    return Rounds(office, dict(boxes), accounts, cast("Reader", reader or InProcess()))
