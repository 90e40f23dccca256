"""`book try`, `history`, `diff`, `back` and `why` over an office's own database: what was, what would have been, and the way back."""

import io
import json
from pathlib import Path

import pytest
from office_time import a_round, complain, the_case

from daemon.__main__ import main
from daemon.books import read_chapters
from daemon.demo import manners
from daemon.demo.cast import CONTACT, LAND, filled
from daemon.demo.stage import Stage
from db.books import keep_book
from db.pen import pen
from rules.policy.load import book_hash

Out = pytest.CaptureFixture[str]


def write(folder: Path, chapters: dict[str, bytes]) -> Path:
    for name, data in chapters.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def edited(chapters: dict[str, bytes]) -> dict[str, bytes]:
    """A clerk calls the slow rule another name and lets it and its neighbour speak for 乱作为."""
    text = chapters["categories.toml"].decode().replace('name = "办得慢"', 'name = "办得太慢"')
    moved = text.replace('太慢"\ncategory = "效能低下"', '太慢"\ncategory = "乱作为"').replace(
        '几趟"\ncategory = "效能低下"', '几趟"\ncategory = "乱作为"'
    )
    return {
        **chapters,
        "categories.toml": moved.replace('name = "效能低下"\n', 'name = "效能低下"\nfallback = true\n').encode(),
    }


@pytest.fixture
def office(stage: Stage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Stage:
    """A complaint was decided, with the book that the office still has."""
    complain(stage)
    book = write(tmp_path / "book", filled(dict(read_chapters())))
    monkeypatch.setenv("HUIYIN_DATABASE", str(stage.rounds.office.engine.url))
    monkeypatch.setenv("HUIYIN_BOOK", str(book))
    return stage


def rows(out: Out) -> list[dict]:
    return [json.loads(line) for line in out.readouterr().out.splitlines()]


def takes(stage: Stage, chapters: dict[str, bytes]) -> str:
    with pen(stage.rounds.office.engine) as cx:
        keep_book(cx, book_hash(chapters), chapters, stage.now)
    return book_hash(chapters)


def test_try_replays_every_stored_letter_and_shows_what_differs(office: Stage, tmp_path: Path, capsys: Out) -> None:
    other = write(tmp_path / "edited", edited(filled(dict(read_chapters()))))

    assert main(["book", "try", str(other), "--json"]) == 0
    (row,) = rows(capsys)
    assert set(row) == {"id", "categories"}
    assert row["categories"][0] == list(the_case(office).categories)

    assert main(["book", "try", "--book", str(other)]) == 0
    told = capsys.readouterr().out
    assert "类别：" in told
    assert "其中 1 件结果不同" in told


def test_try_knows_a_units_letter_as_the_office_did(office: Stage, tmp_path: Path, capsys: Out) -> None:
    office.post(
        manners.plain_utf8(LAND.address, LAND.name, CONTACT, "请示", "执行中遇到一个问题。", office.now), LAND, CONTACT
    )
    a_round(office)
    chapters = filled(dict(read_chapters()))
    text = (
        chapters["kinds.toml"]
        .decode()
        .replace(
            'name = "单位反映工作问题"\nkind = "单位问题反映"\nweight = 4',
            'name = "单位反映工作问题"\nkind = "单位问题反映"\nweight = 0',
        )
    )
    other = write(tmp_path / "edited", {**chapters, "kinds.toml": text.encode()})

    assert main(["book", "try", str(other), "--json"]) == 0
    assert [row["kind"][0] for row in rows(capsys)] == ["单位问题反映"]


def test_history_tells_which_chapters_changed_and_back_puts_the_old_book_in_place(
    office: Stage, tmp_path: Path, capsys: Out
) -> None:
    folder = tmp_path / "book"
    before = filled(dict(read_chapters()))
    old, new = book_hash(before), takes(office, edited(before))
    write(folder, edited(before))

    assert main(["book", "history", "--json"]) == 0
    newest, first = rows(capsys)
    assert (newest["book"], newest["chapters"]) == (new, ["categories.toml"])
    assert (first["book"], first["chapters"]) == (old, [])

    assert main(["book", "diff", old[:12], new[:12], "--json"]) == 0
    (chapter,) = rows(capsys)
    assert chapter["file"] == "categories.toml"
    assert '+name = "办得太慢"' in chapter["lines"]
    assert main(["book", "diff", new[:12], str(folder)]) == 0
    assert "完全相同" in capsys.readouterr().out

    assert main(["book", "back", old[:12]]) == 0
    assert book_hash(read_chapters(folder)) == old
    (aside,) = folder.parent.glob("book.*")
    assert book_hash(read_chapters(aside)) == new


def test_back_to_a_book_of_before_an_upgrade_shows_what_this_program_asks_and_puts_it_in_when_agreed(
    office: Stage, tmp_path: Path, capsys: Out, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, now = tmp_path / "book", filled(dict(read_chapters()))
    lacking = {**now, "words.toml": now["words.toml"].replace('accepted = "受理"\n'.encode(), b"", 1)}
    old = takes(office, lacking)
    takes(office, now)

    monkeypatch.setattr("sys.stdin", io.StringIO("否\n"))
    assert main(["book", "back", old[:12]]) == 1
    assert book_hash(read_chapters(folder)) == book_hash(now)
    assert main(["book", "back", old[:12], "--yes"]) == 0

    assert capsys.readouterr().out.count('accepted = "受理"') == 2
    assert main(["book", "check"]) == 0


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["back", "ffff"], "没有用过"),
        (["back", ""], "没有用过"),
        (["diff", "/no/such/folder", "ffff"], "既不是"),
        (["diff", "ffff", "ffff"], "没有用过"),
        (["try"], "请写明"),
    ],
)
def test_what_is_asked_wrongly_is_told_in_one_sentence(office: Stage, words: list[str], says: str, capsys: Out) -> None:
    assert main(["book", *words]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert says in line


def test_a_bad_edited_book_is_refused_before_any_letter_is_judged(office: Stage, tmp_path: Path, capsys: Out) -> None:
    other = write(tmp_path / "edited", {**read_chapters(), "limits.toml": b"x ="})
    assert main(["book", "try", str(other)]) == 78
    assert "limits.toml 第 1 行" in capsys.readouterr().err


def test_a_letter_file_that_cannot_be_read_stops_none_of_the_others(office: Stage, tmp_path: Path, capsys: Out) -> None:
    file = tmp_path / "letters.jsonl"
    file.write_text('not json\n{"id": 1, "subject": "投诉", "text": "县林业局不作为。"}\n', "utf-8")
    assert main(["book", "try", str(tmp_path / "book"), str(file), str(tmp_path / "none.eml")]) == 2
    shown = capsys.readouterr()
    assert "共重判来件 1 件，其中 0 件结果不同" in shown.out
    assert len(shown.err.splitlines()) == 2
