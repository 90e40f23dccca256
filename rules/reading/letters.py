"""The whole reading: from the bytes of a letter to one `Letter` (domain §6).

`compose` is the reading itself and may fail on a fault of ours; `rules.reading.read` is its door and never fails.
"""

import hashlib
import re
import unicodedata
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from rules.letter import Attachment, FoundCode, Letter
from rules.numbers import Signs, find_codes, find_folded_numbers, fold
from rules.reading import machines
from rules.reading.addresses import mailboxes
from rules.reading.attached import attachment
from rules.reading.authenticity import auth_of
from rules.reading.bodies import Body, body_of, clean, segments
from rules.reading.bounces import Bounce
from rules.reading.fields import Head
from rules.reading.limits import Limits
from rules.reading.links import big_links
from rules.reading.machinery import bounce_of, verdict_of
from rules.reading.marks import FORWARD_SUBJECT, REPLY_SUBJECT
from rules.reading.odd import Found, oddities, sender_of
from rules.reading.opening import REPORTS, Opened, files_of, inner_letters, opened
from rules.reading.parts import Part, content
from rules.reading.quotes import Split
from rules.reading.tnef import tnef_text
from rules.reading.words import decode_words

_ID = re.compile(r"<[^<>\s]{1,998}>")
_ZONE = re.compile(r"[+-]\d{4}\b|\b(?:GMT|UTC?|Z)\b")
_TAG = re.compile(r"(?:\s{0,3}\[[^\[\]]{1,40}\]\s{0,3}){1,3}")
_KEPT = re.compile(
    r"auto-submitted|list-(?:id|unsubscribe|post)|precedence|return-path|sender|x-huiyin\S{0,40}|x-auto\S{0,40}|x-qq-\S{0,40}|x-oq-msgid|"
    r"x-mailer|user-agent|x-failed-recipients|x-ms-exchange-message-is-ndr|delivered-to|resent-from"
)
_LONGEST = 1000
_IDS = 20_000
_INSIDE = 20
"""So many letters in one letter are opened."""


def compose(raw: bytes, signs: Signs, limits: Limits, depth: int = 0) -> Letter:
    """Read a letter. Raises only on a fault of this program."""
    letter = opened(raw, limits)
    head = letter.tree.root.head
    sender = sender_of(head, letter.parsed.senders)
    subject, subject_notes = _subject(head)
    answers = _ids(head, "in-reply-to")
    references = _ids(head, "references")
    lowered = machines.folded(subject[:_LONGEST]).strip()
    body = _body(letter, limits, lowered, answered=bool(answers or references))
    inside = _inside(letter, signs, limits, depth)
    shown = _complete(body, letter, inside)
    folded = unicodedata.normalize("NFKC", body.text)
    numbers = find_folded_numbers(f"{fold(subject)}\n{folded.upper()}", signs)
    words = folded[: machines.READ].lower()
    hint = machines.hint_of_folded(words) if body.split.own == body.text else machines.hint(body.split.own)
    verdict = verdict_of(letter, sender, lowered, words, hint, ours=bool(numbers.found))
    bounce = bounce_of(letter, sender, body, shown) if verdict.machine == "bounce" else Bounce()
    to, cc = (
        tuple(box.address for box in mailboxes(b", ".join(head.all(name)), limits.addresses) if box.address)
        for name in ("to", "cc")
    )
    auth, auth_line = auth_of(head, sender.address, signs.servers)
    files = _attachments(letter, limits)
    links = big_links(body.text, body.links)
    date = _date(letter)
    limited = _limited(letter, body, inside, limits, depth, max(len(to), len(cc)))
    return Letter(
        sha256=hashlib.sha256(raw).hexdigest(),
        size=len(raw),
        from_addr=sender.address,
        from_name=sender.name,
        from_trouble=sender.trouble,
        reply_to=next((box.address for box in mailboxes(head.first("reply-to"), 5) if box.address), ""),
        to=to,
        cc=cc,
        subject=subject,
        date_utc=date,
        message_id=next(
            iter(_ids(head, "message-id")), clean(decode_words(head.first("message-id")[:_LONGEST]).text).strip()
        ),
        in_reply_to=next(iter(answers), ""),
        references=references,
        text=body.text,
        own_words=body.split.own,
        quoted=body.split.quoted,
        forwarded=body.split.forwarded,
        signature=body.split.signature,
        hidden=body.hidden,
        with_hidden=body.with_hidden,
        contradicts=body.contradicts,
        machine=verdict.machine,
        machine_hint=hint,
        machine_why=verdict.why,
        bounced_addr=bounce.address,
        bounce_reason=bounce.reason,
        bounce_kind=bounce.kind,
        bounced_message_id=bounce.message_id,
        numbers=numbers.found,
        mistyped=numbers.mistyped,
        codes=_codes(subject, body, signs) if numbers.found or numbers.mistyped or signs.code_word in folded else (),
        auth=auth,
        auth_line=auth_line,
        attachments=files,
        links=links,
        charset_notes=tuple(
            dict.fromkeys([*_noted("From", sender.notes), *_noted("Subject", subject_notes), *body.notes])
        ),
        oddities=oddities(Found(letter, sender, subject, body, files, links, frozenset(limited), date), limits),
        limits=tuple(sorted(limited)),
        headers=_kept(head),
    )


