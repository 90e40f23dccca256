"""大量来信: many letters of one address are one matter for a person; nobody is thanked without end (NO-LOOP, A8, A47, A49)."""

import dataclasses
from hashlib import sha256

from rules.asking import ask
from rules.case import CaseFile
from rules.decision import Decision
from rules.desk import Desk
from rules.handling.held import told
from rules.letter import Letter
from rules.terms import today
from rules.wording import wording

say = wording("rules")
ACKNOWLEDGING = frozenset({"supplement_received", "status_told", "unit_confirmation"})
"""Letters that only say that a letter came: the first to fall silent."""
QUIETED = frozenset({"supplement", "files"})
"""Questions that the one about the whole flood takes the place of."""


def group(address: str, desk: Desk) -> str:
    """One group for an address and a day; the address itself stands nowhere in it."""
    return f"{sha256(address.lower().encode()).hexdigest()[:12]}:{today(desk).isoformat()}"


def many(desk: Desk) -> bool:
    """More letters of this address today than the book takes one by one."""
    return desk.letters_today >= desk.book.limits.letters_per_sender_day


def misses(desk: Desk) -> bool:
    """So many letters today that numbers in them are guesses (A8)."""
    return desk.sender.role in ("stranger", "complainant") and desk.letters_today >= desk.book.limits.per_address_day


def within(decision: Decision, letter: Letter, desk: Desk, file: CaseFile) -> Decision:
    """Beyond the day's number a letter still joins its case, but nothing is acknowledged; a person is told once a day (A47)."""
    if desk.auto_today < desk.book.limits.per_address_day and not many(desk):
        return decision
    quiet = tuple(notice for notice in decision.notices if notice.template not in ACKNOWLEDGING)
    if len(quiet) == len(decision.notices):
        return decision
    asked = ask(desk, "flood", group(letter.from_addr, desk), file.about, why=say("reply-many"), **told(letter, desk))
    asked = dataclasses.replace(asked, choices=("hold",))  # every letter of it joined a case: none is to be read again
    others = tuple(question for question in decision.questions if question.kind not in QUIETED)
    return dataclasses.replace(decision, notices=quiet, questions=(*others, asked))
