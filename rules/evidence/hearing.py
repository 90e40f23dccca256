"""What a hearing concluded, as lines of the 案卷 (S73): read again from the minutes that the ledger's line names by their hash."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from rules.events import HearingCalled, HearingHeld
from rules.evidence.lines import Line
from rules.orders.conclusion import fields
from rules.punctuation import in_chinese_signs
from rules.shield import Identity, guard_text
from rules.wording import wording

say = wording("rules.evidence")


class Held(NamedTuple):
    """The ledger's line of a hearing that was held, the day it was called for, the SHA-256 of its minutes."""

    seq: int
    day: date
    text: str


@dataclass(frozen=True, slots=True)
class Heard:
    """One hearing: the day it was called for, its minutes' line and hash, and the conclusion line by line (name, words)."""

    seq: int
    day: date
    sha256: str
    rows: tuple[tuple[str, str], ...]
    minutes: str = field(repr=False)

    @property
    def file(self) -> str:
        """Where the minutes lie in the evidence."""
        return f"tingzheng/line-{self.seq:06}.txt"


def hearings(lines: Iterable[Line]) -> tuple[Held, ...]:
    """Each hearing that was held, with the day it was called for last."""
    found: list[Held] = []
    day: date | None = None
    for line in lines:
        if isinstance(line.event, HearingCalled):
            day = line.event.day
        if isinstance(line.event, HearingHeld):
            found.append(Held(line.seq, day or line.day, line.event.text))
    return tuple(found)


def heard(held: Held, minutes: str, known: Sequence[Identity] | None) -> Heard:
    """The hearing as this copy may tell it. `known`: whom no field may name; None where the copy says everything."""
    rows = tuple((name, _may_say(words, known)) for name, words in fields(minutes))
    return Heard(held.seq, held.day, held.text, rows, minutes)


def _may_say(words: str, known: Sequence[Identity] | None) -> str:
    """One field's words, or that they are withheld."""
    if known is not None and guard_text(words, known):
        return say("kept-identity")
    return in_chinese_signs(words)
