"""The judgement of a past case, with the book as it was then (books are kept by hash): why it was taken for what it was taken for.

LIMITS: whether the sender was a unit is asked of today's directory; reading and judging are today's, book and letter are those of then.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from daemon.named import reference_of
from daemon.past_books import of_kept
from db import books, books_taken, letters
from db.ledger import lines
from rules.events import Registered, about_case
from rules.judging import as_json, judge
from rules.numbers import register_number
from rules.policy import recall
from rules.shown import signs
from rules.trouble import UsageTrouble
from rules.wording import wording

say = wording("daemon")


@dataclass(frozen=True, slots=True)
class Opened:
    """How a case began: its reference, its line's time, the hash of the book then in force, and what was recorded."""

    ref: str
    at: str
    book: str
    event: Registered


def opened(cx: Connection, number: str) -> Opened:
    """The first line of the case of that number or reference. Raises UsageTrouble where there is none."""
    taken = books_taken.taken(cx)
    if taken:
        ref = reference_of(number, recall(books.chapters_of(cx, taken[0][1])))
        for row, event in lines(cx, about_case(ref)):
            if isinstance(event, Registered):
                return Opened(ref, row.at, row.book, event)
    raise UsageTrouble(say("no-case", number=number))


def why(cx: Connection, number: str) -> dict[str, Any]:
    """number, reference, opened, book, and the judgement as `judge --json` shows it; `trouble` where the letter is there no more."""
    case = opened(cx, number)
    book = recall(books.chapters_of(cx, case.book))
    named = register_number(case.event.year, case.event.serial, signs(book))
    head = {"id": case.ref, "number": named, "reference": case.ref, "opened": case.at, "book": case.book}
    try:
        raw = letters.bytes_of(cx, case.event.letter)
    except KeyError:
        return {**head, "trouble": say("why-no-letter")}
    return {**head, **as_json(judge(of_kept(cx, raw, book), book), book)}
