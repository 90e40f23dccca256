"""已告知, and 已告知：满意. A complainant without a mailbox was told by a person, and may have said what he thinks of it."""

from rules.case import CaseFile
from rules.decision import Decision, Warrant
from rules.desk import Desk, OpenQuestion
from rules.events import Closed, OpinionGiven
from rules.handling.closing import opinion_passed, redone
from rules.life import State
from rules.notices.notice import Approved
from rules.orders.order import Refused, case_of
from rules.orders.recording import name_nobody
from rules.replies.complainant_words import Opinion, opinion
from rules.replies.orders import Order
from rules.terms import about_case


def told(order: Order, desk: Desk, question: OpenQuestion, warrant: Warrant) -> Decision:
    """What follows once he was told: his opinion of the result, where he gave one and it is asked, as if he had written it (S79)."""
    file, said = case_of(desk, question), opinion(order.argument)
    if said is Opinion.NONE or file.state is not State.FEEDBACK or file.opinion:
        return Decision()
    if said is Opinion.DOUBTFUL:
        raise Refused("doubtful-opinion")
    return _heard(order, desk, file, said, warrant)


def _heard(order: Order, desk: Desk, file: CaseFile, said: Opinion, warrant: Warrant) -> Decision:
    about = about_case(file.ref)
    given = OpinionGiven(about=about, warrant=warrant, value=said.value)
    if said is not Opinion.UNSATISFIED:
        closed = Closed(about=about, warrant=warrant, outcome=said.value)
        return Decision(events=(given, closed), notices=opinion_passed(desk, file, said.value))
    name_nobody(file, order.argument, desk)
    events, notices = redone(desk, file, warrant, "unsatisfied", remark=Approved(order.argument))
    return Decision(events=(given, *events), notices=notices)
