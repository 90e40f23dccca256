"""Door 2: an order (指令) of a person. Valid only from his registered mailbox, with the question's own code, for his role, once (WHO-SAYS).

The command line gives the same `Order` with the name of the person at the keyboard; nothing else differs. Letters: `rules.by_letter`.
"""

import dataclasses

from rules.asking import who_is_asked
from rules.asking_again import put_again, put_higher
from rules.choosing import NOT_HIS_WORDS, proposed, proposes
from rules.confirming import done as confirmed
from rules.confirming import not_done, refused
from rules.correcting import corrected
from rules.decision import Decision, Disposition, Reason, Refiled, Warrant, WarrantKind
from rules.desk import Desk, OpenQuestion
from rules.events import OFFICE, Ordered, ref_of
from rules.life import ImpossibleMove
from rules.moot import overtaken
from rules.notices.notice import Notice
from rules.orders.order import Refused
from rules.orders.verbs import VERBS
from rules.replies.orders import Order
from rules.seconding import SECOND, ask_second, declined, first_order, key_of, may_second, needs_second
from rules.shown import reference_in
from rules.staffing import acting_roles, concerned, pass_by, person_named, recused
from rules.wording import wording

say = wording("rules")
FREE = frozenset(
    {
        "hearing",
        "minutes",
        "expose",
        "circular",
        "rectify",
        "join",
        "merge",
        "answer",
        "redo",
        "supplement",
        "suspend",
        "hand-over",
        "approve-text",
        "hide",
        "unhide",
    }
)
"""Orders whose words are for somebody to read, or name another case on purpose."""
ANYWHERE = frozenset({"absent", "back"})
"""Orders about the person himself: they answer no question, whatever letter they reply to."""
BESIDE = frozenset({"kind"})
"""Orders that say something of the case and leave its question waiting, unless they end it themselves."""
ALWAYS = frozenset({"recuse", "done"})
"""Orders that every question takes, beside those it offers."""


def obey(order: Order, desk: Desk, question: OpenQuestion | None) -> Decision:
    """What the order does; where it cannot stand, nothing but the line that it was refused and a letter that says why."""
    if order.verb in ANYWHERE:
        question = None
    if question is not None and question.answered:
        return refused(order, desk, question, "answered")
    if order.verb == "agree" and question is not None and not proposes(question, order.argument):
        return refused(order, desk, question, "no-proposal")
    order = _proposed(order, question)
    if not _offered(order, question):
        return refused(order, desk, question, "none")
    if question is not None and order.actor in _shut(desk, question):
        return refused(order, desk, question, "recused")
    order, other = _number_checked(order, desk, question)
    if other:
        return refused(order, desk, question, "other-case", number=other)
    order = dataclasses.replace(order, roles=acting_roles(desk, order.actor, order.roles, question))
    try:
        if question is not None and question.kind == SECOND and order.verb not in ALWAYS:
            return _seconded(order, desk, question)
        return _done(order, desk, question) if _may(order, desk) else _not_his(order, desk, question)
    except Refused as cannot:
        return refused(order, desk, question, cannot.reason, **cannot.words)
    except ImpossibleMove:
        return refused(order, desk, question, "changed")


def _number_checked(order: Order, desk: Desk, question: OpenQuestion | None) -> tuple[Order, str]:
    """The order without its own case's number, and the number of another case where one is written: then he means something else (A42)."""
    if question is None or order.verb in FREE or not ref_of(question.about):
        return order, ""
    left: list[str] = []
    for word in order.argument.split(" "):
        named = reference_in(word, desk.book)
        if named and named != ref_of(question.about):
            return order, word
        if not named:
            left.append(word)
    return dataclasses.replace(order, argument=" ".join(left).strip()), ""


def _shut(desk: Desk, question: OpenQuestion) -> frozenset[str]:
    """Who may not order here. Who asked for a second person is not shut out of that question: he is told why he cannot be the second."""
    return recused(desk, question.about) if question.kind == SECOND else concerned(desk, question)


def _proposed(order: Order, question: OpenQuestion | None) -> Order:
    """同意: whatever the question proposes, with its arguments; where nothing was asked it stays a word that no order goes by."""
    if order.verb != "agree" or question is None:
        return order
    first = question.choices[0]
    given = proposed(first, dict(question.proposal))
    said = "" if first in NOT_HIS_WORDS else order.argument
    return dataclasses.replace(order, verb=first, argument=said or given)


def _offered(order: Order, question: OpenQuestion | None) -> bool:
    return order.verb in VERBS and (question is None or order.verb in question.choices or order.verb in ALWAYS)


def _may(order: Order, desk: Desk) -> bool:
    """One of his roles may give it; the head may give whatever the question offers; himself everybody may pass by."""
    return (
        order.verb in ALWAYS | ANYWHERE
        or any(desk.book.roles.may(role, order.verb) for role in order.roles)
        or "head" in order.roles
    )


def _not_his(order: Order, desk: Desk, question: OpenQuestion | None) -> Decision:
    """Nothing is done; the question goes to the head with what he would order, and he is told so."""
    words = " ".join(filter(None, (desk.book.label("order", order.verb), order.argument)))
    higher = put_higher(question, desk, order.actor, words) if question else ()
    if not higher:
        return refused(order, desk, question, "not-yours")
    names = "、".join(letter.to.name for letter in higher)
    return _with(refused(order, desk, question, "referred", people=names), higher)


