"""The mail servers of the bench in a process of their own, as real ones are: their work and memory are not counted as ours.

with PostOffice() as office:
    office.deliver(range(500))
    ... office.imap_port, office.smtp_port
"""

from collections.abc import Iterable
from datetime import datetime
from multiprocessing import get_context
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Self

from daemon.bench.post import letter
from daemon.demo.cast import COMPLAINT, accounts
from daemon.demo.servers import MailHost

PATIENCE = 20.0


class PostOffice:
    """An embedded mail host that takes letters for anybody, with numbered letters of the bench in the complaint mailbox."""

    imap_port: int
    smtp_port: int

    def __init__(self, morning: datetime) -> None:
        """`morning`: what the servers' clock says, always."""
        ours, theirs = get_context("spawn").Pipe()
        self._pipe = ours
        self._process = get_context("spawn").Process(target=_serve, args=(theirs, morning), daemon=True)

    def __enter__(self) -> Self:
        self._process.start()
        self.imap_port, self.smtp_port = self._pipe.recv()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pipe.send(None)
        self._process.join(PATIENCE)

    def deliver(self, numbers: Iterable[int]) -> list[int]:
        """Have the letters of these numbers in the complaint mailbox; their UIDs."""
        self._pipe.send(list(numbers))
        uids: list[int] = self._pipe.recv()
        return uids


def _serve(pipe: Connection, morning: datetime) -> None:  # pragma: no cover - runs in a process of its own
    with MailHost(accounts=accounts(), accept_any=True) as host:
        host.now = lambda: morning
        pipe.send((host.imap_port, host.smtp_port))
        while (numbers := pipe.recv()) is not None:
            pipe.send([host.deliver(COMPLAINT, letter(number), internaldate=morning) for number in numbers])
            host.sent_log.clear()
