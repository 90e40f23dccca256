"""The desk: all that a decision may look at. `db.desk` fills it; tests build it by hand. Nothing on it is read later than it was filled."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from rules.case import CaseFile
from rules.decision import Draft, Warrant, WarrantKind

if TYPE_CHECKING:
    from rules.attached import Attached
    from rules.contacts import Earlier
    from rules.days import Calendar
    from rules.hidden import Hidden
    from rules.letter import Letter
    from rules.notices.to_staff import QuestionAsked
    from rules.papers import Paper
    from rules.policy import Book
    from rules.policy.office import Absence
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

    def warrant(self, actor: str) -> Warrant:
        """On what ground a reply with this code acts: its code, and who gave it back."""
        return Warrant(WarrantKind.CODE, self.occasion, actor)


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
    """SHA-256 of the letter the question is about, '' where it is about none."""
    outbox: str = ""
    id: str = ""
    """Ten signs (`rules.asking.question_id`); the letters that put it to people have the occasion `ask:<id>:<person>`."""
    asked: datetime | None = None
    answered: bool = False


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One number of a list sent to staff: `question:<id>`, `case:<reference>`, `letter:<sha256>` or `task:<key>`."""

    number: int
    target: str
    done: bool = False
    """An order by this number of this list was obeyed already."""


@dataclass(frozen=True, slots=True)
class Contact:
    """Where a unit is reached today."""

    unit: str
    address: str
    person: str = ""
    phone: str = ""
    public: str = ""
    leader_mailbox: str = ""
    """Where its 分管领导 gets copies of written reminders; '' where the directory does not know."""
    leader_phone: str = ""
    leaders: tuple[str, ...] = ()
    """分管领导 and contact persons of its sheet, as a letter may call them: by name, by surname and title (R3)."""


def contact_at(contacts: Iterable[Contact], address: str) -> Contact | None:
    """The unit whose registered mailbox this is."""
    return next((contact for contact in contacts if contact.address.lower() == address.lower()), None)


@dataclass(frozen=True, slots=True)
class Copy:
    """An earlier letter with equal Message-ID or text: where it went."""

    letter: str
    same_message_id: bool
    same_sender: bool
    same_text: bool
    disposition: str
    case: str = ""
    waiting: bool = False
    """A person is asked about it already."""


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
    calendar: "Calendar"
    cause: str = ""
    """What this decision is about: letter:<sha256>:<round>, order:<id>, tick:<ref>:…, report:…"""
    letter: "Letter | None" = field(default=None, repr=False)
    """The letter a question is about, read again, where an order answers it."""
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
    own_message: bool = False
    """The letter's Message-ID or X-OQ-MSGID is that of a letter we sent, and its sender is we (F61)."""
    questions: tuple[OpenQuestion, ...] = ()
    """Questions that the codes or the files above name."""
    contacts: tuple[Contact, ...] = ()
    """The directory today."""
    questioned: "tuple[tuple[str, Letter], ...]" = field(default=(), repr=False)
    """Question id -> the letter it is about, read again: of the questions that a reply of staff orders on."""
    put: "tuple[tuple[str, QuestionAsked], ...]" = field(default=(), repr=False)
    """Question id -> the letter by which it was put first."""
    agenda: "tuple[AgendaItem, ...]" = ()
    """The numbered items of the list that this letter answers."""
    absences: "tuple[Absence, ...]" = ()
    """Who is away, in the order it was told."""
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
    begun_by: tuple[tuple[str, str], ...] = ()
    """Case -> Message-ID of its complainant's own first letter: what later letters to him thread with."""
    drafts: tuple[Draft, ...] = field(default=(), repr=False)
    """What a unit may read of the complaints of the files above, made by the shield when they were opened."""
    hides: "Hidden | None" = field(default=None, repr=False)
    """Who would be known by this letter's words, worked out beside the reading (`rules.handling.drafting`)."""
    sheets: "tuple[Paper, ...]" = field(default=(), repr=False)
    """The letter's attachments as read (`rules.papers`)."""
    pasted: "Paper | None" = field(default=None, repr=False)
    """The letter's HTML read as a paper, so that a table pasted into it keeps its merged cells."""
    earlier: "tuple[Earlier, ...]" = field(default=(), repr=False)
    """The sheets in the directory today, where the letter may be one itself."""
    letters_today: int = 0
    """Letters from this address in the last 24 hours, where it wrote to the contact inbox: no two machines answer each other (NO-LOOP)."""
    new_mailboxes: tuple[str, ...] = ()
    """Occasions of the letters that asked new mailboxes of this unit for their code, the newest first; the newest alone counts."""
    papers: tuple[tuple[str, str, str], ...] = ()
    """(case, SHA-256 of the clean copy or '' where withheld, name as sent) of the complaints' attachments; case '' = this letter's."""
    held_back: "tuple[Attached, ...]" = ()
    """Attachments of the cases' letters that do not go out by themselves; case '' = this letter's."""
    own_files: "tuple[Attached, ...]" = ()
    """Attachments of this letter, or of the letters that an order is about, numbered letter by letter."""
    going: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """(occasion, SHA-256s of the files) of letters with released files that have not left yet."""

    unsaid: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    """SHA-256 -> the words of letters that nobody could tell the complainants of the files above (`CaseFile.untold`)."""

    def file(self, ref: str) -> CaseFile | None:
        """The case of that reference, if it lies on the desk."""
        return next((file for file in self.files if file.ref == ref), None)

    @property
    def alone(self) -> CaseFile | None:
        """The one case that the letter concerns, None where there is none or are several. What went on in it (并案) lies beside it."""
        beside = {ref for file in self.files for ref in file.absorbed}
        own = [file for file in self.files if file.ref not in beside]
        return own[0] if len(own) == 1 else None

    def draft(self, ref: str) -> Draft | None:
        """What a unit may read of the case's complaint."""
        return next((draft for draft in self.drafts if draft.case == ref), None)

    def contact(self, unit: str) -> Contact | None:
        """Where the unit is reached."""
        return next((contact for contact in self.contacts if contact.unit == unit), None)

    def contact_at(self, address: str) -> Contact | None:
        """The unit whose registered mailbox this is."""
        return contact_at(self.contacts, address)

    def complainant(self, ref: str) -> str:
        """The complainant's registered address of a case, '' where there is none."""
        return next((address for case, role, address in self.parties if case == ref and role == "complainant"), "")