def _subject(head: Head) -> tuple[str, tuple[str, ...]]:
    words = decode_words(head.first("subject"))
    return " ".join(clean(words.text).split()), words.guesses


def _noted(field: str, guesses: tuple[str, ...]) -> list[str]:
    return [f"{field} -> {guess}" for guess in guesses]


def _ids(head: Head, name: str) -> tuple[str, ...]:
    """The message ids of a header; none is ever echoed raw into our own letters (L10)."""
    value = b" ".join(head.all(name))[:_IDS]
    text = value.decode("ascii") if value.isascii() and b"=?" not in value else decode_words(value).text
    return tuple(dict.fromkeys(clean(found) for found in _ID.findall(text)))[:200]


def _date(letter: Opened) -> str | None:
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


def _body(letter: Opened, limits: Limits, subject: str, *, answered: bool) -> Body:
    """The text parts; subject and thread headers say whether the letter is an answer or a forward."""
    untagged = _TAG.sub("", subject, count=1) if subject.startswith("[") else subject
    reply = answered or REPLY_SUBJECT.match(untagged) is not None
    forward = FORWARD_SUBJECT.match(untagged) is not None
    return body_of(segments(letter.tree.root, letter.text_leaves), limits, reply=reply, forward=forward)


def _attachments(letter: Opened, limits: Limits) -> tuple[Attachment, ...]:
    taken: set[str] = set()
    found: list[Attachment] = []
    for file in files_of(letter, limits):
        if len(found) == limits.parts:
            letter.limits.add("parts")
            break
        found.append(attachment(file, taken))
    return tuple(found)


def _inside(letter: Opened, signs: Signs, limits: Limits, depth: int) -> list[Letter]:
    """The letters inside, read as letters of their own; what they say never acts (L29)."""
    if depth >= limits.letters_inside:
        return []
    return [compose(raw, signs, limits, depth + 1) for raw in inner_letters(letter)[:_INSIDE]]


def _complete(body: Body, letter: Opened, inside: list[Letter]) -> list[str]:
    """Add to the text what stands elsewhere: in winmail.dat, in reports, in letters inside; returns the text of the latter."""
    if not body.text.strip():
        packages = [content(leaf)[0] for leaf in letter.leaves if leaf.type == "application/ms-tnef"]
        body.text = clean("\n".join(map(tnef_text, packages))).strip()
        body.split = Split(body.text)
    reports = [
        content(leaf)[0].decode("utf-8", "replace").replace("\r", "") for leaf in letter.leaves if leaf.type in REPORTS
    ]
    shown = [f"{one.subject}\n{one.text}".strip() for one in inside] + [
        _undecoded(leaf) for leaf in letter.leaves if _is_undecoded(leaf)
    ]
    body.text = "\n\n".join([body.text, *map(clean, reports), *shown]).strip("\n")
    if shown:
        split = body.split
        forwarded = "\n\n".join(filter(None, [split.forwarded, *shown]))
        body.split = Split(split.own, split.quoted, forwarded, split.signature, split.mark)
    return shown


def _is_undecoded(leaf: Part) -> bool:
    """RFC 2046 5.2.1 forbids to encode a letter inside a letter: other readers show it as it stands, so both readings are shown."""
    return leaf.type == "message/rfc822" and leaf.encoding == "base64"


def _undecoded(leaf: Part) -> str:
    return leaf.raw[leaf.start : leaf.start + 2000].decode("ascii", "replace").replace("\r", "").strip()


def _limited(letter: Opened, body: Body, inside: list[Letter], limits: Limits, depth: int, recipients: int) -> set[str]:
    """The names of all limits that were reached, also by letters inside."""
    limited = letter.limits | body.limits | {name for inner in inside for name in inner.limits}
    if recipients >= limits.addresses:
        limited.add("addresses")
    if (depth >= limits.letters_inside and inner_letters(letter)) or len(inside) == _INSIDE:
        limited.add("letters")
    return limited


def _codes(subject: str, body: Body, signs: Signs) -> tuple[FoundCode, ...]:
    """Codes where they may act or be shown: subject, own words, history; hidden text and letters inside never count (L26, L29)."""
    places = (("subject", subject), ("own", body.split.own), ("quoted", body.split.quoted))
    return tuple(
        FoundCode(code.code, where, code.reference) for where, text in places for code in find_codes(text, signs)
    )


def _kept(head: Head) -> tuple[tuple[str, str], ...]:
    return tuple(
        (name, clean(decode_words(value[:_LONGEST]).text)) for name, value in head.fields[:500] if _KEPT.fullmatch(name)
    )[:60]
