"""听证 (S69–S73): called for a day with letters to everybody concerned, while the clocks stand still; held with minutes in the four stages.

质询 ─ 辩论 ─ 评议 ─ 合议; the minutes are kept by their hash, their conclusion binds the unit to its day (S73), and the case goes on
with the days it had left (信访条例 art. 35).
"""

import dataclasses
import re
import unicodedata

from rules.case import CaseFile
from rules.decision import Decision, Warrant
from rules.desk import Desk, OpenQuestion
from rules.events import HearingCalled, HearingHeld, Noted, Suspended
from rules.letterhead import complainant_head, unit_head
from rules.life import walk
from rules.notices.notice import Approved, Notice, OfficeText
from rules.notices.to_complainant import PauseTold
from rules.notices.to_record import HearingInvited, HearingTold
from rules.notices.to_unit import PauseNotice
from rules.orders.conclusion import Conclusion, conclusion
from rules.orders.course import go_on
from rules.orders.order import Refused, case_of, text_hash
from rules.orders.recording import name_nobody, rectify
from rules.punctuation import in_chinese_signs
from rules.replies.dates import behind_day, certain_day
from rules.replies.orders import Order
from rules.terms import pause, start, today
from rules.wording import wording

say = wording("rules")
HEARING = "hearing"
BEFORE_MATTER = re.compile(r"([^\n]*?)(?::(?!\d)|(?<!\d):)")
"""When and where, up to the colon behind which the matter stands; the one in 14:30 is none."""
SHUT = "hearing-shut"
"""不公开: secrets of state or trade, or somebody's privacy; the public notice leaves it out (S71)."""


def hearing(order: Order, desk: Desk, question: OpenQuestion | None, warrant: Warrant) -> Decision:
    """听证 6月20日：when, where, about what. Everybody may say by reply whether he comes; the complainant need not be seen (S70)."""
    file, day = case_of(desk, question), certain_day(order.argument, today(desk))
    if day is None:
        raise Refused("no-hearing-day")
    if day <= today(desk):
        raise Refused("no-day", day=f"{day.month}月{day.day}日")
    walk(file.state, "Suspended", warrant)
    about = file.about
    events = (
        *pause(file, desk, warrant, HEARING),
        Suspended(about=about, warrant=warrant, reason=HEARING),
        start(desk, about, "suspended", warrant),
        HearingCalled(about=about, warrant=warrant, day=day, text=text_hash(order.argument)),
        *((Noted(about=about, warrant=warrant, what=SHUT),) if say("hearing-shut") in order.argument else ()),
    )
    called = dataclasses.replace(file, hearing=day)
    notices = (*_units(desk, called, order.argument), *_complainant(desk, called, order))
    return Decision(events=events, notices=notices, texts=(order.argument,))


def place_of(words: str) -> str:
    """Hour and place as the order wrote them: between the day and the colon behind which the matter stands; '' where no colon parts them."""
    found = BEFORE_MATTER.match(unicodedata.normalize("NFKC", words))
    return in_chinese_signs(behind_day(found[1]).strip(" ,;、")).replace(",", "，") if found else ""


def _units(desk: Desk, file: CaseFile, words: str) -> tuple[Notice, ...]:
    """Lead and co-units; what a person wrote is read by the guard before it leaves."""
    return tuple(
        HearingInvited(
            **unit_head(desk, file, contact, f"hearing:{file.ref}:{file.hearing}:{contact.unit}"),
            day=file.hearing or today(desk),
            words=Approved(words),
            acts_until_round=file.round,
        )
        for unit in file.units
        if (contact := desk.contact(unit)) is not None
    )


def _complainant(desk: Desk, file: CaseFile, order: Order) -> tuple[Notice, ...]:
    told = HearingTold(
        **complainant_head(desk, file, desk.complainant(file.ref), f"hearing:{file.ref}:{file.hearing}:complainant"),
        day=file.hearing or today(desk),
        words=OfficeText(order.argument),
        acts_until_round=file.round,
    )
    return (told,)


def minutes(order: Order, desk: Desk, question: OpenQuestion | None, warrant: Warrant) -> Decision:
    """听证笔录：质询：… 辩论：… 评议：… 合议：… and the conclusion's lines; the case goes on, the unit hears what to do until when (S73)."""
    file = case_of(desk, question)
    if file.hearing is None:
        raise Refused("no-hearing")
    lacking = [stage for stage in say("hearing-stages").split() if stage not in order.argument]
    if lacking:
        raise Refused("no-stages", stages="、".join(lacking))
    concluded = conclusion(order.argument, today(desk))
    name_nobody(file, "\n".join((concluded.facts, concluded.blame, concluded.measures)), desk)
    said = [value for _party, value in file.hearing_answers]
    held = HearingHeld(
        about=file.about,
        warrant=warrant,
        text=text_hash(order.argument),
        coming=said.count("yes"),
        absent=said.count("no"),
    )
    gone_on = go_on(dataclasses.replace(order, argument=say("hearing-held")), desk, question, warrant)
    deed = say("minutes-kept", coming=held.coming, absent=held.absent)
    bound = _bound(order, desk, question, warrant, concluded)
    return dataclasses.replace(
        gone_on,
        events=(held, *gone_on.events, *bound.events),
        notices=(
            *(_told(notice, concluded) for notice in gone_on.notices if isinstance(notice, PauseNotice | PauseTold)),
            *bound.notices,
        ),
        questions=(*gone_on.questions, *bound.questions),
        texts=(order.argument,),
        deed=deed,
    )


def _told(notice: PauseNotice | PauseTold, concluded: Conclusion) -> Notice:
    """The letter that the case goes on, with what the hearing found and who answers for it (S73); it names nobody."""
    facts, blame = in_chinese_signs(concluded.facts), in_chinese_signs(concluded.blame)
    if isinstance(notice, PauseNotice):
        return dataclasses.replace(notice, facts=Approved(facts), blame=Approved(blame))
    measures = OfficeText(in_chinese_signs(concluded.measures))
    return dataclasses.replace(
        notice, facts=OfficeText(facts), blame=OfficeText(blame), measures=measures, measures_due=concluded.due
    )


def _bound(
    order: Order, desk: Desk, question: OpenQuestion | None, warrant: Warrant, concluded: Conclusion
) -> Decision:
    """The measures with their day, as a rectification; minutes are kept too where the unit has no mailbox to be told."""
    file, due = case_of(desk, question), concluded.due
    if not file.lead or desk.contact(file.lead) is None:
        return Decision()
    words = say("hearing-measures", year=due.year, month=due.month, day=due.day, measures=concluded.measures)
    return rectify(dataclasses.replace(order, argument=words), desk, question, warrant)
