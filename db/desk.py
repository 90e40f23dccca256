"""Fills the desk: all that a decision may look at, in few indexed reads of one moment."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, select

from db import directory, files, letters, outbox, people, questions
from db import tables as t
from db.engine import clean
from db.moment import kept
from db.record import text_key
from rules.days import Calendar, local_day
from rules.desk import CodeHit, Contact, Copy, Desk, Seen, Sender
from rules.letter import Letter
from rules.numbers import code_hash, parse_reference, parse_register_number
from rules.policy import Book
from rules.shown import next_reference, signs

DAY = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Setting:
    """What every desk stands on: book, calendar, our addresses, when the office began, the time."""

    book: Book
    calendar: Calendar
    own: Mapping[str, str]
    start: datetime
    now: datetime


def bare(cx: Connection, setting: Setting, cause: str) -> Desk:
    """A desk for a cause that is about no letter: directory, numbers, time."""
    year = local_day(setting.now).year
    return Desk(
        now=setting.now,
        book=setting.book,
        calendar=setting.calendar,
        cause=cause,
        year=year,
        next_serial=files.next_serial(cx, year),
        contacts=directory.today(cx),
    )


def blank(setting: Setting, cause: str) -> Desk:
    """A desk with nothing on it: for reports that ask nobody anything (a letter went)."""
    return Desk(now=setting.now, book=setting.book, calendar=setting.calendar, cause=cause)


def is_open(cx: Connection, key: str) -> bool:
    """Whether a question of this key waits for an answer."""
    return questions.is_open(cx, key)


def for_letter(cx: Connection, letter: Letter, row: letters.Waiting, setting: Setting, cause: str) -> Desk:
    """Everything a decision about the letter may look at."""
    base = bare(cx, setting, cause)
    address = clean(letter.from_addr).lower()
    mailbox, role = letters.seen_in(cx, row.id)
    hits = _hits(cx, letter)
    thread = _thread(cx, letter)
    recent = people.open_cases_of(cx, address) if address else ()
    numbered = _numbered(letter, setting.book)
    refs = _refs(hits, numbered, thread, recent)
    asked = tuple(hit.occasion.split(":")[1] for hit in hits if hit.occasion.startswith("ask:"))
    return replace(
        _with_cases(cx, base, refs, asked),
        seen=Seen(mailbox, role, row.received, row.guessed),
        sender=_sender(address, setting, base.contacts),
        hits=hits,
        thread=thread,
        recent=recent,
        copies=_copies(cx, letter, row),
        own_message=_own(cx, letter, address, setting),
        auto_today=outbox.automatic_since(cx, address, setting.now - DAY) if address else 0,
        auto_domain=outbox.to_domain_since(cx, address.rpartition("@")[2], setting.now - DAY) if address else 0,
        receipts_same=_receipts_same(cx, letter, address, setting) if address else 0,
        before_start=row.received < setting.start,
    )


def for_case(cx: Connection, ref: str, setting: Setting, cause: str, *, letter: Letter | None = None) -> Desk:
    """A desk about one case: for time, orders, reports."""
    return replace(_with_cases(cx, bare(cx, setting, cause), (ref,), ()), letter=letter)


def _with_cases(cx: Connection, base: Desk, refs: tuple[str, ...], asked: tuple[str, ...]) -> Desk:
    found = tuple(file for ref in refs if (file := files.get(cx, ref)) is not None)
    here = tuple(file.ref for file in found)
    return replace(
        base,
        files=found,
        parties=people.parties_of(cx, here),
        questions=questions.concerning(cx, asked, tuple(f"case:{ref}" for ref in here)) if asked or here else (),
        identities=tuple((ref, people.known_by(cx, ref)) for ref in here),
        drafts=tuple(draft for ref in here if (draft := people.draft_of(cx, ref)) is not None),
        papers=_papers(cx, here),
    )


def _hits(cx: Connection, letter: Letter) -> tuple[CodeHit, ...]:
    """Reply codes of the letter that are ours; and letters of ours that a bounce names by Message-ID. Newest of ours first."""
    found: dict[str, CodeHit] = {}
    for code in letter.codes:
        row = cx.execute(_HIT, {"hash": code_hash(code.code)}).first()
        if row:
            found.setdefault(row.occasion, _hit(row, code.where))
    if letter.machine == "bounce":
        for name in (letter.bounced_message_id, letter.in_reply_to, *letter.references[-5:]):
            row = cx.execute(_HIT_BY_ID, {"message_id": name}).first() if name else None
            if row:
                found.setdefault(row.occasion, _hit(row, "bounce"))
    return tuple(sorted(found.values(), key=lambda hit: hit.occasion))


def _hit(row: Any, where: str) -> CodeHit:
    return CodeHit(
        row.occasion,
        row.about,
        row.party,
        row.to_address,
        row.template,
        row.state,
        where,
        row.spent is not None,
        row.round,
        row.text,
    )


_HIT_COLUMNS = (
    t.outbox.c.occasion,
    t.outbox.c.about,
    t.outbox.c.party,
    t.outbox.c.to_address,
    t.outbox.c.template,
    t.outbox.c.state,
    t.outbox.c.round,
    t.outbox.c.text,
    t.codes.c.spent,
)
_HIT = select(*_HIT_COLUMNS).join(t.codes, t.codes.c.outbox == t.outbox.c.id).where(t.codes.c.hash == bindparam("hash"))
_HIT_BY_ID = (
    select(*_HIT_COLUMNS)
    .join(t.codes, t.codes.c.outbox == t.outbox.c.id, isouter=True)
    .where(t.outbox.c.message_id == bindparam("message_id"))
)


def _thread(cx: Connection, letter: Letter) -> tuple[str, ...]:
    """Cases of those Message-IDs that we sent ourselves; ids are looked up, never parsed (A9)."""
    named = [name for name in dict.fromkeys((letter.in_reply_to, *letter.references[-20:])) if name]
    if not named:
        return ()
    asked = select(t.outbox.c.about).where(t.outbox.c.message_id.in_(named), t.outbox.c.about.like("case:%"))
    return tuple(dict.fromkeys(about.removeprefix("case:") for about in cx.execute(asked).scalars()))


def _numbered(letter: Letter, book: Book) -> tuple[str, ...]:
    refs = []
    for name in letter.numbers[:20]:
        found = parse_reference(name, signs(book)) or parse_register_number(name, signs(book))
        if found:
            refs.append(str(next_reference(book, found.year, found.serial)))
    return tuple(dict.fromkeys(refs))


def _refs(hits: tuple[CodeHit, ...], *others: tuple[str, ...]) -> tuple[str, ...]:
    coded = tuple(hit.about.removeprefix("case:") for hit in hits if hit.about.startswith("case:"))
    return tuple(dict.fromkeys((*coded, *(ref for group in others for ref in group))))[:20]


def _sender(address: str, setting: Setting, contacts: tuple[Contact, ...]) -> Sender:
    """By exact match of the registered address alone (A12)."""
    if not address:
        return Sender()
    if address in (own.lower() for own in setting.own.values()):
        return Sender("own")
    staff = [person for person in setting.book.office.staff if person.mailbox.lower() == address]
    if staff:
        return Sender("staff", person=staff[0].name, roles=tuple(person.role for person in staff))
    unit = next((contact.unit for contact in contacts if contact.address.lower() == address), "")
    return Sender("unit", unit=unit) if unit else Sender()


def _copies(cx: Connection, letter: Letter, row: letters.Waiting) -> tuple[Copy, ...]:
    """Earlier letters with the same text and sender, or the same Message-ID."""
    key, message_id = text_key(letter), clean(letter.message_id)[:998]
    asked = select(t.letters).where(t.letters.c.id != row.id, t.letters.c.state == "decided")
    same = (
        (t.letters.c.text_key == key)
        if not message_id
        else (t.letters.c.text_key == key) | (t.letters.c.message_id == message_id)
    )
    found = []
    for other in cx.execute(asked.where(same).order_by(t.letters.c.id).limit(5)):
        case = cx.execute(select(t.filings.c.case).where(t.filings.c.letter == other.id).limit(1)).scalar() or ""
        found.append(
            Copy(
                other.sha256,
                bool(message_id) and other.message_id == message_id,
                other.from_addr == clean(letter.from_addr)[:320].lower(),
                other.text_key == key,
                other.disposition,
                case,
            )
        )
    return tuple(found)


def _own(cx: Connection, letter: Letter, address: str, setting: Setting) -> bool:
    """A letter of ours coming back: our address and a Message-ID that we gave (F61); QQ keeps it in X-OQ-MSGID."""
    if address not in (own.lower() for own in setting.own.values()):
        return False
    named = [letter.message_id, *(value for name, value in letter.headers if name.lower() == "x-oq-msgid")]
    return any(outbox.by_message_id(cx, name) is not None for name in named if name)


def _receipts_same(cx: Connection, letter: Letter, address: str, setting: Setting) -> int:
    """How many letters of the same subject this address had receipted within the book's hours."""
    since = kept(setting.now - timedelta(hours=setting.book.limits.receipts_hours))
    asked = (
        select(t.letters.c.subject)
        .join(t.ledger, t.ledger.c.seq == t.letters.c.seq)
        .where(t.letters.c.from_addr == address, t.letters.c.disposition == "opened", t.ledger.c.at >= since)
        .order_by(t.letters.c.id.desc())
        .limit(50)
    )
    subject = _folded(letter.subject)
    return sum(1 for other in cx.execute(asked).scalars() if _folded(other) == subject)


def _folded(subject: str) -> str:
    return "".join(clean(subject)[:998].split()).lower()


def _papers(cx: Connection, refs: tuple[str, ...]) -> tuple[tuple[str, str, str], ...]:
    """Clean copies of the attachments of the cases' complaints."""
    if not refs:
        return ()
    asked = (
        select(t.filings.c.case, t.letters.c.sha256)
        .join(t.letters, t.letters.c.id == t.filings.c.letter)
        .where(t.filings.c.case.in_(refs), t.filings.c.part == "complaint")
    )
    copies = []
    for filed in cx.execute(asked).all():
        made = select(t.readings).where(t.readings.c.reader == f"copy:{filed.sha256}").order_by(t.readings.c.name)
        copies += [(filed.case, row.clean or "", row.name) for row in cx.execute(made)]
    return tuple(copies)
