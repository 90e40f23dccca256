"""The one letter that tells a unit who complained: he is named once and whole, and a part of his name is no leak of it (F94, L77)."""

from rules.shield import Identity
from rules.shield.disclosed import still_hidden, whole_ones

WHOLE = Identity("name", "尉迟冬梅")
GIVEN = Identity("name", "冬梅")
CUT_WRONG = Identity("name", "迟冬梅", "unclear")
"""Learned later, from a signature."""
WITNESS = Identity("name", "郑小山", "witness")
MOBILE = Identity("mobile", "13804140025")
KNOWN = (WHOLE, GIVEN, CUT_WRONG, WITNESS, MOBILE)


def test_a_part_of_the_name_he_agreed_to_tell_is_looked_for_no_more():
    assert still_hidden(KNOWN, frozenset({"name"})) == (WITNESS, MOBILE)


def test_without_his_consent_everything_is_looked_for():
    assert still_hidden(KNOWN, frozenset()) == KNOWN


def test_a_part_of_a_name_is_no_part_of_a_number_he_agreed_to_tell():
    digits = Identity("name", "0025", "unclear")

    assert still_hidden((MOBILE, digits), frozenset({"mobile"})) == (digits,)


def test_the_letter_names_him_once_and_whole():
    assert whole_ones((GIVEN, WHOLE, MOBILE)) == (WHOLE, MOBILE)
