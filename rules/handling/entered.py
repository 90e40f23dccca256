"""登记: a person of the office enters what came by telephone, on paper, in person, from an inspection or from above (S19, S25, S58)."""

import dataclasses
from datetime import date

from rules.case import ABOVE, fold, fold_all
from rules.decision import Decision, Disposition, Filing, Reason, Warrant, WarrantKind
from rules.desk import CodeHit, Desk, Sender
from rules.entry.form import Filled, channel, form_papers, missing, read_form, unclear
from rules.events import OFFICE, ClockStarted, Consented, Event, FromAbove, Noted, Ordered, Registered, ref_of
from rules.handling.assigning import ask_added
from rules.handling.complaint import opened
from rules.letter import Letter
from rules.letterhead import to_staff
from rules.notices.notice import Label, OfficeText, OwnText
from rules.notices.to_duty import IntakeForm, IntakeRead
from rules.notices.to_staff import Fact
from rules.numbers import register_number
from rules.orders.order import Refused
from rules.policy.office import Person
from rules.replies.dates import certain_day
from rules.replies.folding import folded
from rules.shown import signs
from rules.staffing import person_named
from rules.terms import due_in, today

LONGEST_SUBJECT = 40
PART = "entry"


def blank_form(desk: Desk, person: Person) -> Decision:
    """The blank form to the person's registered mailbox: asked for by anybody of the staff, harmless, once for each request."""
    event = Noted(about=OFFICE, warrant=Warrant(WarrantKind.RULE, "form"), what="form-sent")
    form = IntakeForm(
        to=to_staff(person),
        about=OFFICE,
        occasion=f"form:{desk.cause}:{person.name}",
        papers=form_papers(),
    )
    return Decision(Disposition.ORDER, "form", (Reason("form"),), events=(event,), notices=(form,))


def by_form(letter: Letter, desk: Desk, hit: CodeHit) -> Decision:
    """A filled form that came back with its code. Raises Refused where something must be filled in first."""
    filled = read_form(desk.sheets, letter.own_words)
    return dataclasses.replace(enter(filled, letter, desk, hit.occasion), spent=(hit.occasion,))


def _role(desk: Desk) -> str:
    """The role in which the person at the desk registers."""
    role = next((role for role in desk.sender.roles if desk.book.roles.may(role, "open")), "")
    if not role:
        raise Refused("not-yours", role="、".join(r.label for r in desk.book.roles.roles.values() if "open" in r.may))
    return role


def enter(filled: Filled, letter: Letter, desk: Desk, ref: str, channel_of_order: str = "mail") -> Decision:
    """The matter is registered like any letter's: numbered, judged, forwarded or asked about; the form is read back to who sent it.

    `ref` names the order. Raises Refused where the form lacks what it must say, or the person may not register.
    """
    warrant = Warrant(WarrantKind.ORDER, ref, desk.sender.person, _role(desk))
    lacking = missing(filled)
    if lacking:
        raise Refused("form-lacks", lacks="、".join(lacking))
    if odd := unclear(filled, today(desk)):
        raise Refused("form-days", lacks="、".join(odd))
    key = channel(filled["channel"])
    written = _letter(filled, letter, desk, warrant)
    bare = dataclasses.replace(desk, papers=(), held_back=(), own_files=(), sheets=())  # the form itself is among them
    at = dataclasses.replace(bare, sender=Sender(), seen=None, hits=())
    decision = opened(written, at, warrant=warrant, channel=key)
    registered = next(event for event in decision.events if isinstance(event, Registered))
    about = registered.about
    line = Ordered(about=about, warrant=warrant, verb="open", question=ref, channel=channel_of_order)
    begun = tuple(_dated(event, filled, desk) for event in decision.events)
    events = (*begun, line, *_more(filled, desk, about, warrant, letter))
    file = fold_all(fold(None, registered), [event for event in begun if event is not registered])
    return dataclasses.replace(
        decision,
        disposition=Disposition.ORDER,
        kind=PART,
        filings=(Filing(ref_of(about), PART),),
        events=events,
        parties=tuple(party for party in decision.parties if party.address),
        notices=(*decision.notices, *_read_back(filled, desk, registered, warrant)),
        questions=(*decision.questions, *ask_added(desk, file, letter, entered=True)),
    )


def _letter(filled: Filled, letter: Letter, desk: Desk, warrant: Warrant) -> Letter:
    """The form as the words of the one who complained; where nobody is named, the office's own person must not be known by it."""
    text = "\n".join(filter(None, (filled["respondent"], filled["text"], filled["wish"])))
    person = person_named(desk, warrant.actor)
    name, address = filled["name"], filled["email"].strip()
    if not (name or address or filled["phone"]):
        name, address = warrant.actor, ""
    contact = "\n".join(filter(None, (filled["phone"], filled["address"], *((person.mailbox,) if person else ()))))
    return dataclasses.replace(
        letter,
        from_addr=address if "@" in address else "",
        from_name=name,
        subject=" ".join(filled["text"].split())[:LONGEST_SUBJECT],
        own_words=text,
        text=text,
        forwarded="",
        quoted="",
        signature=contact,
        attachments=(),
        links=(),
        limits=(),
        auth="none",
        message_id="",
    )


def _dated(event: Event, filled: Filled, desk: Desk) -> Event:
    """The day it came, where the form says so and it is not to come."""
    day = certain_day(filled["received"], today(desk)) if isinstance(event, Registered) else None
    if not isinstance(event, Registered) or day is None or day > today(desk):
        return event
    return dataclasses.replace(event, received=day)


def _more(filled: Filled, desk: Desk, about: str, warrant: Warrant, letter: Letter) -> tuple[Event, ...]:
    events: list[Event] = []
    said = folded(filled["consent"])
    if said:
        agreed = not said.startswith("不") and "不同意" not in said
        events.append(Consented(about=about, warrant=warrant, agreed=agreed, letter=letter.sha256))
    if channel(filled["channel"]) == ABOVE:
        events += _from_above(filled, desk, about, warrant)
    return tuple(events)


def _from_above(filled: Filled, desk: Desk, about: str, warrant: Warrant) -> list[Event]:
    """上级转办: the upper office's number and dates; its own due day runs beside the office's own (S25)."""
    day = today(desk)
    told, due = certain_day(filled["above_date"], day), certain_day(filled["above_due"], day)
    usual, provisional = due_in(desk, desk.book.clocks[ABOVE].days)
    last: date = due or usual
    return [
        FromAbove(
            about=about, warrant=warrant, organ=filled["above"], number=filled["above_number"], told=told, due=due
        ),
        ClockStarted(
            about=about,
            warrant=warrant,
            clock=ABOVE,
            started=told or day,
            due=last,
            calendar=desk.calendar.version,
            provisional=provisional and due is None,
        ),
    ]


def _read_back(filled: Filled, desk: Desk, registered: Registered, warrant: Warrant) -> tuple[IntakeRead, ...]:
    person = person_named(desk, warrant.actor)
    if person is None:
        return ()
    read = IntakeRead(
        to=to_staff(person),
        about=registered.about,
        occasion=f"entered:{registered.about.removeprefix('case:')}",
        number=OfficeText(register_number(registered.year, registered.serial, signs(desk.book))),
        facts=tuple(Fact(Label(label), OwnText(says)) for label, says in filled.rows),
        kind=Label(desk.book.label("kind", registered.kind_of)),
    )
    return (read,)
