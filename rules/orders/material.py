"""Orders about what did not go with the transfer: 放行 a file, 不放行 while it waits, 转告单位 in a person's words (A34, A36).

Released is only a copy made anew: a picture's pages, or the clean copy of a paper that came after the complaint. Sound, archives, locked
files and what nobody here can open stay where they are, and the order that asks for them says what to do instead. The guard at the door lets
a picture pass whose release stands in the case's file; a paper it reads like any other.
"""

import re
from collections.abc import Iterable

from rules.attached import Attached
from rules.case import CaseFile
from rules.decision import Decision, Settled, Warrant
from rules.desk import Contact, Desk, OpenQuestion
from rules.events import LetterWithdrawn, PaperHeldBack, PaperReleased
from rules.letterhead import unit_head
from rules.notices.notice import NOTHING_APPROVED, Approved, Paper
from rules.notices.to_unit import MaterialAdded
from rules.orders.order import Refused, case_of
from rules.replies.orders import Order
from rules.wording import wording

say = wording("rules")
NUMBERS = re.compile(r"\d{1,3}")
TAKEN_BACK = "taken-back"


def release(order: Order, desk: Desk, question: OpenQuestion | None, warrant: Warrant) -> Decision:
    """放行 2、3: these files go to the units of the case that have them not, in one letter to each. All of them or none."""
    file = case_of(desk, question)
    chosen = [_attached(file, desk, number) for number in _numbers(order.argument)]
    told = tuple(
        _letter(desk, file, contact, papers, NOTHING_APPROVED)
        for contact in _contacts(desk, file)
        if (papers := _papers(chosen, contact.unit))
    )
    events = tuple(
        PaperReleased(
            about=file.about,
            warrant=warrant,
            paper=each.paper,
            sent=sent,
            number=each.number,
            occasions=tuple(letter.occasion for letter in told if letter.unit not in each.units),
        )
        for each in chosen
        for sent in dict.fromkeys(each.copies)
    )
    units = "、".join(letter.unit for letter in told)
    deed = say("released", numbers="、".join(str(each.number) for each in chosen), units=units)
    return Decision(events=events, notices=told, deed=deed)


def not_release(_order: Order, desk: Desk, question: OpenQuestion | None, warrant: Warrant) -> Decision:
    """不放行: letters with released files that have not left are withdrawn, and their files are withheld again."""
    file = case_of(desk, question)
    if not desk.going:
        raise Refused("nothing-to-hold-back")
    about = file.about
    occasions = tuple(occasion for occasion, _ in desk.going)
    back = dict.fromkeys(sent for _, papers in desk.going for sent in papers)
    events = (
        *(PaperHeldBack(about=about, warrant=warrant, sent=sent) for sent in back),
        *(LetterWithdrawn(about=about, warrant=warrant, occasion=each, reason=TAKEN_BACK) for each in occasions),
    )
    settled = tuple(Settled(each, "withdrawn", desk.cause) for each in occasions)
    return Decision(events=events, settled=settled, deed=say("held-back", count=len(occasions)))


def tell_units(order: Order, desk: Desk, question: OpenQuestion | None, _warrant: Warrant) -> Decision:
    """转告单位：words. What a withheld file says, in a person's words, to the units of the case; the guard reads it like any letter."""
    file = case_of(desk, question)
    words = order.argument.strip()
    if not words:
        raise Refused("no-words")
    told = tuple(_letter(desk, file, contact, (), Approved(words)) for contact in _contacts(desk, file))
    return Decision(notices=told, deed=say("units-told", units="、".join(letter.unit for letter in told)))


def _numbers(words: str) -> tuple[int, ...]:
    """The files an order names on its line; Refused where it names none."""
    said = NUMBERS.findall(words.splitlines()[0]) if words.strip() else ()
    found = tuple(dict.fromkeys(int(digits) for digits in said))
    if not found:
        raise Refused("no-file-number")
    return found


def _attached(file: CaseFile, desk: Desk, number: int) -> Attached:
    """The file of that number that waits for a person. Refused with what to do instead."""
    found = next((each for each in desk.held_back if each.case == file.ref and each.number == number), None)
    if found is None:
        raise Refused("no-such-file", number=str(number))
    if not found.copies:
        raise Refused("never-released", number=str(number), why=say(f"file-{found.why.replace(':', '-')}"))
    released_now = not found.units and set(found.copies) <= set(file.released)  # by another line of the same letter
    if file.units and (released_now or set(file.units) <= set(found.units)):
        raise Refused("released-already", number=str(number))
    return found


def _papers(chosen: Iterable[Attached], unit: str) -> tuple[Paper, ...]:
    """What this unit has not yet of the files that a person chose."""
    return tuple(Paper(*named) for each in chosen if unit not in each.units for named in each.names)


def _contacts(desk: Desk, file: CaseFile) -> tuple[Contact, ...]:
    """Each unit that has the case now and can be reached. Refused where there is none."""
    contacts = tuple(contact for unit in file.units if (contact := desk.contact(unit)) is not None)
    if file.ended or not contacts:
        raise Refused("at-no-unit")
    return contacts


def _letter(desk: Desk, file: CaseFile, contact: Contact, papers: tuple[Paper, ...], words: Approved) -> MaterialAdded:
    return MaterialAdded(
        **unit_head(desk, file, contact, f"material:{file.ref}:{contact.unit}:{desk.cause}"),
        words=words,
        papers=papers,
        acts_until_round=file.round,
    )
