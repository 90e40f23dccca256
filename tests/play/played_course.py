"""The life of the cases of a play: what comes next in each, a well-run office, and the offices that plays begin in."""

from datetime import timedelta
from pathlib import Path

from played_moves import answer_about, complain
from played_office import PlayedOffice
from played_people import (
    CITIZEN_BOXES,
    CITIZENS,
    CONSENT,
    DIRECTLY,
    FITTING,
    HIS_WORDS,
    LEADER,
    NEXT_ORDER,
    PLEA,
    RESULT,
    SENT_BACK,
    UNIT_BOXES,
    UNIT_WORDS,
)
from played_staff import fitting, obey, second, settle, take_a_turn

from daemon.demo.cast import HANDLER, HEAD, UNITS
from daemon.listing import enter, planned
from rules.case import CaseFile
from rules.decision import ContactEntry
from rules.life import State


def go_on(play: PlayedOffice, nth: int, *, well: bool) -> bool:
    """What comes next in the life of a case comes: the unit, the office or the complainant does his part, well or badly."""
    cases = [file for file in play.cases() if not file.ended]
    if not cases:
        return False
    file = cases[nth % len(cases)]
    verb = _next_order(file)
    if verb and well:
        return obey(play, file.ref, verb, FITTING.get(verb, ""), HEAD)
    if file.state is State.FEEDBACK or (not well and nth % 4 == 0):
        return answer_about(play, file.ref, CITIZEN_BOXES, "满意" if well else HIS_WORDS[nth // 4 % len(HIS_WORDS)])
    words = "签收" if file.state is State.ASSIGNED else DIRECTLY if file.disclosed and nth % 2 else RESULT
    badly = PLEA if file.breaches and nth % 2 else UNIT_WORDS[nth % len(UNIT_WORDS)]
    return answer_about(play, file.ref, UNIT_BOXES, words if well else badly)


def _next_order(file: CaseFile) -> str:
    if file.state is State.REPORTED and file.handling == "key-supervision":
        return "approve-text"
    return NEXT_ORDER.get(file.state, "")


def work_on(play: PlayedOffice) -> bool:
    """A well-run office: a new complaint where little is open; else each time a case, a question or a turn comes one step further."""
    turn = play.turns
    play.now += timedelta(hours=5)
    if turn % 6 == 0:
        complain(play, CITIZENS[turn // 6 % len(CITIZENS)], UNITS[turn % len(UNITS)], turn // 6)
        return True
    if turn % 5 == 0:
        return take_a_turn(play, turn // 5, turn // 3)
    if turn % 2 and settle(play, turn // 2, turn // 3, by_mail=turn % 3 == 0):
        return True
    return go_on(play, turn, well=turn % 7 != 0)


def begun(folder: Path) -> PlayedOffice:
    """An office after its first days, closed: a case with its unit, one in hand, one reported, one whose result is told."""
    play = PlayedOffice(folder)
    row = ContactEntry(UNITS[0].name, UNITS[0].address, leader_mailbox=LEADER)
    enter(play.office, planned(play.office, [row], HANDLER.name), play.now)
    for nth, unit in enumerate((*UNITS, UNITS[0])):
        complain(play, CITIZENS[nth % len(CITIZENS)], unit, nth % 3)
        play.a_round()
    for nth in range(4):
        for _ in range(nth):
            go_on(play, nth, well=True)
            play.a_round()
    return _ended(play)


def later(folder: Path, before: PlayedOffice) -> PlayedOffice:
    """The same office days later: a case in each of the states that chance seldom reaches."""
    play = PlayedOffice(folder, before)
    first = len(play.cases())
    for who in CITIZENS[-len(COURSE) :]:
        play.now += timedelta(hours=7)
        complain(play, who, UNITS[0], UNCLEAR if who is CITIZENS[-1] else 0)
        play.a_round()
    for file, deeds in zip(play.cases()[first:], COURSE, strict=True):
        for deed in deeds:
            _do(play, file.ref, *deed)
            play.a_round()
    states = {file.state for file in play.cases()}
    assert states >= {State.COPY, State.SUSPENDED, State.SENT_BACK, State.SUPPLEMENT, State.REPORTED}, states
    return _ended(play)


UNCLEAR = 4
COURSE: tuple[tuple[tuple[str, str], ...], ...] = (
    (("he", CONSENT), ("head", "disclose"), ("unit", DIRECTLY)),
    (("head", "hearing"),),
    (("head", "key-supervision"), ("unit", RESULT), ("head", "approve-result")),
    (("unit", SENT_BACK),),
    (("head", "supplement"),),
)
"""What is done in each of the cases of `later`: his answer, the unit's, or an order of the head's."""


def _do(play: PlayedOffice, ref: str, who: str, what: str) -> None:
    if who == "head":
        obey(play, ref, what, fitting(play, what, f"case:{ref}"), HEAD)
        second(play, ref)
    else:
        assert answer_about(play, ref, CITIZEN_BOXES if who == "he" else UNIT_BOXES, what), (ref, who)


def _ended(play: PlayedOffice) -> PlayedOffice:
    found = play.fresh_problems()
    assert found == [], found
    play.close()
    return play
