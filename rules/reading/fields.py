"""The head of a letter or part: raw fields, and the parameters of a field (L6, L8, L13).

A line ends with LF or CRLF; a lone CR is no line end, except in a letter that has no LF at all.
"""

import re
from typing import NamedTuple
from urllib.parse import unquote_to_bytes

from rules.reading.charset import decode
from rules.reading.words import decode_words

_NAME = re.compile(rb"([!-9;-~]{1,200})[ \t]{0,20}:")
_FOLDS = re.compile(rb"\r?\n[ \t]?")
_MBOX = re.compile(rb">?From [^\n]{0,500}\n")


class Head(NamedTuple):
    """Fields in their order, names in lower case, values as bytes with folds removed; where the body begins."""

    fields: tuple[tuple[str, bytes], ...]
    body: int
    cut: bool = False
    strange: bool = False

    def first(self, name: str) -> bytes:
        """The first value of a field, b'' if there is none."""
        return next((value for known, value in self.fields if known == name), b"")

    def all(self, name: str) -> list[bytes]:
        """All values of a field, topmost first."""
        return [value for known, value in self.fields if known == name]


def read_head(raw: bytes, start: int, end: int, limit: int) -> Head:
    """The head that begins at `start`; at most `limit` bytes of it are read, the body is found all the same."""
    match = _MBOX.match(raw, start, end)
    start = match.end() if match else start
    fields: list[tuple[str, bytes]] = []
    position, strange = start, False
    while position < end:
        stop = raw.find(b"\n", position, end)
        stop = end if stop < 0 else stop + 1
        if raw[position:stop].strip(b"\r\n") == b"":
            return Head(tuple(fields), stop, cut=position - start > limit, strange=strange)
        if position - start > limit:
            return Head(tuple(fields), _blank_line(raw, position, end), cut=True, strange=strange)
        if raw[position] in b" \t" and fields:
            stop = _continued(raw, position, end, start + limit)
            name, value = fields[-1]
            fields[-1] = (name, value + b" " + _FOLDS.sub(b" ", raw[position:stop].strip()))
            position = stop
            continue
        line = raw[position:stop].replace(b"\0", b"") if b"\0" in raw[position:stop] else raw[position:stop]
        match = _NAME.match(line)
        if match:
            fields.append((match[1].decode("ascii").lower(), line[match.end() : limit].strip()))
        elif _goes_on(raw, stop, end):
            strange = True
        else:
            return Head(tuple(fields), position, strange=True)
        position = stop
    return Head(tuple(fields), end, strange=strange)


def _continued(raw: bytes, position: int, end: int, limit: int) -> int:
    """Where the continuation lines that begin at `position` end: taken in one piece, so that 300,000 folds stay linear."""
    while position < end and raw[position] in b" \t" and position <= limit:
        stop = raw.find(b"\n", position, end)
        stop = end if stop < 0 else stop + 1
        position = stop
    return position


def _blank_line(raw: bytes, position: int, end: int) -> int:
    found = [at + len(mark) for mark in (b"\n\n", b"\n\r\n") if (at := raw.find(mark, position, end)) >= 0]
    return min(found, default=end)


def _goes_on(raw: bytes, position: int, end: int) -> bool:
    """Whether after a line that is no field the head goes on: two more fields follow."""
    following = raw[position : min(end, position + 2000)].split(b"\n", 2)[:2]
    return len(following) == 2 and all(_NAME.match(line) and b" " not in line.split(b":")[0] for line in following)


_PARAMETER = re.compile(
    rb";[\s;]{0,50}([!#$&'*+\-.0-9A-Z^_`a-z{|}~%]{1,80})[ \t\r\n]{0,20}=[ \t\r\n]{0,20}(\"(?:[^\"\\]|\\.)*\"?|[^;]*)",
    re.S,
)
_PIECE = re.compile(r"(.+?)(?:\*([0-9]{1,4}))?(\*)?\Z")


def parameters(value: bytes) -> dict[str, bytes]:
    """The parameters of a field, RFC 2231 pieces joined; a value keeps its bytes, percent signs of extended ones are undone.

    The charset of an extended value stands under the name with a `*`.
    """
    plain: dict[str, bytes] = {}
    pieces: dict[str, dict[int, tuple[bytes, bool]]] = {}
    for match in _PARAMETER.finditer(b";" + value.partition(b";")[2]):
        piece = _PIECE.fullmatch(match[1].decode("ascii").lower())
        content = _unquoted(match[2])
        if piece and (piece[2] is not None or piece[3]):
            pieces.setdefault(piece[1], {}).setdefault(int(piece[2] or 0), (content, bool(piece[3])))
        else:
            plain.setdefault(match[1].decode("ascii").lower(), content)
    for name, found in pieces.items():
        plain[name], plain[f"{name}*"] = _joined(found)
    return plain


def _joined(found: dict[int, tuple[bytes, bool]]) -> tuple[bytes, bytes]:
    """The value of the pieces in their order, and its charset."""
    charset, content = b"", b""
    for number in sorted(found):
        piece, extended = found[number]
        if extended and not content and not charset and piece.count(b"'") >= 2:
            charset, _, piece = piece.split(b"'", 2)
        content += unquote_to_bytes(piece) if extended else piece
    return content, charset or b"-"


def _unquoted(value: bytes) -> bytes:
    if value[:1] != b'"':
        return value.strip(b" \t\r\n'\0") if value[:1] != b"'" else value.strip(b" \t\r\n\0'")
    inner = value[1:-1] if len(value) > 1 and value.endswith(b'"') else value[1:]
    # In 8-bit names a backslash may be the second byte of a GBK sign.
    return re.sub(rb"\\(.)" if inner.isascii() else rb"\\([\\\"])", rb"\1", inner)


def name_of(fields: tuple[tuple[str, bytes], ...]) -> str | None:
    """The file name of a part, decoded, from Content-Disposition or Content-Type; None where it has none (L33)."""
    for field, parameter in (("content-disposition", "filename"), ("content-type", "name")):
        value = next((value for known, value in fields if known == field), b"")
        found = parameters(value) if value else {}
        content = found.get(parameter, b"")
        if not content:
            continue
        charset = found.get(f"{parameter}*", b"")
        text = decode(content, charset.strip(b"-").decode("ascii", "replace")).text if charset else ""
        if not text or "=?" in text:
            text = decode_words(content if not text else text.encode()).text
        return " ".join(text.split()) or None
    return None
