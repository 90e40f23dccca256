"""Fills the desk: all that a decision may look at, in few indexed reads of one moment."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection

from db import agenda, directory, files, finding, letters, pace, people, questions
from db.books import text_if_kept
from db.copies import copies_of
from db.engine import clean
from db.moment import kept
from db.papers import laid, of_letters
from rules.by_letter import ordered_items, question_of
from rules.case import CaseFile
from rules.choosing import proposed_case
from rules.days import Calendar, local_day
from rules.desk import AgendaItem, CodeHit, Desk, Seen
from rules.handling.webform import answered_at
from rules.letter import Letter
from rules.numbers import parse_reference, parse_register_number
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
        absences=agenda.absences(cx),
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
    hits = finding.hits(cx, letter)
    thread = finding.thread(cx, letter)
    recent = people.open_cases_of(cx, address) if address else ()
    numbered = _numbered(letter, setting.book)
    refs = _refs(hits, numbered, thread, recent)
    asked = tuple(name for hit in hits if (name := question_of(hit.occasion)))
    items = agenda.items(cx, hits)
    ordered = ordered_items(letter, hits, items)
    asked, refs = _ordered_on(cx, ordered, asked, refs, setting.book) if ordered or asked else (asked, refs)
    desk = replace(
        _with_cases(cx, base, refs, asked),
        agenda=items,
        put=agenda.first_letters(cx, asked),
        seen=Seen(mailbox, role, row.received, row.guessed),
        sender=finding.sender(cx, address, setting.book, setting.own, base.contacts),
        hits=hits,
        thread=thread,
        recent=recent,
        copies=copies_of(cx, letter, row.id),
        own_message=finding.own_message(cx, letter, address, setting.own, in_sent=role == "sent"),
        before_start=row.received < setting.start,
    )
    desk = _with_directory(cx, desk, address)
    counted = clean(answered_at(letter, setting.book))
    return _with_counts(cx, desk, letter, counted) if counted else desk


def _ordered_on(
    cx: Connection, items: tuple[AgendaItem, ...], asked: tuple[str, ...], refs: tuple[str, ...], book: Book
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The questions and cases that a reply orders on, by code or by number of a list, and the cases that those questions propose."""
    names = (*asked, *(item.target.partition(":")[2] for item in items if item.target.startswith("question:")))
    found = questions.concerning(cx, names, ())
    abouts = (*(question.about for question in found), *(item.target for item in items))
    cases = (about.removeprefix("case:") for about in abouts if about.startswith("case:"))
    likely = (_reference(proposed_case(question), book) for question in found)
    return names, tuple(dict.fromkeys((*refs, *cases, *filter(None, likely))))


def _with_directory(cx: Connection, desk: Desk, address: str) -> Desk:
    """What a contact sheet is compared with, where the letter may be one; and which new mailboxes of its unit were asked for their code."""
    asked = next((hit.about for hit in desk.hits if hit.template in ("mailbox_confirm", "mailbox_changed")), "")
    if asked:
        desk = replace(desk, new_mailboxes=finding.occasions(cx, asked, "mailbox_confirm"))
    if desk.sender.role != "unit" and (desk.seen is None or desk.seen.mailbox != "contact"):
        return desk
    most = desk.book.limits.per_address_day + 1
    letters_today = finding.letters_since(cx, address, desk.now - DAY, most) if address else 0
    return replace(desk, earlier=directory.sheets(cx), letters_today=letters_today)


def with_files(cx: Connection, desk: Desk, digests: Iterable[str]) -> Desk:
    """The desk with the files of these letters on it too: for orders about letters."""
    more = of_letters(cx, dict.fromkeys(digest for digest in digests if digest))
    return replace(desk, own_files=(*desk.own_files, *more))


def with_sheets(cx: Connection, desk: Desk) -> Desk:
    """The desk with the directory's sheets on it: for an order that enters one."""
    return replace(desk, earlier=directory.sheets(cx))


