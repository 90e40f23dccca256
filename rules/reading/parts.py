"""The parts of a letter (信的各部分): a bounded tree over the bytes, split by our own hand.

Every limit is kept by counting, never by recursion: nesting and parts beyond it stay unread and are named (L15-L17).
"""

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from rules.reading.fields import Head, parameters, read_head
from rules.reading.limits import Limits
from rules.reading.words import base64_bytes

_TYPE = re.compile(r"[a-z0-9][a-z0-9.+_-]{0,60}/[a-z0-9*][a-z0-9.+_*-]{0,80}")
_DASHES = re.compile(rb"^--(?=[^\s-])([^\r\n]{1,200}?)[ \t]*\r?$", re.M)
_BASE64 = re.compile(rb"[A-Za-z0-9+/]*")
_UU = re.compile(rb"^begin [0-7]{3,4} [^\r\n]{1,200}\r?\n", re.M)


@dataclass(slots=True)
class Part:
    """One part: its head, where its body stands in `raw`, and its children if it is a multipart."""

    head: Head
    raw: bytes = field(repr=False)
    start: int
    end: int
    type: str
    parameters: dict[str, bytes]
    children: list["Part"] = field(default_factory=list)
    depth: int = 0

    @property
    def encoding(self) -> str:
        """The transfer encoding, one word in lower case."""
        words = self.head.first("content-transfer-encoding").decode("ascii", "replace").lower().strip(" ;\"'").split()
        return words[0].rstrip(";") if words else ""

    @property
    def disposition(self) -> str:
        """attachment, inline or ''."""
        words = re.split(rb"[;\s]", self.head.first("content-disposition").lower().strip(), maxsplit=1)
        return words[0].decode("ascii", "replace")

    def leaves(self) -> Iterator["Part"]:
        """The parts that have no parts, in order."""
        stack = [self]
        while stack:
            part = stack.pop()
            if part.children:
                stack.extend(reversed(part.children))
            else:
                yield part


@dataclass(slots=True)
class Tree:
    """All parts of a letter and which limits cut it."""

    root: Part
    limits: set[str]
    strange: set[str]


def split(raw: bytes, limits: Limits) -> Tree:
    """The tree of parts of some bytes; never raises."""
    limited: set[str] = set()
    strange: set[str] = set()
    root = _part(raw, 0, len(raw), "text/plain", limits)
    count = 1
    waiting = [root]
    while waiting:
        part = waiting.pop()
        if not part.type.startswith("multipart/"):
            continue
        spans = _spans(part, strange)
        if part.depth >= limits.nesting:
            limited.add("nesting")
            continue
        default = "message/rfc822" if part.type == "multipart/digest" else "text/plain"
        for start, end in spans:
            if count >= limits.parts:
                limited.add("parts")
                break
            child = _part(part.raw, start, end, default, limits)
            child.depth = part.depth + 1
            part.children.append(child)
            count += 1
        waiting.extend(part.children)
    if any(part.head.cut for part in root.leaves()) or root.head.cut:
        limited.add("head")
    return Tree(root, limited, strange)


def _part(raw: bytes, start: int, end: int, default: str, limits: Limits) -> Part:
    head = read_head(raw, start, end, limits.head)
    value = head.first("content-type")
    kind = value.split(b";")[0].strip().lower().decode("ascii", "replace").replace(" ", "")
    if kind == "text":
        kind = "text/plain"
    match = _TYPE.match(kind)
    kind = match[0] if match else default if not value or default != "text/plain" else "text/plain"
    return Part(head, raw, head.body, end, kind, parameters(value))


def _spans(part: Part, strange: set[str]) -> list[tuple[int, int]]:
    """Where the children of a multipart stand; [] makes it a leaf whose body is shown as text."""
    boundary = part.parameters.get("boundary", b"").rstrip()
    found = _between(part, boundary) if boundary else []
    if found:
        return found
    if part.encoding == "base64":
        decoded = base64_bytes(part.raw[part.start : part.end])
        if b"--" + boundary in decoded:  # L15: the multipart itself was encoded
            part.raw, part.start, part.end = decoded, 0, len(decoded)
            strange.add("multipart-encoded")
            return _between(part, boundary)
    strange.add("boundary")
    match = _DASHES.search(part.raw, part.start, min(part.end, part.start + 4000))
    return _between(part, match[1].rstrip()) if match and _heads_follow(part, match.end()) else []


def _heads_follow(part: Part, position: int) -> bool:
    """Whether what follows a line of dashes looks like the head of a part."""
    return re.match(rb"\r?\n?content-[a-z-]{2,40}:", part.raw[position : position + 60].lower()) is not None


def _between(part: Part, boundary: bytes) -> list[tuple[int, int]]:
    """The spans between boundary lines; the last one may lack its end (L15)."""
    mark, raw = b"--" + boundary, part.raw
    spans: list[tuple[int, int]] = []
    begun = -1
    position = raw.find(mark, part.start, part.end)
    while position >= 0:
        after = position + len(mark)
        line = raw.find(b"\n", after, part.end)
        line = part.end if line < 0 else line + 1
        rest = raw[after : min(line, after + 200)].strip()
        at_line_start = position == part.start or raw[position - 1] in b"\r\n"
        if at_line_start and rest in (b"", b"--"):
            if begun >= 0:
                spans.append((begun, _without_line_end(raw, begun, position)))
            begun = -1 if rest else line
            if rest:
                break
        position = raw.find(mark, line if at_line_start else after, part.end)
    if begun >= 0 and begun < part.end:
        spans.append((begun, part.end))
    return spans


def _without_line_end(raw: bytes, start: int, end: int) -> int:
    if end > start and raw[end - 1 : end] == b"\n":
        end -= 1
    if end > start and raw[end - 1 : end] == b"\r":
        end -= 1
    return end


def content(part: Part) -> tuple[bytes, bool]:
    """The decoded bytes of a leaf, and whether something of it could not be decoded (L14)."""
    body = part.raw[part.start : part.end]
    encoding = part.encoding
    if encoding in {"base64", "b", "base-64", "x-base64"}:
        return base64_content(body)
    if encoding in {"quoted-printable", "q", "qp", "quoted_printable"}:
        return binascii.a2b_qp(body), False
    if encoding in {"x-uuencode", "uuencode", "x-uue", "uue"}:
        decoded = uudecoded(body)
        return (body, True) if decoded is None else (decoded, False)
    return body, encoding not in {"", "7bit", "8bit", "binary", "7-bit", "8-bit", "none"}


def base64_content(body: bytes) -> tuple[bytes, bool]:
    """Base64 as mail clients read it: junk is skipped, pieces that were padded one by one are joined, a cut end gives what is whole."""
    clean = body.translate(None, b" \t\r\n\0").rstrip(b"=")
    if b"=" in clean:
        return b"".join(base64_bytes(piece) for piece in clean.split(b"=")), True
    junk = _BASE64.fullmatch(clean) is None
    return base64_bytes(clean), junk or len(clean) % 4 == 1


def uudecoded(body: bytes) -> bytes | None:
    """The file in a uuencoded text; None if there is none."""
    match = _UU.search(body)
    if not match:
        return None
    pieces = []
    for line in body[match.end() :].splitlines():
        if line.strip() == b"end":
            break
        try:
            pieces.append(binascii.a2b_uu(line))
        except binascii.Error:
            count = (((line[0] - 32) & 63) * 4 + 5) // 3 if line else 0
            pieces.append(_lenient_line(line[:count]))
    return b"".join(pieces)


def _lenient_line(line: bytes) -> bytes:
    try:
        return binascii.a2b_uu(line)
    except binascii.Error:
        return b""
