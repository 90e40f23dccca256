"""A conversation with a submission server: connects, checks the certificate, logs in, says a line, reads its answer; once each.

LIMITS: AUTH PLAIN and LOGIN only; no PIPELINING, CHUNKING, SMTPUTF8.
"""

import base64
import io
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from time import monotonic

from daemon.inflow import Inflow
from daemon.mailboxes.troubles import NO_TLS, AuthTrouble, CertificateTrouble, NetworkTrouble, ServerTrouble, readable
from daemon.places import Safety, SmtpPlace
from rules.wording import wording

say = wording("daemon")
LINE_MOST, LINES_MOST = 8192, 100
OURS = frozenset((530, 534, 535, 538))
"""Codes that speak of our login, at whatever stage."""


@dataclass(frozen=True)
class Waits:
    """How long to wait, in seconds (RFC 5321 §4.5.3.2), times `scale`, which tests make small (F69)."""

    scale: float = 1.0
    connect: float = 30.0
    greeting: float = 300.0
    command: float = 300.0
    data: float = 120.0
    block: float = 180.0
    body: float = 1800.0
    dot: float = 600.0


@dataclass(frozen=True)
class Reply:
    """A server's answer: its code, 0 where it has none, and its words as one readable line."""

    code: int
    words: str

    @property
    def good(self) -> bool:
        """2xx and 3xx."""
        return 200 <= self.code < 400

    @property
    def passing(self) -> bool:
        """4xx."""
        return 400 <= self.code < 500

    def __str__(self) -> str:
        return f"{self.code} {self.words}".strip()


class Refusal(ServerTrouble):
    """The server said no before our letter's recipient was named; `reply` is its answer."""

    def __init__(self, sentence: str, reply: Reply) -> None:
        super().__init__(sentence, str(reply))
        self.reply = reply


