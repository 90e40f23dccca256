"""Whether a party comes to the hearing: its reply to the invitation, with the letter's own code from its own address (WHO-SAYS)."""

import dataclasses

from rules.asking import ask, per_letter
from rules.case import CaseFile
from rules.decision import Decision
from rules.desk import CodeHit, Desk
from rules.events import HearingAnswered
from rules.handling.held import told
from rules.handling.joining import joins
from rules.letter import Letter
from rules.replies.folding import first_line
from rules.wording import wording

say = wording("rules")
INVITATIONS = frozenset({"hearing_invited", "hearing_told"})
PART = "hearing"


def hearing_answer(letter: Letter, desk: Desk, hit: CodeHit, file: CaseFile) -> Decision:
    """参加 or 不参加 in the first line; anything else joins the case and goes to a person."""
    about, warrant = file.about, hit.warrant(hit.party)
    value = _value(first_line(letter.own_words))
    if not value or file.hearing is None:
        asked = ask(desk, "hearing", per_letter(file.ref, letter), about, **told(letter, desk))
        asked = dataclasses.replace(asked, letter=letter.sha256)
        return joins(letter, file.ref, PART, "hearing-unclear", warrant=warrant, questions=(asked,))
    answered = HearingAnswered(about=about, warrant=warrant, party=hit.party, value=value, letter=letter.sha256)
    return joins(letter, file.ref, PART, f"hearing-{value}", answered, warrant=warrant)


def _value(line: str) -> str:
    if any(word in line for word in say("hearing-no").split()):
        return "no"
    return "yes" if any(word in line for word in say("hearing-yes").split()) else ""
