"""Questions (待定事项): for each kind who answers for it and by which orders, and the letters that put it to them.

A question's id is computed from its cause, so that decisions stay comparable; the reply code that answers it is drawn in writing.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from rules.choosing import choices_of
from rules.decision import Question
from rules.desk import Desk
from rules.letter import Letter
from rules.letterhead import to_staff
from rules.notices.notice import Label, Number, OwnText
from rules.notices.to_staff import Fact, QuestionAsked
from rules.policy.office import Person
from rules.staffing import asked_people, recused
from rules.terms import due_in
from rules.wording import wording

say = wording("rules")
LONGEST_FACT = 3000
WHOLE = "says"
"""The fact that is never cut: a person reads it out to a complainant, who hears the end of a long result too."""
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Asking:
    """A kind of question: the role that answers and the orders that do."""

    role: str
    choices: tuple[str, ...]


ASKINGS: dict[str, Asking] = {
    "second": Asking("head", ("consent", "hold")),
    "forward": Asking(
        "receiver",
        (
            "forward",
            "reassign",
            "assign",
            "key-supervision",
            "direct",
            "supplement",
            "refuse",
            "accept",
            "hand-over",
            "merge",
            "answer",
            "kind",
        ),
    ),
    "grounds": Asking(
        "head", ("refuse", "forward", "reassign", "supplement", "hand-over", "accept", "direct", "merge", "kind")
    ),
    "incomplete": Asking("receiver", ("supplement", "reassign", "forward", "answer", "hold", "kind")),
    "ourselves": Asking("head", ("reassign", "direct", "hand-over", "accept", "answer", "kind")),
    "answer": Asking("receiver", ("answer", "reassign", "kind")),
    "same-matter": Asking("receiver", ("join", "open", "hold")),
    "held": Asking("receiver", ("open", "join", "machine", "hold", "reread")),
    "history": Asking("receiver", ("open", "machine", "hold")),
    "unclear": Asking("handler", ("sign", "progress", "approve-result", "redo", "hold")),
    "opinion": Asking("reviewer", ("close", "redo", "hold")),
    "review": Asking("reviewer", ("approve-result", "redo", "hold")),
    "send-back": Asking("handler", ("sent-back", "reassign", "redo")),
    "extension": Asking("head", ("extend", "not-extend", "suspend", "hold")),
    "plea": Asking("head", ("lift", "hold")),
    "silent": Asking("handler", ("hold",)),
    "telephone": Asking("handler", ("hold",)),
    "call": Asking("handler", ("hold",)),
    "untold": Asking("handler", ("reach", "hold")),
    "supplement": Asking("receiver", ("hold", "open")),
    "withdrawal": Asking("receiver", ("withdraw", "hold")),
    "unsatisfied": Asking("reviewer", ("redo", "close")),
    "stopped": Asking("receiver", ("tell-units", "reassign", "hold")),
    "refused-send": Asking("receiver", ("send", "settle", "hold")),
    "unknown": Asking("receiver", ("settle", "send")),
    "bounce": Asking("receiver", ("send", "settle", "hold")),
    "no-mailbox": Asking(
        "receiver", ("forward", "reassign", "assign", "supplement", "accept", "merge", "answer", "hold", "kind")
    ),
    "fishing": Asking("handler", ("standard-answer", "disclose", "hold", "redo")),
    "files": Asking("reviewer", ("release", "tell-units", "hold")),
    "contact": Asking("supervision", ("directory", "hold")),
    "unit-letter": Asking("receiver", ("answer", "open", "hold")),
    "crashed": Asking("receiver", ("reread", "machine", "hold")),
    "escalated": Asking("head", ("hold", "remind", "supervise", "reassign", "suspend")),
    "circular-late": Asking("head", ("circular", "hold")),
    "suspended": Asking("head", ("resume", "hold")),
    "sign-off": Asking("head", ("approve-text", "redo", "hold")),
    "own-work": Asking("head", ("approve-text", "reassign", "hold")),
    "unit-question": Asking("handler", ("answer", "suspend", "hold")),
    "answered-unasked": Asking("head", ("hold", "tell-units", "redo")),
    "flood": Asking("receiver", ("hold", "reread")),
    "copy": Asking("handler", ("copied", "hold")),
    "filing": Asking("receiver", ("file", "open", "join", "hold")),
    "repeat": Asking("receiver", ("open", "hold")),
    "steer": Asking(
        "head",
        (
            "hold",
            "suspend",
            "resume",
            "merge",
            "key-supervision",
            "assign",
            "reassign",
            "hand-over",
            "take-back",
            "withdraw",
            "release",
            "not-release",
            "tell-units",
            "reach",
            "kind",
        ),
    ),
    "hearing": Asking("reviewer", ("hold", "minutes", "resume")),
    "paper": Asking("receiver", ("hold",)),
    "organ": Asking("receiver", ("hold", "take-back")),
    "organ-back": Asking("receiver", ("take-back", "hold")),
    "rectify": Asking("reviewer", ("rectified", "hold")),
    "report-up": Asking("handler", ("reported-up",)),
    "trouble": Asking("duty", ("hold",)),
    "calendar": Asking("duty", ("hold",)),
    "clock": Asking("duty", ("hold",)),
}


MARKING = ("hide", "unhide")
"""Orders that change what a draft leaves out; the question is put again with the new draft."""


def ask(desk: Desk, kind: str, key: str, about: str, **facts: str) -> Question:
    """A question of a kind, with facts by label key; empty facts are left out. One that shows a draft may be answered by marks in it."""
    asking = ASKINGS[kind]
    choices = (*asking.choices, *MARKING) if facts.get("draft") else asking.choices
    told = tuple((label.replace("_", "-"), says) for label, says in facts.items() if says)
    return Question(kind, f"{kind}:{key}", about, holder(desk, asking.role), choices, facts=told)


def per_letter(ref: str, letter: Letter) -> str:
    """The key of a question that each letter of the case brings anew."""
    return f"{ref}:{letter.sha256[:8]}"


def holder(desk: Desk, role: str) -> str:
    """The role itself, or the head where nobody of the book holds it: a question always has somebody (S35)."""
    return role if desk.book.office.holders(role) else "head"


def question_id(cause: str, key: str) -> str:
    """The question's name, computed: 10 signs, the same for the same cause and key."""
    return sha256(f"{cause}\n{key}".encode()).hexdigest()[:10]


