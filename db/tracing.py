"""The copies of letters that units got, for tracing a leak: each with its ledger line (S67f)."""

import json
from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from db import tables as t


@dataclass(frozen=True, slots=True)
class Copy:
    """One unit's copy of one letter. `line` is the ledger's line of it, '' where no line has these bytes."""

    occasion: str
    case: str
    unit: str
    template: str
    state: str
    at: str
    text: str = field(repr=False)
    line: str = ""
    mark: str = ""
    """The choices of wording that the line keeps."""


def copies(cx: Connection) -> list[Copy]:
    """Every letter about a case that was written to a unit and not erased since, oldest first."""
    asked = (
        select(t.outbox)
        .where(t.outbox.c.audience == "unit", t.outbox.c.about.like("case:%"), t.outbox.c.text != "")
        .order_by(t.outbox.c.id)
    )
    lined = _lines(cx)
    made = []
    for row in cx.execute(asked):
        hashed, mark = lined.get((row.occasion, row.raw_sha256), ("", ""))
        unit = row.party.removeprefix("unit:")
        ref = row.about.removeprefix("case:")
        made.append(Copy(row.occasion, ref, unit, row.template, row.state, row.made, row.text, hashed, mark))
    return made


def mark(cx: Connection, about: str, occasion: str, digest: str) -> str:
    """The choices of wording of the letter with these bytes, as its line keeps them; '' where it has none."""
    asked = select(t.ledger.c.body).where(t.ledger.c.about == about, t.ledger.c.kind == "Queued")
    bodies = (json.loads(body) for body in cx.execute(asked).scalars())
    told = (body.get("copy", "") for body in bodies if (body["occasion"], body["sha256"]) == (occasion, digest))
    return str(next(told, ""))


def _lines(cx: Connection) -> dict[tuple[str, str], tuple[str, str]]:
    """(occasion, SHA-256 of the bytes) -> the line's hash and the copy's choices."""
    asked = select(t.ledger.c.hash, t.ledger.c.body).where(t.ledger.c.kind == "Queued")
    bodies = ((row.hash, json.loads(row.body)) for row in cx.execute(asked))
    return {(body["occasion"], body["sha256"]): (hashed, body.get("copy", "")) for hashed, body in bodies}
