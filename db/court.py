"""Letters of machines and bulk letters for the weekly sample, and what people corrected, for those who improve the rules."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, select

from db import letters
from db import tables as t
from db.ledger import event_of
from db.moment import kept
from rules.events import Corrected
from rules.handover.court import Sampled
from rules.reading import read

NEVER_SHOWN = ("by-person", "bounce", "own", "copy")
"""A person judged it already; a bounce belongs to a letter of ours and has its question; our own letters and copies are no complaints."""
_SAMPLED = (
    select(t.letters.c.sha256, t.letters.c.kind, t.letters.c.from_addr, t.letters.c.subject)
    .join(t.ledger, t.ledger.c.seq == t.letters.c.seq)
    .where(
        t.letters.c.disposition == "machine",
        t.letters.c.kind.not_in(NEVER_SHOWN),
        t.ledger.c.at >= bindparam("since"),
    )
    .order_by(func.substr(t.letters.c.sha256, 1, 16), t.letters.c.id)
    .limit(bindparam("most"))
)
_CORRECTED = select(t.ledger).where(t.ledger.c.kind == "Corrected").order_by(t.ledger.c.seq)


def sampled(cx: Connection, since: datetime, most: int) -> tuple[Sampled, ...]:
    """Letters judged machines' since then: which of them is told by their hash, so that nobody chooses and no sender knows."""
    rows = cx.execute(_SAMPLED, {"since": kept(since), "most": most}).all()
    return tuple(Sampled(row.sha256, row.kind, row.from_addr, row.subject, _words(cx, row.sha256)) for row in rows)


def _words(cx: Connection, digest: str) -> str:
    letter = read(letters.bytes_of(cx, digest))
    return letter.own_words or letter.text


def corrections(cx: Connection) -> Iterator[tuple[str, str, str, str]]:
    """(letter, subject, words, label) of every correction, the last word on a letter alone. Label: `kind:…` or `unit:…`."""
    last: dict[tuple[str, str], Corrected] = {}
    for row in cx.execute(_CORRECTED):
        event = event_of(row)
        if isinstance(event, Corrected):
            last[event.letter, event.now.partition(":")[0]] = event
    for (digest, _family), event in last.items():
        letter = read(letters.bytes_of(cx, digest))
        yield digest, letter.subject, letter.own_words or letter.text, event.now
