"""Whether a letter that waited while the server was away still has anything to say (F78): a reminder of a clock that runs no more has not."""

from rules.casefile import CaseFile
from rules.decision import Decision, Settled, Warrant, WarrantKind
from rules.events import LetterWithdrawn, ref_of

REMINDING = frozenset({"unit_reminder", "supervision"})
"""Templates that press a unit to act; receipts, orders to units and results go out however late."""


def pressing_for(template: str, about: str) -> str:
    """The reference of the case for which the letter presses: `stale` is asked with its file. '' = no other letter can go stale."""
    return ref_of(about) if template in REMINDING else ""


def stale(occasion: str, file: CaseFile | None) -> str:
    """Why such a letter shall not go any more: case-ended, or the clock it names (`rules.remind`) stopped or moved; '' where it shall."""
    if file is None:
        return ""
    if file.ended:
        return "case-ended"
    _, _, _, named, due, *_ = (*occasion.split(":"), "", "", "", "", "")
    running = any(clock.clock == named and clock.due.isoformat() == due and clock.left is None for clock in file.clocks)
    return "" if running else "clock-moved"


def withdrawn(about: str, occasion: str, reason: str) -> Decision:
    """The letter is withdrawn, with its line."""
    event = LetterWithdrawn(about=about, warrant=Warrant(WarrantKind.WORLD, "stale"), occasion=occasion, reason=reason)
    return Decision(events=(event,), settled=(Settled(occasion, "withdrawn", reason),))
