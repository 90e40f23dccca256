"""Every readable text of a finished letter: headers raw and decoded, each part decoded, HTML with and without its tags, names of files.

Reads what a receiver, or somebody with an editor, could read. Any bytes give texts; nothing is trusted but the bytes.
"""

import html
import re
from collections.abc import Iterator
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import collapse_rfc2231_value
from hashlib import sha256
from typing import cast

Place = tuple[str, str]
TAG = re.compile(r"<[^<>]{0,2000}>")
ENTITY = re.compile(r"&#?[0-9a-zA-Z]{1,31};?")


def texts(message: Message, pixels: frozenset[str] = frozenset()) -> Iterator[Place]:
    """(where, text) of everything in the letter. `pixels`: SHA-256s of files that hold none."""
    for part in message.walk():
        yield from _headers(part)
        if not part.is_multipart() and not (pixels and _hash(part) in pixels):
            yield from _body(part)
        for text in (part.preamble, part.epilogue):
            if text and text.strip():
                yield "outside", text


def _hash(part: Message) -> str:
    return sha256(cast("bytes", part.get_payload(decode=True))).hexdigest()


def variants(text: str) -> Iterator[str]:
    """The text, and as a reader of HTML sees it where it holds entities or tags (A25)."""
    yield text
    if "&" not in text and "<" not in text:
        return
    plain = html.unescape(text) if ENTITY.search(text) else text
    if plain != text:
        yield plain
    bare = TAG.sub("", plain)
    if bare != plain:
        yield bare


def attachments(message: Message) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each part that is not text."""
    for part in message.walk():
        if not part.is_multipart() and part.get_content_maintype() != "text":
            yield _name(part), cast("bytes", part.get_payload(decode=True))


def _headers(part: Message) -> Iterator[Place]:
    for name, value in part.items():
        plain = str(value).encode("utf-8", "surrogateescape").decode("utf-8", "replace")
        yield f"header {name}", plain
        decoded = _decoded(plain)
        if decoded != plain:
            yield f"header {name}", decoded
    name = _name(part)
    if name:
        yield "file name", name
    boundary = part.get_boundary()
    if boundary:
        yield "boundary", boundary


def _decoded(value: str) -> str:
    if "=?" not in value:
        return value
    try:
        return "".join(_as_text(piece, charset) for piece, charset in decode_header(value))
    except HeaderParseError:
        return value  # as it stands it is read all the same


def _as_text(piece: str | bytes, charset: str | None) -> str:
    if isinstance(piece, str):
        return piece
    for name in (charset or "utf-8", "utf-8", "gb18030"):
        try:
            return piece.decode(name)
        except (LookupError, UnicodeDecodeError):
            continue
    return piece.decode("latin-1")


def _name(part: Message) -> str:
    for key, header in (("filename", "content-disposition"), ("name", "content-type")):
        value = part.get_param(key, header=header)
        if value is not None:
            return _decoded(collapse_rfc2231_value(value))
    return ""


def _body(part: Message) -> Iterator[Place]:
    data = cast("bytes", part.get_payload(decode=True))
    where = (
        "html"
        if part.get_content_subtype() == "html"
        else "text"
        if part.get_content_maintype() == "text"
        else "attachment"
    )
    charset = part.get_content_charset()
    for text in dict.fromkeys(
        (_as_text(data, charset), data.decode("utf-8", "replace"), data.decode("gb18030", "replace"))
    ):
        yield where, text
        if where != "attachment":
            return
    yield where, data.decode("utf-16-le", "replace")
