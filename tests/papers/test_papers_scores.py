"""Scoring on the contact sheets handed to us: every readable file opens, every unreadable one is refused with the right word."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from rules.papers import open_paper

OF_THE_FILE = ("file:", "sheet:", "row:")
OF_THE_TABLE = {"file:blank", "file:not-a-table"}
"""Words that need an understanding of the table; its reader says them, not the reader of files."""


def _gold() -> Any:
    folder = os.environ.get("HUIYIN_DATA")
    if not folder:
        pytest.skip("HUIYIN_DATA is not set: no scoring data")
    tables = Path(folder) / "tables"
    lines = (tables / "gold.jsonl").read_text("utf-8").splitlines()
    return [(json.loads(line), (tables / json.loads(line)["file"]).read_bytes()) for line in lines]


def test_every_readable_contact_sheet_opens_with_its_text_and_its_doubts() -> None:
    for gold, data in _gold():
        if gold["readable"]:
            paper = open_paper(data, gold["file"])
            wanted = {word for word in gold["doubts"] if word.startswith(OF_THE_FILE)}
            assert (paper.why_not, set(paper.doubts) - set(gold.get("doubts_ok") or ())) == (None, wanted), gold["file"]
            assert paper.text.strip(), gold["file"]


def test_every_unreadable_contact_sheet_is_refused_with_the_right_word() -> None:
    for gold, data in _gold():
        words = {word for word in gold["doubts"] if word.startswith("file:")} - OF_THE_TABLE
        if not gold["readable"] and words:
            paper = open_paper(data, gold["file"])
            assert ({paper.why_not}, paper.text) == (words, ""), gold["file"]
