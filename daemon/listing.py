"""Directory rows entered by a person at the keyboard: what would change, and then the change, written with his name (LEDGER).

    read = entries_of(bytes, name, office)  ─▶  change = planned(office, read.entries, person)  ─▶  enter(office, change, now)

Who shows the change and asks is the command (`daemon/shell/_entering.py`).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from daemon.carrying_out import carry_out
from daemon.envelope import NotSendable, recipient
from daemon.logs import tame
from daemon.named import person_of
from daemon.office import Office
from daemon.reader import Died, Reader
from daemon.second_opinion import second_opinions
from db import desk as desks
from db import directory
from db.moment import kept
from db.pen import look, pen
from rules.contacts import Context, Earlier, Row, UnitNames, keep, renewed, understand
from rules.contacts.cells import is_mobile
from rules.contacts.explaining import in_short, sentence
from rules.decision import ContactEntry, Decision, Warrant, WarrantKind
from rules.desk import Contact
from rules.events import ContactChanged, Event, SheetReceived
from rules.handling.new_mailbox import tell_old_mailbox
from rules.trouble import UsageTrouble
from rules.wording import wording

say = wording("daemon")
TELEPHONE = re.compile(r"[0-9０-９\-－—()（）、，,；;/ 转]*")


@dataclass(frozen=True, slots=True)
class SheetRead:
    """A sheet's rows that can be entered; what is doubtful in it, and which rows cannot be, in sentences."""

    entries: tuple[ContactEntry, ...]
    doubts: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """Rows as they would be written, by whom; `old`: unit -> the mailbox it has today."""

    entries: tuple[ContactEntry, ...]
    old: Mapping[str, str]
    person: str
    role: str


def entries_of(data: bytes, name: str, office: Office) -> SheetRead:
    """The rows of a sheet that name a unit and a mailbox, and what is doubtful. Raises UsageTrouble where the sheet cannot be read."""
    with Reader() as reader:
        answer = reader.paper(data, name)
        papers = () if isinstance(answer, Died) else second_opinions(reader, [answer])
    sheet = understand(papers, Context(file_name=name), UnitNames(office.book.units))
    if not sheet.readable:
        reasons = dict.fromkeys(in_short(word) for word in sheet.doubts)
        raise UsageTrouble(say("sheet-unreadable", file=name, why="、".join(filter(None, reasons))))
    digest = sha256(data).hexdigest()
    entered = dict.fromkeys(row.unit for row in sheet.rows if row.unit and row.email)
    return SheetRead(
        tuple(_entry([row for row in sheet.rows if row.unit == unit], digest) for unit in entered),
        tuple(dict.fromkeys(tame(sentence(remark)) for remark in sheet.remarks)),
        tuple(_left_out(row) for row in sheet.rows if row.unit not in entered),
    )


def _left_out(row: Row) -> str:
    key = "sheet-no-mailbox" if row.unit else "sheet-no-unit"
    return say(key, unit=tame(row.unit or row.unit_text), person=tame(row.contact))


def _entry(rows: list[Row], digest: str) -> ContactEntry:
    """One unit's rows as the person at the desk enters them; of several mailboxes in a cell the first."""
    first, address = rows[0], next(row.email for row in rows if row.email).partition("、")[0]
    return ContactEntry(
        first.unit, address, first.contact, first.mobile or first.office_phone, first.hotline, digest, keep(rows)
    )


def planned(office: Office, entries: Sequence[ContactEntry], person: str) -> Change:
    """What the entries would change. Raises UsageTrouble where the book knows no such person or unit, or a cell is not what it should be."""
    role = person_of(person, office.book).role
    with look(office.engine) as cx:
        known, sheets = directory.today(cx), directory.sheets(cx)
    whole = tuple(_whole(entry, office, known, sheets) for entry in entries)
    return Change(whole, {contact.unit: contact.address for contact in known}, person, role)


def enter(office: Office, change: Change, now: datetime) -> None:
    """Write the rows; where a unit's mailbox changes, the old one is told (A16)."""
    entries, old = change.entries, change.old
    cause = f"directory:{kept(now)}:{sha256(repr(list(entries)).encode()).hexdigest()[:12]}"
    warrant = Warrant(WarrantKind.ORDER, cause, change.person, change.role)
    events = tuple(event for entry in entries for event in _events(entry, warrant))
    told = tuple(
        tell_old_mailbox(entry.unit, old[entry.unit], sha256(cause.encode()).hexdigest(), entered=True)
        for entry in entries
        if "contact" in office.desktop.addresses and old.get(entry.unit, entry.address).lower() != entry.address.lower()
    )
    decision = Decision(events=events, contacts=entries, notices=told)
    with pen(office.engine) as cx:
        carry_out(cx, office, decision, desks.bare(cx, office.setting(now), cause))


def _whole(entry: ContactEntry, office: Office, known: Sequence[Contact], sheets: Sequence[Earlier]) -> ContactEntry:
    """The entry under the unit's official name; what a row typed in by hand leaves out stays as it was, in the sheet too.

    Raises UsageTrouble where the book has no such unit, a mailbox is no address, or what is to be published no telephone (S34).
    """
    unit = office.book.units.find(entry.unit)
    if unit is None:
        raise UsageTrouble(say("no-such-unit", unit=entry.unit))
    for address in filter(None, (entry.address, entry.leader_mailbox)):
        try:
            recipient(address)
        except NotSendable as trouble:
            raise UsageTrouble(say("not-an-address", unit=unit.name, address=tame(address))) from trouble
    if not TELEPHONE.fullmatch(entry.public):
        raise UsageTrouble(say("not-a-telephone", phone=entry.public))
    if entry.sheet:
        return replace(entry, unit=unit.name)
    old = next((contact for contact in known if contact.unit == unit.name), Contact(unit.name, ""))
    rows = next((sheet.rows for sheet in sheets if sheet.units == (unit.name,)), ())
    place = "mobile" if is_mobile(entry.phone) else "office_phone"
    typed = Row(unit.name, contact=entry.person, hotline=entry.public, email=entry.address)
    typed = replace(typed, **{place: entry.phone})
    return ContactEntry(
        unit.name,
        entry.address or old.address,
        entry.person or old.person,
        entry.phone or old.phone,
        entry.public or old.public,
        entry.letter,
        keep(renewed(rows, (typed,))) if rows else "",
        leader_mailbox=entry.leader_mailbox,
    )


def _events(entry: ContactEntry, warrant: Warrant) -> tuple[Event, ...]:
    """A sheet that came to the desk counts as reported; a row typed in by hand is only a row."""
    about = f"unit:{entry.unit}"
    received = SheetReceived(about=about, warrant=warrant, unit=entry.unit, letter=entry.letter, accepted=True)
    changed = ContactChanged(about=about, warrant=warrant, unit=entry.unit, what="rows", rows=1, letter=entry.letter)
    return (received, changed) if entry.letter else (changed,)
