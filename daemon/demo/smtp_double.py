"""An SMTP server that takes letters and puts them into the IMAP double's mailboxes; with `coremail=True` in 163's manner.

163's manners (domain §7.3): envelope sender and header From must be the account (553), the answer to DATA is
`250 Mail OK queued as smtp11,<id> <epoch>`, what an account sends is copied into its Sent folder.

Faults, by stage CONNECT EHLO STARTTLS AUTH MAIL RCPT DATA BODY DOT QUIT, `who` = sender at MAIL, recipient from RCPT on:

    answer              says `text` instead (bytes as they are); a 421 also ends the connection
    slow                waits `seconds`, then goes on
    cut                 the connection is reset; at BODY after `count` bytes; at DOT before anything is stored
    cut-after-store     DOT only: stored and delivered, the answer never comes
    answer-after-store  DOT only: stored and delivered, says `text`
    hide                EHLO does not offer STARTTLS, AUTH

LIMITS: letters up to 48 MB; no PIPELINING, CHUNKING, DSN.
"""

import asyncio
import ssl
from contextlib import suppress
from weakref import WeakSet

from daemon.demo.faults import Faults
from daemon.demo.post import Post
from daemon.demo.smtp_session import Session


class SmtpDouble:
    """The server: listens, counts, keeps the log of commands (`commands`, AUTH masked) and the script of faults.

    `size_limit` is what EHLO offers as SIZE; `smtputf8` offers SMTPUTF8; `line_limit` refuses longer lines of a letter with 500.
    """

    def __init__(
        self, post: Post, accounts: dict[str, str], tls: ssl.SSLContext | None = None, *, starttls: bool = False
    ) -> None:
        self.post, self.accounts, self.coremail = post, accounts, post.store.coremail
        self.tls, self.starttls = tls, starttls
        self.faults = Faults()
        self.commands: list[str] = []
        self.logins = self.connections = 0
        self.smtputf8 = False
        self.size_limit = 40 << 20
        self.line_limit = 1000
        self.port = 0
        self._server: asyncio.Server | None = None
        self._sessions: set[asyncio.Task[None]] = set()
        self._transports: WeakSet[asyncio.WriteTransport] = WeakSet()

    async def start(self, port: int = 0) -> None:
        """Listen on loopback; port 0 takes a free one."""
        context = None if self.starttls else self.tls
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", port, limit=48 << 20, ssl=context)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Stop listening and break every connection off."""
        if self._server is not None:
            self._server.close()
        for _ in range(
            10
        ):  # a connection just accepted gets to its first step: cancelled before, it would never be closed
            await asyncio.sleep(0)
        for task in list(self._sessions):
            task.cancel()
        await asyncio.gather(*self._sessions, return_exceptions=True)
        for transport in list(self._transports):
            transport.abort()  # also those that were closed but never got rid of their last bytes

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None  # noqa: S101  a callback of the server always runs in a task
        self._sessions.add(task)
        self._transports.add(writer.transport)
        self.connections += 1
        try:
            with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
                await Session(self, reader, writer).serve()
        finally:
            self._sessions.discard(task)
            self._transports.add(writer.transport)  # another one after STARTTLS
            writer.close()
