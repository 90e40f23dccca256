"""A line of the ledger as an outsider can check it: its canonical text, whose SHA-256 is the line's hash.

    [123,"order:…",0,"case:HY2017-00012-K7","Accepted",1,"{…}","order","order-1","王组长","head","2017-05-10T…Z","<book>","<hash before>"]

The text ends without a newline; its last element is the hash of the line before (`db.ledger.canonical`, `COLUMNS`).
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from rules.case import CaseFile, fold
from rules.days import local_day
from rules.events import Event

SEQ, ABOUT, KIND, BODY, PREV = 0, 3, 4, 6, 13
WIDTH = 14


@dataclass(frozen=True, slots=True)
class Line:
    """One line about the case: where it stands, when, what it says, and the text that was hashed."""

    seq: int
    at: datetime
    event: Event
    text: str

    @property
    def day(self) -> date:
        """The office's day it was written."""
        return local_day(self.at)

    @property
    def hash(self) -> str:
        """What the next line of the chain names."""
        return text_hash(self.text)


def text_hash(text: str) -> str:
    """SHA-256 of a line's text."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def columns(text: str) -> list[object]:
    """The line's values in the ledger's order. Raises ValueError where the text is no line."""
    values = json.loads(text)
    if not isinstance(values, list) or len(values) != WIDTH or not isinstance(values[SEQ], int):
        raise ValueError(text[:40])
    return values


def folded(lines: Iterable[Line]) -> list[tuple[Line, CaseFile | None, CaseFile]]:
    """Each line with the case before and after it."""
    walked: list[tuple[Line, CaseFile | None, CaseFile]] = []
    file: CaseFile | None = None
    for line in lines:
        after = fold(file, line.event)
        walked.append((line, file, after))
        file = after
    return walked
