"""An office at work: database, book, calendar, speaker and accounts, opened once and handed to every stage."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine

from daemon.books import read_chapters
from daemon.proofs import proofread
from daemon.writing import Desktop
from db.desk import Setting
from rules.days import Calendar
from rules.policy import Book
from templates.speak import OfficeWords, Speaker

Clock = Callable[[], datetime]


@dataclass(frozen=True)
class Rules:
    """One book as taken into use: itself, its calendar, its voice, and its chapters to keep by hash."""

    book: Book
    calendar: Calendar
    speaker: Speaker
    chapters: dict[str, bytes]


@dataclass(frozen=True)
class Office:
    """Everything a stage needs. `own` maps mailbox (complaint, contact) to our address."""

    engine: Engine
    rules: Rules
    own: dict[str, str]
    start: datetime
    """Letters that arrived earlier are history (HUIYIN_START)."""
    desktop: Desktop

    def setting(self, now: datetime) -> Setting:
        """What every desk of this moment stands on."""
        return Setting(self.rules.book, self.rules.calendar, self.own, self.start, now)

    @property
    def book(self) -> Book:
        """The book in force."""
        return self.rules.book


def take_rules(folder: Path | None = None, chapters: dict[str, bytes] | None = None) -> Rules:
    """Read and check a book. Raises BookTrouble with every fault."""
    read = chapters if chapters is not None else dict(read_chapters(folder))
    book, calendar = proofread(read)
    letters = {name.removesuffix(".j2"): data.decode("utf-8-sig") for name, data in book.letters.items()}
    speaker = Speaker(OfficeWords(book.office.name, book.office.phone, book.office.hours), letters)
    return Rules(book, calendar, speaker, read)


def utc_now() -> datetime:
    """The time, aware, in UTC."""
    return datetime.now(UTC)
