"""Letters that the store has an answer for before anybody reads their words: our own, copies, and letters from before the start."""

from rules.decision import Decision, Disposition, Filing, Reason
from rules.desk import Desk
from rules.events import OFFICE, Joined, MachineNoted
from rules.handling.held import hold
from rules.letter import Letter
from rules.terms import about_case


def own(letter: Letter, desk: Desk) -> Decision | None:
    """A letter of ours coming back (F61), or one that only claims our address (A18)."""
    if desk.own_message:
        return noted(letter, "own")
    if desk.sender.role == "own":
        return hold(letter, desk, "own")
    return None


def copy(letter: Letter, desk: Desk) -> Decision | None:
    """The same letter again: same sender and same text, whatever its Message-ID (F62, L46); never on the id alone (A17)."""
    first = next((copy for copy in desk.copies if copy.same_sender and copy.same_text), None)
    if first is None:
        return None
    why = (Reason("copy"),)
    if first.case:
        filed = (Filing(first.case, "copy"),)
        joined = (Joined(about=about_case(first.case), letter=letter.sha256, part="copy"),)
        return Decision(Disposition.JOINED, "copy", why, filed, joined)
    if first.disposition == Disposition.MACHINE:
        return noted(letter, "copy")
    if first.disposition == Disposition.CONTACT:
        return Decision(
            Disposition.CONTACT, "copy", why, events=(MachineNoted(about=OFFICE, letter=letter.sha256, machine="copy"),)
        )
    return hold(letter, desk, "copy", group=f"copy-{first.letter[:16]}")


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
