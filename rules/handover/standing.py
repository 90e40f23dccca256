"""How the office stands at a moment, as the store tells it: what a hand-over letter is made of."""

from dataclasses import dataclass
from datetime import date

from rules.case import CaseFile
from rules.desk import OpenQuestion
from rules.notices.to_staff import QuestionAsked


@dataclass(frozen=True, slots=True)
class OpenCase:
    """A case that has not ended, and the day something last moved it."""

    file: CaseFile
    moved: date


@dataclass(frozen=True, slots=True)
class Waiting:
    """A question that waits, and the letter by which it was put first (None where nobody could be told)."""

    question: OpenQuestion
    put: QuestionAsked | None


@dataclass(frozen=True, slots=True)
class Standing:
    """Everything a hand-over letter looks at."""

    since: date
    """The office began to work on this day."""
    head: str
    """The ledger's last hash; `seq` its number."""
    seq: int
    opened: int
    """Cases opened since the last hand-over."""
    ended: int
    cases: tuple[OpenCase, ...]
    questions: tuple[Waiting, ...]
    done: frozenset[str]
    """Keys of tasks reported done."""
    put_off: int = 0
    """Held letters that a person put off (暂存): nobody is asked about them any more."""
