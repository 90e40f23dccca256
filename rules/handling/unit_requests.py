"""What a unit asks for: to give the case back, more time, an answer to a question. Nothing moves before a person decides (L70, L71, A79)."""

import dataclasses

from rules.decision import Decision
from rules.events import BreachAnswered, ExtensionAsked, Noted, SendBackAsked
from rules.handling.unit_answer import Reply, confirm, joined, only_joins, put
from rules.life import possible
from rules.offering import standing
from rules.shown import clock_label, day_shown
from rules.terms import start, today
from rules.wording import wording

say = wording("rules")
RING = 3
"""From this time round on a send-back is shown as ping-pong (L71)."""


def send_back(reply: Reply) -> Decision:
    """退办: the case stays the unit's until a person decides (S35); the unit it names is proposed where the directory has it."""
    if not possible(reply.file.state, "SendBackAsked"):
        return only_joins(reply, "send-back")
    proposed = reply.desk.book.units.find(reply.read.proposed) if reply.read.proposed else None
    unit = proposed.name if proposed else ""
    event = SendBackAsked(
        about=reply.about, warrant=reply.warrant, unit=reply.unit, proposed=unit, letter=reply.letter.sha256
    )
    clock = start(reply.desk, reply.about, "send-back", reply.warrant)
    asked = put(
        reply,
        "send-back",
        proposed=reply.read.proposed,
        why="；".join(_doubts_of_send_back(reply)),
    )
    question = dataclasses.replace(asked, proposal=(("unit", unit),)) if unit else asked
    return joined(
        reply,
        "send-back",
        event,
        clock,
        notices=(confirm(reply, "sent-back", None),),
        questions=(question,),
        spent=(reply.hit.occasion,),
    )


def _doubts_of_send_back(reply: Reply) -> list[str]:
    unreasoned = [] if reply.read.reasoned else [say("reply-unreasoned")]
    return unreasoned + ([say("reply-ring", round=reply.file.round)] if reply.file.round >= RING else [])


def extension(reply: Reply) -> Decision:
    """延期: asked for, with day and reason; the clock moves by an order alone (L70)."""
    event = ExtensionAsked(
        about=reply.about, warrant=reply.warrant, unit=reply.unit, until=reply.read.until, letter=reply.letter.sha256
    )
    due = reply.file.clock("handle")
    asked = put(
        reply,
        "extension",
        until=reply.read.until.isoformat() if reply.read.until else "",
        due=due.due.isoformat() if due else "",
        why="；".join(_doubts_of_extension(reply)),
    )
    days = _days(reply)
    proposed = dataclasses.replace(asked, proposal=(("days", str(days)),)) if days else asked
    return joined(reply, "extension", event, notices=(confirm(reply, "extension", None),), questions=(proposed,))


def _days(reply: Reply) -> int:
    """Working days asked for: as counted, or from the day it is due to the day named."""
    due, until = reply.file.clock("handle"), reply.read.until
    if reply.read.days or due is None or until is None or until <= due.due:
        return reply.read.days
    return reply.desk.calendar.workdays_between(due.due, until)


def _doubts_of_extension(reply: Reply) -> list[str]:
    """Asked too late, or without a reason: said to the person who decides."""
    before = reply.desk.book.clocks["extension"].days_for("ask-before")
    due = reply.file.clock("handle")
    late = due is not None and reply.desk.calendar.workdays_between(today(reply.desk), due.due) < before
    return ([say("reply-late", days=before)] if late else []) + (
        [] if reply.read.reasoned else [say("reply-unreasoned")]
    )


def plea(reply: Reply) -> Decision:
    """申辩 (S66–S68): the unit says why a term passed; whether the clue of dereliction stands is the head's to decide."""
    if not reply.file.breaches:
        return only_joins(reply, "unclear")
    event = BreachAnswered(about=reply.about, warrant=reply.warrant, unit=reply.unit, letter=reply.letter.sha256)
    asked = put(
        reply,
        "plea",
        why="；".join(
            say("breach-of", clock=clock_label(reply.desk.book, clock), due=day_shown(due))
            for clock, due, _how in reply.file.breaches
        ),
    )
    return joined(reply, "plea", event, notices=(confirm(reply, "plea", None),), questions=(asked,))


def question(reply: Reply) -> Decision:
    """提问 (S4): told back, and answered by a person."""
    event = Noted(about=reply.about, warrant=reply.warrant, what="unit-asks", letter=reply.letter.sha256)
    asked = standing(put(reply, "unit-question"), reply.file)
    return joined(reply, "question", event, notices=(confirm(reply, "question", None),), questions=(asked,))


def fishing(reply: Reply) -> Decision:
    """A question about the complainant gets no automatic answer (A22)."""
    event = Noted(about=reply.about, warrant=reply.warrant, what="fishing", letter=reply.letter.sha256)
    asked = standing(put(reply, "fishing"), reply.file)
    asked = dataclasses.replace(asked, proposal=(("unit", reply.unit),))
    return joined(reply, "fishing", event, questions=(asked,))
