"""Both doubles in one thread with its own asyncio loop: a mail host to try the office on.

    with MailHost(accounts={"office@163.example": "code"}) as host:
        uid = host.deliver("office@163.example", raw)
        ... host.imap_port, host.smtp_port, host.sent_log, host.folder("office@163.example", "INBOX")

`tls` (a server's ssl.SSLContext) makes IMAPS and SMTPS of it; with `starttls=True` both listen in clear and offer STARTTLS.
Recipients without an account get 550, or with `accept_any=True` are taken and noted in `sent_log`;
`login=False` asks SMTP clients for no password.
`ports` asks for fixed (imap, smtp) ports; `now` is the servers' clock and may be set at any time.
"""

import asyncio
import smtplib
import ssl
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Coroutine
from datetime import datetime
from types import TracebackType
from typing import Self

from daemon.demo.imap_double import ImapDouble
from daemon.demo.post import Post, Sent
from daemon.demo.smtp_double import SmtpDouble
from daemon.demo.store import Folder, Store, StoredLetter


class OnLoopback(ABC):
    """An IMAP and an SMTP server that listen here, wherever they run: what a setting says of an account on them."""

    @property
    @abstractmethod
    def imap_port(self) -> int:
        """Port of the IMAP server."""

    @property
    @abstractmethod
    def smtp_port(self) -> int:
        """Port of the SMTP server."""

    def imap_url(self, address: str) -> str:
        """Where that account's mailbox is."""
        return f"imap://{_quoted(address)}@127.0.0.1:{self.imap_port}"

    def smtp_url(self, address: str) -> str:
        """Where that account hands its letters in."""
        return f"smtp://{_quoted(address)}@127.0.0.1:{self.smtp_port}"

    def wire(self) -> smtplib.SMTP:
        """A mail program's connection to the SMTP server, before its login."""
        return smtplib.SMTP("127.0.0.1", self.smtp_port)


class MailHost(OnLoopback):
    """An IMAP and an SMTP server on loopback that share their mailboxes."""

    def __init__(
        self,
        accounts: dict[str, str],
        *,
        coremail: bool = True,
        tls: ssl.SSLContext | None = None,
        starttls: bool = False,
        accept_any: bool = False,
        login: bool = True,
        ports: tuple[int, int] = (0, 0),
    ) -> None:
        self.store = Store(accounts, coremail=coremail)
        self.post = Post(self.store, accept_any=accept_any)
        self.imap = ImapDouble(self.store, tls, starttls=starttls)
        self.smtp = SmtpDouble(self.post, accounts if login else {}, tls, starttls=starttls)
        self._ports = ports
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="mail-host", daemon=True)

    def start(self) -> Self:
        """Listen; returns itself."""
        self._thread.start()
        self._do(self._start())
        return self

    async def _start(self) -> None:
        await self.imap.start(self._ports[0])
        await self.smtp.start(self._ports[1])

    def stop(self) -> None:
        """Break all connections off and end the thread."""
        self._do(self.imap.stop())
        self._do(self.smtp.stop())
        self._do(_settle())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()

    def _do(self, work: Coroutine[None, None, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(10)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def imap_port(self) -> int:
        """Port of the IMAP server."""
        return self.imap.port

    @property
    def smtp_port(self) -> int:
        """Port of the SMTP server."""
        return self.smtp.port

    @property
    def sent_log(self) -> list[Sent]:
        """What was accepted by SMTP: (mail_from, rcpt, raw), one for each recipient."""
        return self.post.sent_log

    @property
    def now(self) -> Callable[[], datetime]:
        """The servers' clock."""
        return self.post.now

    @now.setter
    def now(self, clock: Callable[[], datetime]) -> None:
        self.post.now = self.imap.now = clock

    def deliver(self, to: str, raw: bytes, folder: str = "INBOX", internaldate: datetime | None = None) -> int:
        """Put a letter into a mailbox without SMTP, byte for byte; returns its UID."""
        return self.store.add(to, folder, raw, internaldate or self.now())

    def folder(self, address: str, name: str = "INBOX") -> list[StoredLetter]:
        """The letters a folder holds now."""
        return list(self.box(address, name).letters)

    def box(self, address: str, name: str = "INBOX") -> Folder:
        """The folder itself: to expunge, recreate, change its validity, hide old letters."""
        return self.store.accounts[address].folders[name]


def _quoted(address: str) -> str:
    return address.replace("@", "%40")


async def _settle() -> None:
    """Let cancelled connections end before the loop does."""
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    await asyncio.sleep(0.01)
