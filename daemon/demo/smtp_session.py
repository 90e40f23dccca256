"""One client's connection to the SMTP double: the stages of a submission, each a place for a scripted fault."""

from __future__ import annotations

import asyncio
import base64
import binascii
import re
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from daemon.demo.faults import Fault

if TYPE_CHECKING:
    from daemon.demo.smtp_double import SmtpDouble

_PATH = re.compile(r"(?:FROM|TO):\s?<([^<>\r\n]{0,1000})>(.{0,1000})", re.IGNORECASE)


class HungUp(ConnectionError):
    """The connection was ended on purpose."""


class Session:
    """State of one connection."""

    def __init__(self, double: SmtpDouble, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.double, self.reader, self.writer = double, reader, writer
        self.account = ""
        self.encrypted = double.tls is not None and not double.starttls
        self.mail_from: str | None = None
        self.recipients: list[str] = []

    async def serve(self) -> None:
        """Greet, then answer command after command until QUIT."""
        if await self._stage("CONNECT"):
            return
        await self.say(
            "220 mx.example Anti-spam GT for Coremail System" if self.double.coremail else "220 mx.example ESMTP"
        )
        while line := await self.reader.readline():
            verb, _, rest = line.decode("utf-8", "replace").rstrip("\r\n").partition(" ")
            verb = verb.upper()
            self.double.commands.append(f"{verb} {'***' if verb == 'AUTH' else rest}".strip())
            handler = _VERBS.get(verb)
            if handler is None:
                await self.say("502 Error: command not implemented")
                continue
            await handler(self, rest)
            if verb == "QUIT":
                return

    async def say(self, answer: str | bytes) -> None:
        """Send an answer, bytes as they are; a 421 ends the connection."""
        data = answer if isinstance(answer, bytes) else answer.encode()
        self.writer.write(data + b"\r\n")
        await self.writer.drain()
        if data.startswith(b"421"):
            self.writer.close()
            raise HungUp

    async def _stage(self, at: str, who: str | None = None) -> bool:
        """Let the scripted fault of this stage happen; True when it was the whole answer."""
        fault = self._fault(at, who)
        if fault is None:
            return False
        if fault.do == "slow":
            await asyncio.sleep(fault.seconds)
            return False
        if fault.do == "cut":
            await self._cut(fault)
        await self.say(fault.words())
        return True

    def _fault(self, at: str, who: str | None) -> Fault | None:
        """The scripted fault of this stage; `hide` belongs to EHLO alone."""
        faults = self.double.faults
        return (
            faults.take(at, who=who)
            if faults and not any(fault.at == at and fault.do == "hide" for fault in faults)
            else None
        )

    async def _cut(self, fault: Fault) -> None:
        if fault.count:
            await self.reader.readexactly(fault.count)
        self.writer.transport.abort()
        raise HungUp

    async def _ehlo(self, name: str) -> None:
        if await self._stage("EHLO", name):
            return
        double = self.double
        hidden = {fault.at for fault in double.faults if fault.do == "hide"}
        offers = ["mx.example", f"SIZE {double.size_limit}", "8BITMIME"]
        if double.starttls and not self.encrypted and "STARTTLS" not in hidden:
            offers.append("STARTTLS")
        if double.accounts and "AUTH" not in hidden and (self.encrypted or not double.starttls):
            offers.append("AUTH LOGIN PLAIN")
        if double.smtputf8:
            offers.append("SMTPUTF8")
        lines = [f"250-{offer}" for offer in offers[:-1]] + [f"250 {offers[-1]}"]
        await self.say("\r\n".join(lines))

    async def _starttls(self, rest: str) -> None:
        if await self._stage("STARTTLS", rest):
            return
        if self.double.tls is None or self.encrypted:
            await self.say("502 Error: STARTTLS not offered")
            return
        await self.say("220 Ready to start TLS")
        await self.writer.start_tls(self.double.tls)
        self.encrypted = True

    async def _auth(self, rest: str) -> None:
        self.double.logins += 1
        if await self._stage("AUTH", rest):
            return
        try:
            address, password = await self._credentials(rest.split())
        except (binascii.Error, UnicodeDecodeError, ValueError):
            await self.say("501 5.5.2 cannot decode")
            return
        if self.double.accounts.get(address) != password:
            await self.say("535 Error: authentication failed")
            return
        self.account = address
        await self.say("235 Authentication successful")

    async def _credentials(self, words: list[str]) -> tuple[str, str]:
        given = (
            base64.b64decode(words[1])
            if len(words) > 1
            else await self._challenge(b"" if words[0] == "PLAIN" else b"Username:")
        )
        if words[0].upper() == "PLAIN":
            _, address, password = given.decode().split("\0")
            return address, password
        return given.decode(), (await self._challenge(b"Password:")).decode()

    async def _challenge(self, words: bytes) -> bytes:
        await self.say(b"334 " + base64.b64encode(words))
        return base64.b64decode(await self.reader.readline())

    async def _mail(self, rest: str) -> None:
        path = _PATH.match(rest)
        if path is None:
            await self.say("501 5.5.4 Syntax: MAIL FROM:<address>")
            return
        if await self._stage("MAIL", path[1]):
            return
        size = re.search(r"SIZE=(\d{1,18})", path[2], re.IGNORECASE)
        if self.double.accounts and not self.account:
            await self.say("530 5.7.0 Authentication required")
        elif self.double.coremail and self.account and path[1] != self.account:
            await self.say("553 Mail from must equal authorized user")
        elif size and int(size[1]) > self.double.size_limit:
            await self.say("552 5.3.4 message size exceeds fixed limit")
        else:
            self.mail_from, self.recipients = path[1], []
            await self.say("250 Mail OK")

    async def _rcpt(self, rest: str) -> None:
        path = _PATH.match(rest)
        if path is None or self.mail_from is None:
            await self.say("501 5.5.4 Syntax: RCPT TO:<address>" if path is None else "503 bad sequence of commands")
            return
        if await self._stage("RCPT", path[1]):
            return
        if not self.double.post.takes(path[1]):
            await self.say(f"550 User not found: {path[1]}")
            return
        self.recipients.append(path[1])
        await self.say("250 Mail OK")

    async def _data(self, _: str) -> None:
        if not self.recipients:
            await self.say("503 bad sequence of commands")
            return
        who = self.recipients[-1]
        if await self._stage("DATA", who):
            return
        await self.say("354 End data with <CR><LF>.<CR><LF>")
        if await self._stage("BODY", who):
            return
        raw = unstuffed(await self._letter())
        fault = self._fault("DOT", who)
        await self._answer(raw, fault)
        self.mail_from, self.recipients = None, []

    async def _letter(self) -> bytearray:
        data = bytearray(await self.reader.readuntil(b"\r\n"))
        while data != b".\r\n" and not data.endswith(b"\r\n.\r\n"):
            data += await self.reader.readuntil(b".\r\n")
        del data[-3:]
        return data

    async def _answer(self, raw: bytes, fault: Fault | None) -> None:
        """Answer the final dot."""
        do = fault.do if fault else ""
        if fault and do == "slow":
            await asyncio.sleep(fault.seconds)
        if do == "cut" or max(map(len, raw.split(b"\r\n"))) > self.double.line_limit:
            await (
                self._cut(Fault("DOT", "cut")) if do == "cut" else self.say("500 Line too long (see RFC5321 4.5.3.1.6)")
            )
            return
        if fault and do == "answer":
            await self.say(fault.words())
            return
        words = self.double.post.accept(self.account, self.mail_from or "", self.recipients, raw)
        if do == "cut-after-store":
            await self._cut(Fault("DOT", "cut"))
        await self.say(fault.words() if fault and do == "answer-after-store" else words)

    async def _rset(self, _: str) -> None:
        self.mail_from, self.recipients = None, []
        await self.say("250 OK")

    async def _noop(self, _: str) -> None:
        await self.say("250 OK")

    async def _quit(self, rest: str) -> None:
        if not await self._stage("QUIT", rest):
            await self.say("221 Bye")


def unstuffed(data: bytearray) -> bytes:
    """The letter without the dots that SMTP puts before lines that begin with one (RFC 5321 §4.5.2)."""
    raw = bytes(data[1:] if data.startswith(b".") else data)
    return raw.replace(b"\r\n.", b"\r\n") if b"\r\n." in raw else raw


_VERBS: dict[str, Callable[[Session, str], Awaitable[None]]] = {
    "EHLO": Session._ehlo,
    "HELO": Session._ehlo,
    "STARTTLS": Session._starttls,
    "AUTH": Session._auth,
    "MAIL": Session._mail,
    "RCPT": Session._rcpt,
    "DATA": Session._data,
    "RSET": Session._rset,
    "NOOP": Session._noop,
    "QUIT": Session._quit,
}
