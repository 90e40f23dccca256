"""What one FETCH asks for, and one letter's answer to it as bytes.

LIMITS: no BODYSTRUCTURE, ENVELOPE or MIME part numbers (a part number answers with the whole text); a client that wants them is told BAD.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass
from datetime import datetime

from daemon.demo.store import StoredLetter

_ITEM = re.compile(r"(BODY(?:\.PEEK)?)\[([^\]]*)\](?:<(\d+)(?:\.(\d+))?>)?|([A-Z0-9.]+)", re.IGNORECASE)
_MACROS = {"ALL": ("FLAGS", "INTERNALDATE", "RFC822.SIZE"), "FAST": ("FLAGS", "INTERNALDATE", "RFC822.SIZE")}
_OLD = {"RFC822": "", "RFC822.HEADER": "HEADER", "RFC822.TEXT": "TEXT"}
_KNOWN = {"UID", "FLAGS", "INTERNALDATE", "RFC822.SIZE"}
_MONTHS = ("", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
MANY = 4294967295


@dataclass(frozen=True)
class Wanted:
    """One thing asked for: a plain item, or bytes of the letter (`section`, from `start`, at most `length`)."""

    name: str
    section: str | None = None
    start: int | None = None
    length: int | None = None
    peek: bool = True


@dataclass(slots=True)
class Line:
    """One letter's FETCH line: `head + literal + tail`; without bytes asked, literal is None."""

    uid: int
    head: bytes
    literal: bytes | None
    tail: bytes

    def whole(self) -> bytes:
        """The line as it goes over the wire."""
        return self.head + (self.literal or b"") + self.tail


def wanted(text: str) -> tuple[Wanted, ...] | None:
    """The items of a FETCH; None for anything this server does not know."""
    found: list[Wanted] = []
    for match in _ITEM.finditer(text):
        verb, section, start, length, word = match.groups()
        if verb:
            begin = None if start is None else int(start)
            found.append(
                Wanted(f"BODY[{section}]", section.upper(), begin, int(length) if length else None, "." in verb)
            )
            continue
        names: tuple[str, ...] = _MACROS.get(word.upper(), (word.upper(),))
        if names[0] in _OLD:
            found.append(Wanted(names[0], _OLD[names[0]], peek=names[0] == "RFC822.HEADER"))
        elif all(name in _KNOWN for name in names):
            found.extend(Wanted(name) for name in names)
        else:
            return None
    return tuple(found)


def line(number: int, letter: StoredLetter, items: tuple[Wanted, ...]) -> Line:
    """One letter's answer; where several stretches of bytes are asked for, the last one is handed out apart."""
    pieces: list[bytes] = []
    last, content = -1, b""
    for item in items:
        if item.section is None:
            pieces.append(_plain(letter, item.name))
            continue
        if last >= 0:
            pieces[last] += content
        content, announced = _bytes(letter, item)
        last = len(pieces)
        pieces.append(announced)
    start = b"* %d FETCH (" % number
    if last < 0:
        return Line(letter.uid, start + b" ".join(pieces) + b")\r\n", None, b"")
    tail = b"".join(b" " + piece for piece in pieces[last + 1 :]) + b")\r\n"
    return Line(letter.uid, start + b" ".join(pieces[: last + 1]), content, tail)


def _plain(letter: StoredLetter, name: str) -> bytes:
    if name == "UID":
        return b"UID %d" % letter.uid
    if name == "FLAGS":
        return f"FLAGS ({' '.join(sorted(letter.flags))})".encode()
    if name == "RFC822.SIZE":
        return b"RFC822.SIZE %d" % (len(letter.raw) if letter.size is None else letter.size)
    return b"INTERNALDATE " + (
        internaldate(letter.internaldate) if letter.date_text is None else letter.date_text.encode()
    )


def _bytes(letter: StoredLetter, item: Wanted) -> tuple[bytes, bytes]:
    content = _section(letter.raw, item.section or "")
    name = item.name
    if item.start is not None:
        content = content[item.start :] if item.length is None else content[item.start : item.start + item.length]
        name = f"{name}<{item.start}>"
    return content, name.encode() + b" {%d}\r\n" % len(content)


def _section(raw: bytes, section: str) -> bytes:
    if not section:
        return raw
    head, _, text = raw.partition(b"\r\n\r\n")
    if section.lstrip(".") == "HEADER":
        return head + b"\r\n\r\n"
    if not section.startswith("HEADER.FIELDS"):
        return text
    names = set(re.findall(r"[^\s()\"]+", section.partition("(")[2]))
    unfolded = re.split(rb"\r\n(?![ \t])", head)
    kept = [
        field
        for field in unfolded
        if (field.partition(b":")[0].decode("latin-1").strip().upper() in names) != (".NOT" in section)
    ]
    return b"".join(field + b"\r\n" for field in kept) + b"\r\n"


def internaldate(when: datetime) -> bytes:
    """RFC 3501 date-time, quoted."""
    zone = when.strftime("%z") or "+0000"
    return f'"{when.day:02d}-{_MONTHS[when.month]}-{when.year:04d} {when:%H:%M:%S} {zone}"'.encode()


def chosen(letters: list[StoredLetter], text: str, *, by_uid: bool) -> list[tuple[int, StoredLetter]]:
    """The letters a set like `5:9,12,20:*` names, with their numbers; `*` is the last letter (F50)."""
    if not letters:
        return []
    last = letters[-1].uid if by_uid else len(letters)
    found: dict[int, StoredLetter] = {}
    for piece in text.split(","):
        low, _, high = piece.partition(":")
        bounds = sorted((_number(low, last), _number(high or low, last)))
        first, stop = bounds[0] - 1, bounds[1]
        if by_uid:
            first = bisect_left(letters, bounds[0], key=lambda letter: letter.uid)
            stop = bisect_left(letters, bounds[1] + 1, key=lambda letter: letter.uid)
        for place in range(max(first, 0), min(stop, len(letters))):
            found[place + 1] = letters[place]
    return sorted(found.items())


def _number(text: str, last: int) -> int:
    return last if text == "*" else min(int(text), MANY)
