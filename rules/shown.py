"""How a case is called on paper: its register number and reference in the words of the office's book."""

from collections.abc import Iterable
from datetime import date

from rules.case import CaseFile, Running
from rules.events import ClockStarted
from rules.notices.notice import Label, Number, Ref
from rules.notices.to_complainant import Promise
from rules.numbers import Signs, parse_reference, parse_register_number, reference, register_number
from rules.policy import Book
from rules.wording import wording

say = wording("rules")


def signs(book: Book) -> Signs:
    """The office's number words and the receiving servers it trusts."""
    return Signs(prefix=book.office.reference_prefix, word=book.office.register_word, servers=book.office.authserv_ids)


def number(file: CaseFile, book: Book) -> Number:
    """桓营诉〔2017〕12号."""
    return Number(register_number(file.year, file.serial, signs(book)))


def next_reference(book: Book, year: int, serial: int) -> Ref:
    """The reference of a case about to be registered."""
    return Ref(reference(year, serial, signs(book)))


def reference_in(words: str, book: Book) -> Ref | None:
    """The reference of the case that the words name by reference or register number, as people write them; None where they are neither."""
    found = parse_reference(words, signs(book)) or parse_register_number(words, signs(book))
    return next_reference(book, *found) if found else None


def label(book: Book, family: str, key: str) -> Label:
    """A word of the book."""
    return Label(book.label(family, key))


def day_shown(day: date) -> str:
    """2017年5月16日, within a sentence."""
    return say("day", year=day.year, month=day.month, day=day.day)


def clock_label(book: Book, name: str) -> Label:
    """The office's word for a clock."""
    return Label(book.clocks[name].label)


def promises_of(book: Book, clocks: Iterable[ClockStarted | Running]) -> tuple[Promise, ...]:
    """The days that are promised among these clocks, as the complainant is told them."""
    return tuple(
        Promise(clock_label(book, clock.clock), clock.due, clock.provisional) for clock in clocks if clock.promised
    )


def once_more(file: CaseFile) -> str:
    """What an occasion that comes once in a life has behind it after a 移送 was sent back: the case may come there again."""
    return f":{file.returned}" if file.returned else ""
