"""The numbers the judging must reach on real letters (HUIYIN_DATA names the folder; other letters of the kind are kept back)."""

import gzip
import json
import os
from collections.abc import Iterable
from pathlib import Path

import pytest
from judging_made import BOOK

from rules.judging import Matter, judge


def rows(name):
    root = os.environ.get("HUIYIN_DATA")
    if not root:
        pytest.skip("HUIYIN_DATA is not set: no scoring data")
    path = Path(root) / "complaints" / name
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return [json.loads(line) for line in data.decode().splitlines()]


def judged(row):
    return judge(Matter(row.get("subject") or "", row["text"]), BOOK)


@pytest.fixture(scope="module")
def business():
    return [(row, judged(row)) for row in rows("business.jsonl")]


def same(one, other):
    return one in other or other in one


def f1(right: int, guessed: int, wanted: int) -> float:
    return 2 * right / (guessed + wanted)


def test_the_kind_is_right_in_nine_of_ten(business):
    right = [BOOK.label("kind", judgement.kind.value) == row["kind"] for row, judgement in business]
    assert sum(right) / len(right) >= 0.90


def test_the_categories_are_mostly_right(business):
    pairs = [(set(row["category"]), set(judgement.categories)) for row, judgement in business if row["category"]]
    right = sum(len(gold & guess) for gold, guess in pairs)
    assert f1(right, sum(len(guess) for _, guess in pairs), sum(len(gold) for gold, _ in pairs)) >= 0.65
    assert sum(bool(gold & guess) for gold, guess in pairs) / len(pairs) >= 0.85


def test_the_respondents_are_right_and_none_is_only_mentioned(business):
    right = guessed = found = wanted = 0
    for row, judgement in business:
        words = [each.words for each in judgement.respondents]
        good = [word for word in words if any(same(word, gold) for gold in row["respondent"])]
        right, guessed = right + len(good), guessed + len(words)
        found += sum(any(same(word, gold) for word in words) for gold in row["respondent"])
        wanted += len(row["respondent"])
        only = [word for word in words if word not in good and any(same(word, name) for name in row["mentioned"])]
        assert only == [], row["id"]
    precision, recall = right / guessed, found / wanted
    assert 2 * precision * recall / (precision + recall) >= 0.85


def routing(letters: Iterable[dict], key: str) -> tuple[float, float]:
    routes = [(judged(row).route, row[key]) for row in letters]
    hits = sum(bool(route) and route[0].line in lines for route, lines in routes)
    return hits / len(routes), sum(not route for route, _ in routes) / len(routes)


def test_routing_beats_the_svm_on_the_mayors_mailbox(record_property):
    letters = [
        row
        for row in rows("shangluo_mailbox.jsonl.gz")
        if row.get("unit_kind") == "department" and row.get("unit_lines")
    ]
    hit, unrouted = routing(letters, "unit_lines")
    record_property("unrouted", unrouted)
    assert hit > 0.508
    assert unrouted < 0.05


def test_routing_beats_the_svm_on_the_leaders_board(record_property):
    hit, unrouted = routing([row for row in rows("teddy_reply.jsonl.gz") if row["reply_lines"]], "reply_lines")
    record_property("unrouted", unrouted)
    assert hit > 0.596
    assert unrouted < 0.05
