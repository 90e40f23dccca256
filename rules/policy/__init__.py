"""The book (规则册) as values: TOML chapters in, one frozen `Book` out, or every fault at once.

    book = load({"office.toml": b"...", ...})

Past this package no code compares a string with a book word: the loader has made enums and dataclasses of them.
"""

from rules.policy.book import Book
from rules.policy.checking import overlapping
from rules.policy.faults import BookRefused, Fault
from rules.policy.load import load, recall

__all__ = ["Book", "BookRefused", "Fault", "load", "overlapping", "recall"]
