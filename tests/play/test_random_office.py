"""Random letters, orders, days, crashes and duplicates on a real database through the real doors: after every move every invariant holds."""

import os
from datetime import timedelta
from pathlib import Path
from typing import ClassVar

import played_moves as moves
import played_staff as staff
import pytest
from dice import THROWN
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from played_course import begun, go_on, later, work_on
from played_office import PlayedOffice
from played_people import ARGUMENTS, CITIZENS, FATES, HIS_WORDS, STAFF, UNIT_WORDS
from step_audit import Reached

from daemon.demo.cast import UNITS
from rules.trouble import WorldTrouble

SOME = st.integers(0, 59)
MOVES = 50
UNIT_WRITES = ("sheet", "sheet elsewhere", "filing", "filing with its result", "copy for the record")
STRANGERS_WRITE = ("vacation", "bulk", "prying")
STAFF_BEGIN = ("steer", "office", "from above", "list", "identity")


class Playing(RuleBasedStateMachine):
    """Whoever moves, a round follows."""

    beginnings: ClassVar[tuple[PlayedOffice, ...]]
    """Where a play may begin."""
    play: ClassVar[PlayedOffice]
    """One office for all plays: laid anew for each, so that statements are prepared once."""
    reached: ClassVar[Reached]

    def __init__(self) -> None:
        super().__init__()
        self.asked_at = ""

    @initialize(where=st.sampled_from([0, 1, 1]))
    def an_office(self, where):
        self.play.begin_again(self.beginnings[where], self.reached)

    def teardown(self) -> None:
        found = self.play.problems(deep=True)
        assert found == [], found
        assert self.play.without_words() == set()

    def _move(self, came_to_something: object) -> None:
        """A round follows whatever was done; where there was nothing to do, the office works on."""
        if came_to_something is False:
            work_on(self.play)
        self.play.a_round()

    @rule()
    def the_office_works_on(self):
        self._move(work_on(self.play))

    @rule(who=st.sampled_from(CITIZENS), unit=st.sampled_from(UNITS), manner=SOME)
    def a_citizen_complains(self, who, unit, manner):
        self._move(moves.complain(self.play, who, unit, manner))

    @rule(who=st.sampled_from(CITIZENS), words=st.sampled_from(HIS_WORDS), back=st.integers(0, 3), manner=SOME)
    def a_citizen_answers(self, who, words, back, manner):
        self._move(moves.answer(self.play, who, words, back, manner))

    @rule(unit=st.sampled_from(UNITS), words=st.sampled_from(UNIT_WORDS), back=st.integers(0, 3), manner=SOME)
    def a_unit_answers(self, unit, words, back, manner):
        self._move(moves.answer(self.play, unit, words, back, manner))

    @rule(unit=st.sampled_from(UNITS), what=st.sampled_from(UNIT_WRITES), nth=SOME)
    def a_unit_writes_of_its_own(self, unit, what, nth):
        if what.startswith("sheet"):
            moves.send_sheet(self.play, unit, elsewhere="elsewhere" in what)
        elif what.startswith("filing"):
            moves.file_own(self.play, unit, with_result="result" in what)
        else:
            moves.send_answer_of_a_case(self.play, nth)
        self.play.a_round()

    @rule(what=st.sampled_from(STRANGERS_WRITE), nth=SOME)
    def a_machine_or_a_stranger_writes(self, what, nth):
        self._move({"vacation": moves.vacation, "bulk": moves.advertise, "prying": moves.pry}[what](self.play, nth))

    @rule(nth=SOME, choice=SOME, argument=st.sampled_from(ARGUMENTS), person=st.sampled_from(STAFF))
    def staff_order_anything(self, nth, choice, argument, person):
        self._move(staff.order(self.play, nth, choice, argument, person))

    @rule(nth=SOME, choice=SOME, by_mail=st.booleans())
    def staff_answer_a_question(self, nth, choice, by_mail):
        self._move(staff.settle(self.play, nth, choice, by_mail=by_mail))

    @rule(what=st.sampled_from(STAFF_BEGIN), nth=SOME, person=st.sampled_from(STAFF))
    def staff_begin_something(self, what, nth, person):
        deeds = {"office": staff.of_the_office, "list": staff.answer_the_list, "identity": staff.look_at_identity}
        if what == "steer":
            self._move(staff.steer(self.play, nth))
        elif what == "from above":
            self._move(staff.enter_from_above(self.play))
        else:
            self._move(deeds[what](self.play, nth, person))

    @rule(nth=SOME, choice=SOME)
    def a_case_takes_a_turn(self, nth, choice):
        self._move(staff.take_a_turn(self.play, nth, choice))

    @rule(nth=SOME, well=st.sampled_from([True, True, False]))
    def a_case_goes_on(self, nth, well):
        self._move(go_on(self.play, nth, well=well))

    @rule(nth=SOME, times=st.integers(2, 5))
    def a_case_goes_far(self, nth, times):
        for _ in range(times):
            self._move(go_on(self.play, nth, well=True))

    @rule(days=st.sampled_from([0, 1, 1, 2, 3, 5, 8, 13, 40]), hours=st.integers(0, 23))
    def time_passes(self, days, hours):
        self.play.now += timedelta(days=days, hours=hours)
        self.play.a_round()
        head = self.play.head()
        try:
            self.play.rounds.tick(self.play.now)
        except WorldTrouble:
            return
        assert self.play.head() == head, "a second tick of the same moment did something"

    @rule(nth=SOME, anew=st.booleans())
    def a_letter_comes_again(self, nth, anew):
        """The same bytes at another place; or the server counts anew and shows everything again."""
        if anew:
            self.play.boxes["complaint"].validity += 1
        else:
            to, raw = self.play.letters[-1 - nth % len(self.play.letters)]
            self.play.post(raw, to)
        self.play.a_round()

    @rule(nth=SOME)
    def one_of_our_letters_bounces(self, nth):
        self._move(moves.bounce(self.play, nth))

    @rule(fates=st.lists(st.sampled_from(FATES), min_size=1, max_size=4))
    def the_server_is_in_a_mood(self, fates):
        self.play.fates = fates
        self._move(work_on(self.play))

    @rule(nth=st.integers(1, 40))
    def the_process_ends(self, nth):
        self.play.crash_at(nth)
        self._move(work_on(self.play))

    @invariant()
    def every_invariant_of_the_office_holds_and_no_unit_learns_who_wrote(self):
        head = self.play.head()
        if head != self.asked_at:  # a move that came to nothing changed nothing
            found = self.play.fresh_problems()
            assert found == [], found
            assert self.play.told_to_units() == []
        self.asked_at = head

    @invariant()
    def a_case_ends_or_has_a_next_day_and_somebody_who_answers(self):
        for file in self.play.cases():
            assert file.ended or (file.next_due is not None and file.standing.owner), file
            assert not file.ended or file.clocks == (), file

    @invariant()
    def no_letter_leaves_twice(self):
        assert [name for name, times in self.play.accepted.items() if times > 1] == []


