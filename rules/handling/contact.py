"""联系人信息表: what came to the contact inbox (or by mistake to the other), what was understood, and whether the directory may take it.

Only the registered address of the unit changes its rows by itself (domain §4.3.12, A16); everything else waits for a person. A new mailbox
for case letters is used only after it returned a code, and the old one is told.
"""

import dataclasses

from rules.contacts import Row, Verdict, explain, judge_mail
from rules.decision import ContactEntry, Decision, Disposition, Reason, Warrant, WarrantKind
from rules.desk import Desk
from rules.events import ContactChanged, Event, SheetReceived
from rules.handling.held import hold
from rules.letter import Letter
from rules.notices.notice import Notice, OfficeText, OwnText, To
from rules.notices.to_organ import MailboxChanged, MailboxConfirm, SheetRow, SheetUnderstood
from rules.wording import wording

say = wording("rules")
COLUMNS = (
    "unit",
    "leader",
    "leader_title",
    "leader_phone",
    "contact",
    "contact_title",
    "hotline",
    "office_phone",
    "mobile",
    "email",
)


def contact_mail(letter: Letter, desk: Desk) -> Decision | None:
    """A contact sheet, in the contact inbox or from a unit in the other (L48); None where it is none, or another matter altogether (L47)."""
    if not (desk.sender.role == "unit" or (desk.seen is not None and desk.seen.mailbox == "contact")):
        return None
    verdict = _verdict(letter, desk)
    if verdict.matter or not (verdict.rows or _looks_like(letter, desk, verdict)):
        return None
    if verdict.disposition == "held":
        return _held(letter, desk, verdict)
    return _taken(letter, desk, verdict, Warrant(WarrantKind.RULE, "contact"))


def _verdict(letter: Letter, desk: Desk) -> Verdict:
    registered = {contact.unit: contact.address for contact in desk.contacts}
    return judge_mail(letter, desk.sheets, registered, desk.book.units)


def _looks_like(letter: Letter, desk: Desk, verdict: Verdict) -> bool:
    """Nothing could be read, but the mail says it is a sheet: a scan, an encrypted file, an empty table.

    Plain words of a unit to the complaint mailbox are none: an answer would come to a mailbox that colleagues share (L50).
    """
    brought = bool(letter.attachments or letter.links) or (desk.seen is not None and desk.seen.mailbox == "contact")
    return brought and any(doubt.startswith("file:") for doubt in verdict.doubts)


def _held(letter: Letter, desk: Desk, verdict: Verdict) -> Decision:
    decision = hold(
        letter,
        desk,
        "contact-doubt",
        kind="contact",
        unit="、".join(verdict.units),
        rows="\n".join("  ".join(filter(None, _cells(row))) for row in verdict.rows),
        doubts="\n".join(explain(verdict)),
    )
    if desk.sender.role not in ("unit", "staff"):
        return decision
    return dataclasses.replace(decision, notices=(_answer(letter, verdict, entered=False),))


def entered(letter: Letter, desk: Desk, warrant: Warrant) -> Decision:
    """A person enters the sheet that was held."""
    return _taken(letter, desk, _verdict(letter, desk), warrant)


def _taken(letter: Letter, desk: Desk, verdict: Verdict, warrant: Warrant) -> Decision:
    events: list[Event] = []
    notices: list[Notice] = [_answer(letter, verdict, entered=True)]
    entries: list[ContactEntry] = []
    for unit in verdict.units:
        rows = tuple(row for row in verdict.rows if row.unit == unit)
        about = f"unit:{unit}"
        events.append(
            SheetReceived(
                about=about, warrant=warrant, unit=unit, letter=letter.sha256, accepted=True, doubts=verdict.doubts
            )
        )
        events.append(
            ContactChanged(about=about, warrant=warrant, unit=unit, what="rows", rows=len(rows), letter=letter.sha256)
        )
        mailbox = next((row.email for row in rows if row.email), "")
        entries.extend(_entry(row, desk, letter, warrant) for row in rows[:1])
        notices.extend(_new_mailbox(desk, unit, mailbox, letter))
    return Decision(
        Disposition.CONTACT,
        "contact",
        (Reason("contact-sheet"),),
        events=tuple(events),
        notices=tuple(notices),
        contacts=tuple(entries),
    )


def _entry(row: Row, desk: Desk, letter: Letter, warrant: Warrant) -> ContactEntry:
    """The row as the directory takes it: the address stays as it is where the unit has one (A16); a first one may be entered by an order."""
    old = desk.contact(row.unit)
    first = row.email if warrant.kind is WarrantKind.ORDER else ""
    return ContactEntry(
        row.unit, old.address if old else first, row.contact, row.mobile or row.office_phone, row.hotline, letter.sha256
    )


def _new_mailbox(desk: Desk, unit: str, mailbox: str, letter: Letter) -> tuple[Notice, ...]:
    old = desk.contact(unit)
    if not mailbox or old is None or old.address.lower() == mailbox.lower():
        return ()
    about, key = f"unit:{unit}", letter.sha256[:16]
    confirm = MailboxConfirm(
        to=To(mailbox, f"organ:{unit}", unit),
        about=about,
        occasion=f"mailbox:{unit}:{key}",
        mailbox="contact",
        unit=OfficeText(unit),
    )
    told = MailboxChanged(
        to=To(old.address, f"unit:{unit}", unit),
        about=about,
        occasion=f"mailbox-old:{unit}:{key}",
        mailbox="contact",
        unit=OfficeText(unit),
    )
    return (confirm, told)


def confirmed(letter: Letter, desk: Desk) -> Decision | None:
    """A new mailbox returned its code: case letters go there from now on."""
    hit = next((hit for hit in desk.hits if hit.template == "mailbox_confirm"), None)
    if hit is None or letter.from_addr.lower() != hit.address.lower() or letter.auth == "fail":
        return None
    unit = hit.party.removeprefix("organ:")
    warrant = Warrant(WarrantKind.CODE, hit.occasion, unit)
    old = desk.contact(unit)
    entry = ContactEntry(unit, hit.address, old.person if old else "", old.phone if old else "", "", letter.sha256)
    event = ContactChanged(
        about=f"unit:{unit}", warrant=warrant, unit=unit, what="mailbox", rows=1, letter=letter.sha256
    )
    return Decision(
        Disposition.CONTACT,
        "contact",
        (Reason("mailbox-confirmed"),),
        events=(event,),
        contacts=(entry,),
        spent=(hit.occasion,),
    )


def _answer(letter: Letter, verdict: Verdict, *, entered: bool) -> SheetUnderstood:
    return SheetUnderstood(
        to=To(letter.from_addr, "organ:" + (verdict.units[0] if verdict.units else "")),
        about=f"unit:{verdict.units[0]}" if verdict.units else "office",
        occasion=f"sheet:{letter.sha256[:16]}",
        mailbox="contact",
        unit=OfficeText("、".join(verdict.units)),
        columns=tuple(OfficeText(say(f"column-{column}")) for column in COLUMNS),
        rows=tuple(SheetRow(tuple(OwnText(cell) for cell in _cells(row))) for row in verdict.rows),
        doubts=tuple(OfficeText(says) for says in explain(verdict)),
        entered=entered,
    )


def _cells(row: Row) -> tuple[str, ...]:
    return tuple(getattr(row, column) or "" for column in COLUMNS)
