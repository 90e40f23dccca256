"""The mail servers of the bench in a process of their own, as real ones are: their work and memory are not counted as ours.

with PostOffice(MORNING) as office:
    office.deliver(range(500))
    ... office.imap_port, office.smtp_port      # several hosts: office.ports
"""

from collections.abc import Iterable
from contextlib import ExitStack
from datetime import datetime
from multiprocessing import get_context
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Self

from daemon.bench.post import letter
from daemon.demo.cast import COMPLAINT, accounts
from daemon.demo.servers import MailHost, OnLoopback

PATIENCE = 20.0


class PostOffice(OnLoopback):
    """Embedded mail hosts that take letters for anybody, with numbered letters of the bench in their complaint mailboxes."""

    ports: list[tuple[int, int]]
    """IMAP and SMTP of each host; `imap_port` and `smtp_port` are the first's."""

    @property
    def imap_port(self) -> int:
        """Port of the first host's IMAP server."""
        return self.ports[0][0]

    @property
    def smtp_port(self) -> int:
        """Port of the first host's SMTP server."""
        return self.ports[0][1]

    def __init__(self, morning: datetime, hosts: int = 1) -> None:
        """`morning`: what the servers' clock says, always."""
        ours, theirs = get_context("spawn").Pipe()
        self._pipe = ours
        self._process = get_context("spawn").Process(target=_serve, args=(theirs, morning, hosts), daemon=True)

    def __enter__(self) -> Self:
        self._process.start()
        self.ports = self._pipe.recv()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pipe.send(None)
        self._process.join(PATIENCE)

    def deliver(self, numbers: Iterable[int]) -> list[int]:
        """Have the letters of these numbers in every host's complaint mailbox; their UIDs in the first."""
        self._pipe.send(list(numbers))
        uids: list[int] = self._pipe.recv()
        return uids


def _serve(pipe: Connection, morning: datetime, count: int) -> None:  # pragma: no cover - runs in a process of its own
    with ExitStack() as running:
        hosts = [running.enter_context(MailHost(accounts=accounts(), accept_any=True)) for _ in range(count)]
        for host in hosts:
            host.now = lambda: morning
        pipe.send([(host.imap_port, host.smtp_port) for host in hosts])
        while (numbers := pipe.recv()) is not None:
            uids = [_deliver(host, numbers, morning) for host in hosts]
            pipe.send(uids[0])


def _deliver(host: MailHost, numbers: list[int], morning: datetime) -> list[int]:  # pragma: no cover - as above
    host.sent_log.clear()
    return [host.deliver(COMPLAINT, letter(number), internaldate=morning) for number in numbers]
