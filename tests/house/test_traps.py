"""Every fault of process and world that the house knows by number (F1 to F96), and every attack on its way out, is named by a test."""

import re
from pathlib import Path

TESTS = Path(__file__).parents[1]
RANGE = re.compile(r"\bF(\d+)[–-]F(\d+)\b")
NUMBER = re.compile(r"\bF(\d+)\b|_f(\d+)_")
ATTACK = re.compile(r"\bA(\d+)\b|_a(\d+)_")
ON_THE_WAY_OUT = {54, 55, 56, 57, 74, 75}
"""Headers, addresses, bodies, templates, logs, secrets."""


def named() -> set[int]:
    found: set[int] = set()
    for path in TESTS.rglob("test_*.py"):
        if path == Path(__file__):
            continue
        text = path.read_text("utf-8")
        for first, last in RANGE.findall(text):
            found |= set(range(int(first), int(last) + 1)) if int(last) - int(first) < 15 else set()
        found |= {int(one or other) for one, other in NUMBER.findall(text)}
    return found


def test_every_numbered_fault_is_named_by_a_test():
    assert set(range(1, 97)) - named() == set()


def test_every_attack_on_the_way_out_is_named_by_a_test():
    texts = [path.read_text("utf-8") for path in TESTS.rglob("test_*.py") if path != Path(__file__)]

    assert ON_THE_WAY_OUT - {int(one or other) for text in texts for one, other in ATTACK.findall(text)} == set()
