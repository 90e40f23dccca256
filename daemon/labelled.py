"""Labelled letters from a file, and learned rules from a folder: what `book learn` and `book score` read.

A line is one JSON object with `subject`, `text`, `label` (and `id`); the file may be gzipped. A bad line is told and passed over.
"""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rules.learning import Learned, Sample, read
from rules.trouble import UsageTrouble
from rules.wording import wording

say = wording("daemon")
LONGEST_LINE = 8 << 20
"""No letter's text is longer; a longer line is not JSON of ours."""


def labelled(path: Path) -> tuple[list[Sample], list[str]]:
    """The letters, in order, and a sentence for each line that is not one. Raises UsageTrouble where the file cannot be read."""
    samples: list[Sample] = []
    complaints: list[str] = []
    try:
        for number, line in enumerate(_lines(path), 1):
            sample = _sample(line, number)
            if sample is not None:
                samples.append(sample)
            elif line.strip():
                complaints.append(say("learn-bad-line", file=path, line=number))
    except (OSError, EOFError) as trouble:
        raise UsageTrouble(say("learn-no-file", file=path)) from trouble
    return samples, complaints


def learned(folder: Path) -> Learned:
    """The learned rules of a folder. Raises UsageTrouble, BookTrouble."""
    try:
        texts = {path.name: path.read_bytes() for path in sorted(folder.glob("*.toml"))}
    except OSError as trouble:
        raise UsageTrouble(say("learn-no-file", file=folder)) from trouble
    if "office.toml" in texts:
        raise UsageTrouble(say("learned-book", folder=folder))
    return read(texts)


def _lines(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        stream = gzip.GzipFile(fileobj=file) if path.suffix == ".gz" else file
        while line := stream.readline(LONGEST_LINE):
            yield line


def _sample(line: bytes, number: int) -> Sample | None:
    try:
        found: Any = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict):
        return None
    subject, text, label = found.get("subject") or "", found.get("text") or "", found.get("label") or None
    if not isinstance(subject, str) or not isinstance(text, str) or not isinstance(label, str | None):
        return None
    return Sample(subject, text, label, str(found.get("id", number)))
