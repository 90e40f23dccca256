"""Orders about the shield: hide more, put back, answer a unit that asks who wrote, tell it by consent, open the identity room of a report."""

import dataclasses
from collections.abc import Sequence
from datetime import timedelta

from rules.case import CaseFile
from rules.days import local_day
from rules.decision import Decision, Draft, Question, Warrant
from rules.desk import Contact, Desk, OpenQuestion
from rules.events import Disclosed, IdentityPermitted, MarksChanged
from rules.handling.drafting import content, known_at, place
from rules.letter import Letter
from rules.letterhead import unit_head
from rules.notices.notice import Approved
from rules.notices.to_unit import FishingAnswered, IdentityDisclosed
from rules.orders.order import Refused, case_of
from rules.policy.matters import Kind
from rules.replies.orders import Order
from rules.shield import Identity
from rules.shield.disclosed import whole_ones
from rules.shield.folding import normal
from rules.shield.marks import BY_FORM, Redrafted, as_identities, named, redrafted, touched
from rules.shield.redact import kind_word

DISCLOSED = ("name", "mobile", "landline", "address", "company")
"""What a unit can be told at all, in this order."""


def hide(order: Order, desk: Desk, question: OpenQuestion | None, warrant: Warrant) -> Decision:
    """隐去：words. They leave the draft, and the guard looks for them from now on; the question is put again with the new draft."""
    file, letter = case_of(desk, question), _letter(desk)
    words = named(order.argument)
    if not words:
        raise Refused("no-words")
    known, added = known_at(desk, file.ref), as_identities(words)
    changed = _redrafted(desk, file, letter, known, (*known, *added))
    done = _changed(desk, file, question, warrant, "added", changed)
    return dataclasses.replace(done, identities=((file.ref, added),))


def unhide(order: Order, desk: Desk, question: OpenQuestion | None, warrant: Warrant) -> Decision:
    """不隐去：words taken for somebody's. A person of unclear part by whoever reviews, anybody else by the head, the writer never."""
    file, letter = case_of(desk, question), _letter(desk)
    words = named(order.argument)
    if not words:
        raise Refused("no-words")
    known = known_at(desk, file.ref)
    lifted = touched(words, known)
    if any(_own(identity, letter, desk, file) for identity in lifted):
        raise Refused("unhide-own")
    if any(identity.role != "unclear" for identity in lifted) and warrant.role != "head":
        raise Refused("unhide-head")
    changed = _redrafted(desk, file, letter, known, tuple(each for each in known if each not in lifted))
    done = _changed(desk, file, question, warrant, "lifted", changed)
    return dataclasses.replace(done, lifted=((file.ref, lifted),))


def _letter(desk: Desk) -> Letter:
    if desk.letter is None:
        raise Refused("no-letter")
    return desk.letter


def _own(identity: Identity, letter: Letter, desk: Desk, file: CaseFile) -> bool:
    """His mailbox and the name beside it, and whatever goes by its form."""
    value = normal(identity.value)
    sender = normal(f"{letter.from_name} {letter.from_addr} {desk.complainant(file.ref)}")
    return identity.kind in BY_FORM or value in sender


def _redrafted(
    desk: Desk, file: CaseFile, letter: Letter, known: Sequence[Identity], now: Sequence[Identity]
) -> Redrafted:
    draft = desk.draft(file.ref)
    if draft is None:
        raise Refused("no-draft")
    made = redrafted((letter.subject, content(letter)), (draft.subject, draft.text), known, now)
    if made is None:
        raise Refused("no-such-words")
    return made


def _changed(
    desk: Desk, file: CaseFile, question: OpenQuestion | None, warrant: Warrant, what: str, made: Redrafted
) -> Decision:
    letter = _letter(desk)
    event = MarksChanged(
        about=file.about,
        warrant=warrant,
        letter=letter.sha256,
        what=what,
        marks=tuple(map(place, made.marks)),
    )
    draft = Draft(file.ref, made.subject, made.text, made.refused)
    again = (_again(question, letter, draft),) if question is not None and question.key else ()
    return Decision(events=(event,), drafts=(draft,), questions=again)


def _again(question: OpenQuestion, letter: Letter, draft: Draft) -> Question:
    """The same question with letter and new draft side by side."""
    told = (
        ("from", letter.from_addr),
        ("subject", letter.subject),
        ("words", content(letter)),
        ("draft", f"{draft.subject}\n{draft.text}"),
        ("proposal", dict(question.proposal).get("unit", "")),
        ("shield", draft.refused),
    )
    return Question(
        question.kind,
        question.key,
        question.about,
        question.role,
        question.choices,
        question.proposal,
        tuple((label, says) for label, says in told if says),
        letter=question.letter,
    )


def standard_answer(_order: Order, desk: Desk, question: OpenQuestion | None, _warrant: Warrant) -> Decision:
    """标准答复: nobody is told who complained; the unit that asked goes on (A22)."""
    file, contact = _at_unit(desk, question)
    told = FishingAnswered(
        **unit_head(desk, file, contact, f"fishing-answered:{file.ref}:{desk.cause}"),
        acts_until_round=file.round,
    )
    return Decision(notices=(told,))


def disclose(_order: Order, desk: Desk, question: OpenQuestion | None, warrant: Warrant) -> Decision:
    """披露身份: only what he agreed to, only to a unit of this case, only while he agrees; the book wants two people."""
    file, contact = _at_unit(desk, question)
    if file.consent != "agreed" or not file.consent_scope:
        raise Refused("no-consent")
    if file.kind == Kind.REPORT:
        raise Refused("report-not-disclosed")
    people = whole_ones(
        [
            identity
            for kind in DISCLOSED
            for identity in known_at(desk, file.ref)
            if identity.kind == kind and kind in file.consent_scope and identity.role == "complainant"
            if identity.level == "direct"
        ]
    )
    if not people:
        raise Refused("no-identity")
    occasion = f"disclosed:{file.ref}:{file.round}:{desk.cause}"
    told = IdentityDisclosed(
        **unit_head(desk, file, contact, occasion),
        people=tuple(Approved(f"{kind_word(each.kind)}：{each.value}") for each in people),
        acts_until_round=file.round,
    )
    kinds = tuple(dict.fromkeys(each.kind for each in people))
    event = Disclosed(about=file.about, warrant=warrant, unit=contact.unit, kinds=kinds, occasion=occasion)
    return Decision(events=(event,), notices=(told,))


def _at_unit(desk: Desk, question: OpenQuestion | None) -> tuple[CaseFile, Contact]:
    """The case, and where the unit that asked, or else its lead unit, is reached."""
    file = case_of(desk, question) if question is not None and question.key else _only_case(desk)
    asking = dict(question.proposal).get("unit", "") if question is not None and question.kind == "fishing" else ""
    contact = desk.contact(asking if asking in file.units else file.lead)
    if contact is None:
        raise Refused("no-mailbox", unit=file.lead)
    return file, contact


def _only_case(desk: Desk) -> CaseFile:
    """The case of an order that answers no question."""
    if desk.alone is None:
        raise Refused("no-case", case="")
    return desk.alone


def see(order: Order, desk: Desk, _question: OpenQuestion | None, warrant: Warrant) -> Decision:
    """查看身份：reason. The identity room of a report opens to him for the days of the book, once a second person agreed."""
    file = _only_case(desk)
    if not order.argument.strip():
        raise Refused("no-words")
    until = local_day(desk.now) + timedelta(days=desk.book.office.identity_days)
    event = IdentityPermitted(about=file.about, warrant=warrant, to=warrant.actor, until=until)
    return Decision(events=(event,))
