"""A person looks into the identity room: who may, what he is shown, and the line it leaves (L77, S41, domain §2.8).

A complaint opens to whoever the book lets see; a report opens only where a second person agreed (四眼), and the first look asks him.
"""

from dataclasses import dataclass, field
from datetime import datetime
from itertools import zip_longest
from secrets import token_hex
from typing import Any

from sqlalchemy import Connection

from daemon.carrying_out import carry_out
from daemon.named import roles_of
from daemon.office import Office
from db import desk as desks
from db import letters, people
from db.filed import complaint_letters
from db.pen import pen
from rules.days import local_day
from rules.desk import Desk
from rules.events import OrderRefused
from rules.handling.drafting import content, drafted
from rules.notices.to_staff import OrderNotDone
from rules.obey import obey
from rules.policy.matters import Kind
from rules.reading import read
from rules.replies.orders import Order
from rules.shield import Identity, Mark
from rules.shield.redact import kind_word
from rules.shown import signs
from rules.trouble import UsageTrouble
from rules.wording import wording

say = wording("daemon")
SEE = "see"


@dataclass(frozen=True, slots=True)
class Beside:
    """A letter, and what a unit reads of it."""

    original: str = field(repr=False)
    redacted: str
    marks: tuple[Mark, ...]

    def shown(self) -> dict[str, Any]:
        """Line by line beside each other; marks as places in subject + newline + words."""
        pairs = zip_longest(self.original.split("\n"), self.redacted.split("\n"), fillvalue="")
        return {
            "original": self.original,
            "redacted": self.redacted,
            "lines": [{"original": left, "redacted": right} for left, right in pairs],
            "marks": [{"kind": mark.kind, "start": mark.start, "end": mark.end} for mark in self.marks],
        }


@dataclass(frozen=True, slots=True)
class Opened:
    """What the room holds."""

    identities: tuple[Identity, ...] = field(repr=False)
    letters: tuple[Beside, ...] = ()
    readings: tuple[tuple[str, str, str], ...] = ()

    def shown(self) -> dict[str, Any]:
        """identities [{kind, value, part, level}], letters [{original, redacted, lines, marks}], readings [{who, why, at}]."""
        return {
            "identities": [
                {
                    "kind": kind_word(one.kind),
                    "value": one.value,
                    "part": say(f"identity-{one.role}"),
                    "level": one.level,
                }
                for one in self.identities
            ],
            "letters": [letter.shown() for letter in self.letters],
            "readings": [{"who": who, "why": why, "at": at} for who, why, at in self.readings],
        }


def look_in(office: Office, ref: str, person: str, why: str, now: datetime) -> Opened | str:
    """The room, or the sentence that says whom it waits for. Raises UsageTrouble: no such person or case, or not his to see."""
    roles = roles_of(person, office.book)
    role = next((one for one in roles if office.book.roles.may(one, SEE)), "")
    if not role or not why.strip():
        raise UsageTrouble(say("identity-not-yours" if why.strip() else "identity-no-reason", person=person))
    with pen(office.engine) as cx:
        cause = f"order:{token_hex(8)}"
        desk = desks.for_case(cx, ref, office.setting(now), cause)
        file = desk.file(ref)
        if file is None:
            raise UsageTrouble(say("no-case", number=ref))
        if person in file.recused:
            raise UsageTrouble(say("identity-not-yours", person=person))
        if file.kind == Kind.REPORT and not people.permitted(cx, ref, person, local_day(now)):
            return _ask(cx, office, desk, Order(SEE, why, person, roles, "command"))
        known = people.shown_to(cx, ref, people.Reader(person, role, why), now, office.book.hash)
        beside = tuple(_beside(cx, office, digest, known, desk) for digest in complaint_letters(cx, ref))
        return Opened(known, beside, tuple(people.readings(cx, ref)))


def _ask(cx: Connection, office: Office, desk: Desk, order: Order) -> str:
    """The order waits for a second person; nothing is shown."""
    decision = obey(order, desk, None)
    carry_out(cx, office, decision, desk)
    if not any(isinstance(event, OrderRefused) for event in decision.events):
        return say("identity-asked")
    told = next((notice.reason for notice in decision.notices if isinstance(notice, OrderNotDone)), "")
    return say("order-refused", reason=told)


def _beside(cx: Connection, office: Office, digest: str, known: tuple[Identity, ...], desk: Desk) -> Beside:
    letter = read(letters.bytes_of(cx, digest), signs(office.book))
    redaction = drafted(letter, known, desk)
    return Beside(
        f"{letter.subject}\n{content(letter)}", f"{redaction.subject}\n{redaction.text}", tuple(redaction.removed)
    )
