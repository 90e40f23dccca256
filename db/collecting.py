"""What came of contact sheets, as the ledger tells it: which unit, on which day its letter was received, whether it was taken."""

import json
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, select

from db import tables as t
from db.moment import kept, read
from rules.collecting import Came, Known
from rules.contacts import kept_rows
from rules.days import local_day


def came(cx: Connection, units: Iterable[str], since: datetime) -> tuple[Came, ...]:
    """Every sheet about the units that was decided since then, the oldest first. Its day is the server's (F60), not that of the decision."""
    abouts = [f"unit:{unit}" for unit in units]
    asked = select(t.ledger.c.body, t.ledger.c.at).where(
        t.ledger.c.about.in_(abouts), t.ledger.c.kind == "SheetReceived", t.ledger.c.at >= kept(since)
    )
    lines = [(json.loads(row.body), row.at) for row in cx.execute(asked.order_by(t.ledger.c.seq))]
    hashes = {body["letter"] for body, _ in lines}
    dated = select(t.letters.c.sha256, t.letters.c.received).where(t.letters.c.sha256.in_(hashes))
    received = {row.sha256: row.received for row in cx.execute(dated)}
    return tuple(
        Came(
            body["unit"],
            local_day(read(received.get(body["letter"], at))),
            body["accepted"],
            tuple(body.get("doubts", ())),
        )
        for body, at in lines
    )


def known(cx: Connection) -> dict[str, Known]:
    """What the directory has of each unit today."""
    asked = select(t.contacts.c.unit, t.contacts.c.address, t.contacts.c.sheet).where(t.contacts.c.until.is_(None))
    return {row.unit: Known(row.address, kept_rows(row.sheet)) for row in cx.execute(asked)}
