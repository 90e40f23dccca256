"""Whether a machine wrote a letter, and which (L56, L57, L64, L79; domain §6.3, §6.4).

The table is `machines.toml`: one entry a kind with its signs, after the fashion of sisimai's reasons: new knowledge never touches this file.
A person's letter is never called a machine's: where the signs do not suffice the letter is a person's.

LIMITS: signs are the sender's to forge. Calling himself a machine harms only the sender; his letter is kept and listed all the same.
"""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import NamedTuple

_TABLE = tomllib.loads(files("rules.reading").joinpath("machines.toml").read_text("utf-8"))
READ = 6000
"""So much of a body is looked at."""

LONGEST_HINT = 600
"""No automatic answer is longer."""

Condition = tuple[tuple[str, re.Pattern[str]], ...]


@dataclass(frozen=True, slots=True)
class _Kind:
    name: str
    because: str
    need: int
    any: tuple[Condition, ...]
    of: tuple[Condition, ...]
    must: tuple[Condition, ...]


class Verdict(NamedTuple):
    """The kind of machine (None = a person) and why: the signs that were found."""

    machine: str | None
    why: str = ""


def _conditions(rows: list[dict[str, str]]) -> tuple[Condition, ...]:
    return tuple(tuple((field, re.compile(pattern, re.S)) for field, pattern in row.items()) for row in rows)


_KINDS = tuple(
    _Kind(
        row["name"],
        row["because"],
        row["need"],
        _conditions(row["any"]),
        _conditions(row["of"]),
        _conditions(row.get("must", [])),
    )
    for row in _TABLE["kind"]
)
_COMPLAINT = re.compile("|".join(map(re.escape, _TABLE["complaint"]["words"])))
_HINT = _TABLE["hint"]
_STRONG = re.compile("|".join(_HINT["strong"]))
_GOT, _LATER, _PERSON = (re.compile(_HINT[name]) for name in ("got", "later", "person"))


def folded(text: str) -> str:
    """A text as signs are looked for in it."""
    return unicodedata.normalize("NFKC", text[:READ]).lower()


def verdict(signs: Mapping[str, str], *, ours: bool) -> Verdict:
    """The kind of machine that the signs show. `signs`: from, name, subject, body, type, part, hint and headers, all folded;
    `ours`: the letter carries a number or code of ours, so it is no advertisement."""
    for kind in _KINDS:
        if kind.name == "spam" and (ours or _COMPLAINT.search(signs["body"]) or _COMPLAINT.search(signs["subject"])):
            continue
        found = _signs_of(kind, signs)
        if found:
            return Verdict(kind.name, f"{kind.because}: {', '.join(found)}")
    return Verdict(None)


def _signs_of(kind: _Kind, signs: Mapping[str, str]) -> list[str]:
    """The names of the signs that suffice for a kind; [] if they do not."""
    for condition in kind.any:
        if _holds(condition, signs):
            return [_named(condition)]
    if kind.must and not any(_holds(condition, signs) for condition in kind.must):
        return []
    found = [_named(condition) for condition in kind.of if _holds(condition, signs)]
    return found if len(found) >= kind.need else []


def _holds(condition: Condition, signs: Mapping[str, str]) -> bool:
    for field, pattern in condition:  # noqa: SIM110 - asked fifty times a letter: a plain loop is twice as fast as all()
        if field not in signs or not pattern.search(signs[field]):
            return False
    return True


def _named(condition: Condition) -> str:
    return "+".join(field for field, _ in condition)


def hint(own: str) -> str | None:
    """'vacation' where the words alone sound like an automatic answer; a hint, never proof."""
    return hint_of_folded(folded(own)) if 0 < len(own) <= LONGEST_HINT else None


def hint_of_folded(text: str) -> str | None:
    """The same of words that were folded already."""
    text = text.strip()
    if not text or len(text) > LONGEST_HINT:
        return None
    if _STRONG.search(text):
        return "vacation"
    if len(text) > int(_HINT["longest"]) or _PERSON.search(text):
        return None
    got = _GOT.search(text)
    return "vacation" if got and (_LATER.search(text) or len(text) <= 30) else None
