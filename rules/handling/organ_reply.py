"""An organ answers the 移交函: its letter joins the case, which has ended here; a person sees whether it takes the matter (WHO-SAYS)."""

from rules.asking import ask
from rules.case import CaseFile
from rules.decision import Decision, Disposition, Filing, Reason, Warrant, WarrantKind
from rules.desk import CodeHit, Desk
from rules.events import Joined
from rules.handling.held import told
from rules.letter import Letter
from rules.terms import about_case

ORGAN = "organ:"


def organ_reply(letter: Letter, desk: Desk, hit: CodeHit, file: CaseFile) -> Decision:
    """Nothing moves and nobody is answered by a rule: an organ writes what a person must read."""
    organ = hit.party.removeprefix(ORGAN)
    about = about_case(file.ref)
    event = Joined(
        about=about, warrant=Warrant(WarrantKind.CODE, hit.occasion, organ), letter=letter.sha256, part="organ"
    )
    asked = ask(desk, "organ", f"{file.ref}:{letter.sha256[:8]}", about, unit=organ, **told(letter, desk))
    return Decision(
        Disposition.JOINED,
        "organ",
        (Reason("organ-reply"),),
        (Filing(file.ref, "organ"),),
        (event,),
        questions=(asked,),
    )
