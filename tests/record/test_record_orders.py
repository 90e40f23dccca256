"""曝光、通报、整改、自查: from closed, proven cases alone, approved by two, naming nobody; taken off when wrong; a unit mends by its own day."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from record_office import LATER
from sqlalchemy import text

from daemon.auditing import audit
from daemon.demo.cast import HEAD, LAND, LI, REVIEWER, UNITS
from daemon.obeying import Obeyed, obey_person
from daemon.office import Office
from daemon.record.reporting import built
from db import files, lists, reports
from db.books import text_of
from db.pen import look
from rules.case import CaseFile
from rules.events import Exposed
from rules.reading import read
from rules.reports import Period

CLEAN = "某单位窗口超过承诺时限不予办理登记，经查属实，已责令整改并批评教育当事人员。"


@pytest.fixture
def case(office: Office) -> Iterator[str]:
    """The first case of the story: closed, and found true."""
    with look(office.engine) as cx:
        yield str(next(row["reference"] for row in lists.cases(cx, office.book) if "〕1号" in row["number"]))


def file_of(office: Office, ref: str) -> CaseFile:
    with look(office.engine) as cx:
        found = files.get(cx, ref)
    assert found is not None
    return found


def order(office: Office, name: str, words: str, by: str = HEAD.name, later: int = 0) -> Obeyed:
    return obey_person(office, name, words, by, LATER + timedelta(minutes=later))


def agree(office: Office, by: str = REVIEWER.name, words: str = "同意") -> Obeyed:
    with look(office.engine) as cx:
        asked = next(row["id"] for row in lists.questions(cx) if row["what"] == "second")
    return order(office, str(asked), words, by, 5)


def sent(office: Office, template: str) -> list[tuple[str, str]]:
    with look(office.engine) as cx:
        rows = cx.execute(
            text("SELECT to_address, raw FROM outbox WHERE template = :name AND state = 'queued'"), {"name": template}
        )
        return [(row.to_address, read(bytes(row.raw)).text) for row in rows]


def test_one_person_alone_exposes_nothing(office, case):
    assert order(office, case, f"曝光：{CLEAN}").done
    assert file_of(office, case).exposed == ""


def test_with_a_second_person_s_yes_the_text_stands_on_the_board_word_for_word(office, case):
    order(office, case, f"曝光：{CLEAN}")
    agree(office)

    with look(office.engine) as cx:
        assert text_of(cx, file_of(office, case).exposed) == CLEAN
    assert audit(office, LATER + timedelta(minutes=9), deep=True).problems == ()


def test_a_second_person_who_does_not_agree_stops_it(office, case):
    order(office, case, f"曝光：{CLEAN}")
    agree(office, words="不同意")

    assert file_of(office, case).exposed == ""


@pytest.mark.parametrize("secret", [LI.name, "13800000021", LI.address, "业主沟村三组"])
def test_a_text_that_names_the_complainant_is_not_even_put_to_a_second_person(office, case, secret):
    said = order(office, case, f"曝光：{CLEAN}反映人{secret}。")

    assert not said.done
    assert "能认出反映人" in said.says
    assert secret not in said.says


def test_s44_what_has_not_ended_is_not_exposed(office):
    with look(office.engine) as cx:
        running = next(row["reference"] for row in lists.cases(cx, office.book) if row["state"] != "closed")

    assert "还没有办结" in order(office, running, f"曝光：{CLEAN}").says


def test_s44_what_is_not_proven_is_not_exposed(office, case):
    from db.pen import pen

    with pen(office.engine) as cx:
        cx.execute(
            text('UPDATE cases SET body = replace(body, \'"finding":"true"\', \'"finding":"false"\') WHERE ref = :ref'),
            {"ref": case},
        )

    assert "没有查实" in order(office, case, f"曝光：{CLEAN}").says


def test_s49_what_was_wrong_is_taken_off_and_the_line_stays(office, case):
    order(office, case, f"曝光：{CLEAN}")
    agree(office)
    assert order(office, case, "撤下曝光", later=10).done

    assert file_of(office, case).exposed == ""
    with look(office.engine) as cx:
        assert [told.event.where for told in reports.told(cx) if isinstance(told.event, Exposed)] == ["board"]


def test_what_is_not_exposed_cannot_be_taken_off(office, case):
    assert "没有曝光" in order(office, case, "撤下曝光").says


def test_only_the_head_exposes(office, case):
    assert "不由您决定" in order(office, case, f"曝光：{CLEAN}", by=REVIEWER.name).says


def test_s62_a_circular_goes_to_every_unit_and_names_nobody(office, case):
    order(office, case, f"通报：{CLEAN}")
    agree(office)

    letters = sent(office, "circular")
    assert {address for address, _words in letters} == {unit.address for unit in UNITS}
    assert all("超过承诺时限" in words and LI.name not in words for _address, words in letters)


def test_s47_a_unit_mends_by_a_day_of_its_own_after_the_case(office, case):
    assert order(office, case, "整改 6月30日：公开收费依据", by=REVIEWER.name).done

    assert file_of(office, case).rectify_due == date(2017, 6, 30)
    (letter,) = sent(office, "rectification_order")
    assert letter[0] == LAND.address
    assert "2017年6月30日" in letter[1]


def test_s47_the_reviewer_is_asked_until_the_report_is_there(office, case):
    order(office, case, "整改 6月30日：公开收费依据")
    with look(office.engine) as cx:
        asked = next(row for row in lists.questions(cx) if row["what"] == "rectify")
    order(office, str(asked["id"]), "整改完成", REVIEWER.name, 10)

    assert file_of(office, case).rectify_due is None


def test_s47_what_is_not_mended_in_time_stands_in_the_week_s_list(office, case):
    order(office, case, "整改 6月30日：公开收费依据")
    with look(office.engine) as cx:
        made = built(cx, office, "weekly", Period(date(2017, 6, 26), date(2017, 7, 2)))

    assert made.tables[2].rows == (("桓营诉〔2017〕1号", LAND.name, "2017年6月30日"),)


@pytest.mark.parametrize(("words", "says"), [("整改：快点", "哪一天"), ("整改 5月1日：快点", "已经过了")])
def test_a_rectification_needs_a_day_that_lies_ahead(office, case, words, says):
    assert says in order(office, case, words).says


@pytest.mark.parametrize(
    ("words", "has"), [("自查 国土资源局 建立工作制度", True), ("自查 国土资源局 没有 建立工作制度", False)]
)
def test_s54_an_inspector_notes_what_he_saw(office, words, has):
    assert order(office, "office", words).done

    with look(office.engine) as cx:
        assert ("rules" in reports.checks(cx)[LAND.name]) is has


def test_s54_what_is_no_item_of_the_list_is_said_with_the_list(office):
    said = order(office, "office", "自查 国土资源局 喝茶").says

    assert "成立工作机构" in said
