"""移交函 (domain §2.2, 4c): the letter to the organ that takes a matter over, or the task to bring it there on paper where it has no mailbox.

What goes by mail names nobody; the letter itself, and who wrote it, are handed over by a person against two signatures.
"""

from rules.asking import ask
from rules.attached import enclosed
from rules.case import CaseFile
from rules.decision import Question
from rules.desk import Contact, Desk
from rules.notices.notice import Approved, Label, OfficeText, Ref, To
from rules.notices.to_organ import MatterHandedOver
from rules.punctuation import headline
from rules.shield import Redacted
from rules.shown import label, number, once_more
from rules.wording import wording

say = wording("rules")


def organ_named(desk: Desk, words: str) -> str:
    """The organ of the book that the order's first line names; '' where the book knows none of that name."""
    entry = desk.book.units.find(headline(words))
    return entry.name if entry else ""


def to_organ(desk: Desk, file: CaseFile, words: str) -> tuple[tuple[MatterHandedOver, ...], tuple[Question, ...]]:
    """The letter, where the directory or the book knows the organ's mailbox; else the question that has the text ready to print."""
    organ, remark = organ_named(desk, words) or headline(words), words.strip().partition("\n")[2].strip()
    address = _mailbox(desk, organ)
    if not address:
        return (), (_on_paper(desk, file, organ, remark),)
    draft = desk.draft(file.ref)
    papers, withheld = enclosed(desk, file.ref)
    letter = MatterHandedOver(
        to=To(address, f"organ:{organ}", organ),
        about=file.about,
        occasion=f"organ:{file.ref}{once_more(file)}",
        number=number(file, desk.book),
        ref=Ref(file.ref),
        organ=OfficeText(organ),
        kind=label(desk.book, "kind", file.kind),
        categories=tuple(map(Label, file.categories)),
        received=file.received,
        matter=Redacted.kept(draft.subject if draft else ""),
        facts=Redacted.kept(draft.text if draft else ""),
        withheld=withheld,
        remark=Approved(remark),
        papers=papers,
        acts_until_round=file.round,
    )
    return (letter,), ()


def _mailbox(desk: Desk, organ: str) -> str:
    contact: Contact | None = desk.contact(organ)
    if contact is not None:
        return contact.address
    told = desk.book.record.recipients if desk.book.record else ()
    return next((one.mailbox for one in told if one.name == organ), "")


def _on_paper(desk: Desk, file: CaseFile, organ: str, remark: str) -> Question:
    """送达: a person prints the letter, has it sealed and brings it; the question waits until he says so."""
    draft = desk.draft(file.ref)
    facts = "\n".join(part for part in (draft.subject, draft.text) if part) if draft else say("paper-no-facts")
    letter = say(
        "paper-letter",
        organ=organ,
        number=number(file, desk.book),
        year=file.received.year,
        month=file.received.month,
        day=file.received.day,
        kind=label(desk.book, "kind", file.kind),
        facts=facts,
        remark=f"{remark}\n" if remark else "",
        office=desk.book.office.name,
        phone=desk.book.office.phone,
    )
    why = say("paper-no-mailbox", organ=organ)
    return ask(desk, "paper", file.ref, file.about, unit=organ, why=why, print_this=letter)
