"""The numbers the shield is held to, on letters kept outside this repository (HUIYIN_DATA); the rules of scoring are shield_scoring.py."""

import json
import os
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from shield_scoring import blanked, kept, known, left, merged, whole

from daemon.shell.shield import as_sent
from rules.shield import consent, find_identities, guard_text, redact


def rows(name: str) -> list[dict[str, Any]]:
    folder = os.environ.get("HUIYIN_DATA")
    if not folder:
        pytest.skip("HUIYIN_DATA is not set: no scoring data")
    return [json.loads(line) for line in (Path(folder) / "shield" / name).read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def scored():
    done = []
    for letter in rows("letters.jsonl"):
        identities = find_identities(
            letter["subject"], letter["text"], letter["from_name"], letter["from_addr"], letter["attachments"]
        )
        done.append((letter, identities, redact(letter["subject"], letter["text"], identities)))
    return done


def sent(letter: dict[str, Any], redaction) -> str:
    return "\n".join([redaction.subject, redaction.text, *as_sent(letter["attachments"])])


def test_no_letter_of_a_silent_writer_leaves_with_a_direct_identity_in_it_and_three_in_four_leave_alone(scored):
    silent = [row for row in scored if not row[0]["disclosed"]]
    leaving = [row for row in silent if row[2].refused is None]
    leaks = [
        letter["id"]
        for letter, _, redaction in leaving
        for entry, part in left(letter, sent(letter, redaction))
        if entry["level"] == "direct"
    ]

    assert leaks == []
    assert len(leaving) >= 0.75 * len(silent)


def test_recall_is_99_of_100_and_strict_recall_97(scored):
    missed = [part for letter, _, redaction in scored for _, part in left(letter, sent(letter, redaction))]
    values = sum(len(merged(letter)) for letter, _, _ in scored)

    assert missed.count(False) <= 0.01 * values
    assert len(missed) <= 0.03 * values


def test_facts_and_officials_stay(scored):
    facts = sum(len(letter["must_keep"]) for letter, _, _ in scored)
    officials = sum(len(letter["officials"]) for letter, _, _ in scored)

    assert sum(kept(letter["must_keep"], f"{r.subject}\n{r.text}") for letter, _, r in scored) >= 0.97 * facts
    assert sum(kept(letter["officials"], r.office_text) for letter, _, r in scored) >= 0.98 * officials


def test_nobody_is_said_to_have_agreed_who_did_not(scored):
    wrong = [
        letter["id"]
        for letter, _, _ in scored
        if consent(f"{letter['subject']}\n{letter['text']}").agreed and not letter["disclosed"]
    ]

    assert wrong == []


@pytest.mark.parametrize("knows", ["all", "own"])
def test_the_guard_refuses_every_letter_and_every_value_and_passes_what_is_blanked(scored, knows):
    missed, refused = [], []
    for letter, own, _ in scored:
        if letter["disclosed"]:
            continue
        identities = known(letter) if knows == "all" else own
        texts = [whole(letter), *(f"请核实：{entry['value']}，谢谢。" for entry in letter["identity"])]
        missed += [letter["id"] for text in texts if not guard_text(text, identities)]
        refused += [letter["id"]] * bool(guard_text(blanked(letter), identities))

    assert missed == []
    assert refused == []


def test_names_in_the_news_go_and_government_stays():
    removed, total = Counter(), Counter()
    for row in rows("spans.jsonl"):
        redaction = redact("", row["text"], find_identities("", row["text"], "", ""))
        gone = {place - 1 for mark in redaction.removed for place in range(mark.start, mark.end)}
        for start, end, label in row["spans"]:
            total[label] += 1
            hidden = gone.issuperset(range(start, end)) if label == "name" else gone.isdisjoint(range(start, end))
            removed[label] += hidden

    assert removed["name"] >= 0.85 * total["name"]
    assert removed["government"] >= 0.95 * total["government"]


def test_a_clean_copy_of_five_megabytes_holds_nobody():
    """What `bench` measures is a real copy: made, sent, read by the guard (it raises where the guard finds somebody)."""
    from daemon.bench.attachment import MEGABYTE, a_document, attachment_milliseconds

    assert len(a_document("收费2000元", 5 * MEGABYTE)) > 5 * MEGABYTE
    assert attachment_milliseconds(MEGABYTE) > 0
