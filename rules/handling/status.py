"""查询 (S50): the state of one's own case, to the registered address alone; nobody else learns even whether a number exists (L75, A8)."""

from rules.case import CaseFile
from rules.decision import Decision
from rules.desk import Desk
from rules.handling.assigning import ask_added
from rules.handling.joining import joins
from rules.letter import Letter
from rules.letterhead import complainant_head
from rules.notices.notice import Label
from rules.notices.to_complainant import StatusTold
from rules.replies.complainant_words import asks_state
from rules.shown import label, number, promises_of
from rules.wording import wording

say = wording("rules")


def own_state(letter: Letter, desk: Desk) -> Decision | None:
    """查询 without a code, from the address the one case is registered with: its state goes there (L75, S50).

    Nothing else happens, but that a person hears of files he sent with it.
    """
    if not asks_state(letter.own_words) or desk.auto_today >= desk.book.limits.per_address_day:
        return None
    own = [file for file in desk.files if desk.complainant(file.ref).lower() == letter.from_addr.lower()]
    named = (
        [file for file in own if {file.ref, number(file, desk.book)} & set(letter.numbers)] if letter.numbers else own
    )
    if len(named) != 1 or letter.auth == "fail":
        return None
    file = named[0]
    notices = (state_told(letter, desk, desk.complainant(file.ref), file),)
    questions = ask_added(desk, file, letter)
    return joins(letter, file.ref, "status", "complainant-status", notices=notices, questions=questions)


def state_told(letter: Letter, desk: Desk, address: str, file: CaseFile) -> StatusTold:
    """The state of the case, and the days still promised."""
    state = label(desk.book, "state", file.state)
    return StatusTold(
        **complainant_head(desk, file, address, f"status:{letter.sha256[:16]}"),
        state=Label(say("state-archived", state=state)) if file.archived else state,
        received=file.received,
        promises=promises_of(desk.book, file.running),
        reply_to_message=letter.message_id,
        acts_until_round=file.round,
    )
