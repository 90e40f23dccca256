"""重点督办 proposed by what the register shows of a case (domain §5.3-5): only a proposal, the head decides (S13, S81).

the same matter again within the book's days ─┐
not satisfied with what the unit did         ─┴─▶ one question to the head: 重点督办 to the unit it has, or leave it
"""

import dataclasses

from rules.asking import ask
from rules.case import CaseFile
from rules.decision import Question
from rules.desk import Desk
from rules.life import possible
from rules.policy.matters import Mode
from rules.terms import today
from rules.wording import wording

judged = wording("rules.judging")
CHOICES = ("key-supervision", "hold")


def proposal(desk: Desk, file: CaseFile, what: str) -> tuple[Question, ...]:
    """The question about the case as it stands after what was just decided; () where the book, its handling or its state has none."""
    says = reason(desk, file, what)
    if not says or not possible(file.state, "Assigned"):
        return ()
    unit = "、".join(file.units)
    asked = ask(desk, "steer", f"{file.ref}:{what}:{file.round}", file.about, unit=unit, why=says)
    return (dataclasses.replace(asked, choices=CHOICES, proposal=(("unit", unit),) if unit else ()),)


def reason(desk: Desk, file: CaseFile, what: str) -> str:
    """Why it is proposed, in one sentence; empty where it is not."""
    sign = desk.book.signs.get(what)
    if sign is None or file.handling == Mode.KEY_SUPERVISION.value:
        return ""
    if what == "again" and (today(desk) - file.received).days > desk.book.clocks["repeat"].days:
        return ""
    return judged("ask-supervise", names=f"{sign.name}（{sign.because}）")
