"""A finished letter as bytes: fresh headers, two forms of one text, files under ASCII names; CRLF, every header one line (A54, A56).

Written out by hand, since the standard library spends ten times as long on folding headers; a test reads every letter back with it.

LIMITS: only the account's own address stands in From (163: 553); no header of anybody else's letter is copied but the Message-ID that a
letter to a complainant answers.
"""

import re
from base64 import b64encode, encodebytes
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime

CONTROL = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")
MESSAGE_ID = re.compile(r"<[!-;=?-~]{3,200}@[!-;=?-~]{1,200}>", re.ASCII)
MARK = "=_part_"
"""Between the parts: two signs that never follow each other in base64. The same in every letter, for whoever reads many."""
PLAIN = re.compile(r"[ -<>-~]{0,60}", re.ASCII)
WORD_BYTES = 42
"""Bytes of UTF-8 in one encoded word: 56 signs of base64 and 12 of frame stay within the 75 of RFC 2047."""
TRUSTED_NAME = re.compile(r"[A-Za-z0-9._-]{1,60}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Envelope:
    """The headers of a letter of ours."""

    sender: str
    sender_name: str
    to: str
    subject: str
    message_id: str
    date: datetime
    answers: str = ""
    """Message-ID of the complainant's letter this answers, '' where it must not show or cannot stand in a header."""
    automatic: str = "auto-generated"
    """RFC 3834: auto-replied to somebody's letter, auto-generated otherwise."""


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that goes with the letter, under an ASCII name (QQ shows `tcmime.NNN.bin` for RFC 2231 names)."""

    name: str
    type: str
    data: bytes


def one_line(words: str) -> str:
    """The words without a sign that could end a header line."""
    return CONTROL.sub(" ", words).strip()


def compose(envelope: Envelope, text: str, html: str, enclosures: tuple[Enclosure, ...] = ()) -> bytes:
    """The letter's bytes. Bodies are base64 so that no line is long and no dot stands alone."""
    body = _multipart("alternative", f"{MARK}a", (_text("plain", text), _text("html", html)))
    if enclosures:
        body = _multipart("mixed", f"{MARK}m", (body, *map(_file, enclosures)))
    return "\r\n".join((*_headers(envelope), "MIME-Version: 1.0", body)).encode("ascii")


def again(raw: bytes, envelope: Envelope) -> bytes:
    """The letter we wrote, with other headers: its body stays byte for byte. Raises ValueError for a letter that is not ours."""
    body = raw[raw.index(b"\r\nMIME-Version: 1.0\r\n") :]
    return "\r\n".join(_headers(envelope)).encode("ascii") + body


def _headers(envelope: Envelope) -> list[str]:
    answers = envelope.answers if MESSAGE_ID.fullmatch(envelope.answers) else ""
    return [
        f"From: {encoded(one_line(envelope.sender_name))} <{_address(envelope.sender)}>",
        f"To: {_address(envelope.to)}",
        f"Subject: {encoded(one_line(envelope.subject))}",
        f"Date: {format_datetime(envelope.date)}",
        f"Message-ID: {envelope.message_id}",
        *([f"In-Reply-To: {answers}", f"References: {answers}"] if answers else []),
        f"Auto-Submitted: {envelope.automatic}",
        "X-Auto-Response-Suppress: All",
    ]


def encoded(words: str) -> str:
    """Words as a header holds them: plain ASCII as it is, the rest in encoded words cut between characters, one a line."""
    if PLAIN.fullmatch(words):
        return words
    pieces: list[bytes] = [b""]
    for sign in words:
        data = sign.encode("utf-8", "replace")
        if len(pieces[-1]) + len(data) > WORD_BYTES:
            pieces.append(b"")
        pieces[-1] += data
    return "\r\n ".join(f"=?utf-8?B?{b64encode(piece).decode()}?=" for piece in pieces)


def _address(address: str) -> str:
    """The address of an outbox row; it was checked before it was written there, and a sign that is no part of one cannot pass."""
    return re.sub(r"[^!-~]|[<>,;:\\\"()\[\]]", "", address)


def _multipart(kind: str, mark: str, parts: tuple[str, ...]) -> str:
    body = "".join(f"--{mark}\r\n{part}\r\n" for part in parts)
    return f'Content-Type: multipart/{kind}; boundary="{mark}"\r\n\r\n{body}--{mark}--\r\n'


def _text(subtype: str, words: str) -> str:
    data = words.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\r\n").encode("utf-8", "replace")
    return f"Content-Type: text/{subtype}; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n{_base64(data)}"


def _file(enclosure: Enclosure) -> str:
    name = enclosure.name if TRUSTED_NAME.fullmatch(enclosure.name) else "attachment"
    return (
        f'Content-Type: {enclosure.type}; name="{name}"\r\nContent-Disposition: attachment; filename="{name}"\r\n'
        f"Content-Transfer-Encoding: base64\r\n\r\n{_base64(enclosure.data)}"
    )


def _base64(data: bytes) -> str:
    return encodebytes(data).decode("ascii").replace("\n", "\r\n")


def type_of(name: str) -> str:
    """The content type of a file of that name."""
    return TYPES.get(name.rpartition(".")[2].lower(), "application/octet-stream")


TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "pdf": "application/pdf",
    "txt": "text/plain",
    "png": "image/png",
    "jpg": "image/jpeg",
}
