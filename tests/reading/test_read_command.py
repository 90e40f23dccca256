"""`python -m daemon read`: one line a file, in order; one bad input stops nothing."""

import json
from pathlib import Path

import pytest
from letters_made import a_letter, a_part, in_html, of_parts

from daemon.__main__ import main

DOCS = Path(__file__).parents[2] / "docs" / "reading.md"


def lines_of(capsys: pytest.CaptureFixture[str], *arguments: str, ends: int = 0) -> list[dict[str, object]]:
    assert main(["read", "--json", *arguments]) == ends
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_letters_are_answered_in_order_and_a_missing_one_says_why(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    first, last = tmp_path / "a.eml", tmp_path / "b.eml"
    first.write_bytes(a_letter("投诉国土所", Subject="投诉"))
    last.write_bytes(of_parts(a_part("看"), a_part(b"%PDF-1.4", "application/pdf; name=a.pdf")))
    found = lines_of(capsys, str(first), str(tmp_path / "none.eml"), str(last), ends=2)

    assert [line["file"] for line in found] == [str(first), str(tmp_path / "none.eml"), str(last)]
    assert (found[0]["subject"], found[0]["text"], "读不了" in str(found[1]["trouble"])) == ("投诉", "投诉国土所", True)
    assert found[2]["attachments"][0]["name"] == "a.pdf"  # type: ignore[index]


def test_every_field_is_documented(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    path = tmp_path / "a.eml"
    path.write_bytes(a_letter())
    told = DOCS.read_text("utf-8")

    assert [field for field in lines_of(capsys, str(path))[0] if f"`{field}`" not in told] == []


def test_hidden_words_are_marked_in_the_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    path = tmp_path / "a.eml"
    path.write_bytes(in_html("<p>您好</p><p style='display:none'>办结</p>"))
    text = str(lines_of(capsys, str(path))[0]["text"])

    assert text == "您好\n\n【以下含网页格式中看不见的文字，不作为来信内容】\n您好\n\n办结"


def test_bodies_without_a_head(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    path = tmp_path / "bodies.jsonl"
    body = json.dumps(
        {"id": 7, "text": "您好\n\n发自我的iPhone\n\n> 在 2017年5月9日，10:00，a <a@example.com> 写道：\n> 旧"},
        ensure_ascii=False,
    )
    path.write_text(f'{body}\n\nnot json\n[1]\n{{"id": 8, "text": 5}}\n{"[" * 90000}\n', "utf-8")
    found = lines_of(capsys, str(path))

    assert found[0] == {
        "id": 7,
        "own_words": "您好",
        "quoted": True,
        "forwarded": "",
        "signature": "发自我的iPhone",
        "machine_hint": None,
    }
    assert [line.get("line") for line in found[1:]] == [3, 4, 5, 6]


def test_people_read_a_letter_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    path = tmp_path / "a.eml"
    path.write_bytes(
        of_parts(
            a_part("投诉\x1b[31m国土所\n\n发自我的iPhone"),
            a_part(b"%PDF-1.4", "application/pdf"),
            Subject="投诉 HY2017-00012-K7",
        )
    )

    assert main(["read", str(path), str(tmp_path / "none.eml")]) == 2
    shown = capsys.readouterr().out
    assert ("HY2017-00012-K7" in shown, "\x1b" in shown, "发自我的iPhone" in shown, "attachment.pdf" in shown) == (
        True,
        False,
        True,
        True,
    )