class Talk:
    """One connection, greeted and logged in. Raises MailTrouble where that is not possible."""

    def __init__(self, place: SmtpPlace, waits: Waits) -> None:
        self.place, self.waits = place, waits
        self.offers: dict[str, str] = {}
        self._lines: list[str] = []
        self._sock = self._connected()
        try:
            self._listen()
            self._enter()
        except BaseException:
            self.drop()
            raise

    def _connected(self) -> socket.socket:
        place = self.place
        try:
            sock = socket.create_connection((place.host, place.port), self.waits.connect * self.waits.scale)
        except (OSError, UnicodeError) as error:
            why = readable(getattr(error, "strerror", None) or str(error)) or type(error).__name__
            raise NetworkTrouble(
                say("smtp-unreachable", host=place.host, port=place.port, why=why, setting=place.setting), why
            ) from error
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return self._secured(sock) if place.safety is Safety.TLS else sock

    def _secured(self, sock: socket.socket) -> ssl.SSLSocket:
        place = self.place
        try:
            return place.tls().wrap_socket(sock, server_hostname=place.host)
        except ssl.SSLError as error:
            sock.close()
            why = readable(getattr(error, "verify_message", "") or error.reason or "")
            if why == NO_TLS:
                said = say("smtp-no-tls", host=place.host, port=place.port, setting=place.setting)
                raise CertificateTrouble(said, why) from error
            raise CertificateTrouble(
                say("smtp-certificate", host=place.host, why=why, setting=place.setting), why
            ) from error
        except OSError as error:
            sock.close()
            raise self._broken(error) from error

    def _listen(self) -> None:
        wait = self.waits.greeting * self.waits.scale
        self._raw = Inflow(self._sock, wait, wait)
        self._inflow = io.BufferedReader(self._raw, LINE_MOST)

    def _enter(self) -> None:
        self._must("greeting", self._reply(self.waits.greeting))
        self._hello()
        if self.place.safety is Safety.STARTTLS:
            if "STARTTLS" not in self.offers:
                raise CertificateTrouble(say("smtp-no-starttls", host=self.place.host, setting=self.place.setting))
            self._must("STARTTLS", self.ask(b"STARTTLS"))
            self._sock = self._secured(self._sock)
            self._listen()  # what came in clear is forgotten
            self._hello()
        if self.place.user:
            self._login()

    def _hello(self) -> None:
        name = self._sock.getsockname()[0]
        reply = self.ask(f"EHLO [{'IPv6:' if ':' in name else ''}{name}]".encode())
        self._must("EHLO", reply)
        lines = [line.partition(" ") for line in self._lines[1:]]
        self.offers = {word.upper(): rest for word, _, rest in lines}

    def _login(self) -> None:
        place = self.place
        mechanisms = self.offers.get("AUTH", "").upper().split()
        password = place.password.reveal() if place.password else ""
        if "PLAIN" in mechanisms:
            reply = self.ask(b"AUTH PLAIN " + base64.b64encode(f"\0{place.user}\0{password}".encode()))
        elif "LOGIN" in mechanisms:
            reply = self.ask(b"AUTH LOGIN")
            for word in (place.user, password):
                reply = self.ask(base64.b64encode(word.encode())) if reply.code == 334 else reply
        else:
            raise AuthTrouble(say("smtp-no-auth", host=place.host, setting=place.setting))
        if reply.passing:
            self._must("AUTH", reply)
        if not reply.good:
            raise AuthTrouble(say("smtp-login", user=place.user, answer=reply, setting=place.setting), str(reply))

    def _must(self, stage: str, reply: Reply) -> None:
        if not reply.good:
            raise Refusal(say("smtp-refused", host=self.place.host, stage=stage, answer=reply), reply)

    def ask(self, line: bytes, wait: float | None = None) -> Reply:
        """Say one line and read the answer. Raises NetworkTrouble."""
        with self._spoken():
            self._send(line + b"\r\n")
        return self._reply(self.waits.command if wait is None else wait)

    def body(self, data: bytes) -> None:
        """Send the letter without its final dot; then see that the server is still there. Raises NetworkTrouble."""
        until = monotonic() + self.waits.body * self.waits.scale
        with self._spoken():
            for start in range(0, len(data), 1 << 16):
                self._send(data[start : start + (1 << 16)])
                if monotonic() > until:
                    raise TimeoutError("total time limit")
            if self.speaks():
                raise ConnectionResetError("closed before the end of the letter")

    def dot(self) -> Reply:
        """End the letter and read the answer. Raises NetworkTrouble, and then nobody knows what became of it (RFC 1047)."""
        return self.ask(b".", self.waits.dot)

    def speaks(self) -> bool:
        """True where the server said something unasked or closed: an answer read later would belong to another question."""
        self._raw.within(self.waits.command)
        self._raw.idle = 0.0
        try:
            self._inflow.peek(1)
        except (BlockingIOError, ssl.SSLWantReadError):
            return False
        except (OSError, ValueError):
            return True
        return True

    def quit(self) -> None:
        """Say goodbye; whether it is heard does not matter (F77)."""
        with suppress(NetworkTrouble, OSError):
            self._raw.idle = min(self._raw.idle, 5.0)
            self.ask(b"QUIT", 5.0)
        self.drop()

    def interrupt(self) -> None:
        """End the connection under a thread that waits on it; safe from any thread."""
        with suppress(OSError):
            self._sock.shutdown(socket.SHUT_RDWR)

    def drop(self) -> None:
        """Close without a word."""
        with suppress(OSError):
            self._sock.close()

    def _send(self, data: bytes) -> None:
        self._sock.settimeout(self.waits.block * self.waits.scale)
        self._sock.sendall(data)

    def _reply(self, wait: float) -> Reply:
        self._raw.within(wait * self.waits.scale)
        self._raw.idle = wait * self.waits.scale
        self._lines = []
        code = b""
        with self._spoken():
            while len(self._lines) < LINES_MOST:
                line = self._inflow.readline(LINE_MOST)
                if not line.endswith(b"\n"):
                    raise ConnectionResetError("end of stream" if len(line) < LINE_MOST else "line too long")
                code = line[:3]
                self._lines.append(readable(line[4:]))
                if line[3:4] != b"-":
                    break
            else:
                raise ConnectionResetError("answer too long")
        known = code.isdigit() and b"200" <= code < b"600"
        words = self._lines[0] if len(self._lines) == 1 else readable(" ".join(self._lines))
        return Reply(int(code) if known else 0, words if known else readable(line))

    @contextmanager
    def _spoken(self) -> Iterator[None]:
        try:
            yield
        except (OSError, ValueError) as error:  # ValueError: the stream was closed under us
            raise self._broken(error) from error

    def _broken(self, error: Exception) -> NetworkTrouble:
        why = readable(getattr(error, "strerror", None) or str(error)) or type(error).__name__
        return NetworkTrouble(say("smtp-broken", host=self.place.host, why=why), why)
