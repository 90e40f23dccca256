"""Encoded words of headers (RFC 2047) and raw 8-bit header text, decoded as the sender meant them (L4, L5).

Adjacent words of one charset are joined as bytes before they are decoded, since many clients cut inside a character.
What is no encoded word stays as it stands.
"""

import binascii
import re
from typing import NamedTuple

from rules.reading.charset import decode, unmangled

_WORD = re.compile(rb"=\?([!-<>@-~]{1,60})\?([BbQq])\?((?:[^?=]|\?(?!=)|=(?!\?[^=]))*)(?:\?=|\Z)")
_NOT_BASE64 = bytes(
    sign for sign in range(256) if not (chr(sign).isascii() and (chr(sign).isalnum() or chr(sign) in "+/"))
)
_ROUNDS = 3
"""A subject encoded twice is decoded twice; nobody encodes it oftener."""


class Words(NamedTuple):
    """Decoded header text and the charsets that had to be guessed."""

    text: str
    guesses: tuple[str, ...] = ()


def decode_words(raw: bytes) -> Words:
    """The text of a header's value, unfolded. Linear in its length."""
    guesses: list[str] = []
    text = _once(raw, guesses)
    for _ in range(_ROUNDS):
        if "=?" not in text or not _WORD.search(text.encode("utf-8", "replace")):
            break
        text = _once(text.encode("utf-8", "replace"), [])
    plain = unmangled(text)
    if plain != text:
        guesses.append("unmangled")
    return Words(plain, tuple(guesses))


def _once(raw: bytes, guesses: list[str]) -> str:
    if b"=?" not in raw:
        return _plain(raw, guesses)
    pieces: list[str] = []
    group: list[tuple[bytes, bytes, bytes]] = []
    end = 0
    for match in _WORD.finditer(raw):
        between = raw[end : match.start()]
        if not group or between.strip(b" \t\r\n"):
            _flush(group, pieces, guesses)
            pieces.append(_plain(between, guesses))
        charset = match[1].split(b"*")[0].lower()
        if group and group[0][0] != charset:
            _flush(group, pieces, guesses)
        group.append((charset, match[2].upper(), match[3]))
        end = match.end()
    _flush(group, pieces, guesses)
    pieces.append(_plain(raw[end:], guesses))
    return "".join(pieces)


def _plain(raw: bytes, guesses: list[str]) -> str:
    if raw.isascii() and b"\x1b" not in raw:
        return raw.decode("ascii")
    found = decode(raw)
    if found.guessed and found.charset != "utf-8":
        guesses.append(found.charset)
    return found.text


def _flush(group: list[tuple[bytes, bytes, bytes]], pieces: list[str], guesses: list[str]) -> None:
    """Decode a run of words of one charset as one."""
    if not group:
        return
    label = group[0][0].decode("ascii")
    found = decode(_bytes_of(group), label)
    if found.guessed:
        guesses.append(found.charset)
    pieces.append(found.text)
    group.clear()


def _bytes_of(group: list[tuple[bytes, bytes, bytes]]) -> bytes:
    """The bytes of a run; base64 that was cut inside a group of four is joined first."""
    if all(how == b"B" for _, how, _ in group):
        texts = [payload.translate(None, _NOT_BASE64) for _, _, payload in group]
        if any(
            len(text) % 4 == 1 or (len(text) % 4 and b"=" not in payload)
            for text, (_, _, payload) in zip(texts, group, strict=True)
        ):
            return base64_bytes(b"".join(texts))
        return b"".join(map(base64_bytes, texts))
    return b"".join(base64_bytes(payload) if how == b"B" else q_bytes(payload) for _, how, payload in group)


def q_bytes(payload: bytes) -> bytes:
    """The bytes of a Q word: underscores are blanks."""
    return binascii.a2b_qp(payload, header=True)


def base64_bytes(payload: bytes) -> bytes:
    """Base64 with junk, without padding or cut in the middle: what decodes is given, the rest is dropped."""
    clean = payload.translate(None, _NOT_BASE64)
    if len(clean) % 4 == 1:
        clean = clean[:-1]
    return binascii.a2b_base64(clean + b"=" * (-len(clean) % 4))
