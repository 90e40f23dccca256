"""The audit (S42): every invariant asked of the store, the answer and the chain's head written into the ledger, nothing repaired."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from daemon.carrying_out import carry_out
from daemon.office import Office
from daemon.whereabouts import in_words
from db import checks, handover, ledger, letters, questions
from db import desk as desks
from db.moment import kept
from db.pen import look, pen
from db.record import known
from rules.days import local_day
from rules.decision import Warrant, WarrantKind
from rules.events import OFFICE, Audited
from rules.handover.night import Found, night_letter
from rules.trouble import UsageTrouble
from rules.wording import wording

say = wording("daemon")
SHORTEST_HASH = 12
"""So many signs of a printed hash are compared at least."""


@dataclass(frozen=True, slots=True)
class Audit:
    """What an audit found."""

    problems: tuple[checks.Problem, ...]
    letters: int
    head: str

    @property
    def ok(self) -> bool:
        """Nothing is wrong."""
        return not self.problems


def night(office: Office, now: datetime) -> int:
    """The nightly audit and its letter to the person on duty, once a day; returns how many letters were written about (0 or 1)."""
    cause = f"night:{local_day(now).isoformat()}"
    with look(office.engine) as cx:
        if known(cx, cause):
            return 0
    found = audit(office, now)
    with look(office.engine) as cx:
        problems = tuple(Found(each.invariant, in_words(cx, office, each.where), each.says) for each in found.problems)
    with pen(office.engine) as cx:
        if known(cx, cause):
            return 0
        desk = desks.bare(cx, office.setting(now), cause)
        waiting = tuple(questions.waiting(cx))
        head = ledger.head(cx)
        sent = {one.outbox: in_words(cx, office, one.outbox) for one in waiting if one.outbox}
        carry_out(cx, office, night_letter(problems, waiting, sent, desk, head.hash, head.seq), desk)
    return 1


def _printed(cx: Connection, named: str) -> tuple[checks.Problem, ...]:
    """The line a letter named must still bear the hash it named. Raises UsageTrouble where the words are no line and hash."""
    if not named:
        return ()
    seq, _, digest = named.partition(":")
    if not seq.isdigit() or len(digest) < SHORTEST_HASH:
        raise UsageTrouble(say("bad-head", head=named))
    if handover.line_hash(cx, int(seq)).startswith(digest.lower()):
        return ()
    return (checks.Problem("LEDGER", seq, say("audit-printed")),)


def audit(office: Office, now: datetime, *, deep: bool = False, named: str = "") -> Audit:
    """Ask everything; the result is a ledger line, unless the chain itself is broken (then nothing more is written to it).

    `named`: what a hand-over letter printed of the ledger, `line:hash`: a chain that was made anew as a whole does not bear it (A76).
    """
    with look(office.engine) as cx:
        problems = (*checks.every(cx, now, deep=deep, limits=office.book.limits), *_printed(cx, named))
        head, count = ledger.head(cx), letters.count(cx)
    if not any(problem.invariant == "LEDGER" for problem in problems):
        event = Audited(
            about=OFFICE,
            warrant=Warrant(WarrantKind.WORLD, "audit"),
            ok=not problems,
            problems=len(problems),
            head=head.hash,
            sightings=count,
        )
        with pen(office.engine) as cx:
            ledger.append(cx, f"audit:{kept(now)}:{ledger.head(cx).seq}", [event], at=kept(now), book=office.book.hash)
    return Audit(problems, count, head.hash)
