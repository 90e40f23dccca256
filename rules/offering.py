"""Which orders a question offers of a case that nothing moves just now: those that the life table has a move for from its state."""

import dataclasses

from rules.case import CaseFile
from rules.decision import Question
from rules.life import UNTAKEN, possible

ASSIGNING = frozenset({"key-supervision", "assign", "reassign"})
"""Orders that also accept a case which nobody has taken up."""
TO_UNITS = frozenset({"progress", "tell-units", "remind", "supervise"})
"""Orders that need a unit with the case in hand."""
MOVES = {
    "suspend": "Suspended",
    "resume": "Resumed",
    "merge": "Merged",
    "key-supervision": "Assigned",
    "assign": "Assigned",
    "reassign": "Assigned",
    "hand-over": "HandedOver",
    "take-back": "TakenBack",
    "withdraw": "Withdrawn",
    "sign": "SignedFor",
    "approve-result": "ResultApproved",
    "redo": "Redone",
}
"""Order -> the event that the case's state must allow."""


def standing(question: Question, file: CaseFile) -> Question:
    """The question with those of its orders that the case allows now; an order that moves no case is always allowed."""
    offered = tuple(verb for verb in question.choices if _stands(verb, file))
    return dataclasses.replace(question, choices=offered)


def _stands(verb: str, file: CaseFile) -> bool:
    if verb == "reach":
        return bool(file.untold)
    if verb in TO_UNITS:
        return bool(file.units) and not file.ended
    if verb not in MOVES or (verb in ASSIGNING and file.state in UNTAKEN):
        return True
    return possible(file.state, MOVES[verb])
