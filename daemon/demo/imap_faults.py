"""How one FETCH line goes wrong. Each fault is a function of the session, the line and the script's words.

bye close reset stall   before this line (what came earlier has gone out)
cut                     `count` bytes of the literal, then the connection is reset; cut-close: then it ends orderly
short                   announces `count` bytes more than it sends, the rest of the answer follows at once
long                    announces `count` bytes fewer than it sends
nil bare skip           BODY[] NIL; no bytes at all; no line at all
wrong-uid no-uid        the bytes under UID `count`; no UID in the line
long-line               1.1 MB of junk inside the line
noise                   unasked lines before it
expunge                 the letter vanishes, `* n EXPUNGE` comes instead
drip                    a byte every `seconds`
announce                announces a literal of `count` bytes, then ends the connection
"""

import asyncio
import re
from collections.abc import Awaitable, Callable
from typing import Protocol

from daemon.demo.faults import Fault
from daemon.demo.imap_fetch import Line
from daemon.demo.store import Folder

NOISE = b"* 3 EXISTS\r\n* 0 RECENT\r\n* 1 FETCH (FLAGS (\\Seen))\r\n* FLAGS (\\Seen \\Draft)\r\n* OK [ALERT] maintenance tonight\r\n"
_ANNOUNCED = re.compile(rb"\{\d+\}\r\n$")
_UID = re.compile(rb"UID \d+ ?")


class Wire(Protocol):
    """What a fault may do to the session."""

    folder: Folder | None

    def put(self, data: bytes) -> None:
        """Queue bytes."""

    async def flush(self) -> None:
        """Send what is queued."""

    async def hang_up(self, *, reset: bool) -> None:
        """Send what is queued and end the connection."""


async def spoil(wire: Wire, fault: Fault, line: Line) -> None:
    """Send one line the wrong way; ends the connection where the fault says so."""
    await _WAYS[fault.do](wire, fault, line)


async def _bye(wire: Wire, fault: Fault, _: Line) -> None:
    wire.put(b"* BYE " + (fault.words() or b"Autologout; idle for too long") + b"\r\n")
    await wire.hang_up(reset=False)


async def _close(wire: Wire, _: Fault, __: Line) -> None:
    await wire.hang_up(reset=False)


async def _reset(wire: Wire, _: Fault, __: Line) -> None:
    await wire.hang_up(reset=True)


async def _stall(wire: Wire, fault: Fault, _: Line) -> None:
    await wire.flush()
    await asyncio.sleep(fault.seconds or 3600)


async def _cut(wire: Wire, fault: Fault, line: Line) -> None:
    wire.put(line.head + (line.literal or b"")[: fault.count])
    await wire.hang_up(reset=fault.do == "cut")


async def _announced(wire: Wire, fault: Fault, line: Line) -> None:
    more = fault.count if fault.do == "short" else -fault.count
    size = max(0, len(line.literal or b"") + more)
    wire.put(_ANNOUNCED.sub(b"{%d}\r\n" % size, line.head) + (line.literal or b"") + line.tail)


async def _announce(wire: Wire, fault: Fault, line: Line) -> None:
    wire.put(_ANNOUNCED.sub(b"{%d}\r\n" % fault.count, line.head) + (line.literal or b""))
    await wire.hang_up(reset=False)


async def _nil(wire: Wire, _: Fault, line: Line) -> None:
    wire.put(_ANNOUNCED.sub(b"NIL", line.head) + line.tail)


async def _bare(wire: Wire, _: Fault, line: Line) -> None:
    wire.put(re.sub(rb" ?BODY\[[^\]]*\](?:<\d+>)? \{\d+\}\r\n$", b"", line.head) + line.tail)


async def _skip(wire: Wire, _: Fault, __: Line) -> None:
    wire.put(b"")


async def _wrong_uid(wire: Wire, fault: Fault, line: Line) -> None:
    name = b"UID %d " % fault.count if fault.do == "wrong-uid" else b""
    wire.put(_UID.sub(name, line.head) + (line.literal or b"") + _UID.sub(name, line.tail))


async def _long_line(wire: Wire, _: Fault, line: Line) -> None:
    wire.put(
        line.head.replace(b"FETCH (", b"FETCH (X-JUNK " + b"x" * 1_100_000 + b" ", 1)
        + (line.literal or b"")
        + line.tail
    )


async def _noise(wire: Wire, _: Fault, line: Line) -> None:
    wire.put(NOISE + line.whole() + NOISE)


async def _expunge(wire: Wire, _: Fault, line: Line) -> None:
    if wire.folder is not None:
        wire.folder.expunge(line.uid)
    wire.put(b"* " + line.head.split(b" ")[1] + b" EXPUNGE\r\n")


async def _drip(wire: Wire, fault: Fault, line: Line) -> None:
    for byte in line.whole():
        wire.put(bytes((byte,)))
        await wire.flush()
        await asyncio.sleep(fault.seconds)


_WAYS: dict[str, Callable[[Wire, Fault, Line], Awaitable[None]]] = {
    "bye": _bye,
    "close": _close,
    "reset": _reset,
    "stall": _stall,
    "cut": _cut,
    "cut-close": _cut,
    "short": _announced,
    "long": _announced,
    "announce": _announce,
    "nil": _nil,
    "bare": _bare,
    "skip": _skip,
    "wrong-uid": _wrong_uid,
    "no-uid": _wrong_uid,
    "long-line": _long_line,
    "noise": _noise,
    "expunge": _expunge,
    "drip": _drip,
}
