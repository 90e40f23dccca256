"""待人工: a letter nobody may act on before a person has looked. Kept, shown, answered by nobody (default of every doubt)."""

import dataclasses
from collections.abc import Sequence

from rules.asking import ask
from rules.case import CaseFile
from rules.decision import Decision, Disposition, Filing, Question, Reason
from rules.desk import Desk
from rules.events import OFFICE, Held, about_case
from rules.letter import Letter
from rules.shown import number
from rules.wording import wording

say = wording("rules")
COMPLAINS = "bulk"
"""The one reason for which a new case is proposed: its words complain."""


def hold(
    letter: Letter,
    desk: Desk,
    reason: str,
    *,
    case: str = "",
    kind: str = "held",
    group: str = "",
    candidates: Sequence[CaseFile] = (),
    **facts: str,
) -> Decision:
    """Hold the letter for a reason of the wording list and ask about it; a `group` is asked about once for all its letters.

    `candidates`: cases it may belong to; the only one is proposed for joining.
    """
    about = about_case(case) if case else OFFICE
    question = ask(
        desk,
        kind,
        group or letter.sha256[:16],
        about,
        why=say(f"held-{reason}"),
        **told(letter, desk),
        candidate="、".join(f"{number(file, desk.book)}（{file.ref}）" for file in candidates),
        **facts,
    )
    return Decision(
        Disposition.HELD,
        reason,
        why=(Reason(f"held-{reason}"),),
        filings=(Filing(case, "held"),) if case else (),
        events=(Held(about=about, letter=letter.sha256, reason=reason),),
        questions=(_proposing(question, reason, [number(file, desk.book) for file in candidates]),),
    )


def _proposing(question: Question, reason: str, numbers: list[str]) -> Question:
    """The likely answer first: 并入 where one case is likely; else a held letter proposes nothing, so that 同意 opens no case."""
    if question.kind not in ("held", "same-matter"):
        return question
    likely = len(numbers) == 1 and reason != "auth"
    first = "join" if likely else "open" if reason == COMPLAINS else "hold"
    others = tuple(verb for verb in question.choices if verb != first)
    proposal = (("case", numbers[0]),) if likely else question.proposal
    return dataclasses.replace(question, choices=(first, *others), proposal=proposal)


def told(letter: Letter, desk: Desk) -> dict[str, str]:
    """What staff see of any letter: who by the header, subject, own words, what it resembles, the server's verdict."""
    who = f"{letter.from_name} <{letter.from_addr}>" if letter.from_name else letter.from_addr
    return {
        "from": who,
        "near": desk.sender.near,
        "auth": letter.auth_line if letter.auth == "fail" else "",
        "subject": letter.subject,
        "words": letter.own_words or letter.text,
    }
