"""Orders about a case that is not yet, or no longer, with a unit: ask for facts, refuse, withdraw, answer."""

import re
import unicodedata

from rules.case import CaseFile
from rules.decision import Decision, Warrant
from rules.desk import Desk, OpenQuestion
from rules.events import Answered, NotAccepted, Noted, SupplementAsked, Withdrawn
from rules.handling.assigning import taken_from
from rules.letterhead import complainant_head, unit_head
from rules.life import walk
from rules.notices.notice import Approved, Label, OfficeText
from rules.notices.to_complainant import (
    AnswerTold,
    RefusalTold,
    SupplementRequest,
    WithdrawalTold,
)
from rules.notices.to_unit import QuestionAnswer
from rules.orders.letters import answer_unit
from rules.orders.order import Refused, case_of, lead_of
from rules.punctuation import bare
from rules.replies.orders import Order
from rules.shown import label
from rules.terms import fulfil, pause, start
from rules.wording import wording

say = wording("rules")
NUMBERED = re.compile(r"[A-Z]\d{1,3}")
"""How a ready answer is called."""


def supplement(order: Order, desk: Desk, question: OpenQuestion | None, warrant: Warrant) -> Decision:
    """补正: ask the complainant for facts; his promise stands still meanwhile."""
    file = case_of(desk, question)
    walk(file.state, "SupplementAsked", warrant)
    about = file.about
    clock = start(desk, about, "supplement", warrant)
    paused = pause(file, desk, warrant, "supplement")
    request = SupplementRequest(
        **complainant_head(desk, file, desk.complainant(file.ref), f"supplement-request:{file.ref}:{desk.cause}"),
        missing=OfficeText(order.argument or say("supplement-default")),
        due=clock.due,
        provisional=clock.provisional,
        acts_until_round=file.round,
    )
    return Decision(events=(*paused, SupplementAsked(about=about, warrant=warrant), clock), notices=(request,))


def refuse(order: Order, desk: Desk, question: OpenQuestion | None, warrant: Warrant) -> Decision:
    """不予受理 N4: the head's order only; the life table holds that (NEVER-REFUSE)."""
    file = case_of(desk, question)
    key = bare("".join(order.argument.upper().split()[:1]))
    ground = desk.book.grounds.get(key)
    if ground is None:
        raise Refused("no-ground")
    walk(file.state, "NotAccepted", warrant)
    about = file.about
    told = RefusalTold(
        **complainant_head(desk, file, desk.complainant(file.ref), f"refused:{file.ref}"),
        received=file.received,
        ground=Label(ground.name),
        because=OfficeText(say("refusal-clause", ground=key)),
        elsewhere=OfficeText(ground.guide),
    )
    refused = NotAccepted(about=about, warrant=warrant, ground=key)
    return Decision(events=(*fulfil(file, desk, "accept", warrant), refused), notices=(told,))


def withdraw(_order: Order, desk: Desk, question: OpenQuestion | None, warrant: Warrant) -> Decision:
    """撤回: on the complainant's own word, confirmed by a person; the unit hears it only now (L74)."""
    file = case_of(desk, question)
    walk(file.state, "Withdrawn", warrant)
    about = file.about
    told = WithdrawalTold(
        **complainant_head(desk, file, desk.complainant(file.ref), f"withdrawn:{file.ref}"),
    )
    event = Withdrawn(about=about, warrant=warrant)
    return Decision(events=(event,), notices=(told, *taken_from(desk, file, say("reason-withdrawn"))))


def answer(order: Order, desk: Desk, question: OpenQuestion | None, warrant: Warrant) -> Decision:
    """答复 D1, or 答复：words: a question, suggestion or thanks, with a ready answer of the book or in the order's words (S51).

    Where a unit asked, the answer goes to the unit.
    """
    if question is not None and question.kind == "unit-letter":
        return answer_unit(order, desk, question, warrant)
    file = case_of(desk, question)
    words = _ready(desk, order.argument)
    if not words:
        raise Refused("no-words")
    if question is not None and question.kind == "unit-question":
        return _unit_answered(desk, file, words, warrant)
    walk(file.state, "Answered", warrant)
    about = file.about
    told = AnswerTold(
        **complainant_head(desk, file, desk.complainant(file.ref), f"answered:{file.ref}"),
        kind=label(desk.book, "kind", file.kind),
        answer=words,
    )
    measured = (event for clock in ("answer", "accept") for event in fulfil(file, desk, clock, warrant))
    return Decision(events=(*measured, Answered(about=about, warrant=warrant)), notices=(told,))


def _ready(desk: Desk, words: str) -> Approved:
    """A number of the book's answers stands for its text; Refused where the book has none of that number."""
    number_ = bare(unicodedata.normalize("NFKC", words)).upper()
    if not NUMBERED.fullmatch(number_):
        return Approved(words.strip())
    ready = next((answer.text for answer in desk.book.answers if answer.number == number_), "")
    if not ready:
        raise Refused("no-ready", number=number_)
    return Approved(ready)


def _unit_answered(desk: Desk, file: CaseFile, words: Approved, warrant: Warrant) -> Decision:
    told = QuestionAnswer(
        **unit_head(desk, file, lead_of(desk, file), f"unit-answer:{file.ref}:{desk.cause}"),
        answer=words,
        acts_until_round=file.round,
    )
    return Decision(events=(Noted(about=file.about, warrant=warrant, what="unit-answered"),), notices=(told,))
