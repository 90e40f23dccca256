"""The letter's skeleton, given to mail-parser: structure, addresses and dates in clean form, a ticket in place of each body.

mail-parser decides which parts are the text of a letter and which are attachments, reads dates, and gives the second reading of From.
What it reads wrongly (domain §6.5: raw 8-bit headers, gb2312, split words, letters in letters, size) never reaches it: headers are
decoded here, bodies and big attachments stay with us and are fetched by their ticket.
"""

import base64
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

import mailparser

from rules.reading.charset import decode
from rules.reading.parts import Part

for _module in (mailparser.core, mailparser.utils):
    _module.log.disabled = True  # QUIET: it logs names and headers of letters
_HANDED_ON = ("from", "date")
_MOST = 2000
"""No header handed to mail-parser is longer: its own readers are not all linear."""


class Parsed(NamedTuple):
    """What mail-parser says: places of text and attachment leaves, the addresses of From, the date and whether it was clean."""

    texts: frozenset[int]
    attached: frozenset[int]
    senders: tuple[str, ...]
    date: datetime | None
    zone: str


def parse(root: Part, leaves: list[Part]) -> Parsed:
    """mail-parser's reading of the skeleton. A trouble inside the library leaves the places to the plain rule of RFC 2183."""
    numbers = {id(leaf): number for number, leaf in enumerate(leaves)}
    lines: list[bytes] = []
    for name in _HANDED_ON:
        value = root.head.first(name)
        if value:
            lines.append(name.encode() + b": " + _ascii(value[:_MOST]))
    _describe(root, numbers, lines)
    try:
        return _asked(b"\r\n".join(lines))
    except Exception:  # a library's bug is no reason to lose a letter; the plain rule answers
        texts = frozenset(
            n
            for n, leaf in enumerate(leaves)
            if leaf.type in {"text/plain", "text/html"} and leaf.disposition != "attachment"
        )
        return Parsed(texts, frozenset(range(len(leaves))) - texts, (), None, "")


def _asked(skeleton: bytes) -> Parsed:
    mail = mailparser.parse_from_bytes(skeleton)
    texts = _tickets([*mail.text_plain, *mail.text_html])
    attached = _tickets(base64.b64decode(found["payload"]).decode("ascii", "replace") for found in mail.attachments)
    senders = tuple(address.lower() for _, address in mail.from_ if address)
    return Parsed(texts, attached | _tickets(mail.text_not_managed), senders, mail.date, str(mail.timezone))


def _tickets(texts: Iterable[str]) -> frozenset[int]:
    return frozenset(int(word[1:]) for text in texts for word in text.split() if word[:1] == "t" and word[1:].isdigit())


def _ascii(value: bytes) -> bytes:
    """A header's value as one clean line: 8-bit names become UTF-8, addresses stay as they are."""
    if value.isascii():
        return value.replace(b"\r", b" ").replace(b"\n", b" ")
    return decode(value).text.encode("utf-8").replace(b"\r", b" ").replace(b"\n", b" ")


def _describe(root: Part, numbers: dict[int, int], lines: list[bytes]) -> None:
    """Write the tree, flat: one multipart/mixed of all leaves (nesting says nothing about what is text and what is attached)."""
    single = not root.children
    if not single:
        lines += [b'Content-Type: multipart/mixed; boundary="=_h"', b"", b""]
    for leaf in root.leaves():
        if not single:
            lines.append(b"--=_h")
        lines += [*_leaf_head(leaf), b"", b"t%d" % numbers[id(leaf)]]
    if not single:
        lines += [b"--=_h--", b""]


def _leaf_head(leaf: Part) -> list[bytes]:
    kind = leaf.type if not leaf.type.startswith(("message/", "multipart/")) else "application/x-letter"
    if leaf.type.startswith("multipart/"):
        kind = "text/plain"  # a multipart without parts: its body is all there is
    head = [b"Content-Type: " + kind.encode()]
    named = (
        b"filename" in leaf.head.first("content-disposition").lower()
        or b"name" in leaf.head.first("content-type").lower()
    )
    disposition = (
        leaf.disposition if leaf.disposition in {"attachment", "inline"} else "attachment" if leaf.disposition else ""
    )
    if kind not in {"text/plain", "text/html"}:
        disposition = "attachment"
    if named or disposition:
        head.append(
            b"Content-Disposition: "
            + (disposition or "attachment").encode()
            + (b'; filename="named"' if named else b"")
        )
    if leaf.head.first("content-id"):
        head.append(b"Content-ID: <t>")
    return head
