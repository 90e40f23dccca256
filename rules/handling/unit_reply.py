"""A unit's reply to a letter of ours: signed for, progress, send back, extension, result (answer and copy for the record at once, S82, S84).

Only harmless things happen by the code alone and are told back to the registered address (A4); a result waits for review, a send-back and
an extension for an order. A question about the complainant gets no automatic answer (A22).
"""

import dataclasses
from collections.abc import Callable

from rules.asking import ask
from rules.case import CaseFile, Running
from rules.decision import Decision, Disposition, Filing, Question, Reason, Warrant, WarrantKind
from rules.desk import CodeHit, Desk
from rules.events import Event, ExtensionAsked, Joined, Noted, Progressed, ResultReported, SendBackAsked, SignedFor
from rules.handling.held import told
from rules.letter import Letter
from rules.life import possible
from rules.notices.notice import Label, Ref, To, UnitName
from rules.notices.to_unit import UnitConfirmation
from rules.replies.unit_words import Said, UnitReply, understand
from rules.shown import number
from rules.terms import about_case, start, stop, today
from rules.wording import wording

say = wording("rules")


@dataclasses.dataclass(frozen=True, slots=True)
class Reply:
    """All that follows from a reply is computed from this."""

    letter: Letter
    desk: Desk
    hit: CodeHit
    file: CaseFile
    unit: str
    read: UnitReply
    warrant: Warrant

    @property
    def about(self) -> str:
        """The case's file."""
        return about_case(self.file.ref)


def unit_reply(letter: Letter, desk: Desk, hit: CodeHit, file: CaseFile) -> Decision:
    """What follows from a unit's coded reply. An old letter's code, or one that has acted, only joins and asks (A7, L61)."""
    unit = hit.party.removeprefix("unit:")
    warrant = Warrant(WarrantKind.CODE, hit.occasion, unit)
    reply = Reply(letter, desk, hit, file, unit, understand(letter.own_words, today(desk)), warrant)
    if unit not in file.units or hit.round != file.round or hit.spent or file.ended:
        return _only_joins(reply, "stale")
    answers = ANSWERS if unit == file.lead else CO_ANSWERS
    return answers.get(reply.read.said, _unclear)(reply)


def _joined(reply: Reply, part: str, *events: Event, **rest: object) -> Decision:
    return Decision(
        Disposition.JOINED,
        "unit-reply",
        (Reason(f"unit-{part}", spans=()),),
        filings=(Filing(reply.file.ref, part),),
        events=(Joined(about=reply.about, warrant=reply.warrant, letter=reply.letter.sha256, part=part), *events),
        **rest,  # type: ignore[arg-type]
    )


def _only_joins(reply: Reply, part: str) -> Decision:
    asked = ask(
        reply.desk,
        "unclear",
        reply.letter.sha256[:16],
        reply.about,
        why=say(f"reply-{part}") if part in SAID_WHY else "",
        unit=reply.unit,
        **told(reply.letter, reply.desk),
    )
    return _joined(reply, part, questions=(asked,))


def _signed(reply: Reply) -> Decision:
    if not possible(reply.file.state, "SignedFor"):
        return _joined(reply, "signature")
    confirmation = _confirm(reply, "signed", reply.file.clock("handle"))
    return _joined(reply, "signature", *_sign_too(reply), notices=(confirmation,))


def _progress(reply: Reply) -> Decision:
    event = Progressed(about=reply.about, warrant=reply.warrant, unit=reply.unit, letter=reply.letter.sha256)
    signed = _sign_too(reply)
    return _joined(
        reply, "progress", *signed, event, notices=(_confirm(reply, "progress", reply.file.clock("handle")),)
    )


def _sign_too(reply: Reply) -> tuple[Event, ...]:
    """签收; who reports progress has the letter: that signs for it too."""
    if not possible(reply.file.state, "SignedFor"):
        return ()
    return (SignedFor(about=reply.about, warrant=reply.warrant, unit=reply.unit, letter=reply.letter.sha256),)


def _result(reply: Reply) -> Decision:
    if not possible(reply.file.state, "ResultReported"):
        return _only_joins(reply, "result")
    read = reply.read
    event = ResultReported(
        about=reply.about,
        warrant=reply.warrant,
        unit=reply.unit,
        finding=read.finding,
        missing=read.missing,
        letter=reply.letter.sha256,
    )
    clocks = (*stop(reply.file, "handle", reply.warrant), start(reply.desk, reply.about, "review", reply.warrant))
    return _joined(
        reply,
        "result",
        event,
        *clocks,
        notices=(_confirm(reply, "result", None),),
        questions=(_review(reply),),
        spent=(reply.hit.occasion,),
    )


