"""Takes the person out of a text and leaves the facts: each removal is marked （已隐去：姓名）."""

import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files

from rules.shield.folding import Sight, normal, normal_with_places, sight
from rules.shield.shapes import find_shapes
from rules.shield.values import Identity, Mark, Redaction, redacted


@cache
def _words() -> dict[str, str]:
    return tomllib.loads(files("rules.shield").joinpath("kinds.toml").read_text("utf-8"))


def redact(subject: str, text: str, identities: Sequence[Identity]) -> Redaction:
    """What a unit may read of subject and text: without the identities, and without whatever has their shape."""
    whole = f"{subject}\n{text}"
    seen = sight(whole)
    marks = _joined([*_met(seen, identities), *_shaped(seen)])
    draft = _marked(whole, marks)
    head, _, body = draft.partition("\n")
    return Redaction(redacted(head), redacted(body), draft, tuple(marks), None)


def _shaped(seen: Sight) -> Iterable[Mark]:
    for find in find_shapes(seen):
        yield Mark(find.kind, *seen.span(find.start, find.end))


def _met(seen: Sight, identities: Sequence[Identity]) -> Iterable[Mark]:
    plain, places = normal_with_places(seen)
    for identity in identities:
        value = normal(identity.value)
        place = plain.find(value) if len(value) > 1 else -1
        while place >= 0:
            yield Mark(identity.kind, *seen.span(places[place], places[place + len(value) - 1] + 1))
            place = plain.find(value, place + len(value))


def _joined(marks: Iterable[Mark]) -> list[Mark]:
    kept: list[Mark] = []
    for mark in sorted(marks, key=lambda each: (each.start, -each.end)):
        if kept and mark.start < kept[-1].end:
            kept[-1] = Mark(kept[-1].kind, kept[-1].start, max(kept[-1].end, mark.end))
        else:
            kept.append(mark)
    return kept


def _marked(whole: str, marks: Sequence[Mark]) -> str:
    words = _words()
    pieces: list[str] = []
    begin = 0
    for mark in marks:
        pieces += [whole[begin : mark.start], f"（已隐去：{words[mark.kind]}）"]
        begin = mark.end
    return "".join([*pieces, whole[begin:]])
