"""A unit that answers nothing, a mailbox nobody writes to any more: each rings once in a real office, however often time is asked."""

from collections import Counter
from datetime import timedelta

from played_course import go_on
from played_moves import complain
from played_office import PlayedOffice

from daemon.demo import manners
from daemon.demo.cast import COMPLAINT, LAND, Player

WEEKS = 5
USUAL = 6


def ring_once(play: PlayedOffice) -> Counter[str]:
    """The kinds of questions that wait, after time was asked again and again."""
    for _ in range(3):
        play.a_round()
    return Counter(question.kind for question in play.waiting())


def test_a_unit_that_answers_nothing_rings_once(tmp_path):
    play = PlayedOffice(tmp_path)
    complain(play, Player("", "citizen1@people.example"), LAND, 0)
    play.a_round()
    if not play.cases()[0].lead:
        go_on(play, 0, well=True)
        play.a_round()
    assert ring_once(play)["silent"] == 0

    play.now += timedelta(days=10)

    assert ring_once(play)["silent"] == 1
    play.now += timedelta(days=7)
    assert ring_once(play)["silent"] == 1
    play.close()


def test_a_mailbox_that_suddenly_gets_no_letters_rings_once_for_the_day(tmp_path):
    play = PlayedOffice(tmp_path)
    start = play.now
    for week in range(WEEKS):
        play.now = start + timedelta(weeks=week)
        for number in range(USUAL):
            away = f"away{week}-{number}@people.example"
            play.post(manners.qq_vacation(away, "", COMPLAINT, f"{week}-{number}", play.now), COMPLAINT)
        play.a_round()
    assert "trouble" not in ring_once(play)

    play.now = start + timedelta(weeks=WEEKS, days=1)

    assert ring_once(play)["trouble"] == 1
    play.close()