def _review(reply: Reply) -> Question:
    """审核: what the report says, what it lacks; the proposal is to approve a whole report and to send back one that does not answer."""
    missing = "、".join(say(f"part-{part}") for part in reply.read.missing)
    asked = ask(
        reply.desk,
        "review",
        f"{reply.file.ref}:{reply.file.round}:{reply.letter.sha256[:8]}",
        reply.about,
        unit=reply.unit,
        result=reply.letter.own_words,
        missing=missing,
        files="、".join(part.safe_name for part in reply.letter.attachments),
    )
    if not missing:
        return asked
    return dataclasses.replace(asked, choices=("redo", "approve-result", "hold"))


def _send_back(reply: Reply) -> Decision:
    if not possible(reply.file.state, "SendBackAsked"):
        return _only_joins(reply, "send-back")
    event = SendBackAsked(about=reply.about, warrant=reply.warrant, unit=reply.unit, letter=reply.letter.sha256)
    clock = start(reply.desk, reply.about, "send-back", reply.warrant)
    asked = ask(
        reply.desk,
        "send-back",
        f"{reply.file.ref}:{reply.letter.sha256[:8]}",
        reply.about,
        unit=reply.unit,
        words=reply.letter.own_words,
    )
    return _joined(
        reply,
        "send-back",
        event,
        clock,
        notices=(_confirm(reply, "sent-back", None),),
        questions=(asked,),
        spent=(reply.hit.occasion,),
    )


def _extension(reply: Reply) -> Decision:
    event = ExtensionAsked(
        about=reply.about, warrant=reply.warrant, unit=reply.unit, until=reply.read.until, letter=reply.letter.sha256
    )
    due = reply.file.clock("handle")
    asked = ask(
        reply.desk,
        "extension",
        f"{reply.file.ref}:{reply.letter.sha256[:8]}",
        reply.about,
        unit=reply.unit,
        words=reply.letter.own_words,
        until=reply.read.until.isoformat() if reply.read.until else "",
        due=due.due.isoformat() if due else "",
    )
    proposed = dataclasses.replace(asked, proposal=(("days", str(reply.read.days)),)) if reply.read.days else asked
    return _joined(reply, "extension", event, notices=(_confirm(reply, "extension", None),), questions=(proposed,))


def _fishing(reply: Reply) -> Decision:
    event = Noted(about=reply.about, warrant=reply.warrant, what="fishing", letter=reply.letter.sha256)
    asked = ask(
        reply.desk,
        "fishing",
        f"{reply.file.ref}:{reply.letter.sha256[:8]}",
        reply.about,
        unit=reply.unit,
        words=reply.letter.own_words,
    )
    return _joined(reply, "fishing", event, questions=(asked,))


def _unclear(reply: Reply) -> Decision:
    return _only_joins(reply, "empty" if reply.read.said is Said.EMPTY else "unclear")


def _co_signed(reply: Reply) -> Decision:
    """协办: a co-unit's signature or progress is told back and moves nothing; the case is the lead unit's (L62)."""
    event = Progressed(about=reply.about, warrant=reply.warrant, unit=reply.unit, letter=reply.letter.sha256)
    done = "signed" if reply.read.said is Said.SIGNED else "progress"
    return _joined(reply, "co-unit", event, notices=(_confirm(reply, done, reply.file.clock("handle")),))


def _co_other(reply: Reply) -> Decision:
    return _only_joins(reply, "co-unit")


def _confirm(reply: Reply, what: str, clock: Running | None) -> UnitConfirmation:
    return UnitConfirmation(
        to=To(reply.hit.address, reply.hit.party, reply.unit),
        about=reply.about,
        occasion=f"confirm:{reply.letter.sha256[:16]}",
        number=number(reply.file, reply.desk.book),
        ref=Ref(reply.file.ref),
        unit=UnitName(reply.unit),
        what=Label(say(f"done-{what}")),
        due=clock.due if clock else None,
        provisional=clock.provisional if clock else False,
        acts_until_round=reply.file.round,
    )


ANSWERS: dict[Said, Callable[[Reply], Decision]] = {
    Said.SIGNED: _signed,
    Said.PROGRESS: _progress,
    Said.RESULT: _result,
    Said.SEND_BACK: _send_back,
    Said.EXTENSION: _extension,
    Said.FISHING: _fishing,
}
CO_ANSWERS: dict[Said, Callable[[Reply], Decision]] = {
    Said.SIGNED: _co_signed,
    Said.PROGRESS: _co_signed,
    Said.RESULT: _co_other,
    Said.SEND_BACK: _co_other,
    Said.EXTENSION: _co_other,
    Said.FISHING: _fishing,
}
SAID_WHY = frozenset({"stale", "empty", "co-unit"})
