"""Lost letters as clues (S67a), and how grave a unit's clues are by the points of the book (S67g)."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from daemon.books import read_book
from rules import events as ev
from rules.evidence import Clue, Line
from rules.evidence.lost import Gone, unsettled, vanished
from rules.evidence.severity import graded
from rules.policy.record import Record

ABOUT = "case:HY2017-00012-K7"
NOON = datetime(2017, 5, 9, 4, 0, tzinfo=UTC)
DAY = date(2017, 5, 9)
UNKNOWN = ev.SendUnknown(about=ABOUT, occasion="transfer:1")


def told(*events: ev.Event) -> tuple[Line, ...]:
    return tuple(Line(seq, NOON + timedelta(days=seq), event, json.dumps(seq)) for seq, event in enumerate(events, 1))


def record() -> Record:
    kept = read_book().record
    assert kept is not None
    return kept


def clue(ground: str, whose: str = "国土资源局") -> Clue:
    return Clue(ground, whose, "", DAY, (1,))


def test_s67a_a_letter_nobody_can_say_arrived_is_a_clue_with_its_line():
    (found,) = unsettled(told(UNKNOWN))

    assert (found.ground, found.whose, found.seqs, "2017-05-10" in found.what) == ("lost", "", (1,), True)


@pytest.mark.parametrize(
    "settled",
    [
        ev.Delivered(about=ABOUT, occasion="transfer:1"),
        ev.SendRefused(about=ABOUT, occasion="transfer:1"),
        ev.LetterWithdrawn(about=ABOUT, occasion="transfer:1", reason="by-order"),
    ],
)
def test_s67a_what_became_known_is_no_clue_and_another_letter_settles_nothing(settled):
    assert unsettled(told(UNKNOWN, settled)) == ()
    assert len(unsettled(told(UNKNOWN, replace(settled, occasion="transfer:2")))) == 1


def test_s67a_letters_gone_from_the_mailbox_while_the_case_ran_are_told_with_the_doubt():
    gone = [Gone("INBOX", uid, DAY + timedelta(days=uid)) for uid in (0, 1, 2, 3)]
    found = vanished(gone, DAY + timedelta(days=1), DAY + timedelta(days=2))

    assert [clue.day.day for clue in found] == [10, 11]
    assert all("不能确定与本件有关" in clue.what and clue.seqs == () for clue in found)


@pytest.mark.parametrize(
    ("grounds", "points", "label"),
    [(["delayed"], 1, "一般"), (["leak"], 3, "较重"), (["delayed", "idle", "leak"], 6, "严重")],
)
def test_s67g_the_points_of_the_book_make_the_word(grounds, points, label):
    (found,) = graded(map(clue, grounds), record())

    assert (found.whose, found.points, found.label) == ("国土资源局", points, label)


def test_s67g_each_unit_is_counted_by_itself_and_the_gravest_comes_first():
    found = graded([clue("delayed", "甲局"), clue("leak", "乙局"), clue("delayed", "甲局")], record())

    assert [(one.whose, one.points) for one in found] == [("乙局", 3), ("甲局", 2)]


def test_s67g_an_office_that_gives_no_points_grades_nobody():
    assert graded([clue("leak")], replace(record(), weights=(), severities=())) == ()
