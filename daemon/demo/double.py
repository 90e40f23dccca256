"""What the mail servers that stand in for a provider's share: they listen on loopback, serve each connection, and break all of them off."""

import asyncio
import ssl
from abc import ABC, abstractmethod
from contextlib import suppress
from typing import Protocol
from weakref import WeakSet

from daemon.demo.faults import Faults


class Talk(Protocol):
    """One connection."""

    async def serve(self) -> None:
        """From the greeting to the end."""


class Double(ABC):
    """A server with its script of faults and its log of commands."""

    longest_line: int
    """Bytes that a line, or what is asked for at once, may have."""

    def __init__(self, tls: ssl.SSLContext | None, *, starttls: bool) -> None:
        self.tls, self.starttls = tls, starttls
        self.faults = Faults()
        self.commands: list[str] = []
        self.logins = self.connections = 0
        self.port = 0
        self._server: asyncio.Server | None = None
        self._sessions: set[asyncio.Task[None]] = set()
        self._transports: WeakSet[asyncio.WriteTransport] = WeakSet()

    @abstractmethod
    def session(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> Talk:
        """The connection as this server talks on it."""

    async def start(self, port: int = 0) -> None:
        """Listen on loopback; port 0 takes a free one."""
        context = None if self.starttls else self.tls
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", port, limit=self.longest_line, ssl=context)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Stop listening and break every connection off."""
        if self._server is not None:
            self._server.close()
        for _ in range(10):
            await asyncio.sleep(
                0
            )  # one just accepted gets to its first step: cancelled before, it would never be closed
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
                await self.session(reader, writer).serve()
        finally:
            self._sessions.discard(task)
            self._transports.add(writer.transport)  # another one after STARTTLS
            writer.close()
