"""Several orders of one letter become one decision: what the first changed, the second finds; the person hears of all in one letter."""

import dataclasses
from collections.abc import Iterable
from typing import Any

from rules.case import fold_all
from rules.decision import Decision
from rules.desk import Desk
from rules.events import Registered

TUPLES = tuple(
    field.name for field in dataclasses.fields(Decision) if field.name not in ("disposition", "kind", "deed")
)


def together(decisions: Iterable[Decision]) -> Decision:
    """Everything that follows from all of them, in order."""
    every = tuple(decisions)
    joined: dict[str, Any] = {name: sum((getattr(one, name) for one in every), ()) for name in TUPLES}
    return Decision(**joined)


def after(desk: Desk, decision: Decision) -> Desk:
    """The desk as the decision leaves it: its cases moved on, numbers taken, questions answered."""
    taken = sum(isinstance(event, Registered) for event in decision.events)
    files = tuple(fold_all(file, decision.events) for file in desk.files)
    questions = tuple(
        dataclasses.replace(question, answered=question.answered or question.key in decision.answered)
        for question in desk.questions
    )
    return dataclasses.replace(desk, files=files, questions=questions, next_serial=desk.next_serial + taken)
