"""A person of ours who answers in the wrong case: whoever complains in another open one is not named to a unit either (SHIELD, A43)."""

import pytest
from shield_office import COMPLAINT, Bench, a_mail

from daemon.demo.cast import HEAD, LAND, REVIEWER, TOWN
from daemon.guarding import BESIDE_HIS, BY_HAND
from daemon.obeying import obey_person
from daemon.post import _take

OTHER = "欧阳慧芝"
THEIRS = COMPLAINT.replace("李明远", OTHER).replace("13800000021", "13804140021")
FIRST, SECOND = "HY2017-00001-J7", "HY2017-00002-J8"
RESULT = "办结。\n调查结论：属实。\n办理情况：已登记。\n查处情况：批评教育。\n依据：《不动产登记暂行条例》。"


@pytest.fixture
def two(bench: Bench) -> Bench:
    """Two complaints lie with the unit, and it reported on the first."""
    bench.receive(a_mail(COMPLAINT))
    bench.receive(a_mail(THEIRS, sender="ouyhz7731@web163.example", name=OTHER))
    bench.receive(bench.code(f"transfer:{FIRST}:1:{LAND.name}", RESULT, LAND.address))
    return bench


def at_the_door(bench: Bench, template: str, to: str = LAND.address) -> str:
    """What becomes of the letter when it is about to leave."""
    row = next(row for row in bench.to_units() if (row.template, row.to_address) == (template, to))
    taken = _take(bench.office, row.id, bench.now)
    assert taken is not None
    return taken.state


@pytest.mark.parametrize("words", [f"{OTHER}说没有退钱", "请打13804140021核实", "请写信给ouyhz7731@web163.example"])
def test_words_of_ours_that_name_the_complainant_of_another_open_case_are_stopped_at_the_door(two: Bench, words: str):
    two.answer("review", f"退回重办：{words}", REVIEWER.name)

    assert at_the_door(two, "redo_order") == "stopped"
    assert "stopped" in two.asked()
    assert two.problems() == ()


def test_words_that_name_nobody_leave(two: Bench):
    two.answer("review", "退回重办：请补充查处情况", REVIEWER.name)

    assert at_the_door(two, "redo_order") == "sending"


def test_who_complained_in_a_case_that_has_ended_stops_no_letter_of_another(two: Bench):
    """Names come again: an office would be asked about every letter in a few years."""
    obey_person(two.office, SECOND, "撤回", HEAD.name, two.now)
    two.answer("review", f"退回重办：{OTHER}说没有退钱", REVIEWER.name)

    assert at_the_door(two, "redo_order") == "sending"


def test_letters_that_hold_a_complainants_own_words_are_guarded_on_his_own_case_alone():
    """He may complain of somebody who has the name of another complainant."""
    assert {"redo_order", "material_added", "hearing_invited", "circular", "question_answer"} <= BY_HAND
    assert not BY_HAND & {"transfer", "matter_handed_over", "opinion_passed"}


@pytest.mark.parametrize(
    ("below", "state"),
    [
        ("李明远也反映了同一个窗口", "stopped"),
        ("请打13800000021核实", "stopped"),
        ("请把窗口的登记簿一并报来", "sending"),
    ],
)
def test_what_stands_below_an_assignment_is_guarded_like_every_word_of_ours(two: Bench, below: str, state: str):
    obey_person(two.office, SECOND, f"改派 {TOWN.name}\n{below}", HEAD.name, two.now)

    assert at_the_door(two, "transfer", TOWN.address) == state
    assert ("stopped" in two.asked()) == (state == "stopped")
    assert two.problems() == ()


def test_the_complainant_himself_is_not_named_below_an_assignment(two: Bench):
    obey_person(two.office, SECOND, f"改派 {TOWN.name}\n{OTHER}催过两次", HEAD.name, two.now)

    assert [row.state for row in two.to_units() if row.to_address == TOWN.address] == ["stopped"]


def test_letters_in_which_a_person_of_ours_writes_beside_the_complainants_words_are_known():
    assert BESIDE_HIS == {"transfer": ("requirement",), "matter_handed_over": ("remark",)}
