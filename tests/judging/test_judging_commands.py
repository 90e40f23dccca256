"""`judge` and `book` on the command line: every input answered, in order, one bad one stopping nothing."""

import json
import shutil
from datetime import UTC, datetime

import pytest

from daemon.__main__ import main
from daemon.books import shipped
from daemon.past_books import put_back


def lines_of(capsys):
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


@pytest.fixture
def letters(tmp_path):
    file = tmp_path / "letters.jsonl"
    whole = json.dumps({"id": 7, "subject": "投诉", "text": "县国土局乱收费。"}, ensure_ascii=False)
    file.write_text(f'{whole}\nnot json\n\n{{"id": 8}}\n{{"id": 9, "subject": null, "text": "嗯"}}\n[1]\n', "utf-8")
    return file


@pytest.fixture
def edited(tmp_path):
    folder = tmp_path / "edited"
    shutil.copytree(shipped(), folder)
    chapter = folder / "categories.toml"
    chapter.write_text(chapter.read_text("utf-8").replace('"乱收费", "乱摊派"', '"乱摊派"'), "utf-8")
    return folder


def test_judge_answers_every_line_in_order(letters, capsys):
    assert main(["judge", "--json", str(letters)]) == 0
    answers = lines_of(capsys)
    assert [each["id"] for each in answers] == [7, f"{letters}:2", 8, 9, f"{letters}:6"]
    assert answers[0]["respondents"] == [{"unit": "国土资源局", "words": "县国土局"}]
    assert ["trouble" in each for each in answers] == [False, True, True, False, True]


def test_judge_reads_an_eml_under_the_name_it_was_given(tmp_path, capsys):
    file = tmp_path / "a.eml"
    file.write_bytes(
        "From: a@example.com\nSubject: =?utf-8?b?5oqV6K+J?=\nContent-Type: text/plain; charset=utf-8\n\n县林业局不作为。\n".encode()
    )
    assert main(["judge", "--json", str(file), str(tmp_path / "none.eml")]) == 2
    first, second = lines_of(capsys)
    assert (first["id"], first["kind"], first["route"]) == (str(file), "投诉", [{"unit": "林业局", "line": "林业"}])
    assert "trouble" in second


def test_judge_prints_for_people_too(letters, capsys):
    assert main(["judge", str(letters)]) == 0
    shown = capsys.readouterr().out
    assert "被投诉的：县国土局（国土资源局）" in shown
    assert "没有判断" in shown


def test_book_check_says_the_shipped_book_is_sound_and_what_to_fill_in(capsys):
    assert main(["book", "check"]) == 0
    assert "没有错误" in capsys.readouterr().out


def test_book_check_takes_the_book_of_the_settings_whether_in_the_environment_or_in_a_file(
    edited, tmp_path, monkeypatch, capsys
):
    (tmp_path / "my.env").write_text(f"HUIYIN_BOOK={edited}\n", "utf-8")
    monkeypatch.setenv("HUIYIN_ENV", str(tmp_path / "my.env"))
    assert main(["book", "check"]) == 0
    assert f"{edited} 没有错误" in capsys.readouterr().out

    monkeypatch.setenv("HUIYIN_BOOK", str(shipped()))
    assert main(["book", "check"]) == 0
    assert f"{shipped()} 没有错误" in capsys.readouterr().out


def test_book_try_of_letters_that_cannot_be_read_was_asked_wrongly(edited, tmp_path, capsys):
    shutil.copytree(shipped(), tmp_path / "same")

    assert main(["book", "try", str(tmp_path / "same"), str(tmp_path / "none")]) == 2
    assert "没有这个文件或文件夹" in capsys.readouterr().err


def test_book_check_names_the_faults(edited, capsys):
    (edited / "categories.toml").write_text("category = 3\n", "utf-8")
    assert main(["book", "check", str(edited)]) == 78
    assert "categories.toml" in capsys.readouterr().err


def test_f92_a_broken_letter_is_caught_before_it_counts(edited, capsys):
    (edited / "letters").mkdir(exist_ok=True)
    (edited / "letters" / "receipt.j2").write_text("您好\n{{ cas.number }}", "utf-8")
    assert main(["book", "check", "--book", str(edited)]) == 78
    assert "letters/receipt.j2 第 2 行：信里用了没有的词“cas”" in capsys.readouterr().err


def test_book_check_tells_each_fault_as_a_line_of_json(edited, capsys):
    (edited / "letters").mkdir(exist_ok=True)
    (edited / "letters" / "receipt.j2").write_text("您好", "utf-8")
    (edited / "calendar" / "2017.toml").write_text("year = 2016", "utf-8")
    assert main(["book", "check", "--json", str(edited)]) == 78
    told = lines_of(capsys)
    assert {each["file"] for each in told} == {"calendar/2017.toml", "letters/receipt.j2"}
    assert all(set(each) == {"file", "line", "what", "remedy"} for each in told)


def test_book_check_tells_a_rule_that_only_repeats_another(edited, capsys):
    chapter = edited / "categories.toml"
    rule = '\n[[rule]]\nname = "再说"\ncategory = "推诿扯皮"\nwhen = { any = ["踢皮球"] }\nbecause = "x"\nmatch = ["踢皮球"]\nmiss = ["x"]\n'
    chapter.write_text(chapter.read_text("utf-8") + rule, "utf-8")
    assert main(["book", "check", str(edited)]) == 78
    assert "“推来推去”必定也命中" in capsys.readouterr().err


def test_book_diff_shows_the_lines(edited, capsys):
    assert main(["book", "diff", str(shipped()), str(edited)]) == 0
    assert "+++ categories.toml" in capsys.readouterr().out
    assert main(["book", "diff", str(edited), str(edited)]) == 0
    assert "完全相同" in capsys.readouterr().out


def test_book_try_shows_what_an_edited_book_would_have_done(edited, letters, capsys):
    assert main(["book", "try", str(edited), str(letters), "--against", str(shipped())]) == 0
    assert "共重判来件 2 件" in capsys.readouterr().out
    assert main(["book", "try", "--json", str(edited), str(letters.parent)]) == 0
    assert lines_of(capsys) == [{"id": 7, "categories": [["违法行政", "乱作为"], ["乱作为"]]}]


def test_a_book_put_back_leaves_the_other_beside_it(tmp_path):
    folder = tmp_path / "book"
    folder.mkdir()
    (folder / "office.toml").write_bytes(b"new")
    aside = put_back({"office.toml": b"old", "calendar/2017.toml": b"x"}, folder, datetime(2017, 5, 9, tzinfo=UTC))
    assert (folder / "office.toml").read_bytes() == b"old"
    assert (folder / "calendar" / "2017.toml").read_bytes() == b"x"
    assert (aside / "office.toml").read_bytes() == b"new"


def test_each_line_names_its_file_exactly_as_it_was_given(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.jsonl").write_text('{"id": 7, "text": "投诉国土资源局不办证。"}\n', "utf-8")

    assert main(["judge", "--json", "./a.jsonl", "none.eml"]) == 2

    assert [(each["file"], each["id"]) for each in lines_of(capsys)] == [("./a.jsonl", 7), ("none.eml", "none.eml")]
