"""Door 4: a report from the world. What the server said of a letter, a letter that killed its reader, a mailbox that cannot be read."""

import dataclasses
from dataclasses import dataclass

from rules.asking import ASKINGS, ask, holder
from rules.decision import Decision, Disposition, Question, Settled, Warrant, WarrantKind
from rules.desk import Desk
from rules.events import (
    OFFICE,
    REREAD,
    Delivered,
    Event,
    Held,
    Noted,
    SendRefused,
    SendUnknown,
    TroubleNoted,
    about_case,
)
from rules.letterhead import to_staff
from rules.notices.notice import Label, OfficeText
from rules.notices.to_staff import Alarm
from rules.offering import standing
from rules.shown import label
from rules.wording import wording

say = wording("rules")


@dataclass(frozen=True, slots=True)
class Sending:
    """What became of a letter: sent, refused, unknown, withdrawn. `by` is server, sent-folder, reply, bounce."""

    occasion: str
    about: str
    template: str
    party: str
    state: str
    answer: str = ""
    queue_id: str = ""
    by: str = "server"


@dataclass(frozen=True, slots=True)
class Crashed:
    """A letter whose reading ended the process three times (F15): what its first bytes say of who wrote it, and where a person finds it."""

    letter: str
    sender: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class InSent:
    """A letter that was decided as one that came, and now lies in Sent too. `case`: the one it opened; '' where it is held.

    `questions`: keys of what is asked about it.
    """

    letter: str
    case: str = ""
    questions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Trouble:
    """A trouble of the world: login, folder, vanished, unfetchable; `where` names mailbox and folder, never a secret."""

    what: str
    where: str
    says: str = ""
    place: str = ""
    """The same place in the office's words."""


def sending(report: Sending, desk: Desk) -> Decision:
    """A letter's end. A unit's letter that did not arrive, or may not have, is asked about at once (S67b, F74)."""
    warrant = Warrant(WarrantKind.WORLD, report.by)
    settled = (Settled(report.occasion, report.state, report.answer, report.queue_id),)
    if report.state == "sent":
        event: Event = Delivered(about=report.about, warrant=warrant, occasion=report.occasion, by=report.by)
        return Decision(events=(event,), settled=settled)
    if report.state == "refused":
        event = SendRefused(about=report.about, warrant=warrant, occasion=report.occasion, by=report.by)
        return Decision(events=(event,), questions=(_ask(report, desk, "refused-send"),), settled=settled)
    return Decision(
        events=(SendUnknown(about=report.about, warrant=warrant, occasion=report.occasion),), settled=settled
    )


def unknown_stays(report: Sending, desk: Desk) -> Decision:
    """Sent was read twice and does not show the letter, or there is no Sent: a person must say (F9)."""
    event = TroubleNoted(
        about=report.about,
        warrant=Warrant(WarrantKind.WORLD, "sent-folder"),
        what="unknown-stays",
        where=report.occasion,
    )
    return Decision(events=(event,), questions=(_ask(report, desk, "unknown"),))


def own_after_all(found: InSent, desk: Desk) -> Decision:
    """What lies in Sent was written by us (A44). A held letter is decided again, as ours; where it opened a case, a person looks."""
    warrant, file = Warrant(WarrantKind.WORLD, "sent-folder"), desk.file(found.case)
    if file is None:
        again = Noted(about=OFFICE, warrant=warrant, what=REREAD, letter=found.letter)
        return Decision(events=(again,), answered=found.questions)
    event = Noted(about=file.about, warrant=warrant, what="in-sent", letter=found.letter)
    asked = ask(
        desk,
        "steer",
        f"in-sent:{file.ref}",
        file.about,
        why=say("opened-in-sent"),
        state=label(desk.book, "state", file.state),
        unit="、".join(file.units),
    )
    question = dataclasses.replace(standing(asked, file), letter=found.letter)
    return Decision(events=(event,), questions=(question,))


