"""Orders by letter: staff reply to a question or to a numbered list (交接). The code names the letter, the address the person (A4, A6)."""

import dataclasses
from collections.abc import Sequence

from rules.attached import laid_beside
from rules.confirming import refused
from rules.decision import Decision, Disposition
from rules.desk import AgendaItem, CodeHit, Desk, OpenQuestion
from rules.events import OFFICE, Ordered
from rules.handling.entered import blank_form, by_form
from rules.handling.held import hold
from rules.handling.quoting import unquoted
from rules.handover.tasks import TASKS
from rules.letter import Letter
from rules.notices.notice import Label, Notice, To
from rules.notices.to_staff import OrderDone, OrderNotDone, OrderRow, OrdersDone
from rules.obey import ANYWHERE, nobody_asked, obey
from rules.orders.order import Refused
from rules.orders.several import after, together
from rules.replies.numbered import Numbered, numbered
from rules.replies.orders import Order, understand
from rules.staffing import person_named

FORM = "intake_form"
LISTS = frozenset({"handover", "court_sample"})
"""Letters whose items are answered by number."""
LONGEST_SIGNATURE = 5
"""Lines."""


def by_letter(letter: Letter, desk: Desk) -> Decision | None:
    """What a reply of staff does; None where the letter is none."""
    hit = next((hit for hit in desk.hits if hit.party.startswith("staff:")), None)
    if hit is None:
        return None
    if letter.from_addr.lower() != hit.address.lower() or desk.sender.role != "staff":
        return hold(letter, desk, "not-party")
    own = unquoted(letter, desk).own_words
    order = _given(own, desk)
    if letter.auth == "fail":
        return _order(refused(order, desk, None, "auth"))
    if hit.template == FORM:
        return _entered(letter, order, desk, hit)
    if hit.template in LISTS:
        return _order(_listed(own, desk, hit))
    question = next((question for question in desk.questions if question.id == question_of(hit.occasion)), None)
    if question is None and order.verb not in ANYWHERE:
        return _order(refused(order, desk, None, "answered"))
    return _order(obey(order, _reading(desk, question), question))


def form_wanted(letter: Letter, desk: Desk) -> Decision | None:
    """登记表: a member of staff asks for the blank form, with or without a code; it goes to his registered mailbox alone."""
    person = person_named(desk, desk.sender.person) if desk.sender.role == "staff" else None
    if person is None or letter.auth == "fail":
        return None
    verb, _argument = understand(letter.own_words or letter.subject, desk.book)
    return blank_form(desk, person) if verb == "form" else None


def _entered(letter: Letter, order: Order, desk: Desk, hit: CodeHit) -> Decision:
    """A filled form: one matter, once."""
    if hit.spent:
        return _order(refused(order, desk, None, "answered"))
    try:
        return _order(by_form(unquoted(letter, desk), desk, hit))
    except Refused as cannot:
        return _order(refused(order, desk, None, cannot.reason, **cannot.words))


def question_of(occasion: str) -> str:
    """The id of the question that a letter of ours put, '' where it put none."""
    kind, _, rest = occasion.partition(":")
    return rest.partition(":")[0] if kind in ("ask", "again") else ""


def ordered_items(letter: Letter, hits: tuple[CodeHit, ...], agenda: tuple[AgendaItem, ...]) -> tuple[AgendaItem, ...]:
    """Items of the list that the reply speaks of: what the store has to lay on the desk."""
    if not any(hit.template in LISTS for hit in hits):
        return ()
    named = {number for order in numbered(letter.own_words) for number in order.numbers}
    return tuple(item for item in agenda if item.number in named)


def _given(words: str, desk: Desk) -> Order:
    verb, argument = understand(_unsigned(words, desk), desk.book)
    return Order(verb, argument, desk.sender.person, desk.sender.roles)


def _unsigned(words: str, desk: Desk) -> str:
    """The words without what he signs with, as his mail program puts it below: it is no part of what he orders and goes to nobody."""
    lines = words.strip().splitlines()
    lines = lines[: _signed_from(lines, desk.sender.person)]
    while len(lines) > 1 and lines[-1].strip() in _signs(desk):
        lines.pop()
    return "\n".join(lines)


def _signed_from(lines: Sequence[str], person: str) -> int:
    """Where his own name opens the few lines that end the letter (name, office, telephone), none of them a sentence."""
    named = next((at for at, line in enumerate(lines) if at and line.strip() == person), len(lines))
    block = [line.strip() for line in lines[named:]]
    signature = len(block) <= LONGEST_SIGNATURE and not any(line.endswith(tuple("。！？；")) for line in block)
    announced = lines[named - 1].rstrip().endswith(("：", ":")) if lines else False
    return named if signature and not announced else len(lines)


def _signs(desk: Desk) -> frozenset[str]:
    """His name, mailbox and telephone in the book, and the office's; the empty line."""
    office = desk.book.office
    own = person_named(desk, desk.sender.person)
    return frozenset(("", desk.sender.person, office.name, office.phone, *((own.mailbox, own.phone) if own else ())))


