"""An organ answers the 移交函: its letter joins the case, which has ended here; a person sees whether it takes the matter (WHO-SAYS).

One that says the matter is none of its own is put as such, so that 同意 takes the case back.
"""

import dataclasses

from rules.asking import ask
from rules.case import CaseFile
from rules.decision import Decision, Disposition, Filing, Reason, Warrant, WarrantKind
from rules.desk import CodeHit, Desk
from rules.events import Joined
from rules.handling.held import told
from rules.letter import Letter
from rules.life import State
from rules.offering import standing
from rules.replies.folding import folded, has, words

ORGAN = "organ:"


def organ_reply(letter: Letter, desk: Desk, hit: CodeHit, file: CaseFile) -> Decision:
    """Nothing moves and nobody is answered by a rule: an organ writes what a person must read."""
    organ = hit.party.removeprefix(ORGAN)
    about = file.about
    event = Joined(
        about=about, warrant=Warrant(WarrantKind.CODE, hit.occasion, organ), letter=letter.sha256, part="organ"
    )
    kind = "organ-back" if file.state is State.HANDED_OVER and _declines(letter) else "organ"
    asked = ask(desk, kind, f"{file.ref}:{letter.sha256[:8]}", about, unit=organ, **told(letter, desk))
    asked = dataclasses.replace(asked, proposal=(("unit", organ),), letter=letter.sha256)
    return Decision(
        Disposition.JOINED,
        "organ",
        (Reason("organ-reply"),),
        (Filing(file.ref, "organ"),),
        (event,),
        questions=(standing(asked, file),),
    )


def _declines(letter: Letter) -> str:
    """The words by which it does not take the matter; '' where there are none."""
    text = folded(letter.own_words)
    return has(text, words()["organ"]["declines"]) or has(text, words()["unit"]["send_back"])
