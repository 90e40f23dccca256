"""An old Word file that our own reader cannot open, in the contact inbox: LibreOffice's reading is shown, a person enters it."""

import dataclasses
import stat
import sys
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from doc2docx.cfb.directory import ObjectType
from doc2docx.cfb.writer import write_compound_storage
from unit_sheets import Clerk, as_docx, letter

from daemon.demo.cast import COMPLAINT, CONTACT, HANDLER, LAND
from daemon.demo.stage import Stage
from daemon.obeying import obey_person
from daemon.suite import Suite
from db import directory, lists
from db.pen import look

PLAIN: dict[str, Any] = {"clsid": bytes(16), "state_bits": 0, "creation_time": 0, "modified_time": 0}
STREAM = SimpleNamespace(object_type=ObjectType.STREAM, **PLAIN)
WORD_6 = write_compound_storage(SimpleNamespace(**PLAIN), (("WordDocument", STREAM, b"\xdb\xa5" + bytes(600)),))
"""A Word 6 file has this stream and none of the tables our reader needs."""


@pytest.fixture
def answering(stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Stage:
    """The office on a machine with a LibreOffice that makes the same sheet of every file."""
    _, data = as_docx(Clerk(LAND.name, 1), email=LAND.address)
    (tmp_path / "sheet").write_bytes(data)
    program = tmp_path / "soffice"
    program.write_text(
        f"#!{sys.executable}\nimport pathlib, sys\n"
        "out = pathlib.Path(sys.argv[sys.argv.index('--outdir') + 1])\nout.mkdir()\n"
        f"(out / '1.docx').write_bytes(pathlib.Path({str(tmp_path / 'sheet')!r}).read_bytes())\n",
        "utf-8",
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(stage.rounds.reader, "suite", Suite(stage.rounds.reader.folder, str(program)))
    return stage


def arrives(stage: Stage, to: str, sender: str = LAND.address) -> list[dict]:
    stage.host.deliver(to, letter(sender, stage.now, files=(("信息表.doc", WORD_6),)), internaldate=stage.now)
    stage.now += timedelta(minutes=5)
    stage.rounds.whole(stage.now)
    with look(stage.rounds.office.engine) as cx:
        return [dict(question) for question in lists.questions(cx)]


def known(stage: Stage) -> int:
    with look(stage.rounds.office.engine) as cx:
        return len(directory.history(cx, LAND.name))


def test_the_reading_is_shown_to_a_person_who_enters_it(answering: Stage):
    (question,) = arrives(answering, CONTACT)
    before = known(answering)

    assert question["what"] == "contact"
    shown = answering.latest(HANDLER).text
    assert "只有另一个程序（LibreOffice）读得出" in shown
    assert f"联系人 {Clerk(LAND.name, 1).contact}" in shown
    assert obey_person(answering.rounds.office, question["id"], "通讯录", HANDLER.name, answering.now).done
    assert known(answering) == before + 1


def test_without_libreoffice_the_file_is_held_as_broken(stage: Stage, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(stage.rounds.reader, "suite", Suite(stage.rounds.reader.folder, ""))

    (question,) = arrives(stage, CONTACT)

    assert question["what"] == "contact"
    assert "附件不完整或已损坏，打不开" in stage.latest(HANDLER).text


def test_a_strangers_letter_to_the_other_mailbox_starts_no_program(answering: Stage, monkeypatch: pytest.MonkeyPatch):
    asked = Asked(answering.rounds.reader.suite)
    monkeypatch.setattr(answering.rounds.reader, "suite", asked)

    arrives(answering, COMPLAINT, "qunzhong@qq.example")

    assert asked.times == 0
    arrives(answering, COMPLAINT)
    assert asked.times == 1


@dataclasses.dataclass
class Asked:
    """Counts how often it is asked."""

    suite: Suite
    times: int = 0

    @property
    def there(self) -> bool:
        return self.suite.there

    def converted(self, files: list[bytes]) -> list[bytes | None]:
        self.times += 1
        return self.suite.converted(files)
