"""Reading (读信): the bytes of a letter become one `Letter`; pure, bounded, and never an exception.

letter = read(raw)                          the same bytes always give the same letter
for attachment, data in payloads(raw): ...  the files, in the order of letter.attachments
letter = read_body(text)                    a body without a head
address = sender_at_a_glance(raw)           whose turn it is, before anything is read
"""

import hashlib
from collections.abc import Iterator
from dataclasses import replace

from rules.letter import Attachment, Letter
from rules.numbers import DEFAULT, Signs
from rules.reading import bodies, machines
from rules.reading.addresses import mailboxes
from rules.reading.attached import attachment
from rules.reading.fields import read_head
from rules.reading.letters import compose
from rules.reading.limits import LIMITS, Limits
from rules.reading.opening import files_of, opened
from rules.wording import wording

__all__ = ["LIMITS", "Limits", "payloads", "read", "read_body", "sender_at_a_glance"]
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


def payloads(raw: bytes) -> Iterator[tuple[Attachment, bytes]]:
    """The attachments with their decoded bytes, in the order of `Letter.attachments`."""
    taken: set[str] = set()
    for number, file in enumerate(files_of(opened(raw, LIMITS), LIMITS)):
        if number >= LIMITS.parts:
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


def sender_at_a_glance(head: bytes) -> str:
    """The first usable address of From in a letter's beginning, in lower case, '' where there is none: good for an order of turns alone."""
    values = read_head(head, 0, len(head), len(head)).all("from")[:1]
    boxes = mailboxes(values[0], 1) if values else []
    return next((box.address.lower() for box in boxes if "@" in box.address), "")
