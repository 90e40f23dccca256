"""What orders share: why one cannot stand, the case it is about, the unit that has it or that the order names."""

from hashlib import sha256

from rules.case import CaseFile
from rules.desk import Contact, Desk, OpenQuestion
from rules.punctuation import headline


class Refused(Exception):
    """The order cannot stand; `reason` is a key `order-<reason>` of the wording, `words` fill it."""

    def __init__(self, reason: str, **words: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.words = words


def text_hash(words: str) -> str:
    """SHA-256 by which a line of the ledger names words that are kept beside it, or in the order's letter alone."""
    return sha256(words.encode()).hexdigest()


def case_of(desk: Desk, question: OpenQuestion | None) -> CaseFile:
    """The case the question is about."""
    ref = question.about.removeprefix("case:") if question else ""
    file = desk.file(ref)
    if file is None:
        raise Refused("no-case", case=ref)
    return file


def lead_of(desk: Desk, file: CaseFile) -> Contact:
    """Where the case's lead unit is reached."""
    contact = desk.contact(file.lead)
    if contact is None:
        raise Refused("no-mailbox", unit=file.lead)
    return contact


def unit_of(desk: Desk, words: str) -> Contact:
    """The unit the order names, by official name or alias, with its mailbox."""
    said = headline(words)
    entry = desk.book.units.find(said) if said else None
    if entry is None:
        raise Refused("no-unit", unit=said)
    contact = desk.contact(entry.name)
    if contact is None:
        raise Refused("no-mailbox", unit=entry.name)
    return contact
