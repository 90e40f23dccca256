"""The staff of the bench's year: each morning every question that waits is answered by somebody whose it is, as a person would."""

from datetime import datetime
from random import Random

from daemon.obeying import obey_person
from daemon.office import Office
from db import questions
from db.pen import look
from rules.desk import OpenQuestion
from rules.wording import wording

say = wording("daemon.bench.year")

ANSWERS: dict[str, tuple[tuple[str, str], ...]] = {
    "forward": (("agree", ""), ("reassign", "unit")),
    "grounds": (("refuse", "N4"), ("reassign", "unit"), ("hold", "")),
    "incomplete": (("supplement", "wanted"), ("reassign", "unit")),
    "ourselves": (("reassign", "unit"), ("direct", "")),
    "answer": (("answer", "own-answer"),),
    "same-matter": (("open", ""), ("hold", "")),
    "held": (("machine", ""), ("hold", "")),
    "history": (("hold", ""),),
    "unclear": (("progress", ""), ("hold", "")),
    "opinion": (("close", ""), ("hold", "")),
    "review": (("approve-result", "told"), ("hold", "")),
    "send-back": (("reassign", "unit"),),
    "extension": (("extend", "days"), ("not-extend", ""), ("hold", "")),
    "withdrawal": (("withdraw", ""), ("hold", "")),
    "unsatisfied": (("redo", "wanted"), ("close", "")),
    "stopped": (("reassign", "unit"), ("hold", "")),
    "unknown": (("settle", ""),),
    "no-mailbox": (("reassign", "unit"),),
    "repeat": (("hold", ""),),
    "sign-off": (("approve-text", "told"),),
    "own-work": (("approve-text", "told"),),
    "suspended": (("resume", ""),),
    "second": (("consent", ""),),
    "copy": (("copied", ""), ("hold", "")),
}
"""Kind of question -> what is answered, and what where that cannot stand: an order and the words behind it."""
ELSE = (("hold", ""), ("agree", ""))


def answer_everything(office: Office, now: datetime, units: tuple[str, ...], chance: Random) -> int:
    """Answer what waits. Returns how many of these questions nobody could answer: they wait still."""
    before = _waiting(office)
    for question in before.values():
        _answer(office, question, now, units, chance)
    for question in _waiting(office).values():  # the second person's part of what the first one ordered
        if question.kind == "second":
            _answer(office, question, now, units, chance)
    return len(before.keys() & _waiting(office).keys())


def _waiting(office: Office) -> dict[str, OpenQuestion]:
    with look(office.engine) as cx:
        return {question.id: question for question in questions.waiting(cx)}


def _answer(office: Office, question: OpenQuestion, now: datetime, units: tuple[str, ...], chance: Random) -> None:
    """The first answer that can stand, by the first person who may give it."""
    holders = (*office.book.office.holders(question.role), *office.book.office.holders("head"))
    for verb, words in (*ANSWERS.get(question.kind, ()), *ELSE):
        said = f"{_label(office, verb)} {_words(words, units, chance)}".strip()
        for person in dict.fromkeys(holder.name for holder in holders):
            if obey_person(office, question.id, said, person, now).done:
                return


def _label(office: Office, verb: str) -> str:
    return say("agree") if verb == "agree" else office.book.label("order", verb)


def _words(words: str, units: tuple[str, ...], chance: Random) -> str:
    if words == "unit":
        return chance.choice(units)
    return say(words) if words in ("wanted", "told", "own-answer", "days") else words
