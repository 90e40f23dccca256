"""What is odd about a letter, in the clerk's words, and whether its sender can be relied on (A11, L8)."""

from typing import NamedTuple

from rules.letter import Attachment
from rules.reading.addresses import looks_like_address, mailboxes
from rules.reading.bodies import Body
from rules.reading.fields import Head
from rules.reading.limits import Limits
from rules.reading.links import expiry
from rules.reading.opening import Opened
from rules.reading.unseen import CONTROLS
from rules.reading.words import decode_words
from rules.wording import wording

say = wording("rules.reading")
_NAMED = ("encrypted", "macro", "empty", "wrong-type", "tnef", "truncated")
_PROGRAMS = {"application/x-dosexec", "application/x-executable"}


class Sender(NamedTuple):
    """Who the letter says it is from; `trouble` why that cannot be used ('' = it can)."""

    address: str
    name: str
    trouble: str
    posing: str
    notes: tuple[str, ...]


def sender_of(head: Head, second: tuple[str, ...]) -> Sender:
    """The sender by our reading of From, checked against mail-parser's (`second`)."""
    values = head.all("from")
    boxes = mailboxes(b", ".join(values), 20)
    notes = (
        decode_words(b" ".join(values)[:4000]).guesses
        if not all(value.isascii() for value in values) or any(b"=?" in v for v in values)
        else ()
    )
    usable = list(dict.fromkeys(box.address for box in boxes if "@" in box.address))
    first = next((box for box in boxes if box.address), boxes[0] if boxes else None)
    name = first.name.translate(CONTROLS) if first else ""
    posing = looks_like_address(name)
    if not usable:
        return Sender(
            first.address if first else "",
            name,
            "none" if not boxes or not b"".join(values).strip(b" <>") else "syntax",
            posing,
            notes,
        )
    if len(usable) > 1 or len(values) > 1:
        return Sender(usable[0], name, "several", posing, notes)
    if second and usable[0] not in second:
        return Sender(usable[0], name, "conflict", posing, notes)
    if posing and posing != usable[0]:
        return Sender(usable[0], name, "conflict", posing, notes)
    return Sender(usable[0], name, "", "", notes)


class Found(NamedTuple):
    """All that was read of a letter and can be odd."""

    letter: Opened
    sender: Sender
    subject: str
    body: Body
    files: tuple[Attachment, ...]
    links: tuple[str, ...]
    limited: frozenset[str]
    date: str | None


def oddities(found: Found, limits: Limits) -> tuple[str, ...]:
    """All oddities, the weighty ones first."""
    head, body = found.letter.tree.root.head, found.body
    odd = [*_of_limits(found.limited, limits), *_of_sender(head, found.sender), *_of_head(found, head)]
    if not body.text.strip():
        odd.append(say("no-text") if found.files else "" if found.subject else say("empty"))
    odd += [say(key) for key in sorted(body.oddities)]
    if body.contradicts:
        odd.append(say("contradicts"))
    if body.split.quoted and not body.split.own.strip():
        odd.append(say("no-new-words"))
    odd += [note for file in found.files for note in _of_file(file)]
    if found.links:
        until = expiry(body.text)
        odd += [say("big-links", count=len(found.links)), say("link-expires", until=until) if until else ""]
    guesses = dict.fromkeys(note.rpartition(" ")[2] for note in (*found.sender.notes, *body.notes))
    odd += [say("charset", charset=guess) for guess in guesses]
    return tuple(dict.fromkeys(filter(None, odd)))


def _of_limits(limited: frozenset[str], limits: Limits) -> list[str]:
    return [say(f"limit-{name}", count=limits.addresses) for name in sorted(limited)]


def _of_sender(head: Head, sender: Sender) -> list[str]:
    keys = {"none": "no-sender", "syntax": "no-sender", "several": "several-senders", "conflict": "conflicting-sender"}
    found = [say(keys[sender.trouble])] if sender.trouble else []
    if sender.posing and sender.trouble == "conflict":
        found.append(say("name-is-address", name=sender.posing))
    box = next(iter(mailboxes(head.first("sender"), 2)), None)
    if box and box.address and sender.address and box.address != sender.address:
        found.append(say("sender-differs", sender=box.address))
    return found


def _of_head(found: Found, head: Head) -> list[str]:
    checks = (
        ("several-subjects", len(head.all("subject")) > 1),
        ("no-subject", not found.subject),
        ("no-date", found.date is None),
        ("head", head.strange),
    )
    return [say(key) for key, holds in checks if holds] + [say(key) for key in sorted(found.letter.tree.strange)]


def _of_file(file: Attachment) -> list[str]:
    name = file.name or say("unnamed")
    found = [say(f"attachment-{note}", name=name) for note in _NAMED if note in file.notes]
    if "letter" in file.notes:
        found.append(say("attachment-letter"))
    if file.type in _PROGRAMS:
        found.append(say("attachment-executable", name=name))
    return found
