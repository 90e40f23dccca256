"""The words that answer a question: 同意 where the rules propose what can be done, then each order it offers, with what to write."""

from collections.abc import Mapping

from rules.decision import Question
from rules.desk import Desk
from rules.notices.notice import OfficeText
from rules.notices.to_staff import Choice
from rules.wording import wording

say = wording("rules")
PROPOSES = {
    "forward": "unit",
    "reassign": "unit",
    "key-supervision": "unit",
    "refuse": "ground",
    "extend": "days",
    "sent-back": "unit",
    "answer": "answer",
    "approve-text": "text",
}
"""Order -> which argument of the question's proposal is its own; other orders take none from there (a unit's name is no answer)."""
NEEDS_WORDS = frozenset(
    {
        "reassign",
        "assign",
        "key-supervision",
        "refuse",
        "hand-over",
        "answer",
        "extend",
        "sent-back",
        "merge",
        "suspend",
        "approve-text",
        "hide",
        "unhide",
        "release",
        "tell-units",
        "kind",
        "lift",
    }
)
"""Orders that do nothing without words behind them: 同意 alone proposes them only where the question brings the words."""
COUNTED = "extend"
"""The order whose argument is a number of working days."""
LONGEST_SHOWN = 40
NAMED = frozenset({("second", "hold"), ("paper", "hold")})
"""Orders that go by another word in a question of this kind."""
ARGUED = frozenset(
    f"argument-{verb}"
    for verb in (
        "reassign",
        "hide",
        "unhide",
        "release",
        "tell-units",
        "supplement",
        "refuse",
        "hand-over",
        "answer",
        "redo",
        "extend",
        "join",
        "assign",
        "key-supervision",
        "suspend",
        "merge",
        "approve-text",
        "sent-back",
        "kind",
        "lift",
    )
)


def proposed(verb: str, proposal: Mapping[str, str]) -> str:
    """The argument that the question's proposal brings for the order."""
    return proposal.get(PROPOSES.get(verb, ""), "")


def choices_of(question: Question, desk: Desk) -> tuple[Choice, ...]:
    """What may be written, and what it does."""
    proposal = dict(question.proposal)
    first = question.choices[0] if question.choices else ""
    offered = [_choice(question, verb, desk) for verb in question.choices]
    given = proposed(first, proposal)
    if not first or (first in NEEDS_WORDS and not given):
        return tuple(offered)
    shown = f" {given.splitlines()[0][:LONGEST_SHOWN]}" if given.strip() else ""
    if shown and first == COUNTED:
        shown = say("agree-days", days=shown)
    does = say("agree-does", verb=_word(question, first, desk), what=shown)
    return (Choice(OfficeText(say("agree")), OfficeText(does)), *offered)


def _choice(question: Question, verb: str, desk: Desk) -> Choice:
    argument = say(f"argument-{verb}") if f"argument-{verb}" in ARGUED else ""
    does = say(f"meaning-{question.kind}-{verb}") if (question.kind, verb) in NAMED else say(f"does-{verb}")
    return Choice(OfficeText(f"{_word(question, verb, desk)}{argument}"), OfficeText(does))


def _word(question: Question, verb: str, desk: Desk) -> str:
    named = (question.kind, verb) in NAMED
    return say(f"named-{question.kind}-{verb}") if named else desk.book.label("order", verb)
