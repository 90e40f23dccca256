"""What leaves: ONE-WAY-OUT, NO-LOOP, SHIELD."""

import json
from collections.abc import Iterator
from hashlib import sha256

from sqlalchemy import Connection, bindparam, func, select

from db import erasing
from db import tables as t
from db.checks.problem import Night, Problem, say
from db.questions import PUT_OFF
from rules.events import ref_of


def asked_about(cx: Connection, _night: Night) -> Iterator[Problem]:
    """Refused and stopped letters have a question; staff's own letters excepted, which would ask the one who was not reached."""
    for row in cx.execute(_UNASKED):
        yield Problem("ONE-WAY-OUT", row.occasion, say(f"audit-{row.state}"))


def stuck(cx: Connection, night: Night) -> Iterator[Problem]:
    """None lies `sending` for an hour, and none `unknown` for an hour without a question."""
    for occasion in cx.execute(_STUCK, {"before": night.hour_ago}).scalars():
        yield Problem("ONE-WAY-OUT", occasion, say("audit-stuck"))


def outside(cx: Connection, _night: Night) -> Iterator[Problem]:
    """Letters in Sent that no outbox row knows (A44), until a person has looked at them."""
    for digest in cx.execute(_OUTSIDE).scalars():
        yield Problem("ONE-WAY-OUT", digest[:16], say("audit-outside"))


def no_loop(cx: Connection, night: Night) -> Iterator[Problem]:
    """Nobody got more receipts on one day than the book allows automatic letters."""
    if night.limits is None:
        return
    for occasion in cx.execute(_TOO_MANY, {"most": night.limits.per_address_day}).scalars():
        yield Problem("NO-LOOP", occasion, say("audit-too-many"))


def bytes_whole(cx: Connection, _night: Night) -> Iterator[Problem]:
    """Every letter was put there by a ledger line, and its bytes are those of that line (the row's own hash could be altered with them)."""
    lined = {}
    for row in cx.execute(select(t.ledger.c.body).where(t.ledger.c.kind == "Queued").order_by(t.ledger.c.seq)):
        body = json.loads(row.body)
        lined[body["occasion"]] = body["sha256"]
    asked = select(t.outbox.c.occasion, t.outbox.c.state, t.outbox.c.raw, t.outbox.c.raw_sha256).where(
        t.outbox.c.about.not_in(erasing.cases(cx, erasing.LETTERS))  # a tombstone of the ledger stands for their bytes
    )
    gone = erasing.tombstones(cx)
    for row in cx.execute(asked.execution_options(yield_per=20)):
        if row.raw_sha256 in gone and not row.raw:
            continue
        digest = sha256(row.raw).hexdigest()
        if digest != row.raw_sha256 or digest != lined.get(row.occasion, digest):
            yield Problem("ONE-WAY-OUT", row.occasion, say("audit-raw"))
        elif row.occasion not in lined and row.state != "stopped":
            yield Problem("ONE-WAY-OUT", row.occasion, say("audit-unlined"))


def shield(cx: Connection, _night: Night) -> Iterator[Problem]:
    """No letter to a unit that left, or waits to leave, holds an identity of its case, but for what a person disclosed by consent,
    nor a picture but those that a person released."""
    from db.people import known_by
    from rules.shield import guard  # late: its lexicons are large, and a plain audit does not read them
    from rules.shield.disclosed import still_hidden

    told, let_go, erased = _disclosed(cx), _released(cx), erasing.cases(cx, erasing.IDENTITIES, erasing.LETTERS)
    asked = select(t.outbox.c.occasion, t.outbox.c.about, t.outbox.c.raw).where(
        t.outbox.c.audience == "unit",
        t.outbox.c.state.in_(("queued", "sending", "sent", "unknown")),
        t.outbox.c.about.like("case:%"),
        t.outbox.c.about.not_in(erased),
    )
    for row in cx.execute(asked).all():
        kinds = told.get(row.occasion.partition(":again:")[0], frozenset())
        known = known_by(cx, ref_of(row.about))
        searched = still_hidden(known, kinds)
        pictures = let_go.get(row.occasion.partition(":again:")[0], frozenset())
        if not known or (searched and guard(bytes(row.raw), searched, released=pictures)):
            yield Problem("SHIELD", row.occasion, say("audit-shield"))


def _released(cx: Connection) -> dict[str, frozenset[str]]:
    """Occasion of a letter with released pictures -> their SHA-256s."""
    found: dict[str, frozenset[str]] = {}
    for row in cx.execute(select(t.ledger.c.body).where(t.ledger.c.kind == "PaperReleased")).scalars():
        body = json.loads(row)
        for occasion in body["occasions"]:
            found[occasion] = found.get(occasion, frozenset()) | {body["sent"]}
    return found


def _disclosed(cx: Connection) -> dict[str, frozenset[str]]:
    """Occasion of a letter that told a unit who complained -> the kinds that two persons ordered and he agreed to."""
    lines = cx.execute(select(t.ledger.c.body).where(t.ledger.c.kind == "Disclosed")).scalars()
    return {body["occasion"]: frozenset(body["kinds"]) for body in map(json.loads, lines)}


_ASKED = select(t.questions.c.id).where(t.questions.c.outbox == t.outbox.c.occasion).exists()
_UNASKED = select(t.outbox.c.occasion, t.outbox.c.state).where(
    t.outbox.c.state.in_(("refused", "stopped")), ~_ASKED, t.outbox.c.audience != "staff"
)
_STUCK = select(t.outbox.c.occasion).where(
    t.outbox.c.since < bindparam("before"),
    (t.outbox.c.state == "sending") | ((t.outbox.c.state == "unknown") & ~_ASKED),
)
_OUTSIDE = (
    select(t.letters.c.sha256)
    .join(t.sightings, t.sightings.c.letter == t.letters.c.id)
    .join(t.folders, t.folders.c.id == t.sightings.c.folder)
    .where(t.folders.c.role == "sent", t.letters.c.disposition == "held", ~PUT_OFF)
    .distinct()
)
_DAY = func.substr(t.outbox.c.made, 1, 10)
_TOO_MANY = (
    select(func.min(t.outbox.c.occasion))
    .where(t.outbox.c.occasion.like("receipt:%"), t.outbox.c.automatic == 1)
    .group_by(t.outbox.c.to_address, _DAY)
    .having(func.count() > bindparam("most"))
)
