"""What the staff do in a play: orders at the keyboard and by reply, fitting ones and others."""

from contextlib import suppress
from datetime import timedelta

from played_moves import answer_about, reply
from played_office import PlayedOffice
from played_people import CITIZEN_BOXES, CONSENT, FITTING, FORM, ORGANS, TURNS
from sqlalchemy import select

from daemon.demo import manners
from daemon.demo.cast import COMPLAINT, HEAD, RECEIVER, REVIEWER, Player
from daemon.identity_room import look_in
from daemon.obeying import obey_person
from db import tables as t
from db.pen import look
from rules.desk import OpenQuestion
from rules.events import OFFICE
from rules.orders.verbs import VERBS
from rules.trouble import UsageTrouble


def order(play: PlayedOffice, nth: int, choice: int, argument: str, person: Player) -> bool:
    """A member of staff answers a question that waits with words that may not fit, or orders about a case unasked."""
    open_ones = play.waiting()
    if open_ones and choice % 5:
        question = open_ones[nth % len(open_ones)]
        verbs = ("agree", *question.choices)
        return obey(play, question.id, verbs[choice % len(verbs)], argument, person)
    cases = play.cases()
    if not cases:
        return False
    return obey(play, cases[nth % len(cases)].ref, sorted(VERBS)[choice % len(VERBS)], argument, person)


def obey(play: PlayedOffice, name: str, verb: str, argument: str, person: Player) -> bool:
    words = "同意" if verb == "agree" else play.office.book.label("order", verb)
    with suppress(UsageTrouble):
        obey_person(play.office, name, f"{words} {argument}".strip(), person.name, play.now)
    return True


NEWEST = 5
"""Every other answer is to one of so many questions put last."""


def settle(play: PlayedOffice, nth: int, choice: int, *, by_mail: bool) -> bool:
    """A question is answered with one of its choices and words that fit, at the keyboard or by replying to its letter."""
    open_ones = play.waiting()
    if not open_ones:
        return False
    question = open_ones[-1 - nth // 2 % min(len(open_ones), NEWEST)] if nth % 2 else open_ones[nth % len(open_ones)]
    verb = question.choices[choice % len(question.choices)]
    words = fitting(play, verb, question.about)
    if by_mail:
        return _by_mail(play, question, f"{play.office.book.label('order', verb)} {words}".strip())
    first = dict(question.proposal).get("actor", "")
    person = next(one for one in (HEAD, REVIEWER) if one.name != first)
    return obey(play, question.id, verb, words, person)


def _by_mail(play: PlayedOffice, question: OpenQuestion, words: str) -> bool:
    with look(play.office.engine) as cx:
        asked = select(t.outbox.c.message_id).where(t.outbox.c.occasion.startswith(f"ask:{question.id}:"))
        put = set(cx.execute(asked).scalars())
    came = [letter for letter in play.arrived if letter.message_id in put]
    if not came:
        return False
    reply(play, came[-1], words)
    return True


def fitting(play: PlayedOffice, verb: str, about: str) -> str:
    words = FITTING.get(verb, "")
    if "{" not in words:
        return words
    day = (play.now + timedelta(days=20)).date()
    others = [file.ref for file in play.cases() if f"case:{file.ref}" != about and not file.ended]
    item = play.office.book.record.checks[0].label if play.office.book.record else ""
    organ = ORGANS[play.turns % len(ORGANS)]
    return words.format(day=f"{day.month}月{day.day}日", other=others[-1] if others else "", check=item, organ=organ)


def take_a_turn(play: PlayedOffice, nth: int, choice: int) -> bool:
    """The head orders what may come next in the state of a case; where a second person must agree, he does so at once."""
    cases = play.cases()
    if not cases:
        return False
    file = cases[nth % len(cases)]
    verbs = TURNS.get(file.state, "").split()
    if not verbs:
        return False
    verb = verbs[choice % len(verbs)]
    if verb == "disclose" and file.consent != "agreed":
        return answer_about(play, file.ref, CITIZEN_BOXES, CONSENT)
    obey(play, file.ref, verb, fitting(play, verb, f"case:{file.ref}"), HEAD)
    second(play, file.ref)
    return True


def second(play: PlayedOffice, ref: str) -> None:
    for question in play.waiting():
        if question.kind == "second" and question.about == f"case:{ref}":
            obey(play, question.id, "consent", "", REVIEWER)


def of_the_office(play: PlayedOffice, choice: int, person: Player) -> bool:
    """Orders about no case: who is away and back again, what an inspector saw."""
    verb = ("absent", "back", "check")[choice % 3]
    return obey(play, OFFICE, verb, fitting(play, verb, OFFICE), person)


def steer(play: PlayedOffice, nth: int) -> bool:
    """The head writes a case's number to get a letter by which he may order."""
    cases = play.cases()
    if not cases:
        return False
    subject = cases[nth % len(cases)].ref
    play.post(manners.plain_utf8(HEAD.address, HEAD.name, COMPLAINT, subject, "要下指令", play.now), COMPLAINT)
    return True


def answer_the_list(play: PlayedOffice, nth: int, person: Player) -> bool:
    """The newest hand-over is answered by number: what is done, what is agreed to, what somebody else must do."""
    lists = [one for one in play.arrived if one.to == person.address and "交接" in one.subject]
    if not lists:
        return False
    reply(
        play,
        lists[-1],
        "\n".join(f"{number} {LIST_WORDS[(nth + number) % len(LIST_WORDS)]}" for number in range(1, 10)),
    )
    return True


LIST_WORDS = ("已办", "同意", "回避", "已办", "暂存")


def look_at_identity(play: PlayedOffice, nth: int, person: Player) -> bool:
    """Somebody of the staff opens the identity room of a case."""
    cases = play.cases()
    if cases:
        with suppress(UsageTrouble):
            look_in(play.office, cases[nth % len(cases)].ref, person.name, "核对来信人", play.now)
    return bool(cases)


def enter_from_above(play: PlayedOffice) -> None:
    """上级转办: the form is asked for, and comes back filled in."""
    asked = manners.plain_utf8(RECEIVER.address, RECEIVER.name, COMPLAINT, "登记表", "登记表", play.now)
    play.post(asked, COMPLAINT)
    play.a_round()
    forms = [one for one in play.arrived if one.to == RECEIVER.address and "登记表" in one.subject]
    if forms:
        day = (play.now + timedelta(days=25)).date()
        reply(play, forms[-1], FORM.format(day=f"{day.year}年{day.month}月{day.day}日"))
