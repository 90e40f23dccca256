"""A round in which nothing happens costs the same whatever the office has seen: what is written, and how many statements are asked."""

from datetime import timedelta

from played_course import begun
from played_moves import complain
from played_office import PlayedOffice
from played_people import CITIZENS
from sqlalchemy import event

from daemon.demo.cast import LAND

PEN = ("BEGIN IMMEDIATE", "SET LOCAL lock_timeout")
"""With what a transaction that may write begins, on SQLite and on PostgreSQL."""


def statements(play: PlayedOffice) -> list[str]:
    """Of one round."""
    asked: list[str] = []

    def note(_cx, _cursor, statement, *_more) -> None:
        asked.append(statement)

    event.listen(play.office.engine, "before_cursor_execute", note)
    play.a_round()
    event.remove(play.office.engine, "before_cursor_execute", note)
    return asked


def quiet(play: PlayedOffice) -> list[str]:
    """Of the first round in which nothing is left to do; what a shift looks at once is behind it."""
    play.a_round()
    for _ in range(3):
        head = play.head()
        asked = statements(play)
        if play.head() == head:
            return asked
    raise AssertionError("the office is never quiet")


def test_an_idle_round_takes_the_pen_once_a_folder_and_writes_nothing_but_that_it_looked(tmp_path):
    play = PlayedOffice(tmp_path)
    play.now += timedelta(hours=1)
    asked = quiet(play)

    written = [one.split(" SET ")[0] for one in asked if one.startswith(("INSERT", "UPDATE", "DELETE"))]
    assert written == ["UPDATE folders"] * 4
    assert len([one for one in asked if one.startswith(PEN)]) == 4
    play.close()


def test_a_round_asks_as_many_statements_with_many_questions_waiting_as_with_few(tmp_path):
    """Each question's rung was looked up by itself: an office with forty of them asked eighty statements more each round."""
    (tmp_path / "first").mkdir()
    play = PlayedOffice(tmp_path, begun(tmp_path / "first"))
    counts = {}
    for _ in range(2):
        counts[len(play.waiting())] = len(quiet(play))
        for _ in range(6):
            complain(play, CITIZENS[0], LAND, 1)
            play.a_round()

    assert len(counts) == 2
    assert len(set(counts.values())) == 1
    play.close()
