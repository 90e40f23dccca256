"""联系人信息表: what came to the contact inbox (or by mistake to the other), what was understood, and whether the directory may take it.

Only the registered address of the unit changes its rows by itself (domain §4.3.12, A16); everything else waits for a person. A new mailbox
for case letters is used only after it returned a code, and the old one is told (`rules.handling.new_mailbox`).
"""

import dataclasses
from collections.abc import Sequence

from rules.contacts import Row, Verdict, judge_mail, keep, kept_rows, renewed
from rules.decision import ContactEntry, Decision, Disposition, Reason, Warrant, WarrantKind
from rules.desk import Desk, OpenQuestion
from rules.events import ContactChanged, Event, SheetReceived
from rules.handling.held import hold
from rules.handling.new_mailbox import ask_new_mailbox
from rules.handling.sheet_answer import Told, answer, answerable, in_words
from rules.letter import Letter
from rules.notices.notice import Notice
from rules.orders.order import Refused
from rules.punctuation import headline
from rules.replies.orders import Order

OTHERS = frozenset({"complaint", "reply", "filing"})
"""Letters that other gates take, whichever mailbox they came to (L47, L48, S83)."""
SPOKEN = frozenset({"problem", "question"})
"""Letters of units that a person answers (S4)."""


def contact_mail(letter: Letter, desk: Desk) -> Decision | None:
    """A contact sheet, in the contact inbox or from a unit in the other (L48); None where it is none, or another matter altogether (L47)."""
    inbox = desk.seen is not None and desk.seen.mailbox == "contact"
    if not (inbox or desk.sender.role == "unit"):
        return None
    verdict = _verdict(letter, desk)
    if verdict.matter in OTHERS:
        return None
    if verdict.matter in SPOKEN and not verdict.rows:
        return _spoken(letter, desk, verdict) if inbox or verdict.matter == "problem" else None
    if not (verdict.rows or _looks_like(letter, verdict, inbox=inbox)):
        return None
    if verdict.disposition == "held":
        return _held(letter, desk, verdict)
    return _taken(letter, desk, verdict.rows, verdict, Warrant(WarrantKind.RULE, "contact"))


def _verdict(letter: Letter, desk: Desk) -> Verdict:
    registered = {contact.unit: contact.address for contact in desk.contacts}
    return judge_mail(letter, desk.sheets, registered, desk.book.units, desk.earlier, desk.pasted)


def _looks_like(letter: Letter, verdict: Verdict, *, inbox: bool) -> bool:
    """Nothing could be read, but the mail says it is a sheet: a scan, an encrypted file, an empty table.

    Plain words of a unit to the complaint mailbox are none: an answer would come to a mailbox that colleagues share (L50).
    """
    brought = bool(letter.attachments or letter.links) or inbox
    return brought and any(doubt.startswith("file:") for doubt in verdict.doubts)


def _spoken(letter: Letter, desk: Desk, verdict: Verdict) -> Decision:
    """执行中遇到的问题: put to a person, who answers in his own words; nobody is answered by a machine here (S4, L50)."""
    if verdict.matter == "problem":
        return hold(letter, desk, "unit-problem", kind="unit-letter", unit=desk.sender.unit)
    return hold(letter, desk, "unit-question", kind="unit-letter", unit=desk.sender.unit)


def _held(letter: Letter, desk: Desk, verdict: Verdict) -> Decision:
    decision = hold(
        letter,
        desk,
        "contact-doubt",
        kind="contact",
        unit="、".join(verdict.units),
        rows=in_words(verdict.rows),
        doubts="\n".join(Told.of(verdict).doubts[:-1]),  # how to correct it is for the clerk, not for staff
    )
    (question,) = decision.questions
    offered = (("unit", "、".join(verdict.units)), ("rows", keep(verdict.rows, letter.date_utc)))
    received = tuple(
        SheetReceived(about=f"unit:{unit}", unit=unit, letter=letter.sha256, accepted=False, doubts=verdict.doubts)
        for unit in verdict.units
        if unit in desk.book.units
    )
    told = (answer(letter, Told.of(verdict)),) if answerable(letter, desk, verdict) else ()
    return dataclasses.replace(
        decision,
        events=(*decision.events, *received),
        notices=told,
        questions=(dataclasses.replace(question, proposal=tuple(pair for pair in offered if pair[1])),),
    )


def entered(order: Order, desk: Desk, question: OpenQuestion, letter: Letter, warrant: Warrant) -> Decision:
    """通讯录: a person enters the rows that the question showed; for rows without a usable unit he names it behind the order."""
    rows = kept_rows(dict(question.proposal).get("rows", ""))
    named = headline(order.argument)
    unit = desk.book.units.find(named) if named else None
    if named and unit is None:
        raise Refused("no-unit", unit=named)
    if unit is not None:
        rows = tuple(dataclasses.replace(row, unit=unit.name) for row in rows)
    usable = tuple(row for row in rows if row.unit in desk.book.units)
    if not usable:
        raise Refused("no-rows" if not rows else "no-unit", unit=named)
    return _taken(letter, desk, usable, None, warrant)


def _taken(letter: Letter, desk: Desk, rows: Sequence[Row], verdict: Verdict | None, warrant: Warrant) -> Decision:
    units = tuple(dict.fromkeys(row.unit for row in rows))
    doubts = verdict.doubts if verdict else ()
    events: list[Event] = []
    notices: list[Notice] = []
    entries: list[ContactEntry] = []
    for unit in units:
        about = f"unit:{unit}"
        given = tuple(row for row in rows if row.unit == unit)
        new = renewed(_known(desk, unit), given)
        events += [
            SheetReceived(about=about, warrant=warrant, unit=unit, letter=letter.sha256, accepted=True, doubts=doubts),
            ContactChanged(about=about, warrant=warrant, unit=unit, what="rows", rows=len(new), letter=letter.sha256),
        ]
        entries.append(_entry(new, given, desk, letter, warrant))
        notices += ask_new_mailbox(desk, unit, given[0].email, letter.sha256)
    told = Told.of(verdict, entered=True) if verdict else Told(units, tuple(rows), (), entered=True)
    if verdict is None or answerable(letter, desk, verdict):
        notices.insert(0, answer(letter, told, by_order=verdict is None))
    return Decision(
        Disposition.CONTACT,
        "contact",
        (Reason("contact-sheet"),),
        events=tuple(events),
        notices=tuple(notices),
        contacts=tuple(entries),
    )


def _known(desk: Desk, unit: str) -> tuple[Row, ...]:
    """What the directory has of the unit's last sheet."""
    return next((known.rows for known in desk.earlier if known.units == (unit,)), ())


def _entry(new: Sequence[Row], given: Sequence[Row], desk: Desk, letter: Letter, warrant: Warrant) -> ContactEntry:
    """The rows as the directory takes them: an address stays as it is (A16); a first one may be entered by an order."""
    unit, first = new[0].unit, new[0]
    old = desk.contact(unit)
    address = old.address if old else _only(given[0].email) if warrant.kind is WarrantKind.ORDER else ""
    public = first.hotline or (old.public if old else "")
    sheet = keep(new, letter.date_utc)
    return ContactEntry(unit, address, first.contact, first.mobile or first.office_phone, public, letter.sha256, sheet)


def _only(mailbox: str) -> str:
    """Of several mailboxes in one cell the first: letters go to one."""
    return mailbox.partition("、")[0]
