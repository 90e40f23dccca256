"""The five minutes of README and handbook, taken literally: copy, edit, check, judge, try (somebody who has never seen the program)."""

import re
import shlex
import shutil
from pathlib import Path

import ground
import pytest

from daemon.__main__ import main
from daemon.books import shipped

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8").partition("## How to change a rule")[2].partition("\n## ")[0]
HANDBOOK = (shipped() / "HANDBOOK.md").read_text("utf-8").partition("## 五分钟改一条规则")[2].partition("\n## ")[0]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A copy of the book, edited as the handbook's example says."""
    folder = tmp_path / "book"
    shutil.copytree(shipped(), folder)
    name, word, example = (re.search(rf"`{key}\"([^\"]+)\"`", HANDBOOK)[1] for key in ("name = ", "", '(?=[^`]+。"`)'))
    text = (folder / "categories.toml").read_text("utf-8")
    before, found, rule = text.partition(f'name = "{name}"')
    assert found, "the handbook's rule is there"
    rule = rule.replace("any = [", f'any = ["{word}", ', 1).replace("match = [", f'match = ["{example}", ', 1)
    (folder / "categories.toml").write_text(before + found + rule, "utf-8")
    return folder


def commands(text: str, folder: Path, letter: Path) -> list[list[str]]:
    """The `python -m daemon` lines of a text, with our folder and letter in place of its own."""
    lines = re.findall(r"python -m daemon ([^#`\n]+)", text)
    named = {"/tmp/book": str(folder), "新规则册": str(folder), "letter.eml": str(letter)}
    return [[named.get(word, word) for word in shlex.split(line)] for line in lines]


@pytest.mark.parametrize("text", [README, HANDBOOK])
def test_every_command_of_the_five_minutes_works_as_it_is_written(text, book, tmp_path, monkeypatch, capsys):
    letter = tmp_path / "letter.eml"
    letter.write_bytes(
        "From: a@example.com\nContent-Type: text/plain; charset=utf-8\n\n物业部门强制办电梯卡。\n".encode()
    )
    monkeypatch.setenv("HUIYIN_DATABASE", ground.place(tmp_path / "huiyin.db"))
    monkeypatch.delenv("HUIYIN_BOOK", raising=False)
    assert main(["init"]) == 0
    asked = commands(text, book, letter)
    assert ["book", "check"] in [words[:2] for words in asked]
    assert [main(words) for words in asked] == [0] * len(asked)


def test_the_edited_rule_is_what_decides_and_says_so(book, tmp_path, capsys):
    letter = tmp_path / "letters.jsonl"
    letter.write_text('{"id": 1, "subject": "", "text": "物业部门强制办电梯卡。"}\n', "utf-8")
    assert main(["book", "try", str(book), str(letter), "--json"]) == 0
    assert '"categories": [["其他"], ["乱作为"]]' in capsys.readouterr().out
    assert main(["judge", "--book", str(book), str(letter)]) == 0
    assert "刁难加码 “强制办电梯卡”" in capsys.readouterr().out
