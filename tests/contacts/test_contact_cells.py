"""Telephone numbers in a cell: domain 4.3.7."""

import pytest

from rules.contacts.cells import numbers

PHONES = [
    ("024-48001234", ["024-48001234"], []),
    ("（024）48001234", ["024-48001234"], []),
    ("02448001234", ["024-48001234"], []),
    ("０２４－４８００１７８２", ["024-48001782"], []),
    ("024-4800\n1319", ["024-48001319"], []),
    ("024-48001234转8012", ["024-48001234转8012"], ["phone:extension"]),
    ("024-48001234-8012", ["024-48001234转8012"], ["phone:extension"]),
    ("024-48001234/35", ["024-48001234/35"], ["phone:abbreviated"]),
    ("024-48001234，1235", ["024-48001234、1235"], ["phone:abbreviated"]),
    ("024-48002686、024-48002701", ["024-48002686", "024-48002701"], ["phone:two"]),
    ("138 0000 2948", ["13800002948"], []),
    ("+86 138-0000-2948", ["13800002948"], []),
    ("13900001234.0", ["13900001234"], []),
    ("13900003045/13900003052", ["13900003045", "13900003052"], ["phone:two"]),
    ("0414-8006921", ["0414-8006921"], ["area-code:old"]),
    ("8003197", ["8003197"], ["area-code:missing"]),
    ("2448001385", ["024-48001385"], ["phone:leading-zero-lost"]),
    ("4148006921", ["0414-8006921"], ["area-code:old", "phone:leading-zero-lost"]),
    ("1.39E+10", [], ["phone:scientific"]),
    ("1.3941400001E+10", ["13941400001"], []),
    ("1390000123", ["1390000123"], ["phone:bad-length"]),
    ("024-4800123", ["024-4800123"], ["phone:bad-length"]),
    ("024-48001234（8:30-16:30）", ["024-48001234"], []),
    ("12345", ["12345"], []),
    ("400-800-1234", ["4008001234"], []),
    ("电话024-48001234 传真：024-48001235", ["024-48001234"], []),
    ("024-48001234（传真）", [], []),
    ("电话/传真：024-48001234", ["024-48001234"], []),
    ("无", [], []),
]


@pytest.mark.parametrize(("text", "found", "doubts"), PHONES)
def test_numbers_of_a_cell_are_read_and_what_is_odd_is_said(text, found, doubts):
    read = numbers(text)

    assert (list(read.found), sorted(read.doubts)) == (found, doubts)


def test_mobiles_are_told_from_landlines():
    read = numbers("024-48001234 13900001234")

    assert (read.found, read.mobiles) == (("024-48001234", "13900001234"), ("13900001234",))


def test_in_a_name_cell_a_date_and_a_room_are_no_telephones():
    assert numbers("李二丫 20170421 1203 13900001234", only_telephones=True).found == ("13900001234",)


def test_what_stands_beside_the_number_is_kept():
    assert numbers("李二丫13900001234").rest == "李二丫"
