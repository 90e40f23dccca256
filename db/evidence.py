"""What evidence is made of, read in one look: a case's letters in and out, its lines, and the chain that holds them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, select

from db import ledger
from db import tables as t
from db.moment import kept, read
from rules.contacts import kept_rows
from rules.days import local_day
from rules.events import about_case
from rules.evidence import Line
from rules.evidence.lost import Gone


@dataclass(frozen=True, slots=True)
class Came:
    """A letter filed in the case; `raw` None where it was erased."""

    sha256: str
    part: str
    at: datetime
    unit: str
    """The unit whose registered mailbox sent it; '' where a complainant or somebody else did."""
    his: bool
    """It came from the mailbox of the case's complainant."""
    sender: str = field(repr=False)
    raw: bytes | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Went:
    """A letter of the outbox about the case. `live`: its reply code still acts."""

    occasion: str
    template: str
    audience: str
    party: str
    at: datetime
    state: str
    sha256: str
    raw: bytes = field(repr=False)
    live: bool = False


@dataclass(frozen=True, slots=True)
class Chain:
    """The ledger from the case's first line to its end, as canonical texts; `before` is the hash the first one names."""

    first: int
    before: str
    head: ledger.Head
    texts: tuple[str, ...]
    witnesses: tuple[tuple[int, str, str, datetime], ...] = ()
    """(seq, hash, kind, when told): lines whose hash went out in letters or was seen by the audit."""


def case_lines(cx: Connection, ref: str) -> tuple[Line, ...]:
    """Every line about the case, as an outsider checks it."""
    return tuple(Line(row.seq, read(row.at), event, text_of(row)) for row, event in ledger.lines(cx, about_case(ref)))


def text_of(row: object) -> str:
    """The text whose SHA-256 is the line's hash."""
    return ledger.canonical([getattr(row, name) for name in ledger.COLUMNS])


def chain(cx: Connection, first: int) -> Chain:
    """The chain from that line on."""
    asked = select(t.ledger).where(t.ledger.c.seq >= first).order_by(t.ledger.c.seq)
    rows = list(cx.execute(asked.execution_options(yield_per=ledger.PAGE)))
    told = tuple(_witness(row) for row in rows if row.kind in ("HandoverTold", "Audited"))
    return Chain(first, rows[0].prev, ledger.head(cx), tuple(map(text_of, rows)), told)


def _witness(row: object) -> tuple[int, str, str, datetime]:
    body = json.loads(getattr(row, "body"))  # noqa: B009 - a row's columns have no types
    seq = int(body.get("seq", 0))
    return seq, str(body["head"]), str(getattr(row, "kind")), read(getattr(row, "at"))  # noqa: B009


def came(cx: Connection, ref: str) -> Iterator[Came]:
    """Letters filed in the case, the oldest first."""
    asked = (
        select(t.letters.c.sha256, t.filings.c.part, t.letters.c.received, t.letters.c.from_addr, t.blobs.c.bytes)
        .join(t.filings, t.filings.c.letter == t.letters.c.id)
        .join(t.blobs, t.blobs.c.sha256 == t.letters.c.sha256)
        .where(t.filings.c.case == ref)
        .order_by(t.letters.c.received, t.letters.c.id)
    )
    units = {row.address: row.unit for row in cx.execute(select(t.contacts.c.address, t.contacts.c.unit))}
    parties = select(t.parties.c.address).where(t.parties.c.case == ref, t.parties.c.role == "complainant")
    his = frozenset(cx.execute(parties).scalars())
    for row in cx.execute(asked).all():
        raw = bytes(row.bytes) if row.bytes is not None else None
        unit, own = units.get(row.from_addr, ""), row.from_addr in his
        yield Came(row.sha256, row.part, read(row.received), unit, own, row.from_addr, raw)


def went(cx: Connection, ref: str) -> Iterator[Went]:
    """Letters of ours about the case, the oldest first."""
    asked = (
        select(t.outbox, t.codes.c.hash, t.codes.c.spent)
        .join(t.codes, t.codes.c.outbox == t.outbox.c.id, isouter=True)
        .where(t.outbox.c.about == about_case(ref))
        .order_by(t.outbox.c.id)
    )
    for row in cx.execute(asked).all():
        live = row.hash is not None and row.spent is None
        yield Went(
            row.occasion,
            row.template,
            row.audience,
            row.party,
            read(row.made),
            row.state,
            row.raw_sha256,
            bytes(row.raw),
            live,
        )


def people_of(cx: Connection, unit: str, at: datetime) -> tuple[str, str]:
    """(leader in charge, contact person) of a unit as the directory had them then; '' where it did not say (S66)."""
    moment = kept(at)
    asked = select(t.contacts).where(t.contacts.c.unit == unit, t.contacts.c.since <= moment)
    rows = [row for row in cx.execute(asked.order_by(t.contacts.c.id)) if row.until is None or row.until > moment]
    if not rows:
        return "", ""
    sheet = next((row for row in kept_rows(rows[-1].sheet) if row.unit in ("", unit)), None)
    return (sheet.leader if sheet else "", rows[-1].person or (sheet.contact if sheet else ""))


def gone(cx: Connection) -> list[Gone]:
    """Numbers of our folders whose letter was gone before it was fetched, the oldest first."""
    asked = (
        select(t.folders.c.name, t.sightings.c.uid, t.sightings.c.at)
        .join(t.folders, t.folders.c.id == t.sightings.c.folder)
        .where(t.sightings.c.letter.is_(None), t.sightings.c.note == "vanished")
    )
    return [Gone(row.name, row.uid, local_day(read(row.at))) for row in cx.execute(asked.order_by(t.sightings.c.at))]


def addresses(cx: Connection, unit: str) -> list[str]:
    """Every mailbox the unit ever had in the directory."""
    asked = select(t.contacts.c.address).where(t.contacts.c.unit == unit, t.contacts.c.address != "")
    return list(dict.fromkeys(cx.execute(asked.order_by(t.contacts.c.id)).scalars()))