def _order(decision: Decision) -> Decision:
    """The order's letter is an order, whatever became of the letter it is about; reread and send-again are for the store to do."""
    kind = "" if decision.disposition else decision.kind
    return dataclasses.replace(decision, disposition=Disposition.ORDER, kind=kind or "order")


def _reading(desk: Desk, question: OpenQuestion | None) -> Desk:
    """The desk with the letter that the question is about, and its files."""
    letter = dict(desk.questioned).get(question.id, desk.letter) if question else None
    read = dataclasses.replace(desk, letter=letter)
    return laid_beside(read, letter.sha256) if letter else read


def _listed(own: str, desk: Desk, hit: CodeHit) -> Decision:
    """Each line of the reply, in order, at the desk that the one before left; one letter tells of them all."""
    decisions: list[Decision] = []
    rows: list[OrderRow] = []
    for given in numbered(own) or (Numbered((), own),):
        for number in given.numbers or (0,):
            cause = f"{desk.cause}#{len(decisions) + 1}" if decisions or len(given.numbers) > 1 else desk.cause
            decision = _one(given.words, number, dataclasses.replace(desk, cause=cause), hit)
            desk = _ticked(after(desk, decision), decision, number)
            decisions.append(decision)
            rows += _rows(decision, desk.sender.person, number)
    return _told_once(together(decisions), desk, tuple(rows)) if len(decisions) > 1 else decisions[0]


def _ticked(desk: Desk, decision: Decision, number: int) -> Desk:
    """The list with that number done, where something was done: the same number twice in one letter is one order.

    A question knows itself whether it still waits.
    """
    if not any(isinstance(event, Ordered) for event in decision.events):
        return desk
    items = tuple(
        dataclasses.replace(item, done=item.done or (item.number == number and not item.target.startswith("question:")))
        for item in desk.agenda
    )
    return dataclasses.replace(desk, agenda=items)


def _one(words: str, number: int, desk: Desk, hit: CodeHit) -> Decision:
    order = _given(words, desk)
    person = person_named(desk, desk.sender.person)
    if not number and order.verb == "form" and person is not None:
        return blank_form(desk, person)
    if not number and order.verb in ANYWHERE:
        return obey(order, dataclasses.replace(desk, letter=None), None)
    if not number:
        return refused(order, desk, None, "which")  # 同意 without a number agrees to nothing (A42)
    item = next((item for item in desk.agenda if item.number == number), None)
    if item is None:
        return refused(order, desk, None, "no-number", number=str(number))
    if item.done:
        return refused(order, desk, None, "answered")
    question = _asked(item, desk, hit)
    return obey(order, _reading(desk, question), question)


def _asked(item: AgendaItem, desk: Desk, hit: CodeHit) -> OpenQuestion:
    """The question behind a number: one that waits, or the case or letter itself, once for this list."""
    kind, _, name = item.target.partition(":")
    waiting = next((question for question in desk.questions if kind == "question" and question.id == name), None)
    if waiting is not None:
        return waiting
    key = f"{hit.occasion}#{item.number}"
    if kind == "letter":
        return OpenQuestion(key, "sample", OFFICE, "", ("hold", "open", "join", "machine"), (), name, id=item.target)
    if kind == "task":
        task, _, due = name.rpartition(":")
        return OpenQuestion(key, "task", TASKS, "", ("done", "hold"), (("task", task), ("due", due)), "")
    return nobody_asked(desk, item.target if kind == "case" else OFFICE, key)


def _rows(decision: Decision, person: str, number: int) -> list[OrderRow]:
    """What the letter about this order would have told the person."""
    mine = [notice for notice in decision.notices if _to(notice, person)]
    return [
        OrderRow(
            number,
            Label(notice.number),
            Label(notice.reason if isinstance(notice, OrderNotDone) else notice.done),
            Label("" if isinstance(notice, OrderNotDone) else notice.unit),
            done=isinstance(notice, OrderDone),
        )
        for notice in mine
        if isinstance(notice, OrderDone | OrderNotDone)
    ]


def _to(notice: Notice, person: str) -> bool:
    return isinstance(notice, OrderDone | OrderNotDone) and notice.to.party == f"staff:{person}"


def _told_once(decision: Decision, desk: Desk, rows: tuple[OrderRow, ...]) -> Decision:
    """One letter for all orders of the list, instead of one for each."""
    person = desk.sender.person
    others = tuple(notice for notice in decision.notices if not _to(notice, person))
    mailbox = next(notice.to.address for notice in decision.notices if _to(notice, person))
    cause = desk.cause.partition("#")[0]
    told = OrdersDone(
        to=To(mailbox, f"staff:{person}", person), about=OFFICE, occasion=f"orders:{cause}:{person}", rows=rows
    )
    return dataclasses.replace(decision, notices=(*others, told))
