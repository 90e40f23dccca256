"""Letters that the store has an answer for before anybody reads their words: our own, copies, and letters from before the start."""

from rules.decision import Decision, Disposition, Filing, Reason
from rules.desk import Copy, Desk
from rules.events import OFFICE, Flagged, Held, MachineNoted, about_case
from rules.handling.held import hold
from rules.handling.joining import joins
from rules.handling.status import state_told
from rules.handling.supervising import proposal, reason
from rules.letter import Letter


def own(letter: Letter, desk: Desk) -> Decision | None:
    """A letter of ours coming back (F61), one that only claims our address (A18), or one that lies in Sent, whatever its From.

    Only who may log in puts letters into Sent: another address of the mailbox (an alias) is ours too, and no complainant's. What people wrote
    before the office began is nobody's question (F56); what they wrote since, past the program, is a person's (A44).
    """
    in_sent = desk.seen is not None and desk.seen.role == "sent"
    if desk.own_message or (in_sent and desk.before_start):
        return noted(letter, "own")
    if desk.sender.role == "own":
        return history(letter, desk) or hold(letter, desk, "own")
    return hold(letter, desk, "sent") if in_sent else None


def copy(letter: Letter, desk: Desk) -> Decision | None:
    """The same letter again: same sender and same text, whatever its Message-ID (F62, L46); never on the id alone (A17)."""
    first = next((copy for copy in desk.copies if copy.same_sender and copy.same_text), None)
    if first is None or (desk.sender.role == "staff" and not first.same_message_id):
        return None  # staff may write the same two words about another day
    why = (Reason("copy"),)
    if first.case and _anew(first, desk):
        return _repeated(letter, desk, first.case)
    if first.case:
        return joins(letter, first.case, "copy", "copy")
    if first.disposition == Disposition.MACHINE:
        return noted(letter, "copy")
    if first.disposition == Disposition.CONTACT:
        return Decision(
            Disposition.CONTACT, "copy", why, events=(MachineNoted(about=OFFICE, letter=letter.sha256, machine="copy"),)
        )
    if first.waiting and first.same_message_id:  # sent to both mailboxes: one question is enough
        held = Held(about=OFFICE, letter=letter.sha256, reason="copy")
        return Decision(Disposition.HELD, "copy", why, events=(held,))
    return hold(letter, desk, "copy", group=f"copy-{first.letter[:16]}")


def _anew(first: Copy, desk: Desk) -> bool:
    """Not a letter that came twice, but a complaint sent again: another Message-ID, and no receipt for it in the last hours (L46)."""
    complaint = first.disposition == Disposition.OPENED and not desk.hits
    quiet = desk.receipts_same == 0 and desk.auto_today < desk.book.limits.per_address_day
    return complaint and quiet and not first.same_message_id


def _repeated(letter: Letter, desk: Desk, ref: str) -> Decision:
    """重复件: where the case is open its state is told and the letter joins; where it has ended a person looks for what is new (N5)."""
    file = desk.file(ref)
    if file is None or file.ended:
        again = reason(desk, file, "again") if file else ""
        return hold(letter, desk, "repeat", case=ref, kind="repeat", proposal=again)
    own = desk.complainant(ref).lower() == letter.from_addr.lower()
    told = (state_told(letter, desk, letter.from_addr, file),) if own and letter.auth != "fail" else ()
    asked = () if "repeat" in file.flags else proposal(desk, file, "again")
    return joins(letter, ref, "copy", "copy", Flagged(about=file.about, flag="repeat"), notices=told, questions=asked)


def history(letter: Letter, desk: Desk) -> Decision | None:
    """A letter that arrived before the office began: one group, nobody is written to without an order (F56)."""
    if not desk.before_start:
        return None
    return hold(letter, desk, "history", kind="history", group="history")


def noted(letter: Letter, machine: str, *, case: str = "", part: str = "machine") -> Decision:
    """A machine's letter: kept, named, answered by nobody (NO-LOOP)."""
    about = about_case(case) if case else OFFICE
    return Decision(
        Disposition.MACHINE,
        machine,
        (Reason(f"machine-{machine}"),),
        filings=(Filing(case, part),) if case else (),
        events=(MachineNoted(about=about, letter=letter.sha256, machine=machine),),
    )
