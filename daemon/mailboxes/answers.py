"""Reads the answers to FETCH as imaplib collects them; pure, and strict where bytes are at stake.

imaplib gives a list: `b'12 (UID 5 RFC822.SIZE 9)'` for a line without a literal; for one with a literal `(b'12 (UID 5 BODY[] {9}', b'…')`
and then the rest of the line. Letters are matched by UID only (F55); a line that is not exactly what was asked, closed by its parenthesis,
is not believed: a literal shorter or longer than announced shows there (F41).
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone

from daemon.mailboxes.seen import Listed

Answer = list[bytes | tuple[bytes, bytes] | None]

_MONTHS = {name: number for number, name in enumerate(b"jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_UID = re.compile(rb"[ (]UID (\d{1,10})(?=[ )])")
_SIZE = re.compile(rb"[ (]RFC822\.SIZE (\d{1,20})(?=[ )])")
_DATE = re.compile(rb'[ (]INTERNALDATE "([^"]{0,60})"')
_WHEN = re.compile(rb" ?(\d{1,2})-([A-Za-z]{3})-(\d{4}) (\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)")
_STARTS = re.compile(rb"\d{1,10} \(")
_BYTES = rb'(?:\x00|"((?:[^"\\\r\n]|\\.){0,8000})")'
_PLAIN = rb'UID \d{1,10}|FLAGS \([^()]{0,4000}\)|MODSEQ \(\d{1,20}\)|RFC822\.SIZE \d{1,20}|INTERNALDATE "[^"]{0,60}"'
_ITEM = rb"(?:" + _PLAIN + rb"|BODY\[\](?:<(\d{1,10})>)? " + _BYTES + rb")"
_LETTER = re.compile(rb"\d{1,10} \(" + _ITEM + rb"(?: " + _ITEM + rb"){0,5}\)", re.IGNORECASE)


def listed(answer: Answer) -> tuple[dict[int, Listed], bool]:
    """The letters a listing names, by UID; and True where a line of it has no UID (the listing cannot be trusted to be whole)."""
    found: dict[int, Listed] = {}
    nameless = False
    for line in answer:
        if not isinstance(line, bytes) or not _STARTS.match(line):
            continue
        size = _SIZE.search(line)
        if size is None:
            continue  # an unasked FLAGS line
        uid = _UID.search(line)
        if uid is None:
            nameless = True
            continue
        date = _DATE.search(line)
        found[int(uid[1])] = Listed(int(uid[1]), internaldate(date[1]) if date else None, int(size[1]))
    return found, nameless


def internaldate(text: bytes) -> datetime | None:
    """RFC 3501 date-time in UTC; None for anything else."""
    match = _WHEN.fullmatch(text)
    if match is None:
        return None
    day, month, year, hour, minute, second, sign, zone_hours, zone_minutes = match.groups()
    offset = timedelta(hours=int(zone_hours), minutes=int(zone_minutes)) * (-1 if sign == b"-" else 1)
    try:
        number = _MONTHS[month.lower()]
        local = datetime(int(year), number, int(day), int(hour), int(minute), int(second), tzinfo=timezone(offset))
        return local.astimezone(UTC)
    except (KeyError, ValueError, OverflowError):
        return None


def letters(answer: Answer, offset: int | None = None) -> dict[int, bytes]:
    """The bytes of each letter answered whole, by UID; `offset` is the one asked for with `<offset.length>`, None for the whole letter.

    A UID answered twice with different bytes is left out: nobody knows which is right.
    """
    found: dict[int, bytes] = {}
    doubtful: set[int] = set()
    for line, literals in _lines(answer):
        one = _letter(line, literals, offset)
        if one is None:
            continue
        uid, raw = one
        if found.setdefault(uid, raw) != raw:
            doubtful.add(uid)
    return {uid: raw for uid, raw in found.items() if uid not in doubtful}


def _letter(line: bytes, literals: list[bytes], offset: int | None) -> tuple[int, bytes] | None:
    uid = _UID.findall(line)
    if len(uid) != 1 or not _LETTER.fullmatch(line):
        return None
    body = re.search(rb"BODY\[\](?:<(\d{1,10})>)? " + _BYTES, line, re.IGNORECASE)
    if body is None or (None if body[1] is None else int(body[1])) != offset or len(literals) > 1:
        return None
    raw = literals[0] if literals else re.sub(rb"\\(.)", rb"\1", body[2] or b"")
    return int(uid[0]), raw


def _lines(answer: Answer) -> Iterator[tuple[bytes, list[bytes]]]:
    """Whole FETCH lines, each literal replaced by NUL, with the literals."""
    text: list[bytes] = []
    literals: list[bytes] = []
    for piece in answer:
        if piece is None:
            continue
        if not text and not _STARTS.match(piece[0] if isinstance(piece, tuple) else piece):
            continue
        if isinstance(piece, tuple):
            text.append(re.sub(rb"\{\d{1,20}\}$", b"\x00", piece[0]))
            literals.append(piece[1])
            continue
        text.append(piece)
        yield b"".join(text), literals
        text, literals = [], []
