"""A year of an office, small: letters of all kinds, ninety units of which two in five are slow, ten days without the daemon."""

import pytest

from daemon.bench.year import play_year
from daemon.bench.year.people import COUNT, grown_book, the_units
from rules.policy import load


def test_the_years_book_has_ninety_units_with_a_mailbox_each():
    units = the_units(load(grown_book()))

    assert len({unit.address for unit in units}) == len(units) == COUNT


@pytest.mark.long
def test_a_year_of_three_hundred_letters_ends_with_a_clean_audit(tmp_path):
    year = play_year(tmp_path, 300)

    assert year.problems == ()
    assert (year.letters, year.unanswered) == (300, 0)
    assert year.ended > year.cases / 2 > 10
