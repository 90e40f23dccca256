"""Scores on the letters, quoting texts and automatic answers handed to us; the numbers the reading has to hold."""

import json
import os
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from daemon.shell.read import as_read
from rules.reading import read, read_body


def _folder() -> Path:
    folder = os.environ.get("HUIYIN_DATA")
    if not folder:
        pytest.skip("HUIYIN_DATA is not set: no scoring data")
    return Path(folder) / "letters"


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


@cache
def _letters() -> list[tuple[dict[str, Any], dict[str, Any]]]:
    folder = _folder()
    return [(gold, as_read(read((folder / gold["file"]).read_bytes()))) for gold in _lines(folder / "gold.jsonl")]


def _bare(text: str | None) -> str:
    return re.sub(r"[\s\u00a0\u3000\u200b\ufeff]+", "", text or "")


def _share(field: str, *, least: float) -> None:
    points = [(gold["file"], _bare(found[field]) == _bare(gold[field])) for gold, found in _letters() if field in gold]
    wrong = [name for name, right in points if not right]
    assert 1 - len(wrong) / len(points) >= least, wrong


@pytest.mark.parametrize("field", ["subject", "from_addr", "from_name", "date_utc"])
def test_head_fields_are_right_in_995_of_1000_letters(field: str):
    _share(field, least=0.995)


def test_the_readable_text_is_right_in_995_of_1000_letters():
    points = [
        (g["file"], all(_bare(x) in _bare(f["text"]) for x in g["text_contains"]))
        for g, f in _letters()
        if "text_contains" in g
    ]
    wrong = [name for name, right in points if not right]
    assert 1 - len(wrong) / len(points) >= 0.995, wrong


def test_attachment_names_are_right_in_97_of_100_letters():
    points = []
    for gold, found in _letters():
        if "attachments" in gold:
            names = sorted(_bare(each["name"]) for each in found["attachments"] if each["name"] is not None)
            points.append((gold["file"], names == sorted(_bare(each["name"]) for each in gold["attachments"])))
    wrong = [name for name, right in points if not right]
    assert 1 - len(wrong) / len(points) >= 0.97, wrong


def test_no_person_is_called_a_machine():
    called = [g["file"] for g, f in _letters() if "machine" in g and g["machine"] is None and f["machine"] is not None]
    outside = [g["file"] for g, f in _letters() if "machine_in" in g and f["machine"] not in g["machine_in"]]

    assert (called, outside) == ([], [])


@pytest.mark.parametrize(("kind", "least"), [("bounce", 0.98), ("vacation", 5 / 6), ("list", 17 / 18), ("auto", 0.9)])
def test_machines_are_known_by_their_kind(kind: str, least: float):
    points = [(gold["file"], found["machine"] == kind) for gold, found in _letters() if gold.get("machine") == kind]
    wrong = [name for name, right in points if not right]
    assert 1 - len(wrong) / len(points) >= least - 1e-9, wrong


def test_the_address_that_bounced_is_right_in_95_of_100():
    _share("bounced_addr", least=0.95)


def test_the_own_words_of_letters_are_right_in_95_of_100():
    points = []
    for gold, found in _letters():
        if "own_words_contains" in gold:
            own = _bare(found["own_words"])
            held = all(_bare(x) in own for x in gold["own_words_contains"])
            points.append((gold["file"], held and not any(_bare(x) in own for x in gold.get("own_words_excludes", []))))
    wrong = [name for name, right in points if not right]
    assert 1 - len(wrong) / len(points) >= 0.95, wrong


def _is_right(gold: dict[str, Any], own: str, forwarded: str) -> bool:
    found, wanted = _bare(own), _bare(gold["own_words"])
    kept = gold.get("forwarded_contains", [])
    if not all(_bare(part) in _bare(forwarded) for part in ([kept] if isinstance(kept, str) else kept)):
        return False
    if not wanted or found in {wanted, wanted + _bare(gold.get("signature", ""))}:
        return found in {wanted, wanted + _bare(gold.get("signature", ""))}
    return bool(found) and wanted.startswith(found) and len(found) >= 0.6 * len(wanted)


def test_the_own_words_of_quoting_texts_are_right():
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for gold in _lines(_folder() / "quotes.jsonl"):
        group = "others" if gold.get("client") == "various" else "inline" if gold.get("style") == "inline" else "top"
        letter = read_body(gold["text"])
        total[group] += 1
        right[group] += _is_right(gold, letter.own_words, letter.forwarded)
    shares = {group: right[group] / total[group] for group in total}
    assert (shares["top"] >= 0.95, shares["others"] >= 0.95, shares["inline"] >= 0.8) == (True, True, True), shares


def test_the_words_of_automatic_answers_are_hinted_at_in_22_of_23_and_of_no_person():
    folder = _folder()
    hinted = [read_body(gold["text"]).machine_hint == "vacation" for gold in _lines(folder / "autoreplies.jsonl")]
    people = [gold["text"] for gold in _lines(folder / "quotes.jsonl") if read_body(gold["text"]).machine_hint]

    assert (sum(hinted) / len(hinted) >= 22 / 23, people) == (True, [])
