"""Notices become letters: words from the template, a reply code drawn, the bytes finished, and the guard reads what would leave (SHIELD).

A letter to a unit that still identifies somebody is written as stopped, with a question beside it that says where and not what.
"""

import dataclasses
import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

from daemon.guarding import Hits, agreed_to, guarded, in_words, released
from daemon.mime import Enclosure, Envelope, compose, type_of
from rules import numbers
from rules.asking import ask, letters
from rules.calling import with_calls
from rules.decision import Decision, Question
from rules.desk import Desk
from rules.enclosed import house_files
from rules.events import Event
from rules.handling.upward import with_report_up
from rules.notices.notice import Notice
from rules.shield import Identity
from rules.shield.trace import Copying
from rules.shown import number
from rules.terms import today
from rules.written import Written
from templates.speak import Speaker, Spoken

OURS = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class Desktop:
    """What writing needs of the world: the speaker, the accounts' addresses, chance, and files by hash."""

    speaker: Speaker
    addresses: dict[str, str]
    """mailbox (complaint, contact) -> the account's address."""
    paper: Callable[[str], bytes]
    """A clean copy's bytes by SHA-256."""
    draw: Callable[[], int] = lambda: secrets.randbits(numbers.CODE_BITS)
    copies_key: bytes = field(default=b"", repr=False)
    """The office's own key that makes each unit's copy differ (S67f); without it all copies are alike."""


@dataclass(frozen=True, slots=True)
class Finished:
    """A decision with its letters; the guard may have added questions."""

    decision: Decision
    written: tuple[Written, ...]


def write(decision: Decision, desk: Desk, desktop: Desktop) -> Finished:
    """Write every notice and every question's letters; guard what goes to units."""
    decision = with_report_up(decision, desk)
    known = identities_at(desk, decision)
    mailed = [notice for notice in decision.notices if notice.to.address]
    written = [_write(notice, desk, desktop, known, decision.events) for notice in mailed]
    stopped = [ask_stopped(letter, desk) for letter in written if letter.state == "stopped"]
    spoken = [(each, _spoken(each, desk, desktop, told=True).text) for each in decision.notices if not each.to.address]
    decision = with_calls(decision, spoken, desk, known)
    questions = (*decision.questions, *stopped)
    for question in (one for one in questions if not one.listed):
        written.extend(
            _write(letter, desk, desktop, known)
            for letter in letters(question, desk, _number(question, desk, decision))
        )
    return Finished(dataclasses.replace(decision, questions=questions), tuple(written))


def _words(notice: Notice) -> dict[str, Any]:
    return {field.name: getattr(notice, field.name) for field in dataclasses.fields(notice)}


def _spoken(notice: Notice, desk: Desk, desktop: Desktop, copy: Copying | None = None, *, told: bool = False) -> Spoken:
    words = {**_words(notice), "today": today(desk)}
    return desktop.speaker.speak(notice.template, words, copy=copy, told=told)


def stopped_too(finished: Finished, fresh: tuple[Written, ...], desk: Desk, desktop: Desktop) -> Finished:
    """The questions of letters that were added afterwards and that the guard stopped, with their own letters."""
    asked = tuple(ask_stopped(letter, desk) for letter in fresh if letter.state == "stopped")
    more = write(Decision(questions=asked), desk, desktop)
    decision = dataclasses.replace(finished.decision, questions=(*finished.decision.questions, *asked))
    return Finished(decision, (*finished.written, *more.written))


def identities_at(desk: Desk, decision: Decision | None = None) -> dict[str, tuple[Identity, ...]]:
    """Case -> everything that identifies its people, what the decision learned included."""
    known: dict[str, tuple[Identity, ...]] = {}
    for ref, identities in (*desk.identities, *(decision.identities if decision else ())):
        known[ref] = (*known.get(ref, ()), *identities)
    for ref, lifted in decision.lifted if decision else ():
        known[ref] = tuple(identity for identity in known.get(ref, ()) if identity not in lifted)
    return known


def _number(question: Question, desk: Desk, decision: Decision) -> str:
    ref = question.about.removeprefix("case:")
    if ref == question.about:
        return ""
    file = desk.file(ref)
    if file:
        return number(file, desk.book)
    parsed = numbers.parse_reference(ref)
    return numbers.register_number(parsed.year, parsed.serial) if parsed and decision.events else ""


