"""A member of staff names a case in a letter of his own: he is asked, by a letter with a code of its own, which order he means (A42).

Without that code nothing happens; so an order about any case, at any time, needs no more than writing its number to the mailbox.
"""

import dataclasses

from rules.asking import ASKINGS, ask
from rules.decision import Decision
from rules.desk import Desk
from rules.handling.held import hold, told
from rules.letter import Letter
from rules.life import possible
from rules.shown import label
from rules.terms import about_case

MOVES = {
    "suspend": "Suspended",
    "resume": "Resumed",
    "merge": "Merged",
    "key-supervision": "Assigned",
    "assign": "Assigned",
    "reassign": "Assigned",
    "hand-over": "HandedOver",
    "withdraw": "Withdrawn",
}
"""Order -> the event that the case's state must allow for it to be offered."""


def steered(letter: Letter, desk: Desk) -> Decision | None:
    """The question which order is meant, of what the case's state allows; None where no one case is named."""
    if desk.sender.role != "staff" or not letter.numbers or len(desk.files) != 1 or letter.auth == "fail":
        return None
    (file,) = desk.files
    offered = tuple(verb for verb in ASKINGS["steer"].choices if verb not in MOVES or possible(file.state, MOVES[verb]))
    asked = ask(
        desk,
        "steer",
        file.ref,
        about_case(file.ref),
        state=label(desk.book, "state", file.state),
        unit="、".join(file.units),
        **told(letter, desk),
    )
    held = hold(letter, desk, "staff", case=file.ref)
    return dataclasses.replace(held, questions=(dataclasses.replace(asked, choices=offered),))
