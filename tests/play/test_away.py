"""Three weeks without the daemon: the next tick writes one list to the unit, and a second tick of the same moment nothing."""

from datetime import timedelta

from played_course import go_on
from played_moves import complain
from played_office import PlayedOffice

from daemon.demo.cast import HEAD, LAND, Player
from rules.reading import read

CASES = 6


def test_f85_a_unit_with_six_late_cases_gets_one_list_after_three_weeks_and_no_second_one(tmp_path):
    play = PlayedOffice(tmp_path)
    for nth in range(CASES):
        complain(play, Player("", f"citizen{nth}@people.example"), LAND, 0)
        play.a_round()
        if play.cases()[-1].lead != LAND.name:
            go_on(play, len(play.cases()) - 1, well=True)
            play.a_round()
    assert [file.lead for file in play.cases()] == [LAND.name] * CASES
    before = len(play.arrived)

    play.now += timedelta(days=21)
    play.a_round()
    play.a_round()
    head = play.head()
    play.rounds.tick(play.now)

    subjects = [read(letter.raw).subject for letter in play.arrived[before:] if letter.to == LAND.address]
    assert len(subjects) == 1
    assert f"清单：{CASES}件" in subjects[0]
    assert play.head() == head
    assert play.problems(deep=True) == []
    assert all(file.clock("sign").step for file in play.cases())

    play.now += timedelta(days=1)  # the first working day: the hand-over
    play.a_round()
    to_head = [read(letter.raw) for letter in play.arrived[before:] if letter.to == HEAD.address]
    assert not [letter for letter in to_head if "请组长过问" in letter.subject]
    (listed,) = [letter for letter in to_head if "交接" in letter.subject]
    assert listed.text.count("期限将到或已过，请组长过问") == CASES
    play.close()
