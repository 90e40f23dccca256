"""What a report lacks (domain §2.5, S43, S78): a required part, or a word on a numbered demand of the complaint."""

from rules.desk import Desk
from rules.notices.notice import Label
from rules.replies.demands import silent
from rules.replies.unit_words import UnitReply
from rules.wording import wording

say = wording("rules")
DEMAND = "demand-"


def lacking(read: UnitReply, report: str, desk: Desk, ref: str) -> tuple[str, ...]:
    """Keys of what is missing: finding, handled, investigated, basis, demand-<number>. The demands are those of the unit's own copy."""
    draft = desk.draft(ref)
    unspoken = silent(draft.text, report) if draft else ()
    return (*read.missing, *(f"{DEMAND}{number}" for number in unspoken))


def named(part: str) -> Label:
    """A key in the office's words."""
    if part.startswith(DEMAND):
        return Label(say("part-demand", number=part.removeprefix(DEMAND)))
    return Label(say(f"part-{part}"))
