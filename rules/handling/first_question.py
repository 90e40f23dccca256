"""Which question a new matter brings where no rule may let it go: who must decide, and what stands in the way."""

from rules.judging import Judgement, Quest
from rules.policy.matters import GRIEVANCES
from rules.wording import wording

say = wording("rules")
UNCLEAR = "N6"
"""No clear respondent, facts or request: asked for first, before anybody speaks of refusing (domain §2.4)."""
NO_REFUSAL = frozenset({UNCLEAR, "N8", "N11"})
"""Grounds that propose something else than a refusal: asking for facts, noting an anonymous lead, telling the duty at once."""
NO_MAILBOX = "no-mailbox"


def first_question(judged: Judgement, *, ours: bool, far: bool) -> str:
    """The question's kind. `ours`: its own reader is complained of (R3); `far`: the unit proposed has no mailbox in the directory."""
    if ours:
        return "ourselves"
    if judged.kind not in GRIEVANCES:
        return "answer"
    if any(query.quest is Quest.OURSELVES for query in judged.questions):
        return "ourselves"
    if set(judged.grounds) - NO_REFUSAL:
        return "grounds"
    if UNCLEAR in judged.grounds:
        return "incomplete"
    return NO_MAILBOX if far else "forward"


def unreached(kind: str, unit: str) -> tuple[str, ...]:
    """Why 同意 would do nothing yet, and what to do first."""
    return (say("unit-unreached", unit=unit),) if kind == NO_MAILBOX else ()