def _ask(report: Sending, desk: Desk, kind: str) -> Question:
    asked = ask(
        desk,
        kind,
        report.occasion,
        report.about or OFFICE,
        letter=desk.book.label("letter", report.template),
        unit=report.party.partition(":")[2],
        answer=report.answer,
    )
    return dataclasses.replace(asked, outbox=report.occasion, urgent=report.party.startswith("unit:"))


def crashed(report: Crashed, desk: Desk) -> Decision:
    """The letter is held with its bytes whole; those behind it go on."""
    event = Held(about=OFFICE, warrant=Warrant(WarrantKind.WORLD, "crashed"), letter=report.letter, reason="crashed")
    facts = {"why": say("held-crashed"), "from": report.sender, "places": report.place}
    asked = ask(desk, "crashed", report.letter[:16], OFFICE, **facts)
    return Decision(Disposition.HELD, "crashed", events=(event,), questions=(asked,))


def trouble(report: Trouble, desk: Desk) -> Decision:
    """A trouble, once while its question is open."""
    event = TroubleNoted(
        about=OFFICE, warrant=Warrant(WarrantKind.WORLD, report.what), what=report.what, where=report.where
    )
    asked = ask(
        desk,
        "trouble",
        f"{report.what}:{report.where}",
        OFFICE,
        why=report.says or report.what,
        places=report.place or report.where,
    )
    return Decision(events=(event,), questions=(asked,))


def over(report: Trouble, desk: Desk) -> Decision:
    """It is well again: its question is answered by the world, the duty person hears it once (S20)."""
    role = holder(desk, ASKINGS["trouble"].role)
    event = TroubleNoted(
        about=OFFICE, warrant=Warrant(WarrantKind.WORLD, report.what), what=f"{report.what}-over", where=report.where
    )
    told = tuple(
        Alarm(
            to=to_staff(person),
            about=OFFICE,
            occasion=f"over:{report.what}:{report.where}:{desk.now.isoformat()}:{person.name}",
            what=Label(say(f"trouble-{report.what}")),
            where=OfficeText(report.place or report.where),
            over=True,
        )
        for person in desk.book.office.holders(role)
    )
    return Decision(events=(event,), notices=told, answered=(_asked(report),))


def moot(report: Trouble) -> Decision:
    """It lasts, and nothing suffers from it any more: its question is answered by the world, and nobody is told that it is well."""
    event = TroubleNoted(
        about=OFFICE, warrant=Warrant(WarrantKind.WORLD, report.what), what=f"{report.what}-moot", where=report.where
    )
    return Decision(events=(event,), answered=(_asked(report),))


def _asked(report: Trouble) -> str:
    """The key of the question that `trouble` asked."""
    return f"trouble:{report.what}:{report.where}"


@dataclass(frozen=True, slots=True)
class Unwritten:
    """A letter whose answer could not be written: a broken template (F92)."""

    letter: str
    why: str
    sender: str = ""
    subject: str = ""


def unwritten(report: Unwritten, desk: Desk) -> Decision:
    """The letter is held; a letter with an empty hole never goes out."""
    event = Held(about=OFFICE, warrant=Warrant(WarrantKind.WORLD, "template"), letter=report.letter, reason="template")
    key, why = f"template:{report.letter[:16]}", say("held-template", why=report.why)
    facts = {"why": why, "from": report.sender, "subject": report.subject}
    asked = ask(desk, "crashed", key, OFFICE, **facts)
    return Decision(Disposition.HELD, "template", events=(event,), questions=(asked,))


@dataclass(frozen=True, slots=True)
class Untold:
    """What time asked of a case could not be written: a broken template (F92)."""

    case: str
    why: str


def untold(report: Untold, desk: Desk) -> Decision:
    """One case's trouble: its clock stays where it is and is asked again; a person mends the template."""
    about = about_case(report.case)
    event = TroubleNoted(about=about, warrant=Warrant(WarrantKind.WORLD, "template"), what="template", where="tick")
    asked = ask(desk, "trouble", f"template:{report.case}", about, why=say("tick-template", why=report.why))
    return Decision(events=(event,), questions=(asked,))
