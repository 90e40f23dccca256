"""`python -m daemon shield` as a clerk or a script calls it: JSON fields, bad lines, papers, the guard."""

import json

import pytest
from shield_papers import a_docx

from daemon.__main__ import main


def lines(capsys) -> list[dict]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def write(path, *rows) -> str:
    path.write_text(
        "\n".join(row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows), "utf-8"
    )
    return str(path)


def test_a_letter_comes_back_with_every_field(tmp_path, capsys):
    row = {
        "id": "a",
        "subject": "孙福贵的投诉",
        "text": "我叫孙福贵，投诉县水务局收费。别说是我。",
        "from_name": "孙福贵",
        "attachments": ["孙福贵.DOCX", "扫描"],
    }

    assert main(["shield", "--json", write(tmp_path / "in.jsonl", row)]) == 0
    assert lines(capsys) == [
        {
            "id": "a",
            "subject": "（已隐去：姓名）的投诉",
            "text": "我叫（已隐去：姓名），投诉县水务局收费。别说是我。",
            "attachments": ["attachment-1.docx", "attachment-2"],
            "office_text": "（已隐去：姓名）的投诉\n我叫（已隐去：姓名），投诉县水务局收费。别说是我。",
            "disclosed": False,
            "removed": [{"kind": "name", "start": 0, "end": 3}, {"kind": "name", "start": 9, "end": 12}],
            "refused": None,
        }
    ]


def test_bad_lines_and_lost_files_say_why_and_stop_nothing(tmp_path, capsys):
    inputs = [
        str(tmp_path / "none.jsonl"),
        str(tmp_path / "none.eml"),
        write(tmp_path / "in.jsonl", "{", "", {"id": 1}, {"id": 2, "text": "好"}),
    ]

    assert main(["shield", "--json", *inputs]) == 2
    answers = lines(capsys)
    assert [("trouble" in answer) for answer in answers] == [True, True, True, True, False]
    assert answers[-1]["id"] == 2


def test_an_eml_is_read(tmp_path, capsys):
    (tmp_path / "a.eml").write_bytes(
        "From: a@mail.example\nSubject: x\n\n我叫孙福贵，电话13812340000。投诉县水务局。\n".encode()
    )

    assert main(["shield", "--json", str(tmp_path / "a.eml")]) == 0
    answer = lines(capsys)[0]
    assert answer["file"] == str(tmp_path / "a.eml")
    assert "孙福贵" not in answer["text"]


def test_the_same_for_peoples_eyes(tmp_path, capsys):
    assert (
        main(
            [
                "shield",
                write(
                    tmp_path / "in.jsonl",
                    {"id": "a", "subject": "水费", "text": "我的电话13812340000", "attachments": ["a.jpg"]},
                ),
            ]
        )
        == 0
    )
    assert "（已隐去：电话）" in capsys.readouterr().out


def test_the_guard_says_what_kind_and_never_the_value(tmp_path, capsys):
    rows = [
        {"id": 1, "text": "孙福贵来过", "identity": ["孙福贵"]},
        {"id": 2, "text": "没有来过", "identity": [{"value": "孙福贵", "kind": "name"}]},
        {"id": 3, "text": "没有来过", "identity": []},
        {"id": 4, "text": "孙福贵来过", "identity": {"value": "孙福贵", "kind": "odd"}},
        "{",
    ]

    assert main(["shield", "--guard", write(tmp_path / "in.jsonl", *rows)]) == 0
    answers = lines(capsys)
    assert [answer.get("refused") is not None for answer in answers] == [True, False, True, True, False]
    assert "孙福贵" not in json.dumps(answers, ensure_ascii=False)


def test_papers_are_made_anew_or_withheld(tmp_path, capsys):
    paper = tmp_path / "身份证孙福贵.docx"
    paper.write_bytes(a_docx("我叫孙福贵，电话13812340000。4月2日县林业局罚款3000元。"))
    picture = tmp_path / "照片.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n0000")
    known = tmp_path / "known.txt"
    known.write_text("孙福贵\n\n罚款\n", "utf-8")
    out = tmp_path / "out"

    assert (
        main(
            [
                "shield",
                "--json",
                "--files",
                str(paper),
                str(picture),
                str(tmp_path / "none.pdf"),
                "--out",
                str(out),
                "--identity",
                str(known),
            ]
        )
        == 2
    )
    answers = lines(capsys)
    assert [answer["sent"] for answer in answers] == ["attachment-1.docx", None, None]
    assert all(answer["withheld"] for answer in answers[1:])
    assert [path.name for path in out.iterdir()] == ["attachment-1.docx"]


@pytest.mark.parametrize("words", [["shield"], ["shield", "--files", "a.docx"]])
def test_a_call_that_cannot_be_meant_is_refused(words, capsys):
    assert main(words) == 2
    assert capsys.readouterr().err.strip()
