"""What a complainant's reply says: an opinion, a question about the state, a withdrawal, or more facts.

An opinion counts only in the first line that says something (domain §6.1); 不满意 is never 满意 (L40); what is doubtful goes to a person.
"""

from enum import StrEnum

from rules.replies.folding import first_line, folded, has, words


class Opinion(StrEnum):
    """意见 as the office counts it."""

    SATISFIED = "satisfied"
    RATHER = "rather"
    UNSATISFIED = "unsatisfied"
    DOUBTFUL = "doubtful"
    NONE = "none"


def opinion(own_words: str) -> Opinion:
    """The opinion in the first line; DOUBTFUL where it speaks of satisfaction and cannot be read, NONE where it does not."""
    head = first_line(own_words)
    speech = words()["complainant"]
    if "满意" not in head and head not in ("满", "👍", "1"):
        return Opinion.NONE
    if has(head, speech["doubtful"]) or head in ("满", "👍", "1"):
        return Opinion.DOUBTFUL
    if has(head, speech["unsatisfied"]):
        return Opinion.UNSATISFIED
    return Opinion.RATHER if has(head, speech["rather"]) else _plainly(head)


def _plainly(head: str) -> Opinion:
    """满意 counts where the line is little else than that, and no 不 or 没 stands in it."""
    short = len(head) <= 16 and not has(head, ["不", "没", "但", "可是"])
    return Opinion.SATISFIED if short else Opinion.DOUBTFUL


def withdraws(own_words: str) -> bool:
    """The first line asks to take the matter back; 不撤回 does not."""
    head = first_line(own_words)
    found = has(head, words()["complainant"]["withdraw"])
    return bool(found) and not has(head, [f"不{found}", f"没有{found}", f"不要{found}", f"不想{found}", f"拒绝{found}"])


def asks_contents(own_words: str) -> bool:
    """A short letter that asks to be sent what was written before (A20)."""
    text = folded(own_words)
    return len(text) <= 60 and bool(has(text, words()["complainant"]["contents"]))


def asks_state(own_words: str) -> bool:
    """A short reply that asks how far the matter is (S50)."""
    text = folded(own_words)
    return len(text) <= 60 and bool(has(text, words()["complainant"]["status"]))