def _role(order: Order, desk: Desk) -> str:
    """The role he acts in: head where he holds it, else the first that may."""
    if "head" in order.roles:
        return "head"
    return next((role for role in order.roles if desk.book.roles.may(role, order.verb)), "")


def _done(order: Order, desk: Desk, question: OpenQuestion | None) -> Decision:
    """The order is carried out, or waits for the second person. Raises Refused, ImpossibleMove."""
    ref = question.key if question and question.key else desk.cause
    warrant = Warrant(WarrantKind.ORDER, ref, order.actor, _role(order, desk))
    decision = VERBS[order.verb](order, desk, question, warrant)  # what cannot stand is not put to anybody else
    if needs_second(order, desk):
        waiting = ask_second(order, desk, question or nobody_asked(desk), warrant)
        names = "、".join(person.name for asked in waiting.questions for person in who_is_asked(asked, desk))
        told = dataclasses.replace(waiting, deed=say("second-asked", person=names))
        return _with(waiting, confirmed(order, desk, question, told))
    return _finished(decision, order, desk, question, warrant)


def nobody_asked(desk: Desk, about: str = "", key: str = "") -> OpenQuestion:
    """What an order answers that nobody asked for: it is about a case (the one on the desk, or the one named), or about the office."""
    file = about or (desk.files[0].about if desk.files else OFFICE)
    return unasked(file, key, desk.letter.sha256 if desk.letter else "")


def unasked(about: str, key: str = "", letter: str = "") -> OpenQuestion:
    """The same, where no desk is laid yet: every order may answer it, within the role and the life of the case."""
    return OpenQuestion(key, "order", about, "", tuple(VERBS), (), letter)


def _seconded(order: Order, desk: Desk, question: OpenQuestion) -> Decision:
    """The second person's word: his yes carries out the first one's order, in one decision with two lines of two people."""
    actor = dict(question.proposal).get("actor", "")
    if not actor or not may_second(desk, order.actor, actor):
        raise Refused("not-second", person=actor)
    role = next((role for role in order.roles if role in desk.book.roles.second), "")
    own = Warrant(WarrantKind.ORDER, question.key, order.actor, role)
    line = Ordered(about=question.about, warrant=own, verb=order.verb, question=question.key, channel=order.channel)
    if order.verb != "consent":
        decision = dataclasses.replace(declined(question), events=(line,), answered=(question.key,))
        return _with(decision, (*confirmed(order, desk, question, decision), *_told_first(order, desk, question)))
    first = first_order(question, own, order.channel)
    done = VERBS[first.order.verb](first.order, desk, first.question, first.warrant)
    finished = _finished(done, first.order, desk, first.question, first.warrant)
    answered = (*finished.answered, question.key)
    decision = dataclasses.replace(finished, events=(line, *finished.events), answered=answered)
    return _with(decision, confirmed(dataclasses.replace(first.order, actor=order.actor), desk, first.question, done))


def _told_first(order: Order, desk: Desk, question: OpenQuestion) -> tuple[Notice, ...]:
    """The first hears that the second did not agree."""
    person = person_named(desk, dict(question.proposal)["actor"])
    says = say("second-declined", person=order.actor, words=order.argument)
    return (not_done(person, desk, question, says),) if person else ()


def _with(decision: Decision, told: tuple[Notice, ...]) -> Decision:
    return dataclasses.replace(decision, notices=(*decision.notices, *told))


def _finished(done: Decision, order: Order, desk: Desk, question: OpenQuestion | None, warrant: Warrant) -> Decision:
    about = question.about if question else (done.events[0].about if done.events else OFFICE)
    key = question.key if question else ""
    event = Ordered(about=about, warrant=warrant, verb=order.verb, question=key, channel=order.channel)
    subject = question.letter if question else ""
    if desk.letter is not None:
        done = pass_by(done, desk.letter, desk)
    decision = dataclasses.replace(
        done,
        why=(*done.why, Reason(f"order-{order.verb}")),
        filings=tuple(dataclasses.replace(filing, letter=filing.letter or subject) for filing in done.filings),
        events=(event, *done.events),
        questions=tuple(dataclasses.replace(asked, letter=asked.letter or subject) for asked in done.questions),
        answered=tuple(
            dict.fromkeys((*done.answered, *_ends(question, done, order.verb), *overtaken(desk, done.events)))
        ),
        refiled=(*done.refiled, *_refiled(done, subject)),
    )
    learned = corrected(order, question, decision) if question else ()
    decision = dataclasses.replace(decision, events=(*decision.events, *learned))
    again = put_again(question, desk, done.passed, "recused") if question and done.passed else ()
    return _with(decision, (*again, *confirmed(order, desk, question, done)))


def _ends(question: OpenQuestion | None, done: Decision, verb: str) -> tuple[str, ...]:
    """The question answered, and the one that a second person was asked about it; none where it goes to somebody else or waits on."""
    if question is None or not question.key or done.passed or verb in BESIDE:
        return ()
    return question.key, key_of(question)


def _refiled(done: Decision, subject: str) -> tuple[Refiled, ...]:
    """The letter asked about is a machine's by a person's word."""
    if not subject or done.disposition is not Disposition.MACHINE:
        return ()
    return (Refiled(subject, Disposition.MACHINE, done.kind),)
