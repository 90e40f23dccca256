"""An IMAP server that stands in for 163 (Coremail) or, with `coremail=False`, for a plain one. Faults are scripted, bytes are kept exactly.

Coremail's manners (domain §7): SELECT answers "Unsafe Login" until ID was sent, no UIDNEXT, no UNSEEN, no IDLE, no MOVE, UIDVALIDITY 1,
sparse ten-digit UIDs, SEARCH by anything but ALL finds nothing, folder names in modified UTF-7.

Faults at GREETING or a command's verb: bye, close, reset, no, bad, stall, drip (`seconds` a byte), empty (OK without any line), noise.
At LETTER (a line that carries bytes) and LISTED (one that does not): see `imap_faults.py`.

LIMITS: no ENVELOPE, BODYSTRUCTURE, parts; SEARCH knows ALL only.
"""

import asyncio
import ssl
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from weakref import WeakSet

from daemon.demo.faults import Fault, Faults
from daemon.demo.imap_session import Session
from daemon.demo.store import Store


class ImapDouble:
    """The server: listens, keeps the log of commands, holds the script of faults.

    `commands` has one line a command, `account VERB text`, passwords masked. `unsafe` answers "Unsafe Login" even after ID (F53);
    `asks_id` = False lets mail programs in that send none; `quota` is (used, limit) in KB for GETQUOTAROOT; `preauth` greets with PREAUTH;
    `strip_starttls` hides STARTTLS (F59).
    """

    def __init__(self, store: Store, tls: ssl.SSLContext | None = None, *, starttls: bool = False) -> None:
        self.store, self.coremail = store, store.coremail
        self.tls, self.starttls = tls, starttls
        self.faults = Faults()
        self.commands: list[str] = []
        self.logins = 0
        self.connections = 0
        self.unsafe = self.preauth = self.strip_starttls = False
        self.asks_id = True
        self.quota: tuple[int, int] | None = None
        self.now: Callable[[], datetime] = lambda: datetime.now(UTC)
        self.port = 0
        self._server: asyncio.Server | None = None
        self._sessions: set[asyncio.Task[None]] = set()
        self._transports: WeakSet[asyncio.WriteTransport] = WeakSet()

    async def start(self, port: int = 0) -> None:
        """Listen on loopback; port 0 takes a free one."""
        context = None if self.starttls else self.tls
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", port, limit=1 << 20, ssl=context)
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

    def log(self, account: str, line: str) -> None:
        """Note a command."""
        self.commands.append(f"{account or '-'} {line}")

    def fault(self, *places: str, uid: int | None = None) -> Fault | None:
        """The scripted fault of this moment, if any."""
        return self.faults.take(places, uid=uid) if self.faults else None
