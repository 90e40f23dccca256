"""What arrived: ACCOUNTED, ONCE, KEPT-FIRST, and machines (NO-LOOP)."""

from collections.abc import Iterator
from hashlib import sha256

from sqlalchemy import Connection, bindparam, func, select

from db import tables as t
from db.checks.problem import Night, Problem, say


def seen(cx: Connection, _night: Night) -> Iterator[Problem]:
    """Every letter was seen somewhere."""
    for digest in cx.execute(_UNSEEN).scalars():
        yield Problem("ACCOUNTED", digest[:16], say("audit-unseen"))


def filed(cx: Connection, _night: Night) -> Iterator[Problem]:
    """A letter that opened or joined is filed in a case."""
    for digest in cx.execute(_UNFILED).scalars():
        yield Problem("ACCOUNTED", digest[:16], say("audit-unfiled"))


def waiting(cx: Connection, night: Night) -> Iterator[Problem]:
    """A letter kept for an hour and not decided."""
    for row in cx.execute(_WAITING, {"before": night.hour_ago}):
        yield Problem("ACCOUNTED", row.sha256[:16], say("audit-waiting", tries=row.tries))


def vanished(cx: Connection, night: Night) -> Iterator[Problem]:
    """UIDs that were gone before they could be fetched, or that the server does not hand over, in the last day (S67b)."""
    for row in cx.execute(_VANISHED, {"since": night.day_ago}):
        yield Problem("ACCOUNTED", f"{row.mailbox}/{row.name}/{row.uid}", say(f"audit-{row.note}"))


def behind_cursor(cx: Connection, _night: Night) -> Iterator[Problem]:
    """A folder's cursor is its highest UID accounted for: a row taken away, or a cursor moved by hand, shows here."""
    for row in cx.execute(_MOVED):
        yield Problem("ACCOUNTED", f"{row.mailbox}/{row.name}", say("audit-cursor"))


def once(cx: Connection, _night: Night) -> Iterator[Problem]:
    """A letter is filed in one case; only an order adds more."""
    for digest in cx.execute(_FILED_TWICE).scalars():
        yield Problem("ONCE", digest[:16], say("audit-twice"))


def opened_twice(cx: Connection, _night: Night) -> Iterator[Problem]:
    """The same Message-ID, sender and text never open two cases (F62)."""
    for digest in cx.execute(_OPENED_TWICE).scalars():
        yield Problem("ONCE", digest[:16], say("audit-again"))


def machines(cx: Connection, _night: Night) -> Iterator[Problem]:
    """A machine's letter never opened a case: a case is answered."""
    for digest in cx.execute(_MACHINES).scalars():
        yield Problem("NO-LOOP", digest[:16], say("audit-machine-answered"))


def bytes_whole(cx: Connection, _night: Night) -> Iterator[Problem]:
    """Stored bytes have the hash they are stored under (A77)."""
    asked = select(t.blobs.c.sha256, t.blobs.c.bytes).where(t.blobs.c.bytes.is_not(None))
    for row in cx.execute(asked.execution_options(yield_per=20)):
        if sha256(row.bytes).hexdigest() != row.sha256:
            yield Problem("KEPT-FIRST", row.sha256[:16], say("audit-bytes"))


_SHA = select(t.letters.c.sha256)
_UNSEEN = _SHA.where(~select(t.sightings.c.letter).where(t.sightings.c.letter == t.letters.c.id).exists())
_UNFILED = _SHA.where(
    t.letters.c.disposition.in_(("opened", "joined")),
    ~select(t.filings.c.letter).where(t.filings.c.letter == t.letters.c.id).exists(),
)
_WAITING = (
    select(t.letters.c.sha256, t.letters.c.tries)
    .join(t.sightings, t.sightings.c.letter == t.letters.c.id)
    .where(t.letters.c.state == "kept", t.sightings.c.at < bindparam("before"))
    .distinct()
)
_VANISHED = (
    select(t.folders.c.mailbox, t.folders.c.name, t.sightings.c.uid, t.sightings.c.note)
    .join(t.folders, t.folders.c.id == t.sightings.c.folder)
    .where(
        t.sightings.c.letter.is_(None),
        t.sightings.c.note.in_(("vanished", "withheld")),
        t.sightings.c.at >= bindparam("since"),
    )
)
_HIGHEST = select(func.max(t.sightings.c.uid)).where(t.sightings.c.folder == t.folders.c.id).scalar_subquery()
_MOVED = select(t.folders.c.mailbox, t.folders.c.name).where(t.folders.c.cursor != func.coalesce(_HIGHEST, 0))
_FILED_TWICE = _SHA.where(
    t.letters.c.id.in_(
        select(t.filings.c.letter)
        .join(t.ledger, t.ledger.c.seq == t.filings.c.seq)
        .where(t.ledger.c.warrant != "order")
        .group_by(t.filings.c.letter)
        .having(func.count() > 1)
    )
)
_OPENED_TWICE = (
    select(func.min(t.letters.c.sha256))
    .where(t.letters.c.disposition == "opened", t.letters.c.message_id != "")
    .group_by(t.letters.c.message_id, t.letters.c.text_key)
    .having(func.count() > 1)
)
_MACHINES = _SHA.join(t.filings, t.filings.c.letter == t.letters.c.id).where(
    t.letters.c.disposition == "machine", t.filings.c.part == "complaint"
)
