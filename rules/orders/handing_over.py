"""移送, and 收回 where the organ does not take the matter: the office registers it anew and goes on with it (domain §2.2, 4c)."""

from rules.case import CaseFile
from rules.decision import Decision, Warrant
from rules.desk import Desk, OpenQuestion
from rules.events import ClockStarted, HandedOver, TakenBack
from rules.handling.assigning import taken_from
from rules.handling.new_matter import asked_with_more, first_clocks
from rules.handling.organ_letter import organ_named, to_organ
from rules.letter import Letter
from rules.letterhead import complainant_head
from rules.life import walk
from rules.notices.notice import Notice, OfficeText
from rules.notices.to_complainant import HandedOverTold, TakenBackTold
from rules.orders.order import Refused, case_of
from rules.policy.matters import Kind
from rules.punctuation import headline
from rules.replies.orders import Order
from rules.shown import once_more, promises_of
from rules.terms import fulfil
from rules.wording import wording

say = wording("rules")


def hand_over(order: Order, desk: Desk, question: OpenQuestion | None, warrant: Warrant) -> Decision:
    """移送 organ: its complainant and the organ are told; words below the first line are for the organ."""
    file = case_of(desk, question)
    if not order.argument:
        raise Refused("no-words")
    walk(file.state, "HandedOver", warrant)
    about = file.about
    first = headline(order.argument)
    letters, on_paper = to_organ(desk, file, order.argument)
    told = HandedOverTold(
        **complainant_head(desk, file, desk.complainant(file.ref), f"handed-over:{file.ref}{once_more(file)}"),
        received=file.received,
        organ=OfficeText(first),
    )
    handed = HandedOver(about=about, warrant=warrant, organ=organ_named(desk, first))
    return Decision(
        events=(*fulfil(file, desk, "accept", warrant), handed),
        notices=(told, *letters, *taken_from(desk, file, say("reason-handed-over"))),
        questions=on_paper,
    )


def take_back(_order: Order, desk: Desk, question: OpenQuestion | None, warrant: Warrant) -> Decision:
    """收回: the complainant hears who did not take it and by when he hears more; staff are asked anew who handles it."""
    file = case_of(desk, question)
    walk(file.state, "TakenBack", warrant)
    draft = desk.draft(file.ref)
    if draft is None:
        raise Refused("no-draft")
    about = file.about
    organ = dict(question.proposal).get("unit", "") if question is not None else ""
    came = question.letter if question is not None else ""
    clocks = first_clocks(desk, about, Kind(file.kind), warrant)
    event = TakenBack(about=about, warrant=warrant, organ=organ_named(desk, organ) if organ else "", letter=came)
    reply = desk.letter if came and desk.letter is not None else Letter("", 0)
    asked = asked_with_more(reply, desk, file, draft)
    return Decision(events=(event, *clocks), notices=_told(desk, file, organ, clocks), questions=(asked,))


def _told(desk: Desk, file: CaseFile, organ: str, clocks: tuple[ClockStarted, ...]) -> tuple[Notice, ...]:
    told = TakenBackTold(
        **complainant_head(desk, file, desk.complainant(file.ref), f"taken-back:{file.ref}:{desk.cause}"),
        received=file.received,
        organ=OfficeText(organ or say("the-organ")),
        promises=promises_of(desk.book, clocks),
        acts_until_round=file.round,
    )
    return (told,)
