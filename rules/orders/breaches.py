"""解除：reason (S66–S68). A term that passed is held against nobody any more; the breach stays in the ledger beside the reason."""

from rules.case import CaseFile
from rules.decision import Decision, Warrant
from rules.desk import Desk, OpenQuestion
from rules.events import BreachLifted
from rules.letterhead import unit_head
from rules.notices.notice import Approved, Label, Notice
from rules.notices.to_unit import BreachAnswerGiven
from rules.orders.order import Refused, case_of, text_hash
from rules.replies.orders import Order
from rules.shown import clock_label
from rules.terms import about_case
from rules.urging import AT_UNIT


def lift(order: Order, desk: Desk, question: OpenQuestion | None, warrant: Warrant) -> Decision:
    """解除：reason. Every breach of the case that stands; the unit hears it where one was its own."""
    file, reason = case_of(desk, question), order.argument.strip()
    standing = tuple((clock, due) for clock, due, how in file.breaches if how != "lifted")
    if not standing:
        raise Refused("no-breach")
    if not reason:
        raise Refused("no-words")
    digest = text_hash(reason)
    about = about_case(file.ref)
    events = tuple(
        BreachLifted(about=about, warrant=warrant, clock=clock, unit=file.lead, due=due, text=digest)
        for clock, due in standing
    )
    at_unit = tuple(clock for clock, _due in standing if clock in AT_UNIT)
    return Decision(events=events, notices=_told(desk, file, at_unit, Approved(reason)))


def _told(desk: Desk, file: CaseFile, clocks: tuple[str, ...], reason: Approved) -> tuple[Notice, ...]:
    contact = desk.contact(file.lead) if clocks and file.lead else None
    if contact is None:
        return ()
    told = BreachAnswerGiven(
        **unit_head(desk, file, contact, f"breach-lifted:{file.ref}:{desk.cause}"),
        clocks=tuple(Label(clock_label(desk.book, clock)) for clock in dict.fromkeys(clocks)),
        reason=reason,
        acts_until_round=file.round,
    )
    return (told,)
