"""What the head of a letter says: subject, ids, recipients, date (L9-L11)."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from rules.numbers import Signs
from rules.reading.addresses import mailboxes
from rules.reading.authenticity import auth_of
from rules.reading.fields import Head
from rules.reading.limits import Limits
from rules.reading.odd import Sender
from rules.reading.opening import Opened
from rules.reading.unseen import clean
from rules.reading.words import decode_words

_ID = re.compile(r"<[^<>\s]{1,998}>")
_ZONE = re.compile(r"[+-]\d{4}\b|\b(?:GMT|UTC?|Z)\b")
_KEPT = re.compile(
    r"auto-submitted|list-(?:id|unsubscribe|post)|precedence|return-path|sender|x-huiyin\S{0,40}|x-auto\S{0,40}|x-qq-\S{0,40}|x-oq-msgid|"
    r"x-mailer|user-agent|x-failed-recipients|x-ms-exchange-message-is-ndr|delivered-to|resent-from"
)
_IDS = 20_000
_LONGEST = 1000


def subject_of(head: Head) -> tuple[str, tuple[str, ...]]:
    """The subject on one line, and the charsets that had to be guessed."""
    words = decode_words(head.first("subject"))
    return " ".join(clean(words.text).split()), words.guesses


def ids_of(head: Head, name: str) -> tuple[str, ...]:
    """The message ids of a header; none is ever echoed raw into our own letters (L10)."""
    value = b" ".join(head.all(name))[:_IDS]
    text = value.decode("ascii") if value.isascii() and b"=?" not in value else decode_words(value).text
    return tuple(dict.fromkeys(clean(found) for found in _ID.findall(text)))[:200]


def date_of(letter: Opened) -> str | None:
    """The sender's date in UTC where it has a numeric zone or GMT and a year that can be; None otherwise (L11)."""
    value = letter.tree.root.head.first("date").decode("ascii", "replace")
    found = letter.parsed.date or _date_of(value)
    if found is None or not _ZONE.search(value) or not 1980 <= found.year <= 2100:
        return None
    moment = found.astimezone(UTC) if found.tzinfo else found
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _date_of(value: str) -> datetime | None:
    """A date mail-parser declines, as `Thu 29 Apr 2010 23:34:45 +0900`."""
    try:
        return parsedate_to_datetime(value[:200])
    except (ValueError, TypeError, OverflowError):
        return None


def recipients_of(head: Head, limits: Limits) -> dict[str, tuple[str, ...]]:
    """The addresses of To and Cc, so many as are listed."""
    boxes = {name: mailboxes(b", ".join(head.all(name)), limits.addresses) for name in ("to", "cc")}
    return {name: tuple(box.address for box in found if box.address) for name, found in boxes.items()}


def said_in_head(head: Head, sender: Sender, recipients: dict[str, tuple[str, ...]], signs: Signs) -> dict[str, Any]:
    """The fields that stand in the head alone."""
    auth, auth_line = auth_of(head, sender.address, signs.servers)
    plain = clean(decode_words(head.first("message-id")[:_LONGEST]).text).strip()
    return {
        "from_addr": sender.address,
        "from_name": sender.name,
        "from_trouble": sender.trouble,
        "reply_to": next((box.address for box in mailboxes(head.first("reply-to"), 5) if box.address), ""),
        "message_id": next(iter(ids_of(head, "message-id")), plain),
        "auth": auth,
        "auth_line": auth_line,
        **recipients,
    }


def kept_fields(head: Head) -> tuple[tuple[str, str], ...]:
    """Fields that others look at: who sent, what machine, our own marks."""
    return tuple(
        (name, clean(decode_words(value[:_LONGEST]).text)) for name, value in head.fields[:500] if _KEPT.fullmatch(name)
    )[:60]
