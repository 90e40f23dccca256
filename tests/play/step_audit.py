"""The audit after each move: every check of the nightly one, and the two that read the whole ledger go on from the line where they stood.

A line that was verified cannot change unseen: the chain goes on from its hash, triggers refuse UPDATE and DELETE, and the whole ledger is
read again at the end of each play. What the play reached is counted on the way.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, select

from db import checks, files, ledger
from db import tables as t
from db.checks import books
from db.checks.problem import Night, Problem
from rules.asking import ASKINGS
from rules.case import CaseFile, fold
from rules.events import KINDS, Asked, Event, Ordered, Queued
from rules.life import LIFE
from rules.orders.verbs import VERBS
from rules.policy.office import Limits
from templates import speak

WHOLE = (books.chain, books.replay)
EACH = tuple(check for check in checks.CHECKS if check not in WHOLE)
assert len(EACH) == len(checks.CHECKS) - len(WHOLE)
_LINES = select(t.ledger).order_by(t.ledger.c.seq)
_ROWS = select(t.cases.c.ref, t.cases.c.body)


@dataclass
class Reached:
    """How often the plays had each kind of event, each move of the life table, each letter of ours, each kind of question."""

    kinds: Counter[str] = field(default_factory=Counter)
    moves: Counter[tuple[str, str]] = field(default_factory=Counter)
    letters: Counter[str] = field(default_factory=Counter)
    questions: Counter[str] = field(default_factory=Counter)
    orders: Counter[str] = field(default_factory=Counter)

    def count(self, event: Event, case: CaseFile | None) -> None:
        """One event, at the case as it was before."""
        self.kinds[event.kind] += 1
        if case is not None and (case.state, event.kind) in LIFE:
            self.moves[case.state.value, event.kind] += 1
        if isinstance(event, Queued):
            self.letters[event.template] += 1
        elif isinstance(event, Asked):
            self.questions[event.key.partition(":")[0]] += 1
        elif isinstance(event, Ordered):
            self.orders[event.verb] += 1

    def share(self) -> str:
        """How much of everything there is, and what never came."""
        return "\n".join(
            f"{name} {len(seen & every)} of {len(every)}, never {sorted(map(str, every - seen))}"
            for name, seen, every in self.parts()
        )

    def parts(self) -> Iterator[tuple[str, set[object], set[object]]]:
        """What of it, what came, what there is."""
        yield "events", set(self.kinds), set(KINDS) - NO_MOVE_OF_A_PLAY
        yield "moves", set(self.moves), {(state.value, kind) for state, kind in LIFE}
        yield "orders", set(self.orders), set(VERBS)
        yield "questions", set(self.questions), set(ASKINGS)
        yield "letters", set(self.letters), {path.stem for path in LETTERS.glob("*.j2")}


LETTERS = Path(speak.__file__).parent / "letters"
NO_MOVE_OF_A_PLAY = frozenset({"BookTaken", "EvidenceMade", "Erased", "Recounted", "ReportMade"})
"""Events that no letter, order or day of a play brings: a changed book or calendar, an export, a report, the end of the book's years."""


@dataclass
class StepAudit:
    """What was verified so far: up to which line, the cases as those lines make them, and each as its row must be."""

    reached: Reached = field(default_factory=Reached)
    end: ledger.Head = ledger.BEFORE_ALL
    cases: dict[str, CaseFile] = field(default_factory=dict)
    rows: dict[str, str] = field(default_factory=dict)

    def going_on(self, reached: Reached) -> "StepAudit":
        """Another one that goes on from here."""
        return StepAudit(reached, self.end, dict(self.cases), dict(self.rows))

    def problems(self, cx: Connection, now: datetime, limits: Limits) -> list[Problem]:
        """Every problem of every invariant."""
        night = Night(now, limits)
        return [*self._ledger(cx), *self._cases(cx), *(found for check in EACH for found in check(cx, night))]

    def _ledger(self, cx: Connection) -> Iterator[Problem]:
        for broken in ledger.verify(cx, self.end):
            yield Problem("LEDGER", str(broken.seq), broken.how)
        moved = set()
        for row in cx.execute(_LINES.where(t.ledger.c.seq > self.end.seq)):
            event = ledger.event_of(row)
            self.reached.count(event, self.cases.get(row.about.removeprefix("case:")))
            if row.about.startswith("case:"):
                moved.add(ref := row.about.removeprefix("case:"))
                self.cases[ref] = fold(self.cases.get(ref), event)
        self.rows |= {ref: files.dump(self.cases[ref]) for ref in moved}
        self.end = ledger.head(cx)

    def _cases(self, cx: Connection) -> Iterator[Problem]:
        """A row equals the fold of its lines, and there is a row for each (A76)."""
        rows = {row.ref: row.body for row in cx.execute(_ROWS)}
        for ref in rows.keys() | self.rows.keys():
            if rows.get(ref) != self.rows.get(ref):
                yield Problem("LEDGER", ref, "the row is not the replay of its lines")
