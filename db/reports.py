"""What reports are counted from: the ledger's lines about cases, who was asked and who ordered, what units have reported."""

import json
from collections.abc import Iterator
from datetime import date

from sqlalchemy import Connection, select

from db import ledger
from db import tables as t
from db.moment import read
from rules.contacts import kept_rows
from rules.days import local_day
from rules.reports import Told

CASES = t.ledger.c.about.like("case:%")


def told(cx: Connection) -> Iterator[Told]:
    """Every line about a case, in the ledger's order."""
    asked = select(t.ledger).where(CASES).order_by(t.ledger.c.seq)
    for row in cx.execute(asked.execution_options(yield_per=ledger.PAGE)):
        yield Told(row.seq, local_day(read(row.at)), ledger.event_of(row))


def asked(cx: Connection) -> tuple[tuple[str, date], ...]:
    """(question key, day) of every question that was put."""
    return tuple((body["key"], day) for _actor, body, day in _bodies(cx, "Asked"))


def ordered(cx: Connection, first: date, last: date) -> tuple[tuple[str, str, date], ...]:
    """(person, question key, day) of every order of the period that stood."""
    return tuple(
        (actor, body.get("question", ""), day)
        for actor, body, day in _bodies(cx, "Ordered")
        if actor and first <= day <= last
    )


def _bodies(cx: Connection, kind: str) -> Iterator[tuple[str, dict[str, str], date]]:
    wanted = select(t.ledger.c.actor, t.ledger.c.body, t.ledger.c.at).where(t.ledger.c.kind == kind)
    for row in cx.execute(wanted.order_by(t.ledger.c.seq)):
        yield row.actor, json.loads(row.body), local_day(read(row.at))


def checks(cx: Connection) -> dict[str, frozenset[str]]:
    """Unit -> what of the checklist it fulfils: its sheet says so, or an inspector noted it (S15, S30, S54)."""
    found: dict[str, set[str]] = {}
    for row in cx.execute(select(t.contacts).where(t.contacts.c.until.is_(None))):
        found[row.unit] = _reported(row)
    for body in cx.execute(_NOTED).scalars():
        event = json.loads(body)
        shelf = found.setdefault(event["unit"], set())
        (shelf.add if event["on"] else shelf.discard)(event["item"])
    return {unit: frozenset(keys) for unit, keys in found.items()}


_NOTED = select(t.ledger.c.body).where(t.ledger.c.kind == "CheckNoted").order_by(t.ledger.c.seq)


def _reported(row: object) -> set[str]:
    sheet = kept_rows(getattr(row, "sheet"))  # noqa: B009 - a row's columns have no types
    says = {
        "organ": any(one.org for one in sheet),
        "leader": any(one.leader for one in sheet),
        "contact": bool(getattr(row, "person")) or any(one.contact for one in sheet),  # noqa: B009
        "hotline": bool(getattr(row, "public")) or any(one.hotline for one in sheet),  # noqa: B009
        "mailbox": bool(getattr(row, "address")),  # noqa: B009
    }
    return {key for key, said in says.items() if said}
