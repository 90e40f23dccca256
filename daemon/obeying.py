"""Orders from the command line: the same door as orders by letter, under the pen, with the person's name from the book."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from secrets import token_hex

from sqlalchemy import Connection, insert

from daemon.named import reference_of, roles_of
from daemon.office import Office
from daemon.resending import with_resent
from daemon.writing import write
from db import desk as desks
from db import filed, files, finding, letters, questions
from db import tables as t
from db.moment import kept
from db.pen import pen, redone
from db.record import Decided, record
from rules.attached import laid_beside
from rules.by_letter import ordered_items, question_of
from rules.choosing import proposed_case
from rules.decision import Decision
from rules.desk import Desk, OpenQuestion
from rules.events import OFFICE, OrderRefused, about_case, ref_of
from rules.handling.quoting import unquoted
from rules.letter import Letter
from rules.notices.to_staff import OrderDone, OrderNotDone
from rules.obey import obey, unasked
from rules.reading import read
from rules.replies.orders import Order, understand
from rules.shown import signs
from rules.trouble import UsageTrouble
from rules.wording import wording

say = wording("daemon")


@dataclass(frozen=True, slots=True)
class Obeyed:
    """What an order did."""

    done: bool
    says: str


@redone
def obey_person(office: Office, name: str, words: str, person: str, now: datetime) -> Obeyed:
    """Give the order. Raises UsageTrouble where the book knows no such person or the store no such question."""
    roles = roles_of(person, office.book)
    with pen(office.engine) as cx:
        question = questions.named(cx, name) or _unasked(cx, office, name)
        order_id = token_hex(8)
        desk = desk_for(cx, office, question, f"order:{order_id}", now)
        desk = desks.with_named(cx, desk, f"{words} {proposed_case(question)}")
        verb, argument = understand(words, office.book)
        desk = _with_complaint(cx, office, desk, question) if verb == BY_ITS_LETTER else desk
        decision = obey(Order(verb, argument, person, roles, "command"), desk, question)
        finished = with_resent(cx, write(decision, desk, office.desktop), desk, office.desktop)
        subject = letters.by_hash(cx, question.letter) if question.letter else None
        about = Decided(subject, question.letter, desk.letter) if subject and decision.disposition else None
        record(cx, desk.cause, finished.decision, finished.written, at=now, book=office.book.hash, letter=about)
        cx.execute(
            insert(t.orders).values(
                id=order_id, actor=person, channel="command", verb=verb, question=question.key, at=kept(now)
            )
        )
    refused = next((event for event in decision.events if isinstance(event, OrderRefused)), None)
    return Obeyed(refused is None, _told(decision, person, refused.reason if refused else verb))


def _told(decision: Decision, person: str, short: str) -> str:
    """What the letter to the person says, in a line."""
    mine = (notice for notice in decision.notices if notice.to.party == f"staff:{person}")
    told = next((notice for notice in mine if isinstance(notice, OrderDone | OrderNotDone)), None)
    if isinstance(told, OrderNotDone):
        return say("order-refused", reason=told.reason)
    done = " ".join(filter(None, (told.done, told.unit, told.number))) if told else short
    return say("order-done", verb=done)


def _unasked(cx: Connection, office: Office, name: str) -> OpenQuestion:
    """An order that answers no question: about a case by its number, or about the office. Raises UsageTrouble where it is neither."""
    if name == OFFICE:
        return unasked(OFFICE)
    try:
        ref = reference_of(name, office.book)
    except UsageTrouble:
        raise UsageTrouble(say("no-question", question=name)) from None
    if files.get(cx, ref) is None:
        raise UsageTrouble(say("no-question", question=name))
    return unasked(about_case(ref))


def with_questioned(cx: Connection, office: Office, letter: Letter, desk: Desk) -> Desk:
    """A desk on which orders by letter lie, with the letters that their questions are about."""
    asked = {question_of(hit.occasion) for hit in desk.hits}
    ordered = {item.target for item in ordered_items(letter, desk.hits, desk.agenda)}
    about = {
        question.id: question.letter
        for question in desk.questions
        if _readable(question) and (question.id in asked or f"question:{question.id}" in ordered)
    }
    about |= {target: target.partition(":")[2] for target in ordered if target.startswith("letter:")}
    if _corrects(letter, office):
        put = [one for one in desk.questions if one.id in asked or f"question:{one.id}" in ordered]
        about |= _complaints(cx, (*ordered, *(question.about for question in put)))
    if any(question.kind == "contact" and question.id in about for question in desk.questions):
        desk = desks.with_sheets(cx, desk)
    read_again = tuple((name, _again(cx, office, desk, digest)) for name, digest in about.items())
    return desks.with_files(cx, replace(desk, questioned=read_again), about.values())


def _readable(question: OpenQuestion) -> bool:
    """Whether the question's letter may be read here, outside the child: never one that ended processes before (F15)."""
    return bool(question.letter) and question.kind != "crashed"


def _corrects(letter: Letter, office: Office) -> bool:
    """Whether the reply may hold the order that needs the complaint itself."""
    return office.book.label("order", BY_ITS_LETTER) in letter.own_words


def _again(cx: Connection, office: Office, desk: Desk, digest: str) -> Letter:
    """The letter a question is about, read again, without the words of ours that it quotes (L39): only his own can be released."""
    letter = read(letters.bytes_of(cx, digest), signs(office.book))
    return unquoted(letter, replace(desk, hits=finding.hits(cx, letter)))


BY_ITS_LETTER = "kind"
"""The order that corrects what the rules made of a letter: it needs the complaint, though no question laid it there."""


def _with_complaint(cx: Connection, office: Office, desk: Desk, question: OpenQuestion) -> Desk:
    """The desk with the complaint of the question's case."""
    digests = _complaints(cx, {question.about})
    return replace(desk, questioned=tuple((about, _again(cx, office, desk, one)) for about, one in digests.items()))


def _complaints(cx: Connection, about: Iterable[str]) -> dict[str, str]:
    """File -> SHA-256 of the complaint, of those that are cases begun by a letter."""
    refs = {file: ref for file in about if (ref := ref_of(file))}
    return {file: one for file, ref in refs.items() for one in filed.complaint_letters(cx, ref)[:1]}


def desk_for(cx: Connection, office: Office, question: OpenQuestion, cause: str, now: datetime) -> Desk:
    """The desk an order is obeyed at: the question's case, and its letter read again."""
    desk = desks.for_case(cx, ref_of(question.about), office.setting(now), cause)
    if not _readable(question):
        return desk
    desk = desks.with_sheets(cx, desk) if question.kind == "contact" else desk
    desk = desks.with_files(cx, replace(desk, letter=_again(cx, office, desk, question.letter)), (question.letter,))
    return laid_beside(desk, question.letter)