ANEW = "HUIYIN_ANEW" in os.environ
"""Every play another one, each time: the torture looks for what nobody met yet. Else the plays are the same for the same commit."""


def play(folder: Path, runs: int, part: int = 0) -> Reached:
    """So many plays of fifty moves each; what they reached. Parts are different plays."""
    THROWN.seed(20170509 + part)
    for name in ("begun", "later"):
        (folder / name).mkdir()
    first = begun(folder / "begun")
    Playing.reached, Playing.beginnings = Reached(), (first, later(folder / "later", first))
    Playing.play = PlayedOffice(folder, first)
    try:
        run_state_machine_as_test(
            Playing,
            settings=settings(
                max_examples=runs,
                stateful_step_count=MOVES,
                deadline=None,
                suppress_health_check=list(HealthCheck),
                database=None,
                print_blob=False,
                backend="hypothesis-urandom" if ANEW else "dice",
            ),
        )
    finally:
        Playing.play.close()
    return Playing.reached


def test_every_invariant_holds_after_each_of_five_hundred_moves(tmp_path):
    reached = play(tmp_path, runs=500 // MOVES)

    assert far(reached, events=40, moves=14), reached.share()


PARTS = 4


@pytest.mark.long
@pytest.mark.parametrize("part", range(PARTS))
def test_every_invariant_holds_after_each_of_thousands_of_moves(tmp_path, part):
    """As many as HUIYIN_MOVES says, in parts that workers share: nearly every kind of event, most moves of the life table."""
    runs = int(os.environ.get("HUIYIN_MOVES", "10000")) // PARTS // MOVES
    reached = play(tmp_path, runs, part + 1)

    print(f"part {part}, {runs * MOVES} moves:\n{reached.share()}")
    assert runs < RUNS_TO_REACH_MOST or far(reached, events=60, moves=32), reached.share()


RUNS_TO_REACH_MOST = 50


def far(reached: Reached, **least: int) -> bool:
    """Whether the plays came to so many kinds of events and moves."""
    seen = {name: len(came & every) for name, came, every in reached.parts()}
    return all(seen[name] >= wanted for name, wanted in least.items())
