"""The receipt (收件回执): who gets one, what it promises, what it asks for. Never a word of the letter in it (A51, A52)."""

from rules.case import CaseFile
from rules.desk import Desk
from rules.letter import Letter
from rules.letterhead import complainant_head
from rules.life import UNTAKEN
from rules.notices.to_complainant import Receipt
from rules.shown import label, promises_of


def why_none(letter: Letter, desk: Desk) -> str:
    """Why no receipt is due: '' where one is. Each reason is a word of the ledger."""
    limits = desk.book.limits
    if not letter.from_addr:
        return "no-address"
    if letter.auth == "fail":
        return "unverified"
    if desk.sender.role in ("unit", "own"):
        return "unit"
    if desk.receipts_same >= limits.receipts_same_subject:
        return "same-subject"
    if desk.auto_today >= limits.per_address_day or desk.auto_domain >= limits.per_domain_day:
        return "daily-limit"
    return ""


def receipt(letter: Letter, desk: Desk, file: CaseFile, *, urgent: bool = False) -> Receipt:
    """The receipt of a case just registered."""
    return Receipt(
        **complainant_head(desk, file, letter.from_addr, f"receipt:{file.ref}"),
        kind=label(desk.book, "kind", file.kind),
        received=file.received,
        promises=promises_of(desk.book, file.clocks),
        accepted=file.state not in UNTAKEN,
        asks=_asks(letter, file),
        urgent=urgent,
        reply_to_message=letter.message_id,
        acts_until_round=file.round,
    )


def _asks(letter: Letter, file: CaseFile) -> tuple[str, ...]:
    notes = {note for part in letter.attachments for note in part.notes}
    wanted = {
        "consent": file.kind in ("complaint", "help"),
        "words": not (letter.own_words or letter.forwarded).strip() and len(letter.subject) < 8,
        "unprotected": "encrypted" in notes,
        "ordinary-file": bool(letter.links),
        "smaller": "letter" in letter.limits,
    }
    return tuple(ask for ask, true in wanted.items() if true)
