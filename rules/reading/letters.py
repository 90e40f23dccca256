"""The whole reading: from the bytes of a letter to one `Letter` (domain §6).

`compose` is the reading itself and may fail on a fault of ours; `rules.reading.read` is its door and never fails.
"""

import hashlib
import re
import unicodedata
from typing import Any

from rules.letter import Attachment, FoundCode, Letter
from rules.numbers import Numbers, Signs, find_codes, find_numbers, fold
from rules.reading import machines
from rules.reading.attached import attachment
from rules.reading.bodies import Body, body_of, segments
from rules.reading.bounces import Bounce
from rules.reading.heads import date_of, ids_of, kept_fields, recipients_of, said_in_head, subject_of
from rules.reading.limits import Limits
from rules.reading.links import big_links
from rules.reading.machinery import bounce_of, verdict_of
from rules.reading.marks import FORWARD_SUBJECT, REPLY_SUBJECT
from rules.reading.odd import Found, oddities, sender_of
from rules.reading.opening import REPORTS, Opened, files_of, inner_letters, opened
from rules.reading.parts import Part, content
from rules.reading.quotes import Split
from rules.reading.tnef import tnef_text
from rules.reading.unseen import clean

_TAG = re.compile(r"(?:\s{0,3}\[[^\[\]]{1,40}\]\s{0,3}){1,3}")
_LONGEST = 1000
_INSIDE = 20
"""So many letters in one letter are opened."""


def compose(raw: bytes, signs: Signs, limits: Limits, depth: int = 0) -> Letter:
    """Read a letter. Raises only on a fault of this program."""
    letter = opened(raw, limits)
    head = letter.tree.root.head
    sender = sender_of(head, letter.parsed.senders)
    subject, subject_notes = subject_of(head)
    answers = ids_of(head, "in-reply-to")
    references = ids_of(head, "references")
    lowered = machines.folded(subject[:_LONGEST]).strip()
    body = _body(letter, limits, lowered, answered=bool(answers or references))
    inside = _inside(letter, signs, limits, depth)
    shown = _complete(body, letter, inside)
    folded = unicodedata.normalize("NFKC", body.text)
    numbers = find_numbers(f"{fold(subject)}\n{folded.upper()}", signs)
    words = folded[: machines.READ].lower()
    hint = machines.hint_of_folded(words) if body.split.own == body.text else machines.hint(body.split.own)
    verdict = verdict_of(letter, sender, lowered, words, hint, ours=bool(numbers.found))
    bounce = bounce_of(letter, sender, body, shown) if verdict.machine == "bounce" else Bounce()
    recipients = recipients_of(head, limits)
    files = _attachments(letter, limits)
    limited = _limited(letter, body, inside, limits, depth, max(map(len, recipients.values())))
    found = Found(
        letter, sender, subject, body, files, big_links(body.text, body.links), frozenset(limited), date_of(letter)
    )
    return Letter(
        sha256=hashlib.sha256(raw).hexdigest(),
        size=len(raw),
        subject=subject,
        in_reply_to=next(iter(answers), ""),
        references=references,
        machine=verdict.machine,
        machine_hint=hint,
        machine_why=verdict.why,
        numbers=numbers.found,
        mistyped=numbers.mistyped,
        codes=_codes(subject, body, signs) if _may_hold_codes(numbers, subject, folded, signs) else (),
        attachments=files,
        links=found.links,
        date_utc=found.date,
        charset_notes=tuple(
            dict.fromkeys([*_noted("From", sender.notes), *_noted("Subject", subject_notes), *body.notes])
        ),
        oddities=oddities(found, limits),
        limits=tuple(sorted(limited)),
        headers=kept_fields(head),
        **said_in_head(head, sender, recipients, signs),
        **_of_body(body),
        **_of_bounce(bounce),
    )


def _of_body(body: Body) -> dict[str, Any]:
    """The fields of what the letter says."""
    return {
        "text": body.text,
        "own_words": body.split.own,
        "quoted": body.split.quoted,
        "forwarded": body.split.forwarded,
        "signature": body.split.signature,
        "hidden": body.hidden,
        "with_hidden": body.with_hidden,
        "contradicts": body.contradicts,
    }


def _of_bounce(bounce: Bounce) -> dict[str, Any]:
    return {
        "bounced_addr": bounce.address,
        "bounce_reason": bounce.reason,
        "bounce_kind": bounce.kind,
        "bounced_message_id": bounce.message_id,
    }


def _noted(field: str, guesses: tuple[str, ...]) -> list[str]:
    return [f"{field} -> {guess}" for guess in guesses]


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


def _may_hold_codes(numbers: Numbers, subject: str, folded: str, signs: Signs) -> bool:
    """A code stands after a number or after its own word, in the subject (where a QQ reply leaves it alone) or in the text."""
    return bool(numbers.found or numbers.mistyped) or signs.code_word in folded or signs.code_word in fold(subject)


def _codes(subject: str, body: Body, signs: Signs) -> tuple[FoundCode, ...]:
    """Codes where they may act or be shown: subject, own words, history; hidden text and letters inside never count (L26, L29)."""
    places = (("subject", subject), ("own", body.split.own), ("quoted", body.split.quoted))
    return tuple(
        FoundCode(code.code, where, code.reference) for where, text in places for code in find_codes(text, signs)
    )
