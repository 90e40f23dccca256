"""The guard (出门检查): reads the finished bytes of a letter and says where an identity still stands. It never repeats the value.

What cannot be read may not leave (A36). A picture goes out only by a person's yes (A34), which is not the guard's to give: it is told which
copies he released, and looks that they are nothing but pixels. LIMITS: what a released picture shows cannot be read.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from email import message_from_bytes
from email.message import Message
from hashlib import sha256
from typing import TYPE_CHECKING

from rules.shield.finished import attachments, texts, variants
from rules.shield.folding import MOST, sight
from rules.shield.occurrences import occurrences
from rules.shield.values import Hit, Identity

if TYPE_CHECKING:
    from rules.papers import Paper

UNKNOWN = Hit("none", "identities")
"""A case without identities is a fault, not a clean letter (A41)."""
READ = (None, "file:blank")
"""A file that was read; one without a word in it, and without a picture, says nothing."""
LOOKALIKE = re.compile(r"[0-9][oOlIi]|[oOlI][0-9]")
LETTER_FOR_DIGIT = {"o": "0", "O": "0", "l": "1", "I": "1", "i": "1"}


def guard(
    raw: bytes,
    identities: Sequence[Identity],
    papers: Iterable[tuple[str, str]] = (),
    released: frozenset[str] = frozenset(),
) -> tuple[Hit, ...]:
    """Where the finished MIME bytes still hold an identity; () means the letter may leave. `papers`: name and text of files sent;
    `released`: SHA-256s of pictures that a person let go."""
    if not identities:
        return (UNKNOWN,)
    message = message_from_bytes(raw)
    pictures = frozenset(_pictures(message, released))
    given = (("attachment", f"{name}\n{text}") for name, text in papers)
    places = dict.fromkeys((*texts(message, pictures), *given))
    read = _papers(message, pictures)
    found = (hit for where, text in places for hit in _hits(text, identities, where))
    more = (hit for paper in read for hit in _in_paper(paper, identities))
    return tuple(dict.fromkeys((*found, *more)))


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
        for letter, digit in LETTER_FOR_DIGIT.items():
            text = text.replace(letter, digit)
        for identity, _, _ in occurrences(sight(text), numbers):
            yield Hit(identity.kind, where)


def _pictures(message: Message, released: frozenset[str]) -> Iterator[str]:
    """The released pictures of the letter that are nothing but pixels."""
    if not released:
        return
    from rules.papers.picture import bare

    for _, data in attachments(message):
        digest = sha256(data).hexdigest()
        if digest in released and bare(data):
            yield digest


def _papers(message: Message, pictures: frozenset[str]) -> "Iterator[Paper]":
    """The files of the letter, as a reader of papers reads them."""
    from rules.papers import open_paper

    for name, data in attachments(message):
        if not pictures or sha256(data).hexdigest() not in pictures:
            yield open_paper(data, name)


def _in_paper(paper: "Paper", identities: Sequence[Identity]) -> Iterator[Hit]:
    """What stands in a file, hidden places too; one that cannot be read, and an archive, is a hit itself (A36)."""
    if paper.why_not not in READ or paper.inner:
        yield Hit("unread", "attachment")
    yield from _hits("\n".join((paper.name, paper.text, *paper.aside)), identities, "attachment")
