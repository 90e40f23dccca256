"""`directory import, set, missing, history, publish` as a clerk uses them, on an office's own database (S34, A16, A70)."""

import csv
import io
import json
import stat
from pathlib import Path

import ground
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from seeds import copied
from sqlalchemy import text

from daemon.__main__ import main
from daemon.books import read_chapters
from daemon.demo.cast import filled
from daemon.publishing import FORMULA, as_csv, harmless
from db.directory import today
from db.engine import open_engine
from db.pen import look
from rules.papers import Table
from rules.papers.rebuild import workbook_of

HEAD = ("单位", "工作机构", "分管领导", "职务", "联系人", "手机", "投诉举报电话", "邮箱")
ROW = ("教育局", "监察室", "赵一鸣", "副局长", "李二丫", "13900000002", "024-48000003", "jyj@163.example")
NO_ORG = ("民政局", "", "钱大", "副局长", "钱三三", "13900000009", "024-48000009", "mzj@163.example")


def settings_of(folder: Path, database: str, patch: pytest.MonkeyPatch) -> None:
    patch.setenv("HUIYIN_DATABASE", database)
    patch.setenv("HUIYIN_BOOK", str(folder / "book"))
    patch.setenv("HUIYIN_CONTACT_SMTP", "smtp://lianxi%40huiyin.example@127.0.0.1:9")
    patch.setenv("HUIYIN_CONTACT_SMTP_PASSWORD", "x")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office of 3 April 2017 with a sheet of two units imported on the 20th."""
    made = tmp_path_factory.mktemp("office")
    for name, data in filled(dict(read_chapters())).items():
        (made / "book" / name).parent.mkdir(parents=True, exist_ok=True)
        (made / "book" / name).write_bytes(data)
    (made / "sheet.xlsx").write_bytes(workbook_of([Table("Sheet1", (HEAD, ROW, NO_ORG))]))
    with pytest.MonkeyPatch.context() as patch:
        settings_of(made, ground.place(made / "office.db"), patch)
        assert main(["init", "--now", "2017-04-03T09:00"]) == 0
        assert directory("import", "2017-04-20T09:00", str(made / "sheet.xlsx"), "--by", "吴强", "--yes") == 0
    return made


@pytest.fixture
def office(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    settings_of(folder, copied(folder / "office.db", tmp_path / "office.db"), monkeypatch)
    return tmp_path


def directory(act: str, now: str, *words: str) -> int:
    return main(["directory", "--now", now, act, *words])


def lines(capsys: pytest.CaptureFixture[str], *words: str) -> list[dict]:
    capsys.readouterr()
    assert directory(words[0], words[1], *words[2:], "--json") == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def letters(office: Path) -> list[tuple[str, str]]:
    engine = open_engine(ground.url(office / "office.db"))
    with engine.connect() as cx:
        return [tuple(row) for row in cx.execute(text("SELECT template, to_address FROM outbox ORDER BY id"))]


def test_missing_tells_of_every_unit_why(office: Path, capsys: pytest.CaptureFixture[str]):
    told = {row["unit"]: row for row in lines(capsys, "missing", "2017-04-25T09:00", "--all")}

    assert (told["教育局"]["status"], told["教育局"]["received"]) == ("reported", "2017-04-20")
    assert (told["民政局"]["status"], told["民政局"]["lacks"], told["民政局"]["mechanisms"]) == (
        "incomplete",
        ["工作机构"],
        ["工作机制"],
    )
    assert told["财政局"]["status"] == "missing"
    assert "教育局" not in {row["unit"] for row in lines(capsys, "missing", "2017-04-25T09:00")}
    directory("missing", "2017-04-25T09:00")
    assert f"应报{len(told)}个单位：已报1个，漏报1个，未报{len(told) - 2}个。" in capsys.readouterr().out


def test_before_the_round_nothing_is_missing(office: Path, capsys: pytest.CaptureFixture[str]):
    assert lines(capsys, "missing", "2017-03-20T09:00") == []
    directory("missing", "2017-03-20T09:00")
    assert "现在没有要收的" in capsys.readouterr().out


def test_history_says_from_when_to_when_by_whom_and_what_changed(office: Path, capsys: pytest.CaptureFixture[str]):
    directory("set", "2017-04-26T09:00", "县教育局", "--address", "new@163.example", "--by", "吴强", "--yes")

    first, second = lines(capsys, "history", "2017-04-27T09:00", "教育局")
    assert (first["since"][:10], first["until"], second["until"]) == ("2017-04-20", second["since"], "")
    assert (first["actor"], first["warrant"], first["rows"][0]["contact"]) == ("吴强", "order", "李二丫")
    assert (second["address"], second["person"], second["public"]) == ("new@163.example", "李二丫", "024-48000003")
    assert second["changed"] == ["address", "email"]
    directory("history", "2017-04-27T09:00", "教育局")
    said = capsys.readouterr().out
    assert "2017-04-20 09:00 至 2017-04-26 09:00　jyj@163.example　李二丫" in said
    assert "改了：接收转办件的邮箱、表上的邮箱" in said


def test_the_leaders_mailbox_that_a_person_enters_is_where_copies_go(office: Path):
    """It was shown, agreed to and lost: every written reminder asked somebody to telephone instead."""
    words = ("--address", "jyj@163.example", "--leader-mailbox", "Fenguan@163.example", "--by", "吴强", "--yes")

    assert directory("set", "2017-04-26T09:00", "教育局", *words) == 0

    with look(open_engine(ground.url(office / "office.db"))) as cx:
        assert {one.unit: one.leader_mailbox for one in today(cx)}["教育局"] == "fenguan@163.example"


def test_a16_the_old_mailbox_is_told_of_what_a_person_entered(office: Path):
    directory("set", "2017-04-26T09:00", "教育局", "--address", "new@163.example", "--by", "吴强", "--yes")

    assert letters(office) == [("mailbox_changed", "jyj@163.example")]


def shown(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, list[dict]]:
    capsys.readouterr()
    code = directory(words[0], "2017-04-26T09:00", *words[1:], "--by", "吴强", "--json")
    return code, [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_program_is_shown_what_set_would_change_is_never_asked_and_enters_with_yes_alone(
    office: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("sys.stdin", io.StringIO("是\n"))  # nobody reads it
    words = ("set", "县教育局", "--address", "new@163.example")
    change = {
        "unit": "教育局",
        "old": "jyj@163.example",
        "new": "new@163.example",
        "person": "李二丫",
        "phone": "13900000002",
        "public": "024-48000003",
        "leader_mailbox": "",
    }

    assert shown(capsys, *words) == (1, [{**change, "entered": False}])
    assert letters(office) == []
    assert shown(capsys, *words, "--yes") == (0, [{**change, "entered": True}])
    assert {row["unit"]: row["address"] for row in lines(capsys, "show", "2017-04-27T09:00")}["教育局"] == change["new"]


def test_a_program_is_told_line_by_line_what_a_sheet_would_change_and_what_is_doubtful_in_it(
    office: Path, capsys: pytest.CaptureFixture[str]
):
    rows = (HEAD, (*ROW[:-1], "new@163.example"), (*NO_ORG[:-1], ""))
    (office / "sheet.xlsx").write_bytes(workbook_of([Table("Sheet1", rows)]))

    for yes in ((), ("--yes",)):
        code, told = shown(capsys, "import", str(office / "sheet.xlsx"), *yes)

        assert code == (0 if yes else 1)
        assert [row["says"] for row in told[:-1] if "没有登入" in row["says"]] == [
            "没有登入：民政局（钱三三）没有邮箱，请用 directory set 补上。"
        ]
        assert (told[-1]["unit"], told[-1]["new"], told[-1]["entered"]) == ("教育局", "new@163.example", bool(yes))
    assert letters(office) == [("mailbox_changed", "jyj@163.example")]


@pytest.mark.parametrize("phone", ["=1+1", "张三", "<b>1</b>", "a@b"])
def test_s34_what_is_to_be_published_must_be_a_telephone(office: Path, capsys: pytest.CaptureFixture[str], phone: str):
    words = ("--address", "jyj@163.example", "--public", phone, "--by", "吴强", "--yes")

    assert directory("set", "2017-04-26T09:00", "教育局", *words) == 2
    assert "不像电话号码" in capsys.readouterr().err


def test_a_unit_nobody_knows_has_no_history(office: Path, capsys: pytest.CaptureFixture[str]):
    assert directory("history", "2017-04-27T09:00", "参茸交易中心") == 2
    assert directory("history", "2017-04-27T09:00", "财政局") == 0
    assert "没有内容" in capsys.readouterr().out


def test_s34_the_public_files_hold_unit_and_public_telephone_alone(office: Path, capsys: pytest.CaptureFixture[str]):
    told = lines(capsys, "publish", "2017-04-25T09:00", str(office / "out"))

    assert [(Path(row["file"]).name, row["audience"], row["rows"]) for row in told] == [
        ("directory.csv", "public", 2),
        ("directory.json", "public", 2),
        ("directory.html", "public", 2),
        ("directory.xlsx", "internal", 2),
    ]
    public = "".join(path.read_text("utf-8-sig") for path in sorted((office / "out" / "public").iterdir()))
    assert all(word in public for word in ("教育局", "024-48000003", "民政局", "024-48000009"))
    assert not any(word in public for word in ("李二丫", "赵一鸣", "13900000002", "jyj@163.example"))
    assert json.loads((office / "out" / "public" / "directory.json").read_text("utf-8")) == {
        "date": "2017-04-25",
        "units": [{"unit": "教育局", "hotline": "024-48000003"}, {"unit": "民政局", "hotline": "024-48000009"}],
    }


def test_the_internal_file_has_everything_as_text_for_its_owner_alone(office: Path):
    directory("publish", "2017-04-25T09:00", str(office / "out"))

    path = office / "out" / "internal" / "directory.xlsx"
    sheet = openpyxl.load_workbook(path).active
    cells = [cell.value for cell in sheet[2]]
    assert cells[:1] + cells[4:9] == ["教育局", None, "李二丫", None, "024-48000003", None]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} == {"s"}
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("name", ["没有.xlsx", "."])
def test_a_sheet_that_is_not_there_is_said_and_enters_nothing(
    office: Path, capsys: pytest.CaptureFixture[str], name: str
):
    assert directory("import", "2017-04-26T09:00", str(office / name), "--by", "吴强", "--yes") == 2

    assert capsys.readouterr().err == (
        f"{office / name}：读不了这个文件（{'这是文件夹，不是文件' if name == '.' else '没有这个文件或文件夹'}），请检查路径和权限。\n"
    )


def test_rows_that_cannot_be_entered_and_doubts_are_told_before_anybody_agrees(
    office: Path, capsys: pytest.CaptureFixture[str]
):
    rows = (HEAD, ROW, (*NO_ORG[:-1], ""), ("没有这个局", *ROW[1:-1], "x@163.example"))
    (office / "sheet.xlsx").write_bytes(workbook_of([Table("Sheet1", rows)]))

    assert directory("import", "2017-04-26T09:00", str(office / "sheet.xlsx"), "--by", "吴强", "--yes") == 0

    said = capsys.readouterr().out
    assert "· 民政局：没有填写电子邮箱。" in said
    assert "没有登入：民政局（钱三三）没有邮箱，请用 directory set 补上。" in said
    assert "没有登入：“没有这个局”（李二丫）看不出是规则册里的哪个单位。" in said
    assert "已登入通讯录 1 行。" in said


@pytest.mark.parametrize("option", ["--address", "--leader-mailbox"])
@pytest.mark.parametrize("address", ["jyj", "jyj@", "jyj@局", "a b@163.example"])
def test_what_is_no_mailbox_is_not_entered(office: Path, capsys: pytest.CaptureFixture[str], option: str, address: str):
    given = {"--address": "jyj@163.example", option: address}
    words = [word for pair in given.items() for word in pair]

    assert directory("set", "2017-04-26T09:00", "教育局", *words, "--by", "吴强", "--yes") == 2
    assert f"教育局的邮箱“{address}”写法不对，没有改动通讯录。" in capsys.readouterr().err


def test_a_folder_that_cannot_be_written_is_said_and_leaves_nothing(office: Path, capsys: pytest.CaptureFixture[str]):
    (office / "out").write_text("a file", "utf-8")

    assert directory("publish", "2017-04-25T09:00", str(office / "out")) == 2
    assert "请换一个可以写的文件夹" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
        ("+86", "'+86"),
        ("-1", "'-1"),
        ("@SUM(1)", "'@SUM(1)"),
        ("\t=1", "' =1"),
        ("\r=1", "' =1"),
        ("＝1", "'＝1"),
        ('=HYPERLINK("x")', '\'=HYPERLINK("x")'),
        ("0012", "'0012"),
        ("1E5", "'1E5"),
        ("138000000311380000003", "'138000000311380000003"),
        ("024-48000003", "024-48000003"),
        ("12345", "12345"),
        ("教育局", "教育局"),
    ],
)
def test_a70_a_cell_is_text_in_every_spreadsheet(cell: str, shown: str):
    assert harmless(cell) == shown


@given(st.text(max_size=40))
@settings(max_examples=200, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck))
def test_a70_whatever_stands_in_a_cell_the_file_has_one_line_and_no_formula(cell: str):
    rows = list(csv.reader(io.StringIO(as_csv(("a", "b"), [(cell, "x")]).decode("utf-8-sig"), newline="")))

    assert len(rows) == 2
    assert rows[1][1] == "x"
    assert not rows[1][0].lstrip().startswith(FORMULA)
