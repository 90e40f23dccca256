"""A unit's new mailbox that does not return its code (A16): asked once more after the book's days, then somebody telephones.

The clock is the book's `new-mailbox`; a book without it reminds nobody. Until the code comes, case letters go to the old mailbox.
"""

from dataclasses import dataclass
from datetime import date

from rules.asking import ask
from rules.decision import Decision, Reason, Warrant, WarrantKind
from rules.desk import Desk
from rules.events import Reminded
from rules.handling.new_mailbox import confirm_mailbox
from rules.policy.terms import Action, Step
from rules.shown import day_shown
from rules.terms import due_in, reached, today
from rules.wording import wording

say = wording("rules")
CLOCK = "new-mailbox"


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """The newest request of a unit that no code came back for. `sent`: the day its first letter went."""

    unit: str
    address: str
    occasion: str
    """Of the first letter."""
    sent: date

    def cause(self, step: Step) -> str:
        """Each rung of each request is done once."""
        return f"{CLOCK}:{self.occasion}:{step.name}"


def step_due(asked: Unconfirmed, desk: Desk) -> Step | None:
    """The highest rung that was reached; None where none was, or where the day is not certain yet (F83)."""
    clock = desk.book.clocks.get(CLOCK)
    if clock is None:
        return None
    due, provisional = due_in(desk, clock.days, asked.sent)
    rungs = [step for step in clock.steps if reached(desk, step, due)]
    return rungs[-1] if rungs and not provisional else None


def unconfirmed(asked: Unconfirmed, step: Step, desk: Desk) -> Decision | None:
    """The second letter, or the question; None where the mailbox is the unit's already."""
    contact = desk.contact(asked.unit)
    if contact is None or contact.address.lower() == asked.address.lower():
        return None
    about = f"unit:{asked.unit}"
    due, _ = due_in(desk, desk.book.clocks[CLOCK].days, asked.sent)
    event = Reminded(about=about, warrant=Warrant(WarrantKind.CLOCK, CLOCK), clock=CLOCK, step=step.name, due=due)
    if step.action is not Action.ASK:
        again = confirm_mailbox(asked.unit, asked.address, asked.occasion, again=True)
        return Decision(why=(Reason(CLOCK),), events=(event,), notices=(again,))
    why = say(
        "silent-new-mailbox",
        sent=day_shown(asked.sent),
        address=asked.address,
        days=desk.calendar.workdays_between(asked.sent, today(desk)),
        old=contact.address,
    )
    phone = contact.phone or contact.public
    question = ask(desk, "silent", f"{CLOCK}:{asked.occasion}", about, unit=asked.unit, phone=phone, why=why)
    return Decision(why=(Reason(CLOCK),), events=(event,), questions=(question,))
