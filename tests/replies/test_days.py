"""A day as people write it: for certain, or not at all (L72)."""

from datetime import date

import pytest

from rules.replies.dates import certain_day, without_days

TODAY = date(2017, 5, 9)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("二〇一七年六月二十日前", date(2017, 6, 20)),
        ("二零一八年五月九号", date(2018, 5, 9)),
        ("十二月三十一日办结", date(2017, 12, 31)),
        ("五月十日", date(2017, 5, 10)),
        ("17.6.20", date(2017, 6, 20)),
        ("2018-02-03", date(2018, 2, 3)),
        ("六月三十一日", None),
        ("十五月一日", None),
        ("一百月三日", None),
        ("下周五前", None),
    ],
)
def test_a_day_is_read_where_it_is_certain(words: str, day: date | None):
    assert certain_day(words, TODAY) == day


def test_a_count_of_days_is_taken_from_no_date():
    assert without_days("二〇一七年六月二十日前，延期5天，2017-06-20") == "前,延期5天,"
