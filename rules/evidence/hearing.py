"""What a hearing concluded, as lines of the 案卷 (S73): read again from the minutes that the ledger's line names by their hash."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from rules.events import HearingCalled, HearingHeld
from rules.evidence.lines import Line
from rules.orders.conclusion import fields
from rules.punctuation import in_chinese_signs
from rules.shield import Identity, guard_text
from rules.wording import wording

say = wording("rules.evidence")


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


def hearings(lines: Iterable[Line]) -> tuple[tuple[Line, date], ...]:
    """The line of each hearing's minutes, with the day it was called for last."""
    found: list[tuple[Line, date]] = []
    day: date | None = None
    for line in lines:
        if isinstance(line.event, HearingCalled):
            day = line.event.day
        if isinstance(line.event, HearingHeld):
            found.append((line, day or line.day))
    return tuple(found)


def heard(line: Line, day: date, minutes: str, known: Sequence[Identity] | None) -> Heard:
    """The hearing as this copy may tell it. `known`: whom no field may name; None where the copy says everything."""
    rows = tuple((name, _may_say(words, known)) for name, words in fields(minutes))
    return Heard(line.seq, day, getattr(line.event, "text", ""), rows, minutes)


def _may_say(words: str, known: Sequence[Identity] | None) -> str:
    """One field's words, or that they are withheld."""
    if known is not None and guard_text(words, known):
        return say("kept-identity")
    return in_chinese_signs(words)
