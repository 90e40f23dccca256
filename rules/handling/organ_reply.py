"""An organ answers the 移交函: its letter joins the case, which has ended here; a person sees whether it takes the matter (WHO-SAYS).

One that says the matter is none of its own is put as such, so that 同意 takes the case back.
"""

import dataclasses

from rules.asking import ask, per_letter
from rules.case import CaseFile
from rules.decision import Decision
from rules.desk import CodeHit, Desk
from rules.handling.held import told
from rules.handling.joining import joins
from rules.letter import Letter
from rules.life import State
from rules.offering import standing
from rules.replies.folding import folded, has, words

ORGAN = "organ:"


def organ_reply(letter: Letter, desk: Desk, hit: CodeHit, file: CaseFile) -> Decision:
    """Nothing moves and nobody is answered by a rule: an organ writes what a person must read."""
    organ = hit.party.removeprefix(ORGAN)
    kind = "organ-back" if file.state is State.HANDED_OVER and _declines(letter) else "organ"
    asked = ask(desk, kind, per_letter(file.ref, letter), file.about, unit=organ, **told(letter, desk))
    asked = dataclasses.replace(asked, proposal=(("unit", organ),), letter=letter.sha256)
    return joins(
        letter, file.ref, "organ", "organ-reply", warrant=hit.warrant(organ), questions=(standing(asked, file),)
    )


def _declines(letter: Letter) -> str:
    """The words by which it does not take the matter; '' where there are none."""
    text = folded(letter.own_words)
    return has(text, words()["organ"]["declines"]) or has(text, words()["unit"]["send_back"])
