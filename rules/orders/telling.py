"""已告知, and 已告知：满意. A complainant without a mailbox was told by a person, and may have said what he thinks of it."""

from rules.case import CaseFile
from rules.decision import Decision, Warrant
from rules.desk import Desk, OpenQuestion
from rules.events import OpinionGiven
from rules.handling.closing import not_satisfied, satisfied
from rules.life import State
from rules.notices.notice import Approved
from rules.orders.order import Refused, case_of
from rules.orders.recording import name_nobody
from rules.replies.complainant_words import Opinion, opinion
from rules.replies.orders import Order


def told(order: Order, desk: Desk, question: OpenQuestion, warrant: Warrant) -> Decision:
    """What follows once he was told: his opinion of the result, where he gave one and it is asked, as if he had written it (S79)."""
    file, said = case_of(desk, question), opinion(order.argument)
    if said is Opinion.NONE or file.state is not State.FEEDBACK or file.opinion:
        return Decision()
    if said is Opinion.DOUBTFUL:
        raise Refused("doubtful-opinion")
    return _heard(order, desk, file, said, warrant)


def _heard(order: Order, desk: Desk, file: CaseFile, said: Opinion, warrant: Warrant) -> Decision:
    given = OpinionGiven(about=file.about, warrant=warrant, value=said.value)
    if said is not Opinion.UNSATISFIED:
        return satisfied(desk, file, given)
    name_nobody(file, order.argument, desk)
    return not_satisfied(desk, file, given, remark=Approved(order.argument))
