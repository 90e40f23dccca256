"""What the loaded book answers."""

import pytest
from book_made import SHIPPED, chapters, shipped

from daemon.books import read_book, read_chapters, to_fill
from rules.policy import BookRefused, load
from rules.policy.book import chapters_of_rules
from rules.policy.office import Day, Person
from rules.policy.terms import Action, Step
from rules.trouble import BookTrouble

BOOK = load(SHIPPED)


def test_clocks_carry_days_basis_and_ladder():
    clock = BOOK.clocks["handle"]
    assert (clock.days, clock.days_for("simple"), clock.days_for("complex"), clock.days_for("other")) == (15, 5, 20, 15)
    assert Step(5, Action.SUPERVISE) in clock.steps
    assert all(each.because and each.label for each in BOOK.clocks.values())


def test_s40_units_are_found_by_every_name_with_or_without_the_county():
    names = {BOOK.units[name].name for name in ("国土局", "县国土局", "桓仁县国土资源局", "土地管理局", "自然资源局")}
    assert names == {"国土资源局"}


def test_a_name_of_nobody_and_a_shared_name_are_no_unit():
    assert BOOK.units.find("税务局") is None
    assert "某某局" not in BOOK.units
    with pytest.raises(KeyError):
        BOOK.units["某某局"]
    assert len(list(BOOK.units)) == len(BOOK.units.units)


def test_all_thirteen_townships_are_units():
    assert sum(unit.township for unit in BOOK.units) == 13


def test_roles_say_who_may_give_an_order():
    assert BOOK.roles.may("head", "refuse")
    assert not BOOK.roles.may("receiver", "refuse")
    assert not BOOK.roles.may("nobody", "refuse")
    assert BOOK.roles["head"].label == "组长"


def test_a_clerk_may_write_the_roles_label_for_its_key():
    staff = '\n[[staff]]\nname = "周敏"\nrole = "受理人"\nmailbox = "zm@office.example"\n'

    book = load(chapters(office=shipped("office").replace('role = "handler"', 'role = "承办"') + staff))

    assert [person.role for person in book.office.staff] == ["receiver"]
    assert {task.role for task in book.office.day.tasks} <= set(book.roles.roles)


def test_a_role_that_is_none_is_answered_with_every_name_that_is():
    staff = '\n[[staff]]\nname = "周敏"\nrole = "局长"\nmailbox = "zm@office.example"\n'

    with pytest.raises(BookRefused, match="受理人（receiver）、承办（handler）"):
        load(chapters(office=shipped("office") + staff))


def test_the_shipped_book_says_what_to_fill_in():
    assert len(to_fill(BOOK)) == 2
    staff = "".join(
        f'\n[[staff]]\nname = "{role}"\nrole = "{role}"\nmailbox = "{role}@example.com"\n' for role in BOOK.roles.roles
    )
    filled = load(chapters(office=shipped("office").replace('phone = ""', 'phone = "024-00000000"') + staff))
    assert to_fill(filled) == ()
    assert filled.office.holders("head") == (Person("head", "head", "head@example.com"),)


def test_bells_are_found_by_name():
    assert (BOOK.office.bell("tick").at, BOOK.office.bell("tick").day) == ("08:35", Day.EVERY_DAY)


def test_labels_are_the_offices_words():
    assert BOOK.label("state", "accepted") == "受理"


def test_a_folder_without_a_single_chapter_is_no_book(tmp_path):
    with pytest.raises(BookTrouble, match="没有规则册"):
        read_chapters(tmp_path)


def test_a_book_folder_that_is_not_there_says_so(tmp_path):
    with pytest.raises(BookTrouble, match="找不到规则册"):
        read_chapters(tmp_path / "none")


def test_f89_a_chapter_that_cannot_be_read_says_so(tmp_path):
    (tmp_path / "office.toml").mkdir()
    with pytest.raises(BookTrouble, match="读不出来"):
        read_chapters(tmp_path)


def test_a_folder_with_too_much_in_it_is_refused(tmp_path):
    for number in range(501):
        (tmp_path / f"{number}.toml").touch()
    with pytest.raises(BookTrouble, match="太多"):
        read_chapters(tmp_path)


def test_another_county_copies_the_folder(tmp_path):
    for name, data in SHIPPED.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    assert read_book(tmp_path).hash == BOOK.hash


def test_every_rule_gives_its_basis_in_the_offices_words():
    rules = [rule for chapter in chapters_of_rules(BOOK).values() for rule in chapter]
    said = [each.because for each in (*rules, *BOOK.units, *BOOK.lines, *BOOK.categories, *BOOK.clocks.values())]
    assert all(said)
    assert not [because for because in said if "domain" in because]
