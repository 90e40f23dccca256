"""改类: a person says of what kind a case is, or to which categories it belongs; what he corrects is kept for `book learn` to read."""

import dataclasses
import re

from rules.asking import ask
from rules.case import CaseFile
from rules.decision import Decision, Question, Warrant
from rules.desk import Desk, OpenQuestion
from rules.events import OFFICE, ClockStopped, Corrected, Event, Reclassified
from rules.handling.new_matter import asked_anew
from rules.letter import Letter
from rules.life import State
from rules.orders.order import Refused, case_of
from rules.policy.matters import GRIEVANCES, Kind
from rules.punctuation import bare
from rules.replies.orders import Order
from rules.seconding import key_of
from rules.terms import start

KINDS = (Kind.COMPLAINT, Kind.REPORT, Kind.HELP, Kind.CONSULT, Kind.SUGGESTION, Kind.THANKS)
"""Kinds that a case may be; whatever else a letter is opens none."""
OF_THE_KIND = frozenset({"forward", "no-mailbox", "grounds", "incomplete", "ourselves", "answer"})
"""Questions that another kind puts anew: what to do with a matter nobody has taken up."""
BETWEEN = re.compile(r"[、,，;；\s]+")


def change_kind(order: Order, desk: Desk, question: OpenQuestion | None, warrant: Warrant) -> Decision:
    """改类 咨询, 改类 举报、推诿扯皮. Raises Refused where a word is neither kind nor category, or nothing is corrected."""
    file = case_of(desk, question)
    kind, categories = _said(order.argument, file, desk)
    if (kind, categories) == (file.kind, file.categories):
        raise Refused("same-kind")
    about = file.about
    event = Reclassified(about=about, warrant=warrant, kind_of=kind, categories=categories)
    letter = _letter(desk, question)
    events: tuple[Event, ...] = (event, *_corrected(file, event, letter))
    if _handled(kind) == _handled(file.kind):
        return Decision(events=events)
    if file.state is not State.REGISTERED:
        raise Refused("kind-late")
    now = dataclasses.replace(file, kind=kind, categories=categories)
    return Decision(
        events=(*events, *_terms(file, desk, warrant)),
        questions=(_question(now, desk, letter),),
        answered=_overtaken(desk, question, about),
    )


def _said(words: str, file: CaseFile, desk: Desk) -> tuple[str, tuple[str, ...]]:
    """(kind, categories) as the first line names them; what it does not name stays."""
    labels = {desk.book.label("kind", kind.value): kind.value for kind in KINDS}
    names = tuple(category.name for category in desk.book.categories)
    line = re.split(r"[：:\n]", words.strip(), maxsplit=1)[0]
    said = [word for word in BETWEEN.split(bare(line)) if word]
    if not said or any(word not in labels and word not in names for word in said):
        raise Refused("no-kind", kinds="、".join(labels), categories="、".join(names))
    kinds = [labels[word] for word in said if word in labels]
    categories = tuple(name for name in names if name in said)
    return (kinds[-1] if kinds else file.kind), categories or file.categories


def _handled(kind: str) -> bool:
    """Whether somebody must handle it; other kinds are answered."""
    return kind in GRIEVANCES


def _letter(desk: Desk, question: OpenQuestion | None) -> Letter | None:
    """The complaint, as the store laid it on the desk under its case; None for what came by no letter."""
    return dict(desk.questioned).get(question.about) if question else None


def _corrected(file: CaseFile, event: Reclassified, letter: Letter | None) -> tuple[Event, ...]:
    """What the rules said and what he says, of kind and categories."""
    if letter is None:
        return ()
    families = (
        ("kind", file.kind, event.kind_of),
        ("category", "、".join(file.categories), "、".join(event.categories)),
    )
    return tuple(
        Corrected(
            about=OFFICE, warrant=event.warrant, letter=letter.sha256, was=f"{family}:{was}", now=f"{family}:{now}"
        )
        for family, was, now in families
        if was != now
    )


def _terms(file: CaseFile, desk: Desk, warrant: Warrant) -> tuple[Event, ...]:
    """What must be handled is accepted by the day on which an answer was promised; who was promised more keeps it."""
    promised = file.clock("answer")
    about = file.about
    if promised is None or file.clock("accept") is not None:
        return ()
    fresh = start(desk, about, "accept", warrant, promised=promised.promised)
    if promised.due < fresh.due:
        fresh = dataclasses.replace(fresh, due=promised.due, provisional=promised.provisional)
    return ClockStopped(about=about, warrant=warrant, clock="answer", how="replaced"), fresh


def _question(file: CaseFile, desk: Desk, letter: Letter | None) -> Question:
    draft = desk.draft(file.ref)
    if letter is not None:
        return asked_anew(letter, desk, file, draft)
    kind, shown = ("forward", draft.text if draft else "") if _handled(file.kind) else ("answer", "")
    return ask(desk, kind, file.ref, file.about, draft=shown)


def _overtaken(desk: Desk, question: OpenQuestion | None, about: str) -> tuple[str, ...]:
    """Questions of the kind it was, and what a second person was asked because of them."""
    waiting = (*desk.questions, *((question,) if question else ()))
    ended = [one for one in waiting if one.about == about and one.kind in OF_THE_KIND and one.key]
    return tuple(dict.fromkeys(key for one in ended for key in (one.key, key_of(one))))
