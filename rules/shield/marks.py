"""Marks that a person adds or lifts: the words he names, where they stand, what becomes of the draft (隐去、不隐去)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rules.shield.folding import normal, sight
from rules.shield.occurrences import occurrences
from rules.shield.redact import redact
from rules.shield.values import Identity, Mark, Redacted, Redaction

SHORTEST = 2
BY_FORM = frozenset(("mobile", "landline", "idcard", "creditcode", "email", "qq", "wechat", "plate", "bankcard"))
"""Kinds that are taken out by their form, whoever they belong to: no order puts them back."""


def in_order(identities: Iterable[Identity]) -> tuple[Identity, ...]:
    """Each value once, in the order the identity room gives them back: the same letter makes the same draft again."""
    once: dict[tuple[str, str], Identity] = {}
    for identity in identities:
        folded = normal(identity.value)
        if folded:
            once.setdefault((identity.kind, folded), identity)
    return tuple(once[key] for key in sorted(once))


def named(words: str) -> tuple[str, ...]:
    """The words an order names, one a line or parted by 、; those of one sign are too short to be looked for."""
    given = (each.strip(" 　“”\"'，。,.") for line in words.splitlines() for each in line.split("、"))
    return tuple(dict.fromkeys(each for each in given if len(normal(each)) >= SHORTEST))


def as_identities(words: Sequence[str]) -> tuple[Identity, ...]:
    """Words that a person wants hidden, as the shield and the guard know values."""
    return tuple(Identity("value", each) for each in words)


def touched(words: Sequence[str], known: Sequence[Identity]) -> tuple[Identity, ...]:
    """The identities for which the words, or a part of them, were taken out."""
    met = [identity for each in words for identity, _, _ in occurrences(sight(each), known)]
    return tuple(identity for identity in known if identity in met)


@dataclass(frozen=True, slots=True)
class Redrafted:
    """A draft after the change, why a person must look at it, and the places where the letter's marks changed."""

    subject: str
    text: str
    refused: str
    marks: tuple[Mark, ...]


def redrafted(
    letter: tuple[str, str], draft: tuple[str, str], known: Sequence[Identity], now: Sequence[Identity]
) -> Redrafted | None:
    """The case's draft (subject, text) with the letter's part made anew. None where the draft holds no such part, or nothing changes.

    `letter`: subject and words; `known`: what was hidden; `now`: what is hidden from now on. What is added goes from the whole draft.
    """
    before, after = redact(*letter, known), redact(*letter, now)
    added = [identity for identity in now if identity not in known]
    text = _put(draft[1], before.text, after.text)
    subject = _put(draft[0], before.subject, after.subject)
    if added:
        rest = redact(subject if subject is not None else draft[0], text if text is not None else draft[1], added)
        subject, text = rest.subject, rest.text
    if text is None or (subject or draft[0], text) == draft:
        return None
    return Redrafted(subject or draft[0], text, after.refused or "", _changed(before, after))


def _put(draft: str, before: Redacted, after: Redacted) -> str | None:
    if not before:
        return draft
    return draft.replace(before, after) if before in draft else None


def _changed(before: Redaction, after: Redaction) -> tuple[Mark, ...]:
    old, new = set(before.removed), set(after.removed)
    return tuple(sorted(old ^ new, key=lambda mark: (mark.start, mark.end)))
