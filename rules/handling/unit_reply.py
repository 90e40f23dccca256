"""A unit's reply to a letter of ours: signed for, progress, send back, extension, result (answer and copy for the record at once, S82, S84).

Only harmless things happen by the code alone and are told back to the registered address (A4); a result waits for review, a send-back and
an extension for an order. A question about the complainant gets no automatic answer (A22).
"""

import dataclasses
from collections.abc import Callable

from rules.asking import ask, per_letter
from rules.case import CaseFile
from rules.decision import Decision, Question
from rules.desk import CodeHit, Desk
from rules.events import DirectlyAnswered, Event, Progressed, ResultReported, SignedFor
from rules.handling.copies import copy_request
from rules.handling.lacking import lacking, named
from rules.handling.unit_answer import Reply, confirm, joined, only_joins
from rules.handling.unit_requests import extension, fishing, plea, question, send_back
from rules.letter import Letter
from rules.life import State, possible
from rules.offering import standing
from rules.replies.unit_words import Said, understand
from rules.terms import start, stop, today
from rules.wording import wording

say = wording("rules")


def unit_reply(letter: Letter, desk: Desk, hit: CodeHit, file: CaseFile) -> Decision:
    """What follows from a unit's coded reply. An old letter's code, or one that has acted, only joins and asks (A7, L61)."""
    unit = hit.party.removeprefix("unit:")
    warrant = hit.warrant(unit)
    reply = Reply(letter, desk, hit, file, unit, understand(letter.own_words, today(desk)), warrant)
    if unit not in file.units or hit.round != file.round or hit.spent or file.ended:
        return only_joins(reply, "stale")
    answers = ANSWERS if unit == file.lead else CO_ANSWERS
    return answers.get(reply.read.said, _unclear)(reply)


def _signed(reply: Reply) -> Decision:
    if not possible(reply.file.state, "SignedFor"):
        return joined(reply, "signature")
    confirmation = confirm(reply, "signed", reply.file.clock("handle"))
    return joined(reply, "signature", *_sign_too(reply), notices=(confirmation,))


def _progress(reply: Reply) -> Decision:
    event = Progressed(about=reply.about, warrant=reply.warrant, unit=reply.unit, letter=reply.letter.sha256)
    signed = _sign_too(reply)
    return joined(reply, "progress", *signed, event, notices=(confirm(reply, "progress", reply.file.clock("handle")),))


def _sign_too(reply: Reply) -> tuple[Event, ...]:
    """签收; who reports progress has the letter: that signs for it too."""
    if not possible(reply.file.state, "SignedFor"):
        return ()
    return (SignedFor(about=reply.about, warrant=reply.warrant, unit=reply.unit, letter=reply.letter.sha256),)


def _result(reply: Reply) -> Decision:
    if not possible(reply.file.state, "ResultReported"):
        return only_joins(reply, "result")
    read = reply.read
    missing = lacking(read, reply.letter.own_words, reply.desk, reply.file.ref)
    event = ResultReported(
        about=reply.about,
        warrant=reply.warrant,
        unit=reply.unit,
        finding=read.finding,
        missing=missing,
        letter=reply.letter.sha256,
    )
    clocks = (*stop(reply.file, "handle", reply.warrant), start(reply.desk, reply.about, "review", reply.warrant))
    return joined(
        reply,
        "result",
        event,
        *clocks,
        notices=(confirm(reply, "result", None),),
        questions=(_review(reply, missing),),
        spent=(reply.hit.occasion,),
    )


def _review(reply: Reply, missing: tuple[str, ...]) -> Question:
    """审核: what the report says, what it lacks; the proposal is to approve a whole report and to send back one that does not answer."""
    asked = ask(
        reply.desk,
        "review",
        f"{reply.file.ref}:{reply.file.round}:{reply.letter.sha256[:8]}",
        reply.about,
        unit=reply.unit,
        result=reply.letter.own_words,
        missing="、".join(map(named, missing)),
        files="、".join(part.safe_name for part in reply.letter.attachments),
    )
    if not missing:
        return asked
    return dataclasses.replace(asked, choices=("redo", "approve-result", "hold"))


def _answered(reply: Reply) -> Decision:
    """已直接答复: closure waits for the copy (S84); where the unit must not know the complainant, somebody asks how it could."""
    if not reply.file.disclosed:
        asked = ask(
            reply.desk,
            "answered-unasked",
            per_letter(reply.file.ref, reply.letter),
            reply.about,
            unit=reply.unit,
            why=say("reply-answered"),
            words=reply.letter.own_words,
        )
        urgent = dataclasses.replace(standing(asked, reply.file), urgent=True)
        return joined(reply, "answered", questions=(urgent,))
    if not possible(reply.file.state, "DirectlyAnswered") or reply.file.state is State.REPORTED:
        return only_joins(reply, "answered")
    event = DirectlyAnswered(about=reply.about, warrant=reply.warrant, unit=reply.unit, letter=reply.letter.sha256)
    clock = start(reply.desk, reply.about, "copy", reply.warrant)
    wanted = copy_request(reply.desk, reply.file, clock.due, provisional=clock.provisional)
    return joined(reply, "answered", event, clock, notices=wanted)


def _unclear(reply: Reply) -> Decision:
    return only_joins(reply, "empty" if reply.read.said is Said.EMPTY else "unclear")


def _co_signed(reply: Reply) -> Decision:
    """协办: a co-unit's signature or progress is told back and moves nothing; the case is the lead unit's (L62)."""
    event = Progressed(about=reply.about, warrant=reply.warrant, unit=reply.unit, letter=reply.letter.sha256)
    done = "signed" if reply.read.said is Said.SIGNED else "progress"
    return joined(reply, "co-unit", event, notices=(confirm(reply, done, reply.file.clock("handle")),))


def _co_other(reply: Reply) -> Decision:
    return only_joins(reply, "co-unit")


ANSWERS: dict[Said, Callable[[Reply], Decision]] = {
    Said.SIGNED: _signed,
    Said.PROGRESS: _progress,
    Said.RESULT: _result,
    Said.SEND_BACK: send_back,
    Said.EXTENSION: extension,
    Said.ANSWERED: _answered,
    Said.PLEA: plea,
    Said.QUESTION: question,
    Said.FISHING: fishing,
}
CO_ANSWERS: dict[Said, Callable[[Reply], Decision]] = {
    Said.SIGNED: _co_signed,
    Said.PROGRESS: _co_signed,
    Said.RESULT: _co_other,
    Said.SEND_BACK: _co_other,
    Said.EXTENSION: _co_other,
    Said.ANSWERED: _co_other,
    Said.PLEA: _co_other,
    Said.QUESTION: question,
    Said.FISHING: fishing,
}
