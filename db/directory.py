"""The directory (通讯录): where each unit is reached today, where it was before, and which letter said so."""

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, insert, select, update

from db import tables as t
from rules.contacts import Earlier, Row, changes, keep, kept_day, kept_rows
from rules.decision import ContactEntry
from rules.desk import Contact


def enter(cx: Connection, entries: Iterable[ContactEntry], at: str, seq: int) -> None:
    """The unit's row from now on; its earlier row ends and stays as history. An entry without address or sheet keeps the old one.

    A sheet that was held and that an order enters is held no more.
    """
    for entry in entries:
        old = cx.execute(
            select(t.contacts).where(t.contacts.c.unit == entry.unit, t.contacts.c.until.is_(None))
        ).first()
        address = entry.address or (old.address if old else "")
        if old:
            cx.execute(update(t.contacts).where(t.contacts.c.id == old.id).values(until=at))
        cx.execute(
            insert(t.contacts).values(
                unit=entry.unit,
                address=address.lower(),
                person=entry.person,
                phone=entry.phone,
                public=entry.public,
                sheet=_sheet(entry, old.sheet if old else ""),
                since=at,
                letter=entry.letter,
                seq=seq,
            )
        )
        if entry.letter:
            cx.execute(
                update(t.letters)
                .where(t.letters.c.sha256 == entry.letter, t.letters.c.disposition == "held")
                .values(disposition="contact", kind="contact")
            )


def _sheet(entry: ContactEntry, old: str) -> str:
    """What the sheet said, with the leader's mailbox that a person entered or that was known before."""
    rows = kept_rows(entry.sheet or old)
    known = next((row.leader_email for row in kept_rows(old) if row.leader_email), "")
    mailbox = entry.leader_mailbox.lower() or known
    if not mailbox:
        return entry.sheet or old
    first, *others = rows or (Row(unit=entry.unit),)
    return keep((replace(first, leader_email=mailbox), *others), kept_day(entry.sheet or old))


def today(cx: Connection) -> tuple[Contact, ...]:
    """Every unit that can be reached."""
    return tuple(
        Contact(row.unit, row.address, row.person, row.phone, row.public, *_leader(row.sheet), _leaders(row.sheet))
        for row in cx.execute(_TODAY)
    )


@lru_cache(maxsize=512)
def _leader(sheet: str) -> tuple[str, str]:
    """(mailbox, telephone) of the leader in charge."""
    rows = kept_rows(sheet)
    mailbox = next((row.leader_email for row in rows if row.leader_email), "")
    return mailbox, next((row.leader_phone for row in rows if row.leader_phone), "")


@lru_cache(maxsize=512)
def _leaders(sheet: str) -> tuple[str, ...]:
    """Those whom the unit's sheet names, by name, and by surname and title (R3); each sheet is taken apart once."""
    pairs = [
        pair
        for row in kept_rows(sheet)
        for pair in ((row.leader, row.leader_title), (row.contact, row.contact_title))
        if pair[0]
    ]
    titled = (f"{name[0]}{title}" for name, title in pairs if title)
    return tuple(dict.fromkeys((*(name for name, _ in pairs), *titled)))


_TODAY = (
    select(*(t.contacts.c[name] for name in ("unit", "address", "person", "phone", "public", "sheet")))
    .where(t.contacts.c.until.is_(None), t.contacts.c.address != "")
    .order_by(t.contacts.c.unit)
)


def sheets(cx: Connection) -> tuple[Earlier, ...]:
    """Every sheet that is in the directory, unit by unit, as a later one is compared with it; its key is its letter's hash."""
    asked = select(t.contacts.c.unit, t.contacts.c.letter, t.contacts.c.sheet).where(
        t.contacts.c.until.is_(None), t.contacts.c.sheet != ""
    )
    return tuple(
        Earlier(row.letter, (row.unit,), kept_day(row.sheet), kept_rows(row.sheet))
        for row in cx.execute(asked.order_by(t.contacts.c.unit))
    )


def history(cx: Connection, unit: str) -> list[dict[str, Any]]:
    """The unit's rows, oldest first: since, until, address, person, phone, public, rows; what changed; and who said so.

    `warrant` (rule, code, order) and `actor` are the ledger's; `letter` is the SHA-256 of the letter or file, `from_addr` its sender.
    """
    asked = (
        select(t.contacts, t.ledger.c.warrant, t.ledger.c.actor, t.letters.c.from_addr)
        .join_from(t.contacts, t.ledger, t.ledger.c.seq == t.contacts.c.seq)
        .join(t.letters, t.letters.c.sha256 == t.contacts.c.letter, isouter=True)
        .where(t.contacts.c.unit == unit)
        .order_by(t.contacts.c.id)
    )
    told: list[dict[str, Any]] = []
    before: Any = None
    for row in cx.execute(asked).all():
        names = ("since", "until", "address", "person", "phone", "public", "letter", "from_addr", "warrant", "actor")
        told.append(
            {
                **{name: getattr(row, name) or "" for name in names},
                "rows": [person.given() for person in kept_rows(row.sheet)],
                "changed": _changed(before, row),
            }
        )
        before = row
    return told


def _changed(before: Any, row: Any) -> list[str]:
    """The names of what is not as it was: address, person, phone, public, and fields of the sheet."""
    if before is None:
        return []
    plain = [name for name in ("address", "person", "phone", "public") if getattr(before, name) != getattr(row, name)]
    sheet = [change.field or change.kind for change in changes(kept_rows(before.sheet), kept_rows(row.sheet))]
    return list(dict.fromkeys([*plain, *sheet]))


def rows(cx: Connection) -> list[dict[str, str]]:
    """All present rows with their public telephone."""
    asked = select(t.contacts).where(t.contacts.c.until.is_(None)).order_by(t.contacts.c.unit)
    return [{key: value or "" for key, value in row.items()} for row in cx.execute(asked).mappings()]
