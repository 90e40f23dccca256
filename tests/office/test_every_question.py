"""Every kind of question is put and answered by reply in a story over real sockets; a new kind without one fails here."""

import ast
from functools import cache
from pathlib import Path

import pytest
from every_order import STORY, Orders
from every_question import TOLD, WEEK

from rules.asking import ASKINGS

FOLDER = Path(__file__).parent
ASKED = {step.kind for steps in STORY.values() for step in steps if isinstance(step, Orders)}
"""Kinds that the long story answers."""


@cache
def body(file: str, name: str) -> str:
    """The source of the test."""
    text = (FOLDER / file).read_text("utf-8")
    found = [part for part in ast.parse(text).body if isinstance(part, ast.FunctionDef) and part.name == name]
    return ast.get_source_segment(text, found[0]) or ""


def test_every_kind_of_question_has_its_story():
    assert set(TOLD) == set(ASKINGS)


@pytest.mark.parametrize("kind", sorted(TOLD))
def test_the_story_that_is_named_puts_and_answers_the_question(kind: str):
    file, _, name = TOLD[kind].partition("::")
    if TOLD[kind] == WEEK:
        assert kind in ASKED
    elif file == "test_office_story.py":
        assert f'questions().count("{kind}")' in body(file, name)
    else:
        assert f'decides("{kind}"' in body(file, name)
