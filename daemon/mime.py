"""A finished letter as bytes: fresh headers, two forms of one text, files under ASCII names; CRLF, every header one line (A54, A56).

LIMITS: only the account's own address stands in From (163: 553); no header of anybody else's letter is copied but the Message-ID that a
letter to a complainant answers.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

CONTROL = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")
MESSAGE_ID = re.compile(r"<[!-;=?-~]{3,200}@[!-;=?-~]{1,200}>", re.ASCII)


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
    message = EmailMessage(policy=SMTP)
    message["From"] = _address(envelope.sender, envelope.sender_name)
    message["To"] = _address(envelope.to, "")
    message["Subject"] = one_line(envelope.subject)
    message["Date"] = format_datetime(envelope.date)
    message["Message-ID"] = envelope.message_id
    if MESSAGE_ID.fullmatch(envelope.answers):
        message["In-Reply-To"] = envelope.answers
        message["References"] = envelope.answers
    message["Auto-Submitted"] = envelope.automatic
    message["X-Auto-Response-Suppress"] = "All"
    message.set_content(text, cte="base64")
    message.add_alternative(html, subtype="html", cte="base64")
    for enclosure in enclosures:
        maintype, _, subtype = enclosure.type.partition("/")
        message.add_attachment(
            enclosure.data, maintype=maintype, subtype=subtype or "octet-stream", filename=enclosure.name
        )
    return message.as_bytes()


def _address(address: str, name: str) -> Address:
    user, _, domain = one_line(address).rpartition("@")
    return Address(one_line(name), user, domain)
