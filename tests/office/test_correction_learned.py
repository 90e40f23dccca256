"""A correction by reply is what `book learn` reads: from the weekly sample, from a question, to the file and to the rules proposed from it."""

import json
from pathlib import Path

import pytest
from office_day import Day

from daemon.__main__ import main
from daemon.demo import manners
from daemon.demo.cast import COMPLAINT, LIU, MA, RECEIVER, SHOP, SUN, TOWN, Player
from daemon.handing_over import look_at_machines
from daemon.labelled import labelled
from rules.wording import wording

say = wording("rules")
demo = wording("daemon.demo")
FORWARDED = "各位朋友转发一下，窗口办证难，谁都知道。"
LIST = b"List-Id: <news.shop.example>\r\nPrecedence: list\r\n"


def bulk(day: Day, sender: Player, subject: str, text: str) -> None:
    """A letter that looks like bulk mail."""
    raw = manners.web_163(sender.address, sender.name, COMPLAINT, subject, text, day.stage.now)
    day.stage.arrive(LIST + raw, COMPLAINT)
    day.round()


def corrections(day: Day, monkeypatch: pytest.MonkeyPatch, out: Path, family: str) -> list[dict[str, str]]:
    """What the command writes of the family."""
    book = out.parent / "book"
    for name, data in day.stage.rounds.office.rules.chapters.items():
        (book / name).parent.mkdir(parents=True, exist_ok=True)
        (book / name).write_bytes(data)
    monkeypatch.setenv("HUIYIN_DATABASE", str(day.stage.rounds.office.engine.url))
    monkeypatch.setenv("HUIYIN_BOOK", str(book))
    assert main(["book", "corrections", str(out), "--family", family]) == 0
    return [json.loads(line) for line in out.read_text("utf-8").splitlines()]


def test_what_a_person_corrects_by_reply_is_what_the_rules_are_learned_from(
    day: Day, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    bulk(day, SHOP, "每月简报", "大家好，请查收。")
    bulk(day, SUN, "", FORWARDED)
    day.stage.now = day.stage.now.replace(hour=9)
    assert look_at_machines(day.stage.rounds.office, day.stage.now) == 1
    day.round()
    sample = day.stage.latest(RECEIVER, "每周抽查").text
    number = next(line.split("　")[0].strip() for line in sample.splitlines() if SUN.address in line)
    assert f"{SHOP.address}　《每月简报》　大家好，请查收。" in sample

    day.answers(RECEIVER, f"{number} 登记", "每周抽查")
    assert day.got(SUN)[0].startswith("收件回执")
    day.writes(LIU, demo("week-subject-consult"), demo("week-text-consult"))
    day.answers(RECEIVER, "改类 投诉", say("question-answer"))
    day.writes(MA, "投诉住建局", "我投诉县住房和城乡建设局。2017年3月1日申请施工许可，一直拖着不给办，请求依法办理。")
    day.decides("no-mailbox", RECEIVER, f"改派 {TOWN.name}")

    kinds = corrections(day, monkeypatch, tmp_path / "kinds.jsonl", "kind")
    units = corrections(day, monkeypatch, tmp_path / "units.jsonl", "unit")
    assert [(row["text"], row["label"]) for row in kinds] == [
        (FORWARDED, "complaint"),
        (demo("week-text-consult").strip(), "complaint"),
    ]
    assert [row["label"] for row in units] == [TOWN.name]

    samples, complaints = labelled(tmp_path / "kinds.jsonl")
    assert ([(sample.text, sample.label) for sample in samples], complaints) == (
        [(row["text"], row["label"]) for row in kinds],
        [],
    )
    assert main(["book", "learn", str(tmp_path / "units.jsonl"), "--out", str(tmp_path / "learned")]) == 0
    assert TOWN.name in "".join(file.read_text("utf-8") for file in (tmp_path / "learned").iterdir())
    assert day.clean()
