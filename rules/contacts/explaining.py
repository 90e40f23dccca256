"""What a clerk is told about his sheet (domain §4.3.13): each doubt in a sentence with what to do; he is the proof-reader."""

from typing import Protocol

from rules.contacts.row import Remark
from rules.contacts.second_opinion import DIFFERENT
from rules.punctuation import in_one_line
from rules.wording import wording

say = wording("rules.contacts")
LONGEST = 60
"""Signs of what was written that a remark quotes."""


class Doubted(Protocol):
    """A sheet or a verdict: anything with remarks."""

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """What is doubtful."""


def explain(doubted: Doubted) -> tuple[str, ...]:
    """One sentence for each doubt, then how to correct by reply; () where nothing is doubtful."""
    told = tuple(dict.fromkeys(sentence(remark) for remark in doubted.remarks))
    return (*told, say("how-to-correct")) if told else ()


WHOLE = frozenset({"file", "sheet", "row", "sender", "version", "mail"})
"""Families of doubt about a whole mail; of the others those that name no unit stop a sheet too."""
UNNAMED = frozenset({"unit:missing", "unit:unknown", "unit:ambiguous", "unit:conflict"})


def in_short(word: str) -> str:
    """Why a sheet was not entered, as a phrase for a list; '' for a doubt about a cell."""
    if word.partition(":")[0] not in WHOLE and word not in UNNAMED:
        return ""
    return say(f"short-{word.replace(':', '-')}")


def sentence(remark: Remark) -> str:
    """What is doubtful, about which unit, and the remedy."""
    about = say("about-unit", unit=remark.unit) if remark.unit else ""
    how = "as-read" if remark.word == DIFFERENT else "as-written"
    quoted = say(how, text=in_one_line(remark.text, LONGEST)) if remark.text else ""
    return about + say(f"doubt-{remark.word.replace(':', '-')}", quoted=quoted)
