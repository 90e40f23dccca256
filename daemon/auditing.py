"""The audit (S42): every invariant asked of the store, the answer and the chain's head written into the ledger, nothing repaired."""

from dataclasses import dataclass
from datetime import datetime

from daemon.office import Office
from db import checks, ledger, letters
from db.moment import kept
from db.pen import look, pen
from rules.decision import Warrant, WarrantKind
from rules.events import OFFICE, Audited


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


def audit(office: Office, now: datetime, *, deep: bool = False) -> Audit:
    """Ask everything; the result is a ledger line, unless the chain itself is broken (then nothing more is written to it)."""
    with look(office.engine) as cx:
        problems = tuple(checks.every(cx, now, deep=deep, limits=office.book.limits))
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