def _write(
    notice: Notice,
    desk: Desk,
    desktop: Desktop,
    known: dict[str, tuple[Identity, ...]],
    events: tuple[Event, ...] = (),
) -> Written:
    code = numbers.reply_code(desktop.draw()) if notice.coded else ""
    copy = copying(notice, desktop)
    spoken = _spoken(notice, desk, desktop, copy)
    envelope = _envelope(notice, desk, desktop, f"{spoken.subject} {bracket(notice.about, code)}".strip())
    enclosures = tuple(
        Enclosure(paper.name, type_of(paper.name), _bytes(paper.sha256, desktop)) for paper in notice.papers
    )
    raw = compose(envelope, spoken.text, spoken.html, enclosures)
    hits = _hits(raw, notice, desk, known, events)
    return Written(
        occasion=notice.occasion,
        about=notice.about,
        audience=notice.audience,
        party=notice.to.party,
        to_address=notice.to.address,
        mailbox=notice.mailbox,
        template=notice.template,
        words=json.dumps(_words(notice), ensure_ascii=False, default=_plain, sort_keys=True),
        raw=raw,
        sha256=sha256(raw).hexdigest(),
        message_id=envelope.message_id,
        code_hash=numbers.code_hash(code) if code else "",
        rank=notice.rank,
        papers=notice.papers,
        state="stopped" if hits else "queued",
        hits=hits,
        text=spoken.text,
        round=notice.acts_until_round,
        copy=copy.mark if copy else "",
    )


def _envelope(notice: Notice, desk: Desk, desktop: Desktop, subject: str) -> Envelope:
    """From the mailbox's own account, under a Message-ID that says nothing."""
    sender = desktop.addresses[notice.mailbox]
    return Envelope(
        sender=sender,
        sender_name=desktop.speaker.office.name,
        to=notice.to.address,
        subject=subject,
        message_id=f"<{secrets.token_hex(12)}@{sender.rpartition('@')[2]}>",
        date=desk.now.astimezone(OURS),
        answers=_answers(notice, desk),
        automatic="auto-replied" if notice.reply_to_message else "auto-generated",
    )


def _hits(
    raw: bytes, notice: Notice, desk: Desk, known: dict[str, tuple[Identity, ...]], events: tuple[Event, ...]
) -> Hits:
    """What the guard finds in the finished bytes."""
    ref = notice.about.removeprefix("case:")
    file = desk.file(ref)
    allowed, pictures = agreed_to(notice.template, file), released(notice.template, file, events)
    return guarded(raw, notice.audience, notice.about, known.get(ref, ()), allowed, pictures)


def _answers(notice: Notice, desk: Desk) -> str:
    """The letter of his that this one stands below in his mailbox; a letter to anybody else answers nothing (SHIELD)."""
    if notice.audience != "complainant":
        return ""
    ref = notice.about.removeprefix("case:")
    begun = dict(desk.begun_by).get(ref, "") if desk.complainant(ref).lower() == notice.to.address.lower() else ""
    return notice.reply_to_message or begun


def _bytes(digest: str, desktop: Desktop) -> bytes:
    """A file of the house itself, or a clean copy from the store."""
    return house_files().get(digest) or desktop.paper(digest)


def copying(notice: Notice, desktop: Desktop) -> Copying | None:
    """What makes this unit's copy of a case letter its own; None for everybody else's letters."""
    if notice.audience != "unit" or not desktop.copies_key:
        return None
    return Copying(desktop.copies_key, notice.about.removeprefix("case:"), notice.to.party.removeprefix("unit:"))


def ask_stopped(letter: Written, desk: Desk) -> Question:
    """拦下: somebody must look; where it stands is said, what it is is not."""
    return ask_stopped_row(letter.occasion, letter.about, letter.template, letter.party, letter.hits, desk)


def ask_stopped_row(
    occasion: str, about: str, template: str, party: str, hits: tuple[tuple[str, str], ...], desk: Desk
) -> Question:
    """The same for a row of the outbox that the guard stopped at the door."""
    asked = ask(
        desk,
        "stopped",
        occasion,
        about,
        letter=desk.book.label("letter", template),
        unit=party.partition(":")[2],
        places=in_words(hits),
    )
    return dataclasses.replace(asked, outbox=occasion)


def bracket(about: str, code: str) -> str:
    """Reference and code as a subject ends with them; about no case, the code alone; nothing where there is no code."""
    if not code:
        return ""
    ref = about.removeprefix("case:")
    return numbers.bracket(ref, code) if ref != about else f"[{numbers.DEFAULT.code_word} {code}]"


def _plain(value: object) -> object:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value)
