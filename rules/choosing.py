"""The words that answer a question: 同意 where the rules propose what can be done, then each order it offers, with what to write."""

from collections.abc import Mapping

from rules.decision import Question
from rules.desk import Desk, OpenQuestion
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
    "circular": "text",
    "join": "case",
}
"""Order -> which argument of the question's proposal is its own; other orders take none from there (a unit's name is no answer)."""
NEEDS_WORDS = frozenset(
    {
        "forward",
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
        "circular",
        "hide",
        "unhide",
        "release",
        "tell-units",
        "kind",
        "lift",
        "reach",
    }
)
"""Orders that do nothing without words behind them: 同意 alone means them only where the question brings the words."""
ONLY_PROPOSED = frozenset({"forward"})
"""Orders that are offered only with what the question proposes for them: without a unit proposed there is 改派 with a unit."""
NOT_HIS_WORDS = frozenset({"approve-result"})
"""Orders that pass on what another wrote: a remark behind 同意 never takes the place of his words."""
COUNTED = "extend"
"""The order whose argument is a number of working days."""
LONGEST_SHOWN = 40
LOOK_FIRST = frozenset({"refused-send", "unknown", "bounce", "contact", "repeat", "history", "crashed", "order"})
"""Questions whose answer nobody knows before he telephoned, looked into a folder or read the letter: 同意 would be a guess."""
NAMED = frozenset(
    {
        ("second", "hold"),
        ("paper", "hold"),
        ("telephone", "hold"),
        ("silent", "hold"),
        ("plea", "hold"),
        ("call", "hold"),
        ("untold", "hold"),
        ("circular-late", "hold"),
        ("flood", "reread"),
    }
)
"""Orders that go by another word in a question of this kind."""
SEEN = "hold"
"""The order that moves nothing: where a question offers it first, the rules propose nothing and it is called 知道了."""
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
        "circular",
        "sent-back",
        "kind",
        "lift",
        "reach",
    )
)


def argument_of(verb: str) -> str:
    """What is written behind the order's word; '' where the word says all."""
    key = f"argument-{verb}"
    return say(key) if key in ARGUED else ""


def proposed(verb: str, proposal: Mapping[str, str]) -> str:
    """The argument that the question's proposal brings for the order."""
    return proposal.get(PROPOSES.get(verb, ""), "")


def proposed_case(question: OpenQuestion) -> str:
    """The number of the case that the question proposes to join; '' where it proposes none."""
    return proposed("join", dict(question.proposal))


def proposes(question: Question | OpenQuestion, words: str = "") -> bool:
    """Whether 同意 means something: the question proposes an order that moves something, with its words where it needs some.

    `words`: what stands behind 同意 (同意，桓仁镇).
    """
    first = question.choices[0] if question.choices else SEEN
    if first == SEEN or question.kind in LOOK_FIRST:
        return False
    return first not in NEEDS_WORDS or bool(words or proposed(first, dict(question.proposal)))


def choices_of(question: Question, desk: Desk) -> tuple[Choice, ...]:
    """What may be written, and what it does."""
    proposal = dict(question.proposal)
    first = question.choices[0] if question.choices else ""
    offered = [
        _choice(question, verb, desk)
        for verb in question.choices
        if verb not in ONLY_PROPOSED or proposed(verb, proposal)
    ]
    given = proposed(first, proposal)
    if not proposes(question):
        return tuple(offered)
    shown = f" {_short(given)}" if given.strip() else ""
    if shown and first == COUNTED:
        shown = say("agree-days", days=shown)
    does = say("agree-does", verb=_word(question, first, desk), what=shown)
    return (Choice(OfficeText(say("agree")), OfficeText(does)), *offered)


def _short(given: str) -> str:
    """How the words begin; that they go on is shown."""
    first = given.splitlines()[0][:LONGEST_SHOWN]
    return first if first == given.strip() else f"{first}……"


def _choice(question: Question, verb: str, desk: Desk) -> Choice:
    write = _word(question, verb, desk) + argument_of(verb)
    return Choice(OfficeText(write), OfficeText(_does(question, verb, desk)))


def _does(question: Question, verb: str, desk: Desk) -> str:
    if (question.kind, verb) in NAMED:
        return say(f"meaning-{question.kind}-{verb}")
    does = say("meaning-seen") if _only_seen(question, verb) else say(f"does-{verb}")
    return does if _his(question, verb, desk) else say("does-higher", does=does)


def _word(question: Question, verb: str, desk: Desk) -> str:
    if (question.kind, verb) in NAMED:
        return say(f"named-{question.kind}-{verb}")
    return say("named-seen") if _only_seen(question, verb) else desk.book.label("order", verb)


def _only_seen(question: Question, verb: str) -> bool:
    return verb == SEEN and question.choices[0] == SEEN


def _his(question: Question, verb: str, desk: Desk) -> bool:
    """Whether the role that is asked may give the order itself."""
    return question.role == "head" or question.kind == "second" or desk.book.roles.may(question.role, verb)
