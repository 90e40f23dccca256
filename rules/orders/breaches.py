"""What the head says to a unit's 申辩 (S66–S68). 解除：reason: a term that passed is held against nobody any more, and stays in the ledger
beside the reason. 不解除: it stands. The unit that pleaded hears either.
"""

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
    about = file.about
    events = tuple(
        BreachLifted(about=about, warrant=warrant, clock=clock, unit=file.lead, due=due, text=digest)
        for clock, due in standing
    )
    return Decision(events=events, notices=_told(desk, file, [clock for clock, _due in standing], reason))


def upheld(order: Order, desk: Desk, question: OpenQuestion, _warrant: Warrant) -> Decision:
    """不解除：reason, or without one: the unit hears whose plea the question is about."""
    file = case_of(desk, question)
    standing = [clock for clock, _due, how in file.breaches if how != "lifted"]
    return Decision(notices=_told(desk, file, standing, order.argument.strip(), lifted=False))


def _told(desk: Desk, file: CaseFile, clocks: list[str], reason: str, *, lifted: bool = True) -> tuple[Notice, ...]:
    at_unit = tuple(Label(clock_label(desk.book, clock)) for clock in dict.fromkeys(clocks) if clock in AT_UNIT)
    contact = desk.contact(file.lead) if at_unit and file.lead else None
    if contact is None:
        return ()
    told = BreachAnswerGiven(
        **unit_head(desk, file, contact, f"breach-{'lifted' if lifted else 'stands'}:{file.ref}:{desk.cause}"),
        clocks=at_unit,
        reason=Approved(reason),
        lifted=lifted,
        acts_until_round=file.round,
    )
    return (told,)
