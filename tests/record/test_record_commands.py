"""The record at the command line: evidence and its verification, reports, publication, promises, the register and an order, over the story's office."""

import json
import re
from pathlib import Path

import openpyxl
import pytest
from record_office import LATER

from daemon.__main__ import main
from daemon.books import read_chapters
from daemon.demo.cast import COMPLAINT, CONTACT, HEAD, LAND, RECEIVER, filled

NUMBER = "桓营诉〔2017〕1号"
NOW = LATER.isoformat()


@pytest.fixture
def settings(office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a person would have exported for this office."""
    book = tmp_path / "book"
    for name, data in filled(dict(read_chapters())).items():
        (book / name).parent.mkdir(parents=True, exist_ok=True)
        (book / name).write_bytes(data)
    monkeypatch.setenv("HUIYIN_DATABASE", str(office.engine.url))
    monkeypatch.setenv("HUIYIN_BOOK", str(book))
    for kind, address in (("COMPLAINT", COMPLAINT), ("CONTACT", CONTACT)):
        monkeypatch.setenv(f"HUIYIN_{kind}_SMTP", f"smtps://{address.replace('@', '%40')}@smtp.huiyin.example:465")
        monkeypatch.setenv(f"HUIYIN_{kind}_SMTP_PASSWORD", "for-tests")


pytestmark = pytest.mark.usefixtures("settings")


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]):
    """Exit code and output of a command."""

    def run(*words: str) -> tuple[int, str]:
        code = main([words[0], "--now", NOW, *words[1:]])
        output = capsys.readouterr()
        return code, output.out + output.err

    return run


def rows(output: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in output.splitlines() if line.startswith("{")]


# --- evidence -----------------------------------------------------------------------------------------------------------


def test_evidence_is_written_for_its_owner_alone_and_found_sound(said, tmp_path: Path):
    code, told = said("evidence", NUMBER, "--out", str(tmp_path / "out"))
    zipped = next((tmp_path / "out").glob("*.zip"))
    checked = said("evidence", "verify", str(zipped))

    assert (code, checked[0]) == (0, 0)
    assert str(zipped) in told
    assert "没有改动过" in checked[1]
    assert {oct(path.stat().st_mode & 0o777) for path in (tmp_path / "out").iterdir()} == {"0o600"}


def test_a_units_copy_says_that_it_is_one(said, tmp_path: Path):
    (made,) = rows(said("evidence", NUMBER, "--for", LAND.name, "--out", str(tmp_path / "out"), "--json")[1])
    checked = said("evidence", "verify", str(made["zip"]))
    (verdict,) = rows(said("evidence", "verify", str(made["zip"]), "--json")[1])

    assert made["unit"] == LAND.name
    assert "单位副本" in checked[1]
    assert (verdict["sound"], verdict["faults"]) == (True, [])


def test_a_changed_byte_is_told_with_exit_code_1(said, tmp_path: Path):
    said("evidence", NUMBER, "--out", str(tmp_path / "out"))
    zipped = next((tmp_path / "out").glob("*.zip"))
    data = bytearray(zipped.read_bytes())
    data[len(data) // 2] ^= 1
    zipped.write_bytes(data)

    code, told = said("evidence", "verify", str(zipped))
    as_value = said("evidence", "verify", str(zipped), "--json")

    assert (code, as_value[0]) == (1, 1)
    assert "处不符" in told
    assert rows(as_value[1])[0]["sound"] is False


def test_what_cannot_be_verified_or_written_is_said_in_one_sentence(said, tmp_path: Path):
    (tmp_path / "file").write_text("x")

    assert said("evidence", "verify") == (2, "请写明要核对的文件：evidence verify 文件.zip\n")
    assert said("evidence", "verify", str(tmp_path / "none.zip"))[0] == 2
    assert said("evidence", NUMBER, "--out", str(tmp_path / "file" / "below"))[0] == 2


# --- reports ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["weekly", "monthly", "inspection", "scorecard", "hotspots"])
def test_a_report_is_shown_as_tables_and_as_a_value(said, name: str):
    code, told = said("report", name, "--month", "2017-05")
    (value,) = rows(said("report", name, "--month", "2017-05", "--json")[1])

    assert code == 0
    assert value["title"] in told
    assert all(table["title"] in told.replace("\n", "") for table in value["tables"])


def test_the_months_report_is_written_as_files_and_outside_hides_small_numbers(said, tmp_path: Path, monkeypatch):
    monkeypatch.setattr("daemon.record.reporting.pictures", lambda _charts: "图没有画。")
    code, told = said("report", "monthly", "--out", str(tmp_path / "out"), "--outside")
    (value,) = rows(said("report", "monthly", "--out", str(tmp_path / "out"), "--outside", "--json")[1])
    book = openpyxl.load_workbook(next((tmp_path / "out").glob("*.xlsx")))

    assert code == 0
    assert "图没有画。" in told
    assert sorted(Path(str(name)).suffix for name in value["files"]) == [".html", ".xlsx"]
    assert "少于3" in {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row}


def test_the_weekly_list_without_a_month_is_the_last_seven_days(said):
    (value,) = rows(said("report", "weekly", "--json")[1])

    assert value["period"] == "2017年6月1日至2017年6月7日"


@pytest.mark.parametrize(
    ("words", "told"), [(["--month", "五月"], "月份写法"), (["--unit", "没有这个局"], "没有 没有这个局 这个单位")]
)
def test_a_report_of_no_month_or_no_unit_is_refused(said, words: list[str], told: str):
    code, answer = said("report", "scorecard", *words)

    assert (code, told in answer) == (2, True)


# --- what is public, and the register -----------------------------------------------------------------------------------


def test_what_is_public_is_written_and_listed(said, tmp_path: Path):
    code, told = said("publish", str(tmp_path / "public"))
    files = rows(said("publish", str(tmp_path / "public"), "--json")[1])

    assert code == 0
    assert all(Path(str(file["file"])).is_file() and str(file["file"]) in told for file in files)
    assert {Path(str(file["file"])).stem for file in files} >= {"cases", "board", "directory"}


def test_promises_directory_and_the_life_of_a_case_are_shown(said, tmp_path: Path):
    promises, units = rows(said("promises", "--json")[1]), rows(said("directory", "show", "--json")[1])

    assert sum(int(str(row["kept"])) + int(str(row["broken"])) for row in promises) > 0
    assert LAND.name in {row["unit"] for row in units}
    assert LAND.name in said("directory", "show")[1]
    assert said("promises")[0] == 0
    assert "stateDiagram" in said("life")[1]


def test_a_case_is_told_whole_to_people_and_to_programs(said):
    code, told = said("case", NUMBER)
    (value,) = rows(said("case", NUMBER, "--json")[1])

    assert code == 0
    assert NUMBER in told
    assert LAND.name in told
    assert {"story", "incoming", "outgoing"} <= value.keys()
    assert len(value["incoming"]) >= 3


def test_a_call_is_entered_by_its_words_or_by_a_form(said, tmp_path: Path):
    form = tmp_path / "form.txt"
    form.write_text("来件渠道：电话\n反映内容：国土资源局窗口不给办理登记，已经三个月。\n", "utf-8")
    called = ("--channel", "电话", "--respondent", "国土资源局", "--text", "窗口不给办理登记，已经三个月，没有理由。")
    first = said("open", "--by", RECEIVER.name, *called)
    (second,) = rows(said("open", "--by", RECEIVER.name, "--form", str(form), "--json")[1])

    assert first[0] == 0
    assert re.search(r"已登记 桓营诉〔2017〕\d+号", first[1])
    assert str(second["number"]).startswith("桓营诉〔2017〕")
    assert said("open", "--by", RECEIVER.name, "--form", str(tmp_path / "none.txt"))[0] == 2


def test_a_question_is_answered_by_its_number_and_only_once(said):
    said(
        "open", "--by", RECEIVER.name, "--channel", "电话", "--text", "窗口人员态度不好，不给办理，问了几次也没有说法。"
    )
    waiting = rows(said("questions", "--json")[1])
    wanted = str(waiting[-1]["id"])

    done = said("answer", wanted, "暂存", "--by", HEAD.name)
    again = said("answer", wanted, "暂存", "--by", HEAD.name)

    assert (done[0], again[0]) == (0, 1)
    assert "已经办过" in again[1]
