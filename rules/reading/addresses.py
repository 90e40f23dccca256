"""Who a letter says it is from, and to whom it went (A11, A12, L7, L8).

The address is the one in angle brackets; a display name never identifies anybody. mail-parser's structural reader is the second
opinion: where the two see different addresses the letter has no usable sender.
"""

import re
import unicodedata
from typing import NamedTuple

from rules.reading.charset import decode
from rules.reading.words import decode_words

_PIECE = re.compile(rb'"(?:[^"\\]|\\.)*"?|\((?:[^()\\]|\\.)*\)?|<[^<>]*>?|[,;:]|[^",;:<>()]+|.', re.S)
_ADDRESS = re.compile(r"[^\s<>\"(),:;@\[\]\\\x00-\x1f]{1,128}@[^\s<>\"(),:;@\\\x00-\x1f]{1,255}")
_QUOTED_LOCAL = re.compile(r"\"[^\"\s]{1,64}\"@[^\s<>\"(),:;@\\]{1,255}")


class Mailbox(NamedTuple):
    """A display name, decoded, and an address, '' where it has no usable one."""

    name: str
    address: str


def mailboxes(value: bytes, most: int) -> list[Mailbox]:
    """The mailboxes of a header's value, at most `most`; group names are dropped. Linear in its length."""
    if not value:
        return []
    if not value.isascii():
        value = decode(value).text.encode("utf-8")  # a raw GBK sign may hold a backslash or an @
    found: list[Mailbox] = []
    name: list[bytes] = []
    angle: bytes | None = None
    comment = b""
    for match in _PIECE.finditer(value):
        piece = match[0]
        if piece in (b",", b";"):
            _add(found, name, angle, comment)
            name, angle, comment = [], None, b""
            if len(found) >= most:
                return found
        elif piece == b":" and angle is None and not any(b"@" in part for part in name):
            name = []
        elif piece.startswith(b"<") and len(piece) > 1:
            angle = piece if angle is None or not angle.strip(b"<> ") else angle
        elif piece.startswith(b"("):
            comment = piece
        else:
            name.append(piece)
    _add(found, name, angle, comment)
    return found


def _add(found: list[Mailbox], name: list[bytes], angle: bytes | None, comment: bytes) -> None:
    """One mailbox from its pieces; nothing if they are only blanks."""
    if angle is not None:
        address = clean(decode_words(angle.strip(b"<> \t")).text)
        aside = _name([comment.strip(b"()")])
        shown = _name(name)
        found.append(Mailbox(f"{shown} ({aside})" if shown and aside else shown or aside, address or _local(angle)))
        return
    bare = b"".join(name).strip()
    if not bare and not comment:
        return
    address = clean(decode_words(bare).text.strip())
    if address:
        found.append(Mailbox(_name([comment.strip(b"()")]), address))
    elif bare:
        found.append(_split_bare(bare, _name([comment.strip(b"()")])))


def _split_bare(bare: bytes, aside: str) -> Mailbox:
    """A mailbox without brackets that is more than an address: `张三 a@b.example`."""
    text = decode_words(bare).text
    tail = re.search(r"<([^<>]{1,400})>\s{0,20}\Z", text)
    if tail and clean(tail[1]):
        return Mailbox(_tidy(text[: tail.start()]), clean(tail[1]))
    words = text.split()
    addresses = [word for word in words if clean(word)]
    if len(addresses) == 1:
        return Mailbox(_tidy(" ".join(word for word in words if word != addresses[0])), clean(addresses[0]))
    return Mailbox(aside, "")


def _local(angle: bytes) -> str:
    """A bare name in brackets, as `<MAILER-DAEMON>`: no address anybody can write to, yet what the letter says."""
    match = re.fullmatch(rb"<\s{0,5}([A-Za-z0-9._-]{1,64})\s{0,5}>", angle)
    return match[1].decode("ascii").lower() if match else ""


def clean(address: str) -> str:
    """An address with a lower-case domain; '' if it is none. The local part keeps its case only in a quoted form."""
    text = address.strip().strip("'").removeprefix("mailto:").removeprefix("MAILTO:")
    if text.startswith("@") and ":" in text:
        text = text.rpartition(":")[2]  # an old source route
    if _ADDRESS.fullmatch(text) or _QUOTED_LOCAL.fullmatch(text):
        local, _, domain = text.rpartition("@")
        host = domain.lower().rstrip(".")
        return f"{local.lower()}@{host}" if host else ""
    return ""


def looks_like_address(name: str) -> str:
    """The address a display name pretends to be; '' if it is a name (A11)."""
    text = unicodedata.normalize("NFKC", name)
    match = _ADDRESS.search(text)
    return clean(match[0].strip("'<>.,")) if match else ""


def _name(pieces: list[bytes]) -> str:
    """A display name from its pieces: quotes and backslashes undone, encoded words decoded, blanks folded."""
    parts = []
    for piece in pieces:
        if piece.startswith(b'"'):
            inner = piece[1:-1] if len(piece) > 1 and piece.endswith(b'"') else piece[1:]
            parts.append(re.sub(rb"\\(.)", rb"\1", inner))
        else:
            parts.append(piece)
    return _tidy(decode_words(b"".join(parts)).text)


def _tidy(name: str) -> str:
    text = " ".join(name.split())
    while len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        text = text[1:-1].strip()
    return text.strip('"').strip()
