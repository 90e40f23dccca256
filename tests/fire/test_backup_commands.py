"""Backup, restore and its rehearsal at the command line: what a person at the keyboard sees of a night's copy and of a morning after a fire."""

import json
from pathlib import Path

import pytest
from office_days import citizens_write, work

from daemon.__main__ import main
from daemon.books import read_chapters
from daemon.demo.cast import COMPLAINT, CONTACT, HEAD, filled
from daemon.demo.stage import Stage
from db import continuity
from db.pen import pen


@pytest.fixture
def office(stage: Stage, url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Stage:
    """An office with a morning's work behind it, as the environment of a person who gives commands."""
    citizens_write(stage.host, 1, 2)
    work(stage, 2)
    book = tmp_path / "book"
    for name, data in filled(dict(read_chapters())).items():
        (book / name).parent.mkdir(parents=True, exist_ok=True)
        (book / name).write_bytes(data)
    monkeypatch.setenv("HUIYIN_DATABASE", url)
    monkeypatch.setenv("HUIYIN_BOOK", str(book))
    for kind, address in (("COMPLAINT", COMPLAINT), ("CONTACT", CONTACT)):
        monkeypatch.setenv(f"HUIYIN_{kind}_SMTP", f"smtps://{address.replace('@', '%40')}@smtp.huiyin.example:465")
        monkeypatch.setenv(f"HUIYIN_{kind}_SMTP_PASSWORD", "for-tests")
    return stage


@pytest.fixture
def said(office: Stage, capsys: pytest.CaptureFixture[str]):
    """Exit code and output of a command."""
    capsys.readouterr()

    def run(command: str, *words: str) -> tuple[int, str]:
        code = main([command, "--now", office.now.isoformat(), *words])
        output = capsys.readouterr()
        return code, output.out + output.err

    return run


def value(output: str) -> dict[str, object]:
    return next(json.loads(line) for line in output.splitlines() if line.startswith("{"))


def test_a_nights_backup_is_restored_into_an_empty_database_and_holds_the_same_ledger(
    said, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    file = tmp_path / "day.backup"
    made = value(said("backup", str(file), "--json")[1])
    size = file.stat().st_size
    code, told = said("backup", str(file), "--keep", "3")
    monkeypatch.setenv("HUIYIN_DATABASE", f"sqlite:///{tmp_path / 'again.db'}")
    restored = value(said("restore", str(file), "--json")[1])

    assert (code, made["bytes"]) == (0, size)
    assert f"账本第 {made['seq']} 行" in told
    assert (restored["seq"], restored["hash"]) == (made["seq"], made["hash"])
    assert said("restore", str(file))[0] == 78


def test_a_rehearsal_of_the_file_or_of_a_backup_of_this_moment_finds_no_difference(said, tmp_path: Path):
    said("backup", str(tmp_path / "day.backup"))
    file = value(said("restore", "--drill", str(tmp_path / "day.backup"), "--json")[1])
    code, told = said("restore", "--drill")

    assert (file["ok"], file["differences"]) == (True, [])
    assert code == 0
    assert "恢复演练成功" in told


def test_a_database_put_back_by_hand_is_taken_as_it_is(said):
    code, told = said("restore", "--as-is")

    assert (code, "发信暂停" in told) == (0, True)
    assert said("restore", "--resume", "--by", HEAD.name)[0] == 2  # nothing was found in Sent that it does not know


def test_where_sent_knew_more_a_person_lets_letters_go_once_he_saw_the_audit(office: Stage, said):
    with pen(office.rounds.office.engine) as cx:
        continuity.stop(cx, continuity.AHEAD)

    early = said("restore", "--resume", "--by", HEAD.name)
    nobody = said("restore", "--resume", "--by", "没有这个人")
    said("audit")
    resumed = said("restore", "--resume", "--by", HEAD.name)

    assert (early[0], nobody[0]) == (2, 2)
    assert resumed == (0, "已恢复发信。\n")


@pytest.mark.parametrize("words", [["--keep", "0"], ["--keep", "-1"]])
def test_a_backup_keeps_itself_at_least(said, tmp_path: Path, words: list[str]):
    code, told = said("backup", str(tmp_path / "day.backup"), *words)

    assert (code, told) == (2, "--keep 至少是 1。\n")
    assert not (tmp_path / "day.backup").exists()
