"""已告知, and 已告知：满意. A complainant without a mailbox was told by a person, and may have said what he thinks of it.

联系方式: where nobody could tell him anything, a person found out how he is reached.
"""

import dataclasses

from rules.calling import REACHED_BY, call, whom
from rules.case import CaseFile
from rules.decision import Decision, Warrant
from rules.desk import Desk, OpenQuestion
from rules.events import REACHABLE, Noted, OpinionGiven
from rules.handling.closing import not_satisfied, satisfied
from rules.life import State
from rules.notices.notice import Approved
from rules.orders.order import Refused, case_of
from rules.orders.recording import name_nobody
from rules.replies.complainant_words import Opinion, opinion
from rules.replies.orders import Order
from rules.shield import find_identities
from rules.wording import wording

say = wording("rules")


def told(order: Order, desk: Desk, question: OpenQuestion, warrant: Warrant) -> Decision:
    """What follows once he was told: his opinion of the result, where he gave one and it is asked, as if he had written it (S79)."""
    file, said = case_of(desk, question), opinion(order.argument)
    if said is Opinion.NONE or file.state is not State.FEEDBACK or file.opinion:
        return Decision()
    if said is Opinion.DOUBTFUL:
        raise Refused("doubtful-opinion")
    return _heard(order, desk, file, said, warrant)


def reach(order: Order, desk: Desk, question: OpenQuestion | None, warrant: Warrant) -> Decision:
    """联系方式：a telephone or an address. It is his from now on, hidden like all of him, and what nobody could tell him is told now."""
    file = case_of(desk, question)
    found = find_identities("", order.argument, "", "")
    his = tuple(
        dataclasses.replace(one, role="complainant", spans=()) for one in found if one.kind in (*REACHED_BY, "name")
    )
    reached = whom(his, desk)
    if not reached:
        raise Refused("no-way")
    kept = dict(desk.unsaid)
    due = [(template, kept[digest]) for _, template, digest in file.untold if digest in kept]
    return Decision(
        events=(Noted(about=file.about, warrant=warrant, what=REACHABLE),),
        identities=((file.ref, his),),
        questions=(call(desk, f"reached:{file.ref}", file.about, reached, due),) if due else (),
        answered=(f"untold:{file.ref}",),
        deed=say("reach-noted", count=len(due)),
    )


def _heard(order: Order, desk: Desk, file: CaseFile, said: Opinion, warrant: Warrant) -> Decision:
    given = OpinionGiven(about=file.about, warrant=warrant, value=said.value)
    if said is not Opinion.UNSATISFIED:
        return satisfied(desk, file, given)
    name_nobody(file, order.argument, desk)
    return not_satisfied(desk, file, given, remark=Approved(order.argument))