def _with_counts(cx: Connection, desk: Desk, letter: Letter, address: str) -> Desk:
    """How many automatic letters went to the sender and his domain lately; no more are counted than the book's limits ask for."""
    limits, since = desk.book.limits, desk.now - DAY
    domain = address.rpartition("@")[2]
    latest = finding.lately(cx, address, limits.letters_per_sender_day + 1)
    return replace(
        desk,
        auto_today=pace.automatic_since(cx, address, since, limits.per_address_day + 1),
        auto_domain=pace.to_domain_since(cx, domain, since, limits.per_domain_day + 1),
        letters_today=sum(1 for _, _, at in latest if at >= kept(since)),
        receipts_same=finding.receipts_same(latest, letter.subject, limits.receipts_hours, desk.now),
    )


def for_case(cx: Connection, ref: str, setting: Setting, cause: str, *, letter: Letter | None = None) -> Desk:
    """A desk about one case: for time, orders, reports."""
    return replace(for_cases(cx, (ref,), setting, cause), letter=letter)


def for_cases(cx: Connection, refs: tuple[str, ...], setting: Setting, cause: str) -> Desk:
    """A desk about several cases at once: for a list of them."""
    return _with_cases(cx, bare(cx, setting, cause), refs, ())


def with_named(cx: Connection, desk: Desk, words: str) -> Desk:
    """The desk with the cases that an order's words name beside those that lie there (并案, 并入)."""
    named = [_reference(word, desk.book) for word in words.split()[:20]]
    fresh = tuple(ref for ref in dict.fromkeys(named) if ref and desk.file(ref) is None)
    files_, parties = _found(cx, fresh), people.parties_of(cx, fresh) if fresh else ()
    return replace(desk, files=(*desk.files, *files_), parties=(*desk.parties, *parties))


def _found(cx: Connection, refs: tuple[str, ...]) -> tuple[CaseFile, ...]:
    return tuple(file for ref in refs if (file := files.get(cx, ref)) is not None)


def _with_absorbed(cx: Connection, found: tuple[CaseFile, ...]) -> tuple[CaseFile, ...]:
    """The cases that went on in these, and in those, lie beside them: their complainants hear the result too (并案)."""
    here = {file.ref: file for file in found}
    for ref in (ref for file in found for ref in file.absorbed if ref not in here):
        here |= {merged.ref: merged for merged in files.with_absorbed(cx, ref)}
    return tuple(here.values())


def _with_cases(cx: Connection, base: Desk, refs: tuple[str, ...], asked: tuple[str, ...]) -> Desk:
    found = _with_absorbed(cx, _found(cx, refs))
    here = tuple(file.ref for file in found)
    enclosed = laid(cx, here)
    parties = people.parties_of(cx, here)
    return replace(
        base,
        files=found,
        parties=parties,
        begun_by=finding.begun_by(cx, here, parties) if here else (),
        questions=questions.concerning(cx, asked, tuple(f"case:{ref}" for ref in here)) if asked or here else (),
        identities=tuple((ref, people.known_by(cx, ref)) for ref in here),
        drafts=tuple(draft for ref in here if (draft := people.draft_of(cx, ref)) is not None),
        papers=enclosed.papers,
        held_back=enclosed.held_back,
        going=enclosed.going,
        unsaid=tuple(
            (digest, words) for file in found for *_, digest in file.untold if (words := text_if_kept(cx, digest))
        ),
    )


def _numbered(letter: Letter, book: Book) -> tuple[str, ...]:
    refs = []
    for name in letter.numbers[:20]:
        refs.append(_reference(name, book))
    return tuple(dict.fromkeys(ref for ref in refs if ref))


def _reference(name: str, book: Book) -> str:
    """The reference of a reference or register number; '' where it is none."""
    found = parse_reference(name, signs(book)) or parse_register_number(name, signs(book))
    return str(next_reference(book, found.year, found.serial)) if found else ""


def _refs(hits: tuple[CodeHit, ...], *others: tuple[str, ...]) -> tuple[str, ...]:
    coded = tuple(hit.about.removeprefix("case:") for hit in hits if hit.about.startswith("case:"))
    return tuple(dict.fromkeys((*coded, *(ref for group in others for ref in group))))[:20]
