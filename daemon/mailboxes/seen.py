"""What a mailbox shows: folders, an opened folder, listed letters, fetched letters; and the interface of every kind of mailbox."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple, Protocol


class Role(StrEnum):
    """What a folder is for.

    Advertising and subscription folders are JUNK: complaints land there too (domain §7.2). OTHER is a folder the office made itself, where a
    rule of its web mailbox may put letters. ARCHIVE, and a server's views of everything, hold letters seen before.
    """

    INBOX = "inbox"
    JUNK = "junk"
    SENT = "sent"
    VIRUS = "virus"
    DRAFTS = "drafts"
    TRASH = "trash"
    ARCHIVE = "archive"
    OTHER = "other"


@dataclass(frozen=True)
class FolderSeen:
    """A folder the server names."""

    name: str
    role: Role


class Listed(NamedTuple):
    """A letter on the server: UID, the server's own date in UTC (None where it gives none or nonsense: F60), and the size it claims (F52)."""

    uid: int
    internaldate: datetime | None
    size: int


@dataclass(frozen=True)
class Opened:
    """A folder opened for reading: its UIDVALIDITY (0 where none is told), how many letters, and the last one.

    `last` serves F45: a cursor above `last.uid`, or a letter at the cursor with other size or date, means the folder was made anew
    although its validity (163: always 1) did not change.
    """

    validity: int
    exists: int
    last: Listed | None


class Why(StrEnum):
    """Why a letter has no bytes."""

    VANISHED = "vanished"
    """It is no longer there: somebody expunged it between list and fetch (F47)."""
    WITHHELD = "withheld"
    """It is there, but the server did not hand over its bytes, asked together with others and alone (F41)."""
    BROKEN = "broken"
    """The connection broke at this letter, asked together with others and alone (F40, F55)."""
    TOO_BIG = "too-big"
    """It does not end within the largest letter we take."""


class Fetched(NamedTuple):
    """A letter's bytes exactly as the server has them, whole; or None and why.

    WITHHELD and BROKEN may pass: whoever keeps letters counts them over polls, at the third the letter is held (F41).
    """

    uid: int
    raw: bytes | None
    why: Why | None = None


class Quota(NamedTuple):
    """How full a mailbox is: KB used and KB there are."""

    used: int
    most: int

    @property
    def percent(self) -> int:
        """Rounded down."""
        return 100 * self.used // self.most if self.most else 0


class Mailbox(Protocol):
    """One mailbox, one kept connection, for one thread. Every method may raise MailTrouble."""

    def folders(self) -> tuple[FolderSeen, ...]:
        """All folders that can hold letters."""

    def open(self, folder: str) -> Opened:
        """Look at a folder anew, read-only. The first thing to do in a poll."""

    def listing(self, folder: str, after_uid: int, upto: int | None = None) -> Iterator[Listed]:
        """The letters above `after_uid` (and not above `upto`), ascending, asked for in bounded ranges."""

    def letters(self, folder: str, uids: Sequence[int]) -> Iterator[Fetched]:
        """Exactly one Fetched for each UID asked, in the order asked. Raises FolderChanged where the validity changed since `open`."""

    def quota(self) -> Quota | None:
        """How full the mailbox is, where its server says so."""

    def close(self) -> None:
        """Log out; a later call connects again."""

    def interrupt(self) -> None:
        """Make the thread that waits in another method give up at once (it gets a MailTrouble); safe from any thread."""
