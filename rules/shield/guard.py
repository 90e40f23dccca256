"""The guard (出门检查): reads the finished bytes of a letter and says where an identity still stands. It never repeats the value.

LIMITS: what a picture shows cannot be read; a picture goes out only by a person's yes (A34), which is not the guard's to give.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from email import message_from_bytes
from email.message import Message

from rules.shield.finished import attachments, texts, variants
from rules.shield.folding import MOST, sight
from rules.shield.occurrences import occurrences
from rules.shield.values import Hit, Identity

UNKNOWN = Hit("none", "identities")
"""A case without identities is a fault, not a clean letter (A41)."""
LOOKALIKE = re.compile(r"[0-9][oOlIi]|[oOlI][0-9]")
DIGITS = str.maketrans("oOlIi", "00111")


def guard(raw: bytes, identities: Sequence[Identity], papers: Iterable[tuple[str, str]] = ()) -> tuple[Hit, ...]:
    """Where the finished MIME bytes still hold an identity; () means the letter may leave. `papers`: name and text of files sent."""
    if not identities:
        return (UNKNOWN,)
    message = message_from_bytes(raw)
    given = (("attachment", f"{name}\n{text}") for name, text in papers)
    places = dict.fromkeys((*texts(message), *_papers(message), *given))
    return tuple(dict.fromkeys(hit for where, text in places for hit in _hits(text, identities, where)))


def guard_text(text: str, identities: Sequence[Identity], where: str = "text") -> tuple[Hit, ...]:
    """The same over a text."""
    if not identities:
        return (UNKNOWN,)
    return tuple(dict.fromkeys(_hits(text, identities, where)))


def _hits(text: str, identities: Sequence[Identity], where: str) -> Iterator[Hit]:
    if len(text) > MOST and where != "attachment":
        yield Hit("unread", where)
    for variant in variants(text):
        for identity, _, _ in occurrences(sight(variant), identities):
            yield Hit(identity.kind, where)
    if LOOKALIKE.search(text):
        numbers = tuple(each for each in identities if any(sign.isdigit() for sign in each.value))
        for identity, _, _ in occurrences(sight(text.translate(DIGITS)), numbers):
            yield Hit(identity.kind, where)


def _papers(message: Message) -> Iterator[tuple[str, str]]:
    """What stands in the files of the letter, as a reader of papers reads them, hidden places too."""
    from rules.papers import open_paper

    for name, data in attachments(message):
        paper = open_paper(data, name)
        yield "attachment", "\n".join((name, paper.text, *paper.aside))