def letters(question: Question, desk: Desk, number: str = "") -> tuple[QuestionAsked, ...]:
    """One letter to each person who holds the role."""
    due = answer_by(question.proposal, desk)
    return tuple(
        QuestionAsked(
            to=to_staff(person),
            about=question.about,
            occasion=f"ask:{question_id(desk.cause, question.key)}:{person.name}",
            number=Number(number),
            what=Label(say(f"question-{question.kind}")),
            facts=tuple(
                Fact(Label(say(f"fact-{label}")), OwnText(_shown(says)[: None if label == WHOLE else LONGEST_FACT]))
                for label, says in question.facts
            ),
            choices=choices_of(question, desk),
            due=due,
            urgent=question.urgent,
        )
        for person in who_is_asked(question, desk)
    )


def _shown(says: str) -> str:
    """A day alone as people write it."""
    return say("day", year=int(says[:4]), month=int(says[5:7]), day=int(says[8:])) if DAY.fullmatch(says) else says


def answer_by(proposal: Iterable[tuple[str, str]], desk: Desk, asked: date | None = None) -> date:
    """The day by which a question asked on that day, or today, must be answered: its own where it has one, else by the book's clock."""
    own = dict(proposal).get("by", "")
    return date.fromisoformat(own) if own else due_in(desk, desk.book.clocks["question"].days, asked)[0]


def who_is_asked(question: Question, desk: Desk) -> tuple[Person, ...]:
    """Nobody who is concerned, barred or away; the head where that leaves nobody, for a question is never lost (S35)."""
    barred = recused(desk, question.about) | frozenset(question.barred)
    return asked_people(desk, question.role, barred) or desk.book.office.holders("head")
