"""What a clerk is told about his sheet (domain §4.3.13): each doubt in a sentence with what to do; he is the proof-reader."""

from typing import Protocol

from rules.contacts.row import Remark
from rules.contacts.second_opinion import DIFFERENT
from rules.wording import wording

say = wording("rules.contacts")


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
    quoted = (
        say("as-read" if remark.word == DIFFERENT else "as-written", text=_shown(remark.text)) if remark.text else ""
    )
    return about + say(f"doubt-{remark.word.replace(':', '-')}", quoted=quoted)


def _shown(text: str) -> str:
    """One line of what was written, short."""
    line = " ".join(text.split())
    return line if len(line) <= 60 else line[:60] + "…"
