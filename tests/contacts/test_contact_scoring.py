"""The numbers to reach on the development set of contact sheets; other layouts and units are kept back."""

import json
import os
import re
import unicodedata
from pathlib import Path
from types import SimpleNamespace

import pytest

from daemon.books import read_chapters
from daemon.shell import directory
from daemon.shell._directory_read import arguments
from rules.contacts import UnitNames

FIELDS = [
    "unit",
    "org",
    "leader",
    "leader_title",
    "leader_phone",
    "contact",
    "contact_title",
    "hotline",
    "office_phone",
    "mobile",
    "email",
]
PHONES = {"leader_phone", "hotline", "office_phone", "mobile"}


@pytest.fixture(scope="module")
def folder():
    if not os.environ.get("HUIYIN_DATA"):
        pytest.skip("HUIYIN_DATA is not set: no scoring data")
    return Path(os.environ["HUIYIN_DATA"]) / "tables"


def lines(path):
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def read(capsys, *words):
    import argparse

    parser = argparse.ArgumentParser()
    arguments(parser)
    options = parser.parse_args(["--json", *map(str, words)])
    capsys.readouterr()
    assert (
        directory.run(
            SimpleNamespace(act_module=__import__("daemon.shell._directory_read", fromlist=["run"]), **vars(options))
        )
        == 0
    )
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def canon(field, value, official):
    text = unicodedata.normalize("NFKC", value).strip()
    if field == "unit":
        return official.get(value.strip(), official.get(text, text))
    if field in PHONES:
        return frozenset(re.sub(r"[^\d转/]", "", part) for part in text.split("、"))
    if field in ("contact", "email"):
        return frozenset(re.sub(r"\s", "", part).lower() for part in text.split("、"))
    return re.sub(r"\s", "", text)


def cells(rows, official):
    return [{name: canon(name, row[name], official) for name in FIELDS if row.get(name)} for row in rows]


def score(pairs, official):
    hit = want = given = 0
    for gold, answer in pairs:
        wanted, found = cells(gold["rows"], official), cells(answer["rows"], official)
        want += sum(map(len, wanted))
        given += sum(map(len, found))
        for row in wanted:
            best = max(found, key=lambda other, row=row: sum(row[name] == other.get(name) for name in row), default={})
            hit += sum(row[name] == best.get(name) for name in row)
    raised = sum(len(set(gold["doubts"]) & set(answer["doubts"])) for gold, answer in pairs)
    asked = sum(len(gold["doubts"]) for gold, _ in pairs)
    extra = sum(
        len(set(answer["doubts"]) - set(gold["doubts"]) - set(gold.get("doubts_ok", []))) for gold, answer in pairs
    )
    return hit / want, hit / max(given, 1), raised / asked, extra


def official_names(folder):
    units = json.loads((folder / "units.json").read_text("utf-8"))
    return {name: unit for part in units.values() for unit, others in part.items() for name in [unit, *others]}


def test_sheets_are_read_as_well_as_asked(folder, capsys):
    gold = lines(folder / "gold.jsonl")
    answers = read(capsys, *(folder / line["file"] for line in gold))
    pairs = list(zip(gold, answers, strict=True))

    wrong = [line["file"] for line, answer in pairs if line["readable"] != answer["readable"]]
    right, precise, _, _ = score([pair for pair in pairs if pair[0]["readable"]], official_names(folder))
    _, _, raised, extra = score(pairs, official_names(folder))

    assert (wrong, right >= 0.98, precise >= 0.97, raised >= 0.95, extra <= 10) == ([], True, True, True, True)


def test_mails_are_judged_as_asked(folder, capsys):
    gold = lines(folder / "mails" / "gold-mails.jsonl")
    answers = read(
        capsys,
        "--registered",
        folder / "mails" / "registered.json",
        *(folder / "mails" / line["file"] for line in gold),
    )
    pairs = [
        (line, answer)
        for line, answer in zip(gold, answers, strict=True)
        if answer["disposition"] != line.get("also_ok")
    ]

    wrong = [
        line["file"]
        for line, answer in pairs
        if answer["disposition"] != line["disposition"] or set(answer["units"]) != set(line["units"])
    ]
    late = [line["file"] for line, answer in pairs if not answer["supersedes"].endswith(line.get("supersedes", ""))]
    right, precise, raised, extra = score(pairs, official_names(folder))

    assert (wrong, late, right >= 0.98, precise >= 0.97, raised >= 0.95, extra <= 10) == (
        [],
        [],
        True,
        True,
        True,
        True,
    )


def test_every_unit_of_the_scoring_set_is_in_the_book(folder):
    import tomllib

    from rules.policy.chapters.units import units
    from rules.policy.sheet import Sheet

    text = read_chapters()["units.toml"].decode()
    names = UnitNames(units(Sheet.of(tomllib.loads(text), "units.toml", text, [])))
    official = official_names(folder)

    unknown = {name: names.resolve(name).unit for name in official if not names.resolve(name).unit}

    assert unknown == {}
