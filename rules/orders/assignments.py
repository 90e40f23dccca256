"""Orders that accept a case and send it on its way: 受理, 转办, 改派, 交办, 重点督办, 直接办理 (domain §2.1, S80–S84)."""

import dataclasses

from rules.asking import ask
from rules.case import CaseFile, Running
from rules.decision import Decision, Warrant
from rules.desk import Desk, OpenQuestion
from rules.events import Accepted, ClockStarted
from rules.handling.assigning import Assignment, ask_withheld, assign
from rules.letterhead import complainant_head
from rules.life import UNTAKEN, State, walk
from rules.notices.notice import Notice
from rules.notices.to_complainant import AcceptanceTold, Promise
from rules.orders.naming import Named, named_units
from rules.orders.order import Refused, case_of
from rules.policy.matters import Mode
from rules.punctuation import in_one_line
from rules.replies.orders import Order
from rules.shown import clock_label, label, once_more
from rules.terms import RESULT, fulfil, not_before, promise_result, resume, start
from rules.wording import wording

say = wording("rules")
LONGEST_TOLD = 100
"""Signs of what went to the unit beside the case that the confirmation shows."""


def forward(order: Order, desk: Desk, question: OpenQuestion | None, warrant: Warrant) -> Decision:
    """同意转办: to the unit proposed, with the draft the question showed."""
    proposed = dict(question.proposal).get("unit", "") if question else ""
    return _assigned(order, desk, case_of(desk, question), warrant, proposed=proposed)


def reassign(order: Order, desk: Desk, question: OpenQuestion | None, warrant: Warrant) -> Decision:
    """改派 X."""
    return _assigned(order, desk, case_of(desk, question), warrant)


def reassign_or_wait(order: Order, desk: Desk, question: OpenQuestion | None, warrant: Warrant) -> Decision:
    """同意退办: to the unit named in the order; a case is never left without one (S35, L71)."""
    if not order.argument:
        raise Refused("no-words")
    return _assigned(order, desk, case_of(desk, question), warrant)


def assign_by(order: Order, desk: Desk, question: OpenQuestion | None, warrant: Warrant) -> Decision:
    """交办 X 6月20日: a report is demanded by that day, or by the book's term where the order names none."""
    return _assigned(order, desk, case_of(desk, question), warrant, Mode.ASSIGN)


def key_supervision(order: Order, desk: Desk, question: OpenQuestion | None, warrant: Warrant) -> Decision:
    """重点督办 X: the unit works and reports, the office answers, the head signs (S81)."""
    return _assigned(order, desk, case_of(desk, question), warrant, Mode.KEY_SUPERVISION)


def direct(_order: Order, desk: Desk, question: OpenQuestion | None, warrant: Warrant) -> Decision:
    """直接办理: the office investigates itself, where the competent unit is the one complained of (R1, R4); no unit is written to."""
    file = case_of(desk, question)
    done = assign(desk, file, desk.book.office.unit, warrant, handling=Mode.DIRECT.value)
    own = ask(desk, "own-work", f"{file.ref}:{file.round + 1}", file.about, due=done.handle.due.isoformat())
    return dataclasses.replace(_sent_on(desk, file, done, warrant, Mode.DIRECT), questions=(own,))


def _assigned(
    order: Order, desk: Desk, file: CaseFile, warrant: Warrant, mode: Mode = Mode.TRANSFER, *, proposed: str = ""
) -> Decision:
    """To the units that the order names, or the one proposed; what stands below goes to them, and whoever wrote it hears that it did."""
    named = named_units(desk, order.argument or proposed)
    if desk.draft(file.ref) is None:
        raise Refused("no-draft")
    given = {"handling": mode.value, "due": named.due, "requirement": named.requirement}
    done = assign(desk, file, named.lead.unit, warrant, named.co_units, **given)  # type: ignore[arg-type]
    asked = ask_withheld(desk, file, desk.letter, (named.lead.unit, *named.co_units))
    sent_on = _sent_on(desk, file, done, warrant, mode)
    return dataclasses.replace(sent_on, questions=asked, parties=done.parties, deed=_with_words(order, desk, named))


def _with_words(order: Order, desk: Desk, named: Named) -> str:
    """What the confirmation says where words went to the unit; '' where the order's own word says all."""
    verb = desk.book.label("order", order.verb)
    words = in_one_line(named.requirement, LONGEST_TOLD)
    return say("sent-with-words", verb=verb, words=words) if words else ""


def _sent_on(desk: Desk, file: CaseFile, done: Assignment, warrant: Warrant, mode: Mode) -> Decision:
    """The assignment; what stood still goes on with it, and the complainant hears where his case is accepted only now."""
    first = file.state in UNTAKEN
    walk(State.ACCEPTED if first else file.state, "Assigned", warrant)
    gone_on = tuple(clock for clock in resume(file, desk, warrant) if clock.clock != "accept")
    told = _accepted_told(desk, file, gone_on, mode) if first else ()
    return Decision(events=(*gone_on, *done.events), notices=(*told, *done.notices))


def accept(_order: Order, desk: Desk, question: OpenQuestion | None, warrant: Warrant) -> Decision:
    """受理, not yet forwarded."""
    file = case_of(desk, question)
    walk(file.state, "Accepted", warrant)
    about = file.about
    result = not_before(promise_result(desk, about, warrant, accepted=True), file)
    events = (
        *fulfil(file, desk, "accept", warrant),
        Accepted(about=about, warrant=warrant),
        start(desk, about, "assign", warrant),
        result,
    )
    return Decision(events=events, notices=_accepted_told(desk, file, (result,)))


def _accepted_told(
    desk: Desk, file: CaseFile, anew: tuple[ClockStarted, ...], mode: Mode = Mode.TRANSFER
) -> tuple[Notice, ...]:
    """`anew`: clocks that this order started or let go on; their days are the ones to tell."""
    days: list[ClockStarted | Running] = [*anew, *file.running]
    result = next((clock for clock in days if clock.clock == RESULT), None)
    promises = (Promise(clock_label(desk.book, RESULT), result.due, result.provisional),) if result else ()
    told = AcceptanceTold(
        **complainant_head(desk, file, desk.complainant(file.ref), f"accepted:{file.ref}{once_more(file)}"),
        received=file.received,
        handling=label(desk.book, "told", mode.value),
        promises=promises,
        acts_until_round=file.round,
    )
    return (told,)
