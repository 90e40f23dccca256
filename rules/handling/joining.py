"""A letter that belongs to a case joins it: filed there as a part of it, with the line that says so."""

from typing import Any

from rules.decision import Decision, Disposition, Filing, Reason, Warrant
from rules.events import BY_RULE, Event, Joined, about_case
from rules.letter import Letter


def joins(
    letter: Letter,
    ref: str,
    part: str,
    why: str,
    *events: Event,
    warrant: Warrant = BY_RULE,
    kind: str = "",
    **rest: Any,
) -> Decision:
    """The letter joins the case as this part, for this reason; then `events`, and the rest of the decision by its fields' names.

    `kind`: what the decision is called where that is not the part.
    """
    joined = Joined(about=about_case(ref), warrant=warrant, letter=letter.sha256, part=part)
    return Decision(Disposition.JOINED, kind or part, (Reason(why),), (Filing(ref, part),), (joined, *events), **rest)
