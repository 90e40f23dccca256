"""过时: questions that an order has overtaken end with it, so that nobody is asked what can no longer be decided (F34)."""

from collections.abc import Iterable

from rules.case import CaseFile, fold_all
from rules.desk import Desk
from rules.events import Event, ref_of
from rules.life import UNTAKEN, State

NEW = UNTAKEN | {State.ACCEPTED}
STANDS_IN: dict[str, frozenset[State]] = {
    "forward": NEW,
    "no-mailbox": NEW,
    "incomplete": NEW,
    "grounds": NEW,
    "ourselves": NEW,
    "answer": frozenset({State.REGISTERED}),
    "send-back": frozenset({State.SENT_BACK}),
    "extension": frozenset({State.ASSIGNED, State.HANDLING}),
    "review": frozenset({State.REPORTED}),
    "opinion": frozenset({State.FEEDBACK}),
    "unsatisfied": frozenset({State.FEEDBACK}),
    "circular-late": frozenset({State.ASSIGNED, State.HANDLING}),
    "organ-back": frozenset({State.HANDED_OVER}),
    "paper": frozenset({State.HANDED_OVER}),
}
"""Question kind -> the states of a case in which its answer can still do something; kinds that are not here always can."""


def overtaken(desk: Desk, events: Iterable[Event]) -> tuple[str, ...]:
    """Keys of the questions on the desk that the events have overtaken."""
    moved = {file.ref: fold_all(file, events) for file in desk.files}
    return tuple(
        question.key
        for question in desk.questions
        if not question.answered and _is_moot(question.kind, moved.get(ref_of(question.about)))
    )


def _is_moot(kind: str, file: CaseFile | None) -> bool:
    if file is None:
        return False
    return file.state not in STANDS_IN[kind] if kind in STANDS_IN else kind == "escalated" and file.ended
