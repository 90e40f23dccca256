"""`open`: a matter that came by telephone, on paper or in person is entered at the command line, and kept as a letter like any other.

The form's words are written down as a letter from the person's own mailbox, in a folder of the office's desk: kept, seen once, and filed.
"""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime
from html import escape
from secrets import token_hex

from sqlalchemy import Connection, insert

from daemon.carrying_out import carry_out
from daemon.mime import Envelope, compose
from daemon.named import person_of, roles_of
from daemon.office import Office
from daemon.writing import OURS
from db import desk as desks
from db import letters
from db import tables as t
from db.moment import kept
from db.pen import pen
from db.record import Decided
from rules.decision import Decision
from rules.desk import Desk, Sender
from rules.entry.form import Filled
from rules.events import Registered, ref_of
from rules.handling.entered import enter
from rules.numbers import register_number
from rules.orders.order import Refused
from rules.policy.office import Person
from rules.reading import read
from rules.shown import signs
from rules.trouble import UsageTrouble
from rules.wording import wording

say = wording("daemon")
says_refused = wording("rules")
OF_THE_FORM = ("form-lacks", "form-days")
"""What is told here in other words than in a letter, which asks for another letter."""
DESK = "desk"
"""The mailbox and folder role of what the office wrote down itself."""


@dataclass(frozen=True, slots=True)
class Entered:
    """The case that was opened."""

    number: str
    reference: str


def enter_person(office: Office, filled: Filled, person: str, now: datetime) -> Entered:
    """Register the matter. Raises UsageTrouble where the book knows no such person, he may not, or the form lacks something."""
    someone, roles = person_of(person, office.book), roles_of(person, office.book)
    cause = f"order:{token_hex(8)}"
    with pen(office.engine) as cx:
        row = _kept(cx, office, _written(office, filled, someone, now), now)
        desk = replace(desks.bare(cx, office.setting(now), cause), sender=Sender("staff", person=person, roles=roles))
        decision = _entered(filled, row, desk)
        carry_out(cx, office, decision, desk, row)
        given = {"id": cause.partition(":")[2], "letter": row.sha256, "actor": person, "channel": "command"}
        cx.execute(insert(t.orders).values(**given, verb="open", question=cause, at=kept(now)))
    made = next(event for event in decision.events if isinstance(event, Registered))
    return Entered(register_number(made.year, made.serial, signs(office.book)), ref_of(made.about))


def _entered(filled: Filled, row: Decided, desk: Desk) -> Decision:
    if row.letter is None:
        raise UsageTrouble(say("entered-unread"))
    try:
        return enter(filled, row.letter, desk, desk.cause, "command")
    except Refused as cannot:
        ours = say(f"entered-{cannot.reason}", **cannot.words) if cannot.reason in OF_THE_FORM else ""
        raise UsageTrouble(ours or says_refused(f"order-{cannot.reason}", **cannot.words)) from None


def _written(office: Office, filled: Filled, person: Person, now: datetime) -> bytes:
    """The form as a letter; its Message-ID makes two forms of the same words two letters."""
    own = office.own.get("complaint", person.mailbox)
    envelope = Envelope(
        sender=person.mailbox,
        sender_name=person.name,
        to=own,
        subject=say("entered-subject"),
        message_id=f"<{secrets.token_hex(12)}@{own.rpartition('@')[2]}>",
        date=now.astimezone(OURS),
        automatic="no",
    )
    text = "\n".join(f"{label}：{words}" for label, words in filled.rows)
    return compose(envelope, text, f"<pre>{escape(text)}</pre>", ())


def _kept(cx: Connection, office: Office, raw: bytes, now: datetime) -> Decided:
    folder = letters.folder(cx, DESK, say("entered-folder"), DESK, 1)
    letters.keep(cx, folder.id, [letters.Found(folder.cursor + 1, raw, now)], now)
    letter = read(raw, signs(office.book))
    row = letters.by_hash(cx, letter.sha256)
    if row is None:
        raise UsageTrouble(say("entered-unread"))
    return Decided(row, letter.sha256, letter)
