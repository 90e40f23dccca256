"""Orders of the office's record: 曝光, 撤下曝光, 通报, 整改, 整改完成, 自查 (S15, S30, S47–S49, S54, S55, S61–S63).

Exposed is only what has ended, is proven and names nobody; the book wants two people for it (四眼), and it can be taken off at any time.
"""

from rules.asking import ask
from rules.case import CaseFile
from rules.decision import Decision, Warrant
from rules.desk import Contact, Desk, OpenQuestion
from rules.events import CheckNoted, Exposed, RectificationSet, Rectified, Unexposed
from rules.handling.drafting import known_at
from rules.letterhead import unit_head
from rules.life import State
from rules.notices.notice import Approved, Notice
from rules.notices.to_record import Circular, RectificationOrder
from rules.orders.order import Refused, case_of, lead_of, text_hash
from rules.punctuation import ended
from rules.replies.dates import certain_day
from rules.replies.orders import Order
from rules.shield import guard_text
from rules.shield.redact import kind_word
from rules.shield.redact import kinds as kinds_known
from rules.terms import today
from rules.urging import AT_UNIT, CIRCULAR_LATE
from rules.wording import wording

say = wording("rules")
PROVEN = frozenset({"true", "partly"})
BOARD, CIRCULAR = "board", "circular"
WITHOUT_COMPLAINANT = frozenset({"inspection"})


def expose(order: Order, desk: Desk, question: OpenQuestion | None, warrant: Warrant) -> Decision:
    """曝光：text. The text is kept by its hash and stands on the board that `publish` writes, until it is taken off."""
    file, words = _fit(order, desk, question)
    event = Exposed(about=file.about, warrant=warrant, where=BOARD, text=text_hash(words))
    return Decision(events=(event,), texts=(words,), deed=say("exposed"))


def circular(order: Order, desk: Desk, question: OpenQuestion | None, warrant: Warrant) -> Decision:
    """通报：text, to every unit of the directory (S62): what a closed case has proven, or that a unit is long late."""
    late = question is not None and question.kind == CIRCULAR_LATE
    file, words = _fit(order, desk, question, late=late)
    event = Exposed(about=file.about, warrant=warrant, where=CIRCULAR, text=text_hash(words))
    letters = tuple(_circular(desk, file, contact, words, late=late) for contact in desk.contacts)
    return Decision(events=(event,), notices=letters, texts=(words,), deed=say("circulated", units=len(letters)))


def _circular(desk: Desk, file: CaseFile, contact: Contact, words: str, *, late: bool) -> Notice:
    return Circular(
        **unit_head(desk, file, contact, f"circular:{file.ref}:{text_hash(words)[:12]}:{contact.unit}"),
        text=Approved(words),
        overdue=late,
    )


def unexpose(_order: Order, desk: Desk, question: OpenQuestion | None, warrant: Warrant) -> Decision:
    """撤下曝光: from the next `publish` on it stands nowhere."""
    file = case_of(desk, question)
    if not file.exposed:
        raise Refused("not-exposed")
    return Decision(events=(Unexposed(about=file.about, warrant=warrant),), deed=say("unexposed"))


def _fit(order: Order, desk: Desk, question: OpenQuestion | None, *, late: bool = False) -> tuple[CaseFile, str]:
    """The case and the words, where they may be told. Raises Refused."""
    file, words = case_of(desk, question), ended(order.argument.strip())
    if not words:
        raise Refused("no-words")
    if late:
        _be_late(file, desk)
    else:
        _be_proven(file)
    name_nobody(file, words, desk)
    return file, words


def _be_proven(file: CaseFile) -> None:
    """Raises Refused where the case may not be published yet (S44)."""
    if file.state is not State.CLOSED:
        raise Refused("not-closed")
    if file.finding not in PROVEN:
        raise Refused("not-proven")


def _be_late(file: CaseFile, desk: Desk) -> None:
    """That a unit is late needs no finding, but it must be so on the day that it is told. Raises Refused."""
    if not any(clock.clock in AT_UNIT and clock.due < today(desk) for clock in file.running):
        raise Refused("not-late")


def name_nobody(file: CaseFile, words: str, desk: Desk) -> None:
    """Raises Refused where the words name somebody of the case, and says what of him; never the value."""
    known = known_at(desk, file.ref)
    if not known and file.channel in WITHOUT_COMPLAINANT:
        return
    hits = guard_text(words, known)
    if hits:
        kinds = "、".join(dict.fromkeys(kind_word(hit.kind) if hit.kind in kinds_known() else hit.kind for hit in hits))
        raise Refused("names-somebody", kinds=kinds)


def rectify(order: Order, desk: Desk, question: OpenQuestion | None, warrant: Warrant) -> Decision:
    """整改 6月30日：what is to be mended. The unit hears its own day; the reviewer is asked until the report is there (S47)."""
    file = case_of(desk, question)
    due = certain_day(order.argument, today(desk))
    if due is None:
        raise Refused("no-rectify-day")
    if due < today(desk):
        raise Refused("no-day", day=f"{due.month}月{due.day}日")
    about, provisional = file.about, not desk.calendar.certain(due)
    event = RectificationSet(about=about, warrant=warrant, unit=file.lead, due=due, provisional=provisional)
    letter = RectificationOrder(
        **unit_head(desk, file, lead_of(desk, file), f"rectify:{file.ref}:{due.isoformat()}:{desk.cause}"),
        due=due,
        provisional=provisional,
        requirement=Approved(order.argument),
        acts_until_round=file.round,
    )
    asked = ask(desk, "rectify", f"{file.ref}:{due.isoformat()}", about, unit=file.lead, due=due.isoformat())
    return Decision(events=(event,), notices=(letter,), questions=(asked,))


def rectified(_order: Order, desk: Desk, question: OpenQuestion | None, warrant: Warrant) -> Decision:
    """整改完成: a person saw the unit's report."""
    file = case_of(desk, question)
    if file.rectify_due is None:
        raise Refused("not-rectifying")
    late = today(desk) > file.rectify_due
    event = Rectified(about=file.about, warrant=warrant, unit=file.lead, late=late)
    return Decision(events=(event,))


def check(order: Order, desk: Desk, _question: OpenQuestion | None, warrant: Warrant) -> Decision:
    """自查 单位 项目, 自查 单位 没有 项目: what an inspector saw (S53–S55)."""
    words = order.argument.split()
    entry = desk.book.units.find(words[0]) if words else None
    if entry is None:
        raise Refused("no-unit", unit=words[0] if words else "")
    on = not any(word in words[1:] for word in say("check-absent").split())
    said = "".join(words[1:])
    checks = desk.book.record.checks if desk.book.record else ()
    item = next((one for one in checks if one.label in said or one.key in words[1:]), None)
    if item is None:
        raise Refused("no-check", items="、".join(one.label for one in checks))
    event = CheckNoted(about=f"unit:{entry.name}", warrant=warrant, unit=entry.name, item=item.key, on=on)
    given = {"unit": entry.name, "item": item.label}
    return Decision(events=(event,), deed=say("checked", **given) if on else say("checked-absent", **given))
