"""Door 1: what kind of letter is it, and what follows. A row of gates; the first that knows the letter decides, the last takes every letter.

Orders of staff are read here and obeyed in `rules.obey`, so that an order by letter and one on the command line are the same thing.
"""

import dataclasses
from collections.abc import Callable

from rules.by_letter import by_letter, form_wanted
from rules.confirming import not_done
from rules.decision import Decision
from rules.desk import Desk
from rules.handling.coded import coded, numbered
from rules.handling.complaint import opened
from rules.handling.contact import contact_mail
from rules.handling.copies import copied
from rules.handling.filing import filing
from rules.handling.flooding import group, many
from rules.handling.held import hold
from rules.handling.known import copy, history, own
from rules.handling.machine import machine
from rules.handling.new_mailbox import confirmed
from rules.handling.status import own_state
from rules.handling.steering import steered
from rules.handling.webform import web_form
from rules.letter import Letter
from rules.replies.complainant_words import asks_contents
from rules.staffing import pass_by, person_named
from rules.wording import wording

say = wording("rules")
Gate = Callable[[Letter, Desk], Decision | None]


def decide(letter: Letter, desk: Desk) -> Decision:
    """The one decision for a letter (ACCOUNTED: exactly one disposition)."""
    for gate in GATES:
        decision = gate(letter, desk)
        if decision is not None:
            return pass_by(decision, letter, desk)
    return pass_by(opened(letter, desk), letter, desk)


def _nameless(letter: Letter, desk: Desk) -> Decision | None:
    """No usable sender, or several: never the first of them (L8, A11)."""
    if letter.from_trouble and letter.from_trouble != "none":
        return hold(letter, desk, "conflict" if letter.from_trouble == "conflict" else "several-senders")
    return None if letter.from_addr else hold(letter, desk, "no-sender")


def _empty(letter: Letter, desk: Desk) -> Decision | None:
    """空信: nothing to read, nothing attached (L12)."""
    something = letter.subject.strip() or letter.text.strip() or letter.attachments or letter.links
    return None if something else hold(letter, desk, "empty")


def _hidden(letter: Letter, desk: Desk) -> Decision | None:
    """A command or code that a reader would not see (L26, A6)."""
    return hold(letter, desk, "hidden") if letter.hidden and desk.hits and not letter.own_words.strip() else None


def _unverified(letter: Letter, desk: Desk) -> Decision | None:
    """The receiving server says the sender is not who he claims (A3, A51): a person looks first."""
    return hold(letter, desk, "auth") if letter.auth == "fail" else None


def _unit(letter: Letter, desk: Desk) -> Decision | None:
    """A unit's mailbox without a code: shared by colleagues, so even a receipt might betray somebody (L50)."""
    if desk.sender.role != "unit":
        return None
    return hold(letter, desk, "unit", unit=desk.sender.unit)


def _same_matter(letter: Letter, desk: Desk) -> Decision | None:
    """A second letter of a complainant with an open case, without code: joined only by a person (L44), and lost in no old file (L76)."""
    if not desk.recent:
        return None
    ref = desk.recent[0]
    file = desk.file(ref)
    return hold(letter, desk, "same-matter", case=ref, kind="same-matter", candidates=(file,) if file else ())


def _contents(letter: Letter, desk: Desk) -> Decision | None:
    """Who asks for a case's contents gets none, whoever he is (A20)."""
    return hold(letter, desk, "contents") if asks_contents(letter.own_words) else None


def _flood(letter: Letter, desk: Desk) -> Decision | None:
    """大量来信: beyond the day's number an address's letters are one group for a person; all are kept, none answered (A49)."""
    if desk.sender.role not in ("stranger", "complainant") or not many(desk):
        return None
    return hold(letter, desk, "flood", kind="flood", group=group(letter.from_addr, desk))


def _staff(letter: Letter, desk: Desk) -> Decision | None:
    """Staff without a question's code: shown, never obeyed (A6, A42); whoever meant an order hears that it was none."""
    if desk.sender.role != "staff":
        return None
    answered = letter.auth != "fail" and desk.letters_today < desk.book.limits.per_address_day
    person = person_named(desk, desk.sender.person) if answered else None
    told = (not_done(person, desk, None, say("order-no-code")),) if person else ()
    return dataclasses.replace(hold(letter, desk, "staff"), notices=told)


def _spent_or_foreign(letter: Letter, desk: Desk) -> Decision | None:
    """A code of ours that none of the gates before could act on."""
    return hold(letter, desk, "spent") if desk.hits else None


GATES: tuple[Gate, ...] = (
    own,
    copy,
    history,
    machine,
    _nameless,
    _empty,
    _hidden,
    by_letter,
    confirmed,
    coded,
    _spent_or_foreign,
    web_form,
    steered,
    form_wanted,
    _staff,
    contact_mail,
    _flood,
    own_state,
    copied,
    numbered,
    _unverified,
    filing,
    _unit,
    _contents,
    _same_matter,
)
