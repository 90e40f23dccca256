"""Promises to complainants, counted (S36): each is an event when made and another when measured; nothing else is stored."""

import json
from collections import Counter
from datetime import datetime

from sqlalchemy import Connection, select

from db import files
from db import tables as t
from rules.days import local_day
from rules.policy import Book


def counted(cx: Connection, book: Book, now: datetime) -> list[dict[str, object]]:
    """One row for each clock: how many of its promises were kept, broken, run now, and are overdue today."""
    tally: Counter[tuple[str, str]] = Counter()
    measured = select(t.ledger.c.body).where(t.ledger.c.kind == "PromiseMeasured")
    for body in cx.execute(measured).scalars():
        line = json.loads(body)
        tally[line["clock"], "kept" if line["kept"] else "broken"] += 1
    _running(cx, tally, now)
    clocks = dict.fromkeys(clock for clock, _ in tally)
    return [
        {
            "promise": book.clocks[clock].label,
            **{what: tally[clock, what] for what in ("kept", "broken", "running", "overdue")},
        }
        for clock in sorted(clocks)
    ]


def _running(cx: Connection, tally: Counter[tuple[str, str]], now: datetime) -> None:
    """Promises of open cases; what stands still is not overdue."""
    today, after = local_day(now), ""
    while page := files.open_files(cx, after):
        for clock in (clock for file in page for clock in file.running if clock.promised):
            tally[clock.clock, "running"] += 1
            tally[clock.clock, "overdue"] += clock.due < today
        after = page[-1].ref
