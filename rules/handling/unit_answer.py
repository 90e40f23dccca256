"""What every answer of a unit needs: read, joined to its case, confirmed to the registered address (A4), or shown to a person."""

import dataclasses
from typing import Any

from rules.asking import ask, per_letter
from rules.case import CaseFile, Running
from rules.decision import Decision, Question, Warrant
from rules.desk import CodeHit, Contact, Desk
from rules.events import Event
from rules.handling.held import told
from rules.handling.joining import joins
from rules.letter import Letter
from rules.letterhead import unit_head
from rules.notices.notice import Label
from rules.notices.to_unit import UnitConfirmation
from rules.offering import standing
from rules.replies.unit_words import UnitReply
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
        return self.file.about


def joined(reply: Reply, part: str, *events: Event, **rest: Any) -> Decision:
    """The letter joins its case as this part, with what follows from it."""
    letter, ref = reply.letter, reply.file.ref
    return joins(letter, ref, part, f"unit-{part}", *events, warrant=reply.warrant, kind="unit-reply", **rest)


def put(reply: Reply, kind: str, **facts: str) -> Question:
    """What a person is asked about the reply, beside its words."""
    key = per_letter(reply.file.ref, reply.letter)
    return ask(reply.desk, kind, key, reply.about, unit=reply.unit, words=reply.letter.own_words, **facts)


def only_joins(reply: Reply, part: str) -> Decision:
    """It moves nothing; a person looks."""
    asked = ask(
        reply.desk,
        "unclear",
        reply.letter.sha256[:16],
        reply.about,
        why=say(f"reply-{part}") if part in SAID_WHY else "",
        unit=reply.unit,
        **told(reply.letter, reply.desk),
    )
    return joined(reply, part, questions=(standing(asked, reply.file),))


def confirm(reply: Reply, what: str, clock: Running | None) -> UnitConfirmation:
    """What was entered from the letter, to the registered address."""
    return UnitConfirmation(
        **unit_head(
            reply.desk, reply.file, Contact(reply.unit, reply.hit.address), f"confirm:{reply.letter.sha256[:16]}"
        ),
        what=Label(say(f"done-{what}")),
        due=clock.due if clock else None,
        provisional=clock.provisional if clock else False,
        acts_until_round=reply.file.round,
    )


SAID_WHY = frozenset({"stale", "empty", "co-unit"})
