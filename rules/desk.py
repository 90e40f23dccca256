"""The desk: all that a decision may look at. `db.desk` fills it; tests build it by hand. Nothing on it is read later than it was filled."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from rules.case import CaseFile

if TYPE_CHECKING:
    from rules.policy import Book
    from rules.shield import Identity


@dataclass(frozen=True, slots=True)
class Sender:
    """Who the From address belongs to, by exact match of a registered address (A12): never by display name."""

    role: str = "stranger"
    """own (our mailbox), staff, unit, complainant (party of a case), stranger."""
    unit: str = ""
    person: str = ""
    """Staff: the person's name in the book."""
    roles: tuple[str, ...] = ()
    """Staff: the roles the book gives him."""
    near: str = ""
    """A registered address it only resembles: shown to staff, worth nothing."""


@dataclass(frozen=True, slots=True)
class CodeHit:
    """A reply code that we gave out: which letter of ours it belongs to."""

    occasion: str
    about: str
    party: str
    """complainant, unit:<name>, staff:<name>."""
    address: str
    template: str
    state: str
    """State of the outbox row: sent, unknown…"""
    where: str
    """subject, own, quoted: where it stood in this letter."""
    spent: bool = False
    round: int = 0
    text: str = field(default="", repr=False)
    """The words of our letter, so that quoted words never act (L39)."""


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """An unanswered question as the store has it."""

    key: str
    kind: str
    about: str
    role: str
    choices: tuple[str, ...]
    proposal: tuple[tuple[str, str], ...]
    letter: str
    outbox: str = ""
    asked: datetime | None = None
    answered: bool = False


@dataclass(frozen=True, slots=True)
class Contact:
    """Where a unit is reached today."""

    unit: str
    address: str
    person: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Copy:
    """An earlier letter with equal Message-ID or text: where it went."""

    letter: str
    same_message_id: bool
    same_sender: bool
    same_text: bool
    disposition: str
    case: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """Where and when the letter was found."""

    mailbox: str
    """complaint or contact."""
    role: str
    """inbox, junk, sent…"""
    received: datetime
    """Server's INTERNALDATE, aware; time of keeping where the server gave none (F60)."""
    guessed: bool = False


@dataclass(frozen=True, slots=True)
class Desk:
    """All that a decision may look at."""

    now: datetime
    book: "Book"
    seen: Seen | None = None
    sender: Sender = Sender()
    hits: tuple[CodeHit, ...] = ()
    """Reply codes of the letter that are ours, newest of our letters first."""
    files: tuple[CaseFile, ...] = ()
    """Cases the letter may concern: by code first, then by number, thread, sender."""
    thread: tuple[str, ...] = ()
    """Cases found by In-Reply-To/References among the Message-IDs we sent (A9)."""
    recent: tuple[str, ...] = ()
    """Open cases of the same complainant address, newest first."""
    parties: tuple[tuple[str, str, str], ...] = ()
    """(case, role, address) of the files above, valid now. Role: complainant or unit:<name>."""
    copies: tuple[Copy, ...] = ()
    questions: tuple[OpenQuestion, ...] = ()
    """Questions that the codes or the files above name."""
    contacts: tuple[Contact, ...] = ()
    """The directory today."""
    next_serial: int = 1
    year: int = 0
    """The year in Asia/Shanghai, which the next number belongs to."""
    auto_today: int = 0
    """Automatic letters that went to this address in the last 24 hours."""
    auto_domain: int = 0
    receipts_same: int = 0
    """Receipts to this address for the same folded subject in the last 24 hours."""
    before_start: bool = False
    """The letter arrived before HUIYIN_START (历史来件, F56)."""
    identities: "tuple[tuple[str, tuple[Identity, ...]], ...]" = field(default=(), repr=False)
    """Case -> what identifies its people, as known now."""
    drafts: tuple[tuple[str, str, str], ...] = field(default=(), repr=False)
    """Case -> (redacted subject, redacted text) of the complaint, made by the shield when it was opened."""
    papers: tuple[tuple[str, str, str], ...] = ()
    """Case -> (sha256, clean sha256 or '', name as sent) of the complaint's attachments."""

    def file(self, ref: str) -> CaseFile | None:
        """The case of that reference, if it lies on the desk."""
        return next((file for file in self.files if file.ref == ref), None)

    def contact(self, unit: str) -> Contact | None:
        """Where the unit is reached."""
        return next((contact for contact in self.contacts if contact.unit == unit), None)

    def complainant(self, ref: str) -> str:
        """The complainant's registered address of a case, '' where there is none."""
        return next((address for case, role, address in self.parties if case == ref and role == "complainant"), "")
