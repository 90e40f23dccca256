"""Reading (读信): the bytes of a letter become one `Letter`; pure, bounded, and never an exception.

letter = read(raw)                          the same bytes always give the same letter
for attachment, data in payloads(raw): ...  the files, in the order of letter.attachments
letter = read_body(text)                    a body without a head
"""

import hashlib
from collections.abc import Iterator
from dataclasses import replace

from rules.letter import Attachment, Letter
from rules.numbers import DEFAULT, Signs
from rules.reading import bodies, machines
from rules.reading.attached import attachment
from rules.reading.letters import compose
from rules.reading.limits import LIMITS, Limits
from rules.reading.opening import files_of, opened
from rules.wording import wording

__all__ = ["LIMITS", "Limits", "payloads", "read", "read_body"]
say = wording("rules.reading")


def read(raw: bytes, signs: Signs = DEFAULT, limits: Limits = LIMITS) -> Letter:
    """A letter as it stands in its bytes. Never raises: what a fault of ours keeps from being read is shown as unread, and is held."""
    try:
        return compose(raw, signs, limits)
    except Exception:  # STEADY: one indigestible letter never stops the others; the mutation run holds this line unused
        return Letter(
            hashlib.sha256(raw).hexdigest(),
            len(raw),
            from_trouble="none",
            oddities=(say("unread"),),
            limits=("unread",),
        )


def payloads(raw: bytes, limits: Limits = LIMITS) -> Iterator[tuple[Attachment, bytes]]:
    """The attachments with their decoded bytes, in the order of `Letter.attachments`."""
    taken: set[str] = set()
    for number, file in enumerate(files_of(opened(raw, limits), limits)):
        if number >= limits.parts:
            return
        yield attachment(file, taken), file.data


def read_body(text: str) -> Letter:
    """A body without a head, read as the body of a letter would be."""
    raw = text.encode("utf-8", "replace")
    body = bodies.body_of_text(text)
    letter = Letter(
        hashlib.sha256(raw).hexdigest(), len(raw), text=body.text, own_words=body.split.own, quoted=body.split.quoted
    )
    return replace(
        letter,
        forwarded=body.split.forwarded,
        signature=body.split.signature,
        machine_hint=machines.hint(body.split.own),
    )
