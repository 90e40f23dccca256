"""One client's connection to the IMAP double: its state and the commands it may give."""

import asyncio
import base64
from typing import TYPE_CHECKING

from daemon.demo import imap_commands
from daemon.demo.faults import Fault
from daemon.demo.imap_faults import NOISE, spoil
from daemon.demo.imap_fetch import Line
from daemon.demo.imap_words import Command, read_command
from daemon.demo.store import Account, Folder

if TYPE_CHECKING:
    from daemon.demo.imap_double import ImapDouble

COREMAIL_CAN = "IMAP4rev1 XLIST SPECIAL-USE ID LITERAL+ APPENDLIMIT=71680000 UIDPLUS X-CM-EXT-1 QUOTA AUTH=PLAIN"
PLAIN_CAN = "IMAP4rev1 SPECIAL-USE ID LITERAL+ UIDPLUS QUOTA UNSELECT AUTH=PLAIN"
BEFORE_LOGIN = {"CAPABILITY", "NOOP", "LOGOUT", "ID", "LOGIN", "AUTHENTICATE", "STARTTLS"}


class HungUp(ConnectionError):
    """The connection was ended on purpose."""


class Session:
    """State of one connection: who is logged in, whether ID was sent, which folder is open."""

    def __init__(self, double: "ImapDouble", reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.double, self.reader, self.writer = double, reader, writer
        self.account: Account | None = None
        self.folder: Folder | None = None
        self.read_only = False
        self.identified = False
        self.encrypted = double.tls is not None and not double.starttls
        self._queued: list[bytes] = []

    async def serve(self) -> None:
        """Greet, then answer command after command."""
        name = "Coremail System IMap Server Ready(163com[test])" if self.double.coremail else "ready"
        fault = self.double.fault("GREETING")
        if fault is not None:
            await self._command_fault(fault, Command("*", "GREETING", "", ()))
        self.put(f"* {'PREAUTH' if self.double.preauth else 'OK'} {name}\r\n".encode())
        await self.flush()
        while (command := await read_command(self.reader, self.writer)) is not None:
            shown = (
                "LOGIN ***" if command.verb in ("LOGIN", "AUTHENTICATE") else f"{command.verb} {command.text}".strip()
            )
            address = self.account.address if self.account else ""
            self.double.log(address, f"{'UID ' if command.by_uid else ''}{shown}")
            await self._answer(command)
            await self.flush()
            if command.verb == "LOGOUT":
                return

    async def _answer(self, command: Command) -> None:
        fault = self.double.fault(command.verb)
        if fault is not None and await self._command_fault(fault, command):
            return
        handler = imap_commands.COMMANDS.get(command.verb)
        if handler is None or (self.account is None and command.verb not in BEFORE_LOGIN):
            self.end(command, "BAD command unknown or not allowed now")
            return
        await handler(self, command)

    async def _command_fault(self, fault: Fault, command: Command) -> bool:
        """True when the fault was the whole answer."""
        if fault.do in ("no", "bad"):
            self.put(
                f"{command.tag} {fault.do.upper()} ".encode()
                + (fault.words() or command.verb.encode() + b" failed")
                + b"\r\n"
            )
        elif fault.do == "empty":
            self.end(command, f"OK {command.verb} completed")
        elif fault.do == "noise":
            self.put(NOISE)
            return False
        else:
            await spoil(self, fault, Line(0, b"* OK still there\r\n", None, b""))
            return fault.do == "skip"
        return True

    async def letters(self, lines: list[Line], place: str) -> None:
        """Send FETCH lines, spoiling those that the script names."""
        if not self.double.faults:
            for line in lines:
                self._queued += (line.head, line.literal or b"", line.tail)
            return
        for line in lines:
            fault = self.double.fault(place, uid=line.uid)
            if fault is None:
                self.put(line.whole())
            else:
                await spoil(self, fault, line)

    def end(self, command: Command, words: str) -> None:
        """Queue the tagged answer."""
        self.put(f"{command.tag} {words}\r\n".encode())

    def put(self, data: bytes) -> None:
        """Queue bytes for the client."""
        self._queued.append(data)

    async def flush(self) -> None:
        """Send what is queued."""
        self.writer.write(b"".join(self._queued))
        self._queued.clear()
        await self.writer.drain()

    async def hang_up(self, *, reset: bool) -> None:
        """Send what is queued and end the connection; a reset throws the rest away as TCP does."""
        await self.flush()
        if reset:
            self.writer.transport.abort()
        else:
            self.writer.close()
        raise HungUp

    async def start_tls(self) -> None:
        """Go over to TLS after STARTTLS."""
        await self.flush()
        if self.double.tls is None:
            raise HungUp
        await self.writer.start_tls(self.double.tls)
        self.encrypted = True

    def capabilities(self) -> str:
        """What this server says it can."""
        can = COREMAIL_CAN if self.double.coremail else PLAIN_CAN
        offers = self.double.starttls and not self.encrypted and not self.double.strip_starttls
        return f"{can} STARTTLS" if offers else can

    def admit(self, address: str, password: str) -> bool:
        """Log in."""
        self.double.logins += 1
        self.account = self.double.store.admits(address, password)
        return self.account is not None

    async def sasl_plain(self, initial: str) -> tuple[str, str]:
        """Address and password of AUTHENTICATE PLAIN."""
        if not initial:
            self.put(b"+ \r\n")
            await self.flush()
            initial = (await self.reader.readline()).decode("ascii", "replace").strip()
        _, address, password = [*base64.b64decode(initial).decode("utf-8", "replace").split("\0"), "", ""][:3]
        return address, password
