"""抄送备案 (S84): where the unit may answer the complainant itself, the case closes no earlier than its copy for the record is in.

That can be only where the unit knows him: he wrote to it too (R8), agreed to be named, or it filed the case itself (S83). Anywhere else the
unit's reply to our letter is answer and copy at once.
"""

import dataclasses
from datetime import date

from rules.asking import ask, per_letter
from rules.case import CaseFile
from rules.decision import Decision
from rules.desk import CodeHit, Desk
from rules.events import DirectlyAnswered, Event, OpinionGiven, about_case
from rules.handling.held import told
from rules.handling.joining import joins
from rules.letter import Letter
from rules.letterhead import unit_head
from rules.life import State, possible
from rules.notices.to_unit import CopyRequest
from rules.replies.complainant_words import Opinion
from rules.replies.unit_words import Said, understand
from rules.terms import start, today

MAY_HAVE_ANSWERED = frozenset({State.ASSIGNED, State.HANDLING, State.COPY})


def copy_request(desk: Desk, file: CaseFile, due: date, *, provisional: bool) -> tuple[CopyRequest, ...]:
    """请抄送备案, to the lead unit."""
    contact = desk.contact(file.lead)
    if contact is None:
        return ()
    wanted = CopyRequest(
        **unit_head(desk, file, contact, f"copy:{file.ref}:{file.round}"),
        due=due,
        provisional=provisional,
        acts_until_round=file.round,
    )
    return (wanted,)


def copied(letter: Letter, desk: Desk) -> Decision | None:
    """抄送备案: a unit's result without a code of ours, written to the complainant with the office in copy; a person enters it (S84, L68)."""
    mine = [file for file in desk.files if file.lead == desk.sender.unit and possible(file.state, "ResultReported")]
    if desk.sender.role != "unit" or len(mine) != 1 or letter.auth == "fail":
        return None
    if understand(letter.own_words, today(desk)).said is not Said.RESULT:
        return None
    about = about_case(mine[0].ref)
    asked = ask(desk, "copy", per_letter(mine[0].ref, letter), about, unit=mine[0].lead, **told(letter, desk))
    return joins(letter, mine[0].ref, "result-copy", "unit-copy", questions=(asked,))


def heard_already(file: CaseFile, said: Opinion) -> bool:
    """An opinion before any report came in, where the unit may have answered him itself."""
    return said is not Opinion.NONE and file.disclosed and file.state in MAY_HAVE_ANSWERED


def opinion_before_copy(letter: Letter, desk: Desk, hit: CodeHit, file: CaseFile, said: Opinion) -> Decision:
    """His opinion is kept, the unit is asked for its copy; nothing closes before it is in. Not satisfied, or unclear: a person looks."""
    warrant, about = hit.warrant("complainant"), file.about
    events: list[Event] = []
    notices: tuple[CopyRequest, ...] = ()
    if possible(file.state, "DirectlyAnswered"):
        clock = start(desk, about, "copy", warrant)
        events += [DirectlyAnswered(about=about, warrant=warrant, unit=file.lead, letter=letter.sha256), clock]
        notices = copy_request(desk, file, clock.due, provisional=clock.provisional)
    clear = said is not Opinion.DOUBTFUL and not file.opinion
    if clear:
        events.append(OpinionGiven(about=about, warrant=warrant, value=said.value, letter=letter.sha256))
    kind = "unsatisfied" if said is Opinion.UNSATISFIED else "opinion"
    asked = ask(desk, kind, per_letter(file.ref, letter), about, unit=file.lead, opinion=letter.own_words)
    pleased = clear and said is not Opinion.UNSATISFIED
    return joins(
        letter,
        file.ref,
        "opinion",
        "complainant-opinion",
        *events,
        warrant=warrant,
        notices=notices,
        questions=() if pleased else (dataclasses.replace(asked, choices=("redo", "hold")),),
    )
