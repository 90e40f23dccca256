"""Takes the person out of a text and leaves the facts: each removal is marked （已隐去：姓名）."""

import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files

from rules.shield.doubts import doubt
from rules.shield.folding import Sight, sight
from rules.shield.occurrences import occurrences
from rules.shield.shapes import find_shapes
from rules.shield.values import Identity, Mark, Redaction, redacted
from rules.wording import wording

SEEN_BY_OFFICE = frozenset(("unclear", "official"))
"""Persons whom the reviewing office sees though the unit does not."""


@cache
def _words() -> dict[str, str]:
    return tomllib.loads(files("rules.shield").joinpath("kinds.toml").read_text("utf-8"))


def kind_word(kind: str) -> str:
    """姓名, 电话…: what a kind of identity is called."""
    return _words()[kind]


def kinds() -> frozenset[str]:
    """The kinds of identity there are."""
    return frozenset(_words())


def redact(subject: str, text: str, identities: Sequence[Identity]) -> Redaction:
    """What a unit may read of subject and text: without the identities, and without whatever has their shape."""
    whole = f"{subject}\n{text}"
    seen = sight(whole)
    shaped = [Mark(find.kind, *seen.span(find.start, find.end)) for find in find_shapes(seen)]
    met = [(identity.role, Mark(identity.kind, *seen.span(*span))) for identity, *span in occurrences(seen, identities)]
    marks = _joined([*(mark for _, mark in met), *shaped])
    office = _joined([*(mark for role, mark in met if role not in SEEN_BY_OFFICE), *shaped])
    head, body = _marked(whole, marks, len(subject))
    office_text = "\n".join(_marked(whole, office, len(subject)))
    return Redaction(redacted(head), redacted(body), office_text, tuple(marks), _refused(seen, marks))


def _refused(seen: Sight, marks: Sequence[Mark]) -> str | None:
    why = doubt(seen, marks)
    return None if why is None else wording("rules.shield")(why)


def _joined(marks: Iterable[Mark]) -> list[Mark]:
    kept: list[Mark] = []
    for mark in sorted(marks, key=lambda each: (each.start, -each.end)):
        if kept and mark.start < kept[-1].end:
            kept[-1] = Mark(kept[-1].kind, kept[-1].start, max(kept[-1].end, mark.end))
        else:
            kept.append(mark)
    return kept


def _marked(whole: str, marks: Sequence[Mark], line_end: int) -> tuple[str, str]:
    """Subject and text with the marks put in; a mark over their border belongs to the subject."""
    words = _words()
    pieces: tuple[list[str], list[str]] = ([], [])
    begin = 0
    for mark in marks:
        _add(pieces, whole, begin, mark.start, line_end)
        pieces[mark.start > line_end].append(f"（已隐去：{words[mark.kind]}）")
        begin = mark.end
    _add(pieces, whole, begin, len(whole), line_end)
    return "".join(pieces[0]), "".join(pieces[1])


def _add(pieces: tuple[list[str], list[str]], whole: str, begin: int, end: int, line_end: int) -> None:
    pieces[0].append(whole[begin : min(end, line_end)])
    pieces[1].append(whole[max(begin, line_end + 1) : end])
