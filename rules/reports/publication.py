"""What the county's site may show (S34, S48, S49): closed and proven cases without anybody's name, and the board of two people's texts.

A row says number, kind, category, month, finding and outcome. The unit stands in it only where two people exposed the case (R10);
a category with fewer cases than the book's small number is not named, for it could say whose case it is.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from rules.events import HearingCalled, Noted
from rules.evidence.words import word
from rules.life import State
from rules.orders.hearing import SHUT, place_of
from rules.policy import Book
from rules.policy.matters import Kind
from rules.reports.facts import History
from rules.reports.words import day as spelled_day
from rules.reports.words import say
from rules.shown import number

PROVEN = frozenset({"true", "partly"})


@dataclass(frozen=True, slots=True)
class PublicCase:
    """One line of the public list."""

    number: str
    kind: str
    categories: str
    month: str
    finding: str
    outcome: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Exposure:
    """One text of the board (曝光台), as two people approved it."""

    number: str
    unit: str
    day: str
    text: str


@dataclass(frozen=True, slots=True)
class PublicHearing:
    """One hearing that anybody may come to (S71): neither unit nor category, for the case is not proven yet."""

    number: str
    kind: str
    day: str
    place: str
    """Hour and place as the order wrote them; 请来电 where it wrote none, or where they could tell whose case it is."""


def public_hearings(
    cases: Iterable[History], book: Book, today: date, places: Mapping[str, str]
) -> tuple[PublicHearing, ...]:
    """Hearings called for today or later, the next first; without reports (举报) and those that the head called as 不公开.

    `places`: reference -> hour and place that name nobody.
    """
    called = [case for case in cases if (day := case.file.hearing) and day >= today and _open_to_all(case)]
    called.sort(key=lambda case: (case.file.hearing or today, case.file.year, case.file.serial))
    return tuple(
        PublicHearing(
            number(case.file, book),
            book.label("kind", case.file.kind),
            spelled_day(case.file.hearing or today),
            places.get(case.file.ref) or say("by-telephone"),
        )
        for case in called
    )


def called_with(case: History) -> str:
    """SHA-256 of the words by which the case's hearing that still lies ahead was called; '' where none lies ahead, or nobody kept them."""
    called = [turn.told.event for turn in case.turns if isinstance(turn.told.event, HearingCalled)]
    return called[-1].text if case.file.hearing and called else ""


def public_place(case: History, words: str, book: Book) -> str:
    """Hour and place out of the words that called the hearing; '' where they name a unit of the case, for nothing is proven yet (R10)."""
    place = place_of(words)
    entries = (book.units.find(unit) for unit in case.file.units)
    return "" if any(name in place for entry in entries if entry for name in entry.names) else place


def _open_to_all(case: History) -> bool:
    events = [turn.told.event for turn in case.turns]
    last = max(at for at, event in enumerate(events) if isinstance(event, HearingCalled))
    shut = any(isinstance(event, Noted) and event.what == SHUT for event in events[last:])
    return case.file.kind != Kind.REPORT and not shut


def public_cases(cases: Iterable[History], book: Book, small: int) -> tuple[PublicCase, ...]:
    """Closed and proven cases, the newest first."""
    fit = [case for case in cases if _fit(case)]
    often = Counter(category for case in fit for category in case.file.categories)
    named = frozenset(category for category, count in often.items() if count >= small)
    fit.sort(key=lambda case: (case.file.year, case.file.serial), reverse=True)
    return tuple(_row(case, book, named) for case in fit)


def _fit(case: History) -> bool:
    return case.file.state is State.CLOSED and case.file.finding in PROVEN


def _row(case: History, book: Book, named: frozenset[str]) -> PublicCase:
    file, ended = case.file, case.ended or case.began
    shown = [category for category in file.categories if category in named]
    return PublicCase(
        number=number(file, book),
        kind=book.label("kind", file.kind),
        categories="、".join(shown) or say("withheld"),
        month=say("month", year=ended.year, month=ended.month),
        finding=word("finding", file.finding),
        outcome=word("outcome", file.outcome),
        unit=file.lead if file.exposed else "",
    )


def exposures(
    cases: Iterable[History], book: Book, texts: Mapping[str, str], days: Mapping[str, str]
) -> tuple[Exposure, ...]:
    """What stands on the board: closed, proven, approved, not taken off. `texts`: reference -> text; what the guard stopped is not in it."""
    shown = [case.file for case in cases if _fit(case) and case.file.ref in texts]
    shown.sort(key=lambda file: (file.year, file.serial), reverse=True)
    return tuple(Exposure(number(file, book), file.lead, days[file.ref], texts[file.ref]) for file in shown)
