"""The wire below imapclient: bounded lines and literals, idle and total time limits, TCP_NODELAY, no copy of the password in any log.

LIMITS: one command at a time; a broken bound ends the connection (IMAP4.abort), as nothing that follows on it can be trusted.
"""

import imaplib
import io
import socket
import ssl
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from imapclient import IMAPClient

from daemon.inflow import Inflow

LINE_MOST = 1_000_000
COMMAND_BYTES_MOST = 32 << 20
"""Most literal bytes one answer may bring: a batch is 8 MB by the server's own count, but that count may lie (F52)."""


@dataclass(frozen=True)
class Limits:
    """Time limits in seconds: to connect, without any byte, and for one command as a whole (F42)."""

    connect: float = 30.0
    idle: float = 60.0
    total: float = 600.0


class Wire(imaplib.IMAP4):
    """imaplib's protocol over our own reading."""

    def __init__(self, host: str, port: int, limits: Limits, context: ssl.SSLContext | None) -> None:
        self.limits, self.context = limits, context
        self.last_words = b""
        self._literal_bytes = 0
        super().__init__(host, port)

    def open(self, host: str = "", port: int = 143, timeout: float | None = None) -> None:  # noqa: ARG002  imaplib's signature
        """Connect; TLS at once where a context was given."""
        self.host, self.port = host, port
        self.sock = socket.create_connection((host, port), self.limits.connect)
        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if self.context is not None:
            self.sock = self._wrapped(self.context)
        self._listen()

    def _wrapped(self, context: ssl.SSLContext) -> ssl.SSLSocket:
        try:
            return context.wrap_socket(self.sock, server_hostname=self.host)
        except Exception:
            self.sock.close()
            raise

    def _listen(self) -> None:
        self._raw = Inflow(self.sock, self.limits.idle, self.limits.total)
        self._inflow = io.BufferedReader(self._raw, 1 << 16)

    def begin(self) -> None:
        """A new command: its time and bytes count from here, what came unasked before is dropped."""
        self._raw.within(self.limits.total)
        self._literal_bytes = 0
        for word in ("FETCH", "EXPUNGE", "EXISTS", "RECENT", "FLAGS", "OK", "NO", "BAD"):
            self.untagged_responses.pop(word, None)

    def hurry(self, seconds: float) -> None:
        """No more time than this from now on, for a goodbye."""
        self._raw.idle = seconds
        self._raw.within(seconds)

    def interrupt(self) -> None:
        """End the connection under a thread that waits on it; safe from any thread."""
        with suppress(OSError):
            self.sock.shutdown(socket.SHUT_RDWR)

    def read(self, size: int) -> bytes:
        """A literal, whole or not at all."""
        self._literal_bytes += size
        if self._literal_bytes > COMMAND_BYTES_MOST:
            raise self.abort("literal too long")
        data = self._inflow.read(size)
        if len(data) < size:
            raise self.abort("end of stream inside a literal")
        return data

    def readline(self) -> bytes:
        """One line of bounded length."""
        line = self._inflow.readline(LINE_MOST + 1)
        if len(line) > LINE_MOST:
            raise self.abort("line too long")
        return line

    def send(self, data: Any) -> None:
        """Send bytes within the idle limit."""
        self.sock.settimeout(self.limits.idle)
        self.sock.sendall(data)

    def shutdown(self) -> None:
        """Close without a word."""
        self._inflow.close()
        self.sock.close()

    def secure(self, context: ssl.SSLContext) -> bool:
        """Go over to TLS by STARTTLS; False where the server does not offer it. What came in clear is forgotten."""
        if "STARTTLS" not in self.capabilities:
            return False
        kind, _ = self._simple_command("STARTTLS")
        if kind != "OK":
            return False
        self.sock = self._wrapped(context)
        self._tls_established = True
        self._listen()
        self.untagged_responses.clear()
        self._get_capabilities()
        return True

    def _get_tagged_response(self, tag: Any, expect_bye: bool = False) -> Any:
        answer = super()._get_tagged_response(tag, expect_bye)  # type: ignore[misc]
        self.last_words = answer[1][-1] or b""
        return answer

    def _log(self, line: Any) -> None:
        """imaplib keeps the last ten lines, LOGIN among them; we keep none (A75)."""

    def _mesg(self, s: Any, secs: Any = None) -> None:
        """imaplib's debugging output; imapclient turns it on."""


class Client(IMAPClient):  # type: ignore[misc]  # imapclient has no types
    """imapclient over our wire."""

    def __init__(self, host: str, port: int, limits: Limits, context: ssl.SSLContext | None) -> None:
        self.limits, self.context = limits, context
        super().__init__(host, port, ssl=False, timeout=limits.idle)
        self._imap.debug = 0  # imapclient sets 5: slow, and it formats every line
        self._imap._mesg = self._imap.__class__._mesg.__get__(self._imap)
        self.normalise_times = False

    def _create_IMAP4(self) -> Wire:  # noqa: N802  imapclient's name
        return Wire(self.host, self.port, self.limits, self.context)
