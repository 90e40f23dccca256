"""`book learn`, `book score` and `calendar add` as a clerk runs them: files in, files and figures out."""

import argparse
import gzip
import json
import random
from pathlib import Path
from types import ModuleType

import pytest

import rules
from daemon.shell import _book_learn, _book_score, calendar
from rules.trouble import BookTrouble, SettingsTrouble, UsageTrouble

SHIPPED = Path(rules.__file__ or "").parent / "book" / "calendar"
MATTERS = {"教育": "学校老师", "卫生": "医院医生"}
COMMON = ["请求", "领导", "查处", "反映", "希望", "解决", "问题"]


def run(command: ModuleType, *given: str | Path) -> int:
    parser = argparse.ArgumentParser()
    command.arguments(parser)
    return int(command.run(parser.parse_args([str(word) for word in given])))


def some_lines(letters: int = 60) -> list[str]:
    dice, lines = random.Random(3), []
    for number in range(letters):
        label = tuple(MATTERS)[number % 2]
        words = [MATTERS[label][:2], MATTERS[label][2:], *dice.sample(COMMON, 4)]
        dice.shuffle(words)
        lines.append(
            json.dumps(
                {"id": f"L{number}", "subject": words[0], "text": "".join(words), "label": label}, ensure_ascii=False
            )
        )
    return lines


def a_file(folder: Path, lines: list[str], name: str = "train.jsonl") -> Path:
    path = folder / name
    raw = "\n".join(lines).encode() + b"\n"
    path.write_bytes(gzip.compress(raw) if name.endswith(".gz") else raw)
    return path


def test_what_is_learned_is_scored_as_it_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    train = a_file(tmp_path, some_lines(), "train.jsonl.gz")

    assert run(_book_learn, train, "--out", tmp_path / "out") == 0
    assert run(_book_score, train, "--book", tmp_path / "out", "--json") == 0

    told, figures = capsys.readouterr().out.strip().split("\n")
    assert told.startswith("学了 60 件、2 类，建议 ")
    assert json.loads(figures) | {"confusion": None, "labels": None} == {
        "letters": 60,
        "accuracy": 1.0,
        "macro_f1": 1.0,
        "unplaced": 0,
        "confusion": None,
        "labels": None,
    }
    assert json.loads(figures)["labels"]["教育"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0}


