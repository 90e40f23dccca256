"""What a unit's copy of the evidence may hold of the ledger: the lines by which this unit got, handled and answered the case, no others."""

from collections.abc import Iterable

from rules import events as ev
from rules.evidence.lines import Line
from rules.evidence.times import Term
from rules.urging import AT_UNIT

ITS_OWN = (
    ev.Assigned,
    ev.SignedFor,
    ev.Progressed,
    ev.SendBackAsked,
    ev.SendBackRefused,
    ev.ExtensionAsked,
    ev.Extended,
    ev.ResultReported,
    ev.ResultApproved,
    ev.Redone,
    ev.FiledByUnit,
    ev.DirectlyAnswered,
    ev.Breached,
    ev.BreachAnswered,
    ev.BreachLifted,
)
HEARINGS = (ev.HearingCalled, ev.HearingHeld)
"""For a unit that was invited to the hearing; its minutes are none of them (S72)."""
CLOCKS = (ev.ClockStarted, ev.ClockStopped, ev.Recounted, ev.Reminded, ev.Breached)
LETTERS = (ev.Queued, ev.Delivered, ev.SendRefused, ev.SendUnknown)
SENT_BY = {"bounce": "server", "machine": "server", "entry": "staff", "organ": "organ", "held": "other"}
"""Part of a case that its complainant does not write -> who does."""


def came_from(part: str, unit: str, *, his: bool) -> str:
    """The party a letter of the case came from: a unit by its mailbox, the complainant by his, else by what part of the case it is."""
    if unit:
        return f"unit:{unit}"
    return "complainant" if his else SENT_BY.get(part, "complainant")


def unit_lines(
    lines: Iterable[Line], unit: str, occasions: frozenset[str], letters: frozenset[str]
) -> tuple[Line, ...]:
    """Lines for the unit; `occasions`: of letters to it, `letters`: SHA-256 of letters from it."""
    return tuple(line for line in lines if _its_own(line.event, unit, occasions, letters))


def _its_own(event: ev.Event, unit: str, occasions: frozenset[str], letters: frozenset[str]) -> bool:
    if isinstance(event, LETTERS):
        return event.occasion in occasions
    if isinstance(event, CLOCKS):
        return event.clock in AT_UNIT and getattr(event, "unit", unit) == unit
    if isinstance(event, ev.Joined):
        return event.letter in letters
    if isinstance(event, HEARINGS):
        return any(occasion.startswith("hearing:") and occasion.endswith(f":{unit}") for occasion in occasions)
    return isinstance(event, ITS_OWN) and event.unit == unit


def unit_terms(terms: Iterable[Term]) -> tuple[Term, ...]:
    """The clocks that ran at the unit."""
    return tuple(term for term in terms if term.clock in AT_UNIT)
