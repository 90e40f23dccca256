"""What the site may show: closed and proven cases, no names, small numbers hidden; the board's texts guarded again each time."""

import csv
import io
import json
from datetime import timedelta
from pathlib import Path

import pytest
from office_year import year
from record_office import LATER
from sqlalchemy import text

from daemon.demo.cast import HEAD, LAND, LI, REVIEWER
from daemon.obeying import obey_person
from daemon.office import Office
from daemon.record.publication import Gone, publish
from db import lists
from db.pen import look, pen
from db.people import learn
from rules.shield import Identity

CLEAN = "某单位窗口超过承诺时限不予办理登记，经查属实，已责令整改。"
SOON = LATER + timedelta(hours=1)


def exposed(office: Office, words: str = CLEAN) -> str:
    """The story's first case, exposed by two people."""
    with look(office.engine) as cx:
        ref = next(str(row["reference"]) for row in lists.cases(cx, office.book) if "〕1号" in row["number"])
    obey_person(office, ref, f"曝光：{words}", HEAD.name, LATER)
    with look(office.engine) as cx:
        asked = next(str(row["id"]) for row in lists.questions(cx) if row["what"] == "second")
    obey_person(office, asked, "同意", REVIEWER.name, LATER + timedelta(minutes=1))
    return ref


def shown(office: Office, folder: Path) -> Gone:
    return publish(office, folder, SOON)


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads((folder / "public" / name).read_text("utf-8"))["rows"]
    return found


def test_s48_the_list_has_closed_and_proven_cases_alone_and_no_unit_unless_exposed(office, tmp_path):
    shown(office, tmp_path)

    (row,) = rows(tmp_path, "cases.json")
    assert row["number"] == "桓营诉〔2017〕1号"
    assert (row["finding"], row["outcome"], row["month"], row["unit"]) == ("属实", "满意", "2017年5月", "")


def test_s49_the_board_shows_what_two_people_approved_and_then_the_unit(office, tmp_path):
    exposed(office)
    shown(office, tmp_path)

    assert [(row["unit"], row["text"]) for row in rows(tmp_path, "board.json")] == [(LAND.name, CLEAN)]
    assert rows(tmp_path, "cases.json")[0]["unit"] == LAND.name


def test_s49_what_was_taken_off_is_gone_with_the_next_publication(office, tmp_path):
    ref = exposed(office)
    shown(office, tmp_path)
    obey_person(office, ref, "撤下曝光", HEAD.name, LATER + timedelta(minutes=5))
    shown(office, tmp_path)

    assert rows(tmp_path, "board.json") == []
    assert CLEAN not in "".join(path.read_text("utf-8-sig") for path in (tmp_path / "public").iterdir())


def test_a_text_that_names_somebody_by_what_became_known_later_is_kept_back(office, tmp_path):
    ref = exposed(office)
    with pen(office.engine) as cx:
        learn(cx, ref, [Identity("company", "某单位窗口")], 1)
    gone = shown(office, tmp_path)

    assert gone.kept_back == (ref,)
    assert rows(tmp_path, "board.json") == []


def test_no_file_for_the_public_names_anybody(office, tmp_path):
    exposed(office)
    shown(office, tmp_path)

    for path in (tmp_path / "public").iterdir():
        words = path.read_text("utf-8-sig")
        assert not [secret for secret in (LI.name, LI.address, "13800000021", "业主沟村") if secret in words], path


def test_the_directory_comes_with_it_in_three_forms(office, tmp_path):
    shown(office, tmp_path)

    assert {path.name for path in (tmp_path / "public").iterdir()} == {
        f"{name}.{form}" for name in ("cases", "board", "hearings", "directory") for form in ("csv", "json", "html")
    }


def test_a70_a_text_that_looks_like_a_formula_is_text_in_the_csv(office, tmp_path):
    exposed(office, "=1+1 某单位经查属实")
    shown(office, tmp_path)
    with (tmp_path / "public" / "board.csv").open(encoding="utf-8-sig", newline="") as file:
        cells = list(csv.reader(io.StringIO(file.read())))

    assert cells[1][-1].startswith("'=")


def test_r10_a_category_with_few_cases_is_not_named(tmp_path):
    made = year(tmp_path)
    try:
        publish(made, tmp_path, SOON)
        few = rows(tmp_path, "cases.json")
        with look(made.engine) as cx:
            closed = cx.execute(
                text("SELECT count(*) FROM cases WHERE state = 'closed' AND body LIKE '%\"finding\":\"true\"%'")
            ).scalar_one()
    finally:
        made.engine.dispose()
    counted: dict[str, int] = {}
    for row in few:
        for category in row["categories"].split("、"):
            counted[category] = counted.get(category, 0) + 1

    assert 0 < len(few) <= closed
    assert all(count >= 3 for category, count in counted.items() if category != "不列")


def test_what_is_not_closed_or_not_proven_is_not_in_the_list(office, tmp_path):
    with look(office.engine) as cx:
        others = {row["number"] for row in lists.cases(cx, office.book)} - {"桓营诉〔2017〕1号"}
    shown(office, tmp_path)

    assert others
    assert not others & {row["number"] for row in rows(tmp_path, "cases.json")}


@pytest.mark.parametrize("name", ["cases.html", "board.html", "hearings.html"])
def test_pages_are_text_whatever_the_words_say(office, tmp_path, name):
    exposed(office, "某单位<script>alert(1)</script>经查属实")
    shown(office, tmp_path)

    assert "<script>" not in (tmp_path / "public" / name).read_text("utf-8")
