"""A letter taken apart (拆信): its tree, which leaves are text and which are files, and the letters inside it.

`payloads` and `compose` both work on what this gives, so that attachments have one order.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from rules.reading.attached import File
from rules.reading.fields import name_of
from rules.reading.limits import Limits
from rules.reading.parts import Part, Tree, content, split, uudecoded
from rules.reading.skeleton import Parsed, parse
from rules.reading.tnef import MARK, tnef_files

_LETTERS = {"message/rfc822", "message/global"}
REPORTS = {"message/delivery-status", "message/disposition-notification", "message/feedback-report"}
"""Parts for machines: their words are text, they are no files."""
_SIGNED = {"application/pkcs7-mime", "application/x-pkcs7-mime"}


@dataclass(slots=True)
class Opened:
    """A letter taken apart; `limits` names the reading limits that were reached so far."""

    raw: bytes
    tree: Tree
    leaves: list[Part]
    parsed: Parsed
    limits: set[str] = field(default_factory=set)

    @property
    def text_leaves(self) -> set[int]:
        """ids of the leaves a reader sees as text."""
        return {id(self.leaves[number]) for number in self.parsed.texts}


def opened(raw: bytes, limits: Limits) -> Opened:
    """Take a letter apart as far as the limits allow; never raises."""
    limited = set()
    data = raw
    if len(raw) > limits.letter:
        data = raw[: limits.letter]
        limited.add("letter")
    data = data.lstrip(b"\r\n") if data[:1] in (b"\r", b"\n") else data
    if b"\n" not in data and b"\r" in data:
        data = data.replace(b"\r", b"\n")  # a letter without a single LF: CR is its line end (L13)
    tree = split(data, limits)
    leaves = list(tree.root.leaves())
    return Opened(data, tree, leaves, parse(tree.root, leaves), limited | tree.limits)


def inner_letters(letter: Opened) -> list[bytes]:
    """The letters inside a letter, in order (L29): attached ones, and what an opaque S/MIME signature wraps (L27)."""
    found = []
    for leaf in letter.leaves:
        if leaf.type in _LETTERS:
            found.append(content(leaf)[0])
        elif leaf.type in _SIGNED:
            wrapped = _wrapped(content(leaf)[0])
            if wrapped:
                found.append(wrapped)
    return found


def _wrapped(data: bytes) -> bytes:
    """The letter inside an opaque signature: it stands there in clear, from its first Content- field on."""
    at = data[:4000].lower().find(b"content-type:")
    return data[at:] if at >= 0 else b""


def files_of(letter: Opened, limits: Limits, depth: int = 0) -> Iterator[File]:
    """Every part that is a file, in order, those of winmail.dat and of inner letters after the part they are in."""
    for number, leaf in enumerate(letter.leaves):
        if number not in letter.parsed.attached:
            yield from _inline_uu(leaf)
            continue
        if leaf.type in REPORTS:
            continue
        data, broken = content(leaf)
        notes = ("truncated",) if broken or ("letter" in letter.limits and leaf is letter.leaves[-1]) else ()
        name = name_of(leaf.head.fields)
        inline = leaf.disposition != "attachment" and bool(leaf.head.first("content-id"))
        yield File(name, leaf.type, data, inline, notes)
        if data.startswith(MARK):
            yield from tnef_files(data)
        if leaf.type in _LETTERS and depth < limits.letters_inside:
            yield from files_of(opened(data, limits), limits, depth + 1)


def _inline_uu(leaf: Part) -> Iterator[File]:
    """A file that stands uuencoded in a text (L14)."""
    body = leaf.raw[leaf.start : leaf.end]
    if leaf.type != "text/plain" or b"begin " not in body or b"\nend" not in body:
        return
    data = uudecoded(body)
    if data:
        at = body.index(b"begin ")
        name = body[at : body.index(b"\n", at)].split(b" ", 2)[-1].strip().decode("utf-8", "replace")
        yield File(name, "application/octet-stream", data)
