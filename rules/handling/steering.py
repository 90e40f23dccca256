"""A member of staff names a case in a letter of his own: he is asked, by a letter with a code of its own, which order he means (A42).

Without that code nothing happens; so an order about any case, at any time, needs no more than writing its number to the mailbox.
"""

import dataclasses

from rules.asking import ask, who_is_asked
from rules.confirming import not_done
from rules.decision import Decision, Question
from rules.desk import Desk, OpenQuestion
from rules.handling.held import hold, told
from rules.letter import Letter
from rules.notices.notice import Notice
from rules.offering import standing
from rules.shown import label
from rules.staffing import person_named
from rules.wording import wording

say = wording("rules")


def steered(letter: Letter, desk: Desk) -> Decision | None:
    """The question which order is meant, of what the case's state allows; None where no one case is named."""
    file = desk.alone
    if desk.sender.role != "staff" or not letter.numbers or file is None or letter.auth == "fail":
        return None
    asked = ask(
        desk,
        "steer",
        file.ref,
        file.about,
        state=label(desk.book, "state", file.state),
        unit="、".join(file.units),
        **told(letter, desk),
    )
    held = hold(letter, desk, "staff", case=file.ref)
    question = standing(asked, file)
    return dataclasses.replace(held, notices=_told(desk, question), questions=(question,))


def _told(desk: Desk, question: Question) -> tuple[Notice, ...]:
    """A member of staff who is not asked himself hears who is asked."""
    person, asked = person_named(desk, desk.sender.person), [other.name for other in who_is_asked(question, desk)]
    if person is None or person.name in asked or desk.letters_today >= desk.book.limits.per_address_day:
        return ()
    nobody = OpenQuestion("", "order", question.about, "", (), (), "")
    return (not_done(person, desk, nobody, say("order-steer", people="、".join(asked))),)
