"""Letters to units about no case: made of the unit's own sheet and the book's words, but for one, which the guard reads at the door (SHIELD)."""

import dataclasses

import pytest
from shield_office import COMPLAINT, Bench, a_mail
from sqlalchemy import select

from daemon.demo.cast import HEAD, LAND, UNITS
from daemon.guarding import FREELY_WRITTEN
from daemon.post import _take
from daemon.writing import write
from db import desk as desks
from db import outbox
from db import tables as t
from db.pen import pen
from db.record import record
from rules.decision import Decision, Warrant, WarrantKind
from rules.events import OFFICE, Noted
from rules.notices import to_organ
from rules.notices.notice import Notice, OfficeText, OwnText, To
from rules.notices.to_organ import UnitAnswered

OTHER = next(unit for unit in UNITS if unit.name != LAND.name)


def answered(bench: Bench, words: str, *, unit: str = LAND.name, address: str = LAND.address) -> outbox.Row:
    """A person's answer to a unit's question, as it leaves."""
    told = UnitAnswered(
        to=To(address, f"organ:{unit}", unit),
        about=OFFICE,
        occasion=f"unit-answered:{unit}:{words[:5]}",
        mailbox="contact",
        asked=OwnText("执行中遇到的问题"),
        answer=OfficeText(words),
    )
    warrant = Warrant(WarrantKind.ORDER, "x", HEAD.name, "head")
    line = Noted(about=OFFICE, warrant=warrant, what="unit-answered")
    with pen(bench.engine) as cx:
        desk = desks.for_case(cx, OFFICE, bench.office.setting(bench.now), f"order:{told.occasion}")
        done = write(Decision(events=(line,), notices=(told,)), desk, bench.office.desktop)
        record(cx, desk.cause, done.decision, done.written, at=bench.now, book=bench.office.book.hash)
        row_id = cx.execute(select(t.outbox.c.id).where(t.outbox.c.occasion == told.occasion)).scalar_one()
    taken = _take(bench.office, row_id, bench.now)
    assert taken is not None
    return taken


@pytest.mark.parametrize(
    "words", ["那是李明远投诉的，按期办。", "电话138-0000-0021的那位。", "请找 limingyuan@web163.example 核实。"]
)
def test_a_persons_answer_to_a_unit_that_names_a_complainant_of_its_open_cases_is_stopped_at_the_door(bench, words):
    bench.receive(a_mail(COMPLAINT))

    assert answered(bench, words).state == "stopped"
    assert "stopped" in bench.asked()
    assert bench.problems() == ()


def test_an_answer_that_names_nobody_leaves(bench):
    bench.receive(a_mail(COMPLAINT))

    assert answered(bench, "可以填共用的号码。").state == "sending"


def test_a_unit_without_open_cases_is_answered_all_the_same(bench):
    assert answered(bench, "可以填共用的号码。", unit=OTHER.name, address=OTHER.address).state == "sending"


def test_every_letter_about_no_case_is_known_to_be_written_freely_or_not():
    """A new letter to units' clerks must be thought of here: whoever types words of his own into it, its bytes must be guarded."""
    letters = (thing for thing in vars(to_organ).values() if isinstance(thing, type) and issubclass(thing, Notice))
    of_no_case = {
        letter.template
        for letter in letters
        if letter is not Notice and "ref" not in {field.name for field in dataclasses.fields(letter)}
    }
    from_sheet_and_book = {"sheet_understood", "sheet_reminder", "mailbox_confirm", "mailbox_changed", "unit_summary"}

    assert of_no_case == from_sheet_and_book | FREELY_WRITTEN
