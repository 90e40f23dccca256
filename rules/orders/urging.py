"""催办, 督办 by order, beside the ladder that time climbs: whoever follows the units writes to one when he sees fit (S67c)."""

from rules.case import CaseFile, Running
from rules.decision import Decision, Warrant
from rules.desk import Contact, Desk, OpenQuestion
from rules.orders.order import Refused, case_of, lead_of
from rules.replies.orders import Order
from rules.urging import AT_UNIT, reminded, supervised


def remind(_order: Order, desk: Desk, question: OpenQuestion | None, _warrant: Warrant) -> Decision:
    """催办: the written reminder, now."""
    file, clock, contact = _at_unit(desk, question)
    return reminded(file, desk, clock, contact, f"remind:{file.ref}:{file.round}:{desk.cause}")


def supervise(_order: Order, desk: Desk, question: OpenQuestion | None, _warrant: Warrant) -> Decision:
    """督办: the unit is put under supervision, now."""
    file, clock, contact = _at_unit(desk, question)
    return supervised(file, desk, clock, contact, f"supervise:{file.ref}:{file.round}:{desk.cause}")


def _at_unit(desk: Desk, question: OpenQuestion | None) -> tuple[CaseFile, Running, Contact]:
    """The case, what its unit owes first, and where the unit is reached. Raises Refused where no unit has it."""
    file = case_of(desk, question)
    owed = (clock for clock in file.running if clock.clock in AT_UNIT)
    first = min(owed, key=lambda clock: clock.due, default=None)
    if first is None or not file.lead:
        raise Refused("at-no-unit")
    return file, first, lead_of(desk, file)
