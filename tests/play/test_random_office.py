"""Random letters, orders, days, crashes and duplicates on a real database through the real doors: after every move every invariant holds."""

import os
import shutil
import tempfile
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from played_office import (
    ARGUMENTS,
    CITIZENS,
    FATES,
    HIS_WORDS,
    STAFF,
    UNIT_WORDS,
    PlayedOffice,
    begun,
)

from daemon.demo.cast import UNITS
from rules.trouble import WorldTrouble

SOME = st.integers(0, 59)
MOVES = 50


class Playing(RuleBasedStateMachine):
    """Whoever moves, a round follows."""

    first_days: PlayedOffice
    """Where each play begins."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="huiyin-play-"))
        self.play = PlayedOffice(self.folder, self.first_days)
        self.asked_at = ""

    def teardown(self) -> None:
        try:
            found = self.play.problems(deep=True)
            assert found == [], found
        finally:
            self.play.close()
            shutil.rmtree(self.folder)

    @rule(who=st.sampled_from(CITIZENS), unit=st.sampled_from(UNITS), manner=SOME)
    def a_citizen_complains(self, who, unit, manner):
        self.play.complain(who, unit, manner)
        self.play.a_round()

    @precondition(lambda self: self.play.arrived)
    @rule(who=st.sampled_from(CITIZENS), words=st.sampled_from(HIS_WORDS), back=st.integers(0, 3), manner=SOME)
    def a_citizen_answers(self, who, words, back, manner):
        if self.play.answer(who, words, back, manner):
            self.play.a_round()

    @precondition(lambda self: self.play.arrived)
    @rule(unit=st.sampled_from(UNITS), words=st.sampled_from(UNIT_WORDS), back=st.integers(0, 3), manner=SOME)
    def a_unit_answers(self, unit, words, back, manner):
        if self.play.answer(unit, words, back, manner):
            self.play.a_round()

    @rule(nth=SOME, choice=SOME, argument=st.sampled_from(ARGUMENTS), person=st.sampled_from(STAFF))
    def staff_order(self, nth, choice, argument, person):
        if self.play.order(nth, choice, argument, person):
            self.play.a_round()

    @precondition(lambda self: self.play.letters)
    @rule(nth=SOME, well=st.sampled_from([True, True, False]))
    def a_case_goes_on(self, nth, well):
        if self.play.go_on(nth, well):
            self.play.a_round()

    @precondition(lambda self: self.play.letters)
    @rule(nth=SOME, times=st.integers(2, 5))
    def a_case_goes_far(self, nth, times):
        for _ in range(times):
            if self.play.go_on(nth, well=True):
                self.play.a_round()

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

    @precondition(lambda self: self.play.letters)
    @rule(nth=SOME, anew=st.booleans())
    def a_letter_comes_again(self, nth, anew):
        """The same bytes at another place; or the server counts anew and shows everything again."""
        if anew:
            self.play.boxes["complaint"].validity += 1
        else:
            to, raw = self.play.letters[-1 - nth % len(self.play.letters)]
            self.play.post(raw, to)
        self.play.a_round()

    @precondition(lambda self: self.play.arrived)
    @rule(nth=SOME)
    def a_letter_bounces(self, nth):
        if self.play.bounce(nth):
            self.play.a_round()

    @rule(fates=st.lists(st.sampled_from(FATES), min_size=1, max_size=4))
    def the_server_is_in_a_mood(self, fates):
        self.play.fates = fates

    @rule(nth=st.integers(1, 40))
    def the_process_will_end(self, nth):
        self.play.crash_at(nth)

    @invariant()
    def every_invariant_of_the_office_holds_and_no_unit_learns_who_wrote(self):
        head = self.play.head()
        if head != self.asked_at:  # a move that came to nothing changed nothing
            found = self.play.problems()
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


def play(folder: Path, runs: int, moves: int) -> None:
    Playing.first_days = begun(folder)
    run_state_machine_as_test(
        Playing,
        settings=settings(
            max_examples=runs,
            stateful_step_count=moves,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            database=None,
            print_blob=False,
        ),
    )


def test_every_invariant_holds_after_each_of_a_hundred_moves(tmp_path):
    play(tmp_path, runs=2, moves=MOVES)


@pytest.mark.long
def test_every_invariant_holds_after_each_of_thousands_of_moves(tmp_path):
    """As many as HUIYIN_MOVES says (the check asks for five hundred, the tortures for ten thousand): a move costs a fifth of a second."""
    play(tmp_path, runs=int(os.environ.get("HUIYIN_MOVES", "2000")) // MOVES, moves=MOVES)
