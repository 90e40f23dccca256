"""遗失信件 (S67a) as a clue: a letter of ours that nobody can say arrived, and letters that were gone before they could be fetched.

SendUnknown ─ Delivered, SendRefused, LetterWithdrawn of the same occasion ─▶ settled; else a clue with its line
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from rules import events as ev
from rules.evidence.clues import Clue
from rules.evidence.lines import Line
from rules.wording import wording

say = wording("rules.evidence")
LOST = "lost"
SETTLED = (ev.Delivered, ev.SendRefused, ev.LetterWithdrawn)


@dataclass(frozen=True, slots=True)
class Gone:
    """A number of a folder whose letter was gone before it was fetched: which letter it was nobody knows."""

    folder: str
    uid: int
    day: date


def unsettled(lines: Sequence[Line]) -> tuple[Clue, ...]:
    """Letters about the case of which nobody knows to this day whether they went."""
    open_sends: dict[str, Line] = {}
    for line in lines:
        if isinstance(line.event, ev.SendUnknown):
            open_sends[line.event.occasion] = line
        if isinstance(line.event, SETTLED):
            open_sends.pop(line.event.occasion, None)
    return tuple(
        Clue(LOST, "", say("send-unknown", day=line.day), line.day, (line.seq,)) for line in open_sends.values()
    )


def vanished(gone: Iterable[Gone], first: date, last: date) -> tuple[Clue, ...]:
    """Letters gone from the mailbox while the case ran; the ledger has no line about them, and they may be another matter's."""
    return tuple(
        Clue(LOST, "", say("vanished", day=one.day, folder=one.folder, uid=one.uid), one.day, ())
        for one in gone
        if first <= one.day <= last
    )