def test_predictions_have_a_line_for_every_letter_and_null_where_none_can_be_placed(tmp_path: Path) -> None:
    train = a_file(tmp_path, some_lines())
    test = a_file(tmp_path, ['{"id": "A", "text": "学校老师"}', '{"text": "公路", "label": "交通"}'], "test.jsonl")
    run(_book_learn, train, "--out", tmp_path / "out")

    run(_book_score, test, "--book", tmp_path / "out", "--predictions", tmp_path / "placed.jsonl")

    lines = (tmp_path / "placed.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line) for line in lines] == [{"id": "A", "label": "教育"}, {"id": "2", "label": None}]


def test_the_confusion_table_is_shown_to_a_person(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    train = a_file(tmp_path, some_lines())
    run(_book_learn, train, "--out", tmp_path / "out")
    capsys.readouterr()

    run(_book_score, train, "--book", tmp_path / "out")

    shown = capsys.readouterr().out
    assert "归类对照表" in shown
    assert "60 件：正确率 1.000，宏平均 F1 1.000，未归 0 件。" in shown


def test_a_bad_line_is_told_and_stops_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = ["{", "[]", '{"subject": 3, "text": "学校"}', "", "[" * 200_000]
    train = a_file(tmp_path, [*bad, *some_lines()])

    assert run(_book_learn, train, "--out", tmp_path / "out") == 0
    assert run(_book_score, train, "--book", tmp_path / "out", "--json") == 0

    told = capsys.readouterr()
    assert [f"第 {line} 行" in told.err for line in (1, 2, 3, 4, 5)] == [True, True, True, False, True]
    assert json.loads(told.out.strip().split("\n")[1])["letters"] == 60


def test_there_must_be_something_to_learn_from_and_an_empty_folder_to_write_to(tmp_path: Path) -> None:
    train = a_file(tmp_path, some_lines())
    torn = a_file(tmp_path, some_lines(), "torn.jsonl.gz")
    torn.write_bytes(torn.read_bytes()[:100])

    with pytest.raises(UsageTrouble, match="读不了"):
        run(_book_learn, tmp_path / "none.jsonl", "--out", tmp_path / "out")
    with pytest.raises(UsageTrouble, match="读不了"):
        run(_book_learn, torn, "--out", tmp_path / "out")
    with pytest.raises(UsageTrouble, match="没有一件带 label"):
        run(_book_learn, a_file(tmp_path, ['{"text": "学校"}'], "bare.jsonl"), "--out", tmp_path / "out")
    with pytest.raises(UsageTrouble, match="不是空文件夹"):
        run(_book_learn, train, "--out", tmp_path)
    with pytest.raises(UsageTrouble, match="写不进"):
        run(_book_learn, train, "--out", train)


def test_there_must_be_something_to_score_and_learned_rules_to_score_it_by(tmp_path: Path) -> None:
    (tmp_path / "train.jsonl").write_text("\n".join(some_lines()), "utf-8")
    (tmp_path / "none.jsonl").write_text('{"id": 1, "text":\n', "utf-8")
    assert run(_book_learn, tmp_path / "train.jsonl", "--out", tmp_path / "rules") == 0

    with pytest.raises(UsageTrouble, match="没有一件可以评分的来件"):
        run(_book_score, tmp_path / "none.jsonl", "--book", tmp_path / "rules")
    with pytest.raises(UsageTrouble, match="是规则册，不是 book learn 写出的学习规则"):
        run(_book_score, tmp_path / "train.jsonl", "--book", SHIPPED.parent)


def test_rules_that_are_not_there_or_cannot_be_written_next_to_are_told(tmp_path: Path) -> None:
    train = a_file(tmp_path, some_lines())
    run(_book_learn, train, "--out", tmp_path / "out")

    with pytest.raises(BookTrouble, match="没有学习规则"):
        run(_book_score, train, "--book", tmp_path / "none")
    (tmp_path / "odd").mkdir()
    (tmp_path / "odd" / "a.toml").mkdir()
    with pytest.raises(UsageTrouble, match="读不了"):
        run(_book_score, train, "--book", tmp_path / "odd")
    with pytest.raises(UsageTrouble, match="写不进"):
        run(_book_score, train, "--book", tmp_path / "out", "--predictions", tmp_path / "none" / "p.jsonl")


def a_book(folder: Path, without: str = "2026.toml") -> Path:
    (folder / "calendar").mkdir()
    for path in SHIPPED.glob("*.toml"):
        if path.name != without:
            (folder / "calendar" / path.name).write_bytes(path.read_bytes())
    return folder


@pytest.mark.parametrize("called", ["放假通知.toml", "2026年放假安排（2025年11月）.toml", "2026.txt"])
def test_a_years_calendar_is_added_under_its_year_and_says_what_changes(
    called: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = a_book(tmp_path)
    file = tmp_path / called
    file.write_bytes((SHIPPED / "2026.toml").read_bytes())

    assert run(calendar, "add", file, "--book", book) == 0

    told = capsys.readouterr().out
    assert (book / "calendar" / "2026.toml").read_bytes() == file.read_bytes()
    assert "工作日历版本 2026-" in told
    assert "2026-02-14 改为上班" in told
    assert "2026-02-19 改为放假" in told
    assert sorted(path.suffix for path in (book / "calendar").iterdir() if path.suffix != ".toml") == []


def test_the_book_of_the_settings_is_used_and_must_be_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HUIYIN_BOOK", raising=False)
    with pytest.raises(SettingsTrouble, match="HUIYIN_BOOK"):
        run(calendar, "add", SHIPPED / "2026.toml")

    monkeypatch.setenv("HUIYIN_BOOK", str(a_book(tmp_path)))
    assert run(calendar, "add", SHIPPED / "2026.toml") == 0


def test_f84_a_faulty_year_is_refused_and_the_book_stays_as_it_was(tmp_path: Path) -> None:
    book = a_book(tmp_path)
    file = tmp_path / "2026.toml"
    file.write_text('year = 2026\n[[days]]\nname = "元旦"\noff = [2026-01-01]\nwork = [2026-01-01]\n', "utf-8")

    with pytest.raises(BookTrouble, match="2026-01-01 既写了放假又写了上班"):
        run(calendar, "add", file, "--book", book)
    file.write_bytes(b"\xff\xfe")
    with pytest.raises(BookTrouble, match="不是 UTF-8"):
        run(calendar, "add", file, "--book", book)

    assert not (book / "calendar" / "2026.toml").exists()


def test_local_holidays_are_added_under_their_own_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = a_book(tmp_path, without="")
    file = tmp_path / "local.toml"
    file.write_text('[[days]]\nname = "县庆日"\noff = [2017-09-20]\n', "utf-8")

    run(calendar, "add", file, "--book", book)

    assert "2017-09-20 改为放假" in capsys.readouterr().out


def test_a_missing_file_and_a_closed_folder_are_told(tmp_path: Path) -> None:
    book = a_book(tmp_path)
    with pytest.raises(UsageTrouble, match="读不了"):
        run(calendar, "add", tmp_path / "none.toml", "--book", book)
    with pytest.raises(UsageTrouble, match="写不进"):
        run(calendar, "add", SHIPPED / "2026.toml", "--book", tmp_path / "none")


def test_a_book_that_was_faulty_is_mended_by_the_right_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = a_book(tmp_path)
    (book / "calendar" / "2026.toml").write_text("year = 2026\n", "utf-8")

    assert run(calendar, "add", SHIPPED / "2026.toml", "--book", book) == 0
    assert "改为" not in capsys.readouterr().out
