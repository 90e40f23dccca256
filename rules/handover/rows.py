"""What may be written behind the number of a case: the orders that stand in its state and that the person's roles may give."""

import re
from collections.abc import Collection

from rules.case import CaseFile
from rules.choosing import argument_of
from rules.desk import Desk
from rules.life import State
from rules.policy.matters import GRIEVANCES
from rules.wording import wording

say = wording("rules.handover")
asks = wording("rules")
ASIDE = re.compile(r"（[^（）]*）")
BY_STATE: dict[State, tuple[str, ...]] = {
    State.REGISTERED: ("reassign", "accept", "supplement"),
    State.SUPPLEMENT: ("reassign", "accept"),
    State.ACCEPTED: ("reassign", "assign"),
    State.ASSIGNED: ("remind", "supervise", "sign", "reassign"),
    State.HANDLING: ("remind", "supervise", "progress", "reassign"),
    State.SENT_BACK: ("sent-back", "reassign", "redo"),
    State.SUSPENDED: ("resume",),
    State.COPY: ("remind", "supervise"),
    State.REPORTED: ("approve-result", "redo"),
    State.FEEDBACK: ("close", "redo"),
}
QUESTIONS = ("answer", "reassign")
"""Of a case that is answered, not handled, before anybody has answered it."""
OWN_WORDS = frozenset({"approve-result"})
"""Orders whose words a question brings and a list does not: they must be written."""


def answers_for(file: CaseFile, roles: Collection[str], desk: Desk) -> str:
    """The words, most likely first; 知道了 always."""
    verbs = BY_STATE.get(file.state, ())
    if file.state is State.REGISTERED and file.kind not in GRIEVANCES:
        verbs = QUESTIONS
    his = [verb for verb in verbs if "head" in roles or any(desk.book.roles.may(role, verb) for role in roles)]
    return "；".join((*(in_short(_written(verb, desk)) for verb in his), asks("named-seen")))


def in_short(words: str) -> str:
    """What may be written, without the asides: a row is a line."""
    return ASIDE.sub("", words)


def _written(verb: str, desk: Desk) -> str:
    argument = say(f"argument-{verb}") if verb in OWN_WORDS else argument_of(verb)
    return desk.book.label("order", verb) + argument
