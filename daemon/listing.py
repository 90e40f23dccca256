"""Directory rows entered by a person at the keyboard: the change is shown, asked about, and written with his name (LEDGER)."""

import sys
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from daemon.office import Office
from db import directory
from db.moment import kept
from db.pen import look, pen
from db.record import record
from rules.contacts import Context, UnitNames, understand
from rules.decision import ContactEntry, Decision, Warrant, WarrantKind
from rules.events import ContactChanged, Event
from rules.papers import open_paper
from rules.trouble import DONE, FOUND, UsageTrouble
from rules.wording import wording

say = wording("daemon")


def entries_of(data: bytes, name: str, office: Office) -> list[ContactEntry]:
    """The rows of a sheet that name a unit and a mailbox. Raises UsageTrouble where the sheet cannot be read."""
    sheet = understand([open_paper(data, name)], Context(file_name=name), UnitNames(office.book.units))
    if not sheet.readable:
        raise UsageTrouble(say("sheet-unreadable", file=name, why="、".join(sheet.doubts)))
    digest = sha256(data).hexdigest()
    rows = [row for row in sheet.rows if row.unit and row.email]
    return [
        ContactEntry(
            row.unit, row.email, row.contact or "", row.mobile or row.office_phone or "", row.hotline or "", digest
        )
        for row in {row.unit: row for row in reversed(rows)}.values()
    ]


def enter(office: Office, entries: Sequence[ContactEntry], person: str, now: datetime, *, sure: bool) -> int:
    """Show the change, ask unless `sure`, write. Exit 1 where the person said no."""
    role = next((staff.role for staff in office.book.office.staff if staff.name == person), "")
    if not role:
        raise UsageTrouble(say("no-person", person=person))
    for entry in entries:
        if office.book.units.find(entry.unit) is None:
            raise UsageTrouble(say("no-such-unit", unit=entry.unit))
    with look(office.engine) as cx:
        old = {contact.unit: contact.address for contact in directory.today(cx)}
    for entry in entries:
        print(
            say(
                "directory-change",
                unit=entry.unit,
                old=old.get(entry.unit, say("none")),
                new=entry.address,
                person=entry.person,
            )
        )
    if not entries or not (sure or _agreed()):
        print(say("directory-unchanged"))
        return FOUND
    cause = f"directory:{kept(now)}:{sha256(repr(entries).encode()).hexdigest()[:12]}"
    warrant = Warrant(WarrantKind.ORDER, cause, person, role)
    events: tuple[Event, ...] = tuple(
        ContactChanged(
            about=f"unit:{entry.unit}", warrant=warrant, unit=entry.unit, what="rows", rows=1, letter=entry.letter
        )
        for entry in entries
    )
    with pen(office.engine) as cx:
        record(cx, cause, Decision(events=events, contacts=tuple(entries)), at=now, book=office.book.hash)
    print(say("directory-entered", count=len(entries)))
    return DONE


def _agreed() -> bool:
    print(say("directory-sure"), end="", flush=True)
    return sys.stdin.readline().strip().lower() in ("y", "yes", say("yes"))
