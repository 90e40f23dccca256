"""What a new sheet changes in the directory: nobody goes by himself, a new mailbox returns a code first (A16)."""

import dataclasses

from sheet_builders import EDUCATION

from rules.contacts import Change, Row, changes


def test_the_same_sheet_changes_nothing():
    assert changes((EDUCATION,), (EDUCATION,)) == ()


def test_a_new_unit_is_added_with_its_mailbox():
    assert changes((), (EDUCATION,)) == (
        Change("added", "教育局"),
        Change("mailbox", "教育局", "email", "", "jyj@163.example"),
    )


def test_a_new_mailbox_a_new_number_and_a_new_contact_are_three_changes():
    new = dataclasses.replace(EDUCATION, email="neu@163.example", hotline="024-48000009")
    third = dataclasses.replace(new, contact="王小三")

    assert changes((EDUCATION,), (new, third)) == (
        Change("mailbox", "教育局", "email", "jyj@163.example", "neu@163.example"),
        Change("changed", "教育局", "hotline", "024-48000003", "024-48000009"),
        Change("joined", "教育局", "contact", "", "王小三"),
    )


def test_a_known_contact_with_another_mobile_is_a_change_of_his_row():
    new = dataclasses.replace(EDUCATION, mobile="13900000009")

    assert changes((EDUCATION,), (new,)) == (Change("changed", "教育局", "mobile", "13900000002", "13900000009"),)


def test_a_contact_the_new_sheet_does_not_name_is_missing_and_not_removed():
    second = dataclasses.replace(EDUCATION, contact="王小三")

    assert changes((EDUCATION, second), (EDUCATION,)) == (Change("missing", "教育局", "contact", "王小三", ""),)


def test_a_sheet_without_a_mailbox_takes_none_away_and_a_row_without_a_unit_changes_nothing():
    assert changes((EDUCATION,), (dataclasses.replace(EDUCATION, email=""), Row(contact="李二丫"))) == ()
