"""重发: a letter that did not arrive goes again by a person's order: new row, occasion, Message-ID and code; the old one never goes.

The words stay those of the old letter; its bytes are guarded again on what is known now, and a unit is written to where it is reached today.
"""

import dataclasses
import email
import email.policy
import re
import secrets
from hashlib import sha256

from sqlalchemy import Connection

from daemon.guarding import agreed_to, guarded, released
from daemon.mime import Envelope, again
from daemon.writing import OURS, Desktop, Finished, bracket, identities_at, stopped_too
from db import outbox
from rules import numbers
from rules.desk import Desk
from rules.events import LetterWithdrawn, ref_of
from rules.written import Written

OLD_BRACKET = re.compile(r"\s*\[[^\[\]]{1,60}\]$")


def with_resent(cx: Connection, finished: Finished, desk: Desk, desktop: Desktop) -> Finished:
    """The decision's letters, and a new one for each that an order sends again."""
    wanted = [
        event.occasion
        for event in finished.decision.events
        if isinstance(event, LetterWithdrawn) and event.reason == "sent-again"
    ]
    old = [made for occasion in wanted if (made := outbox.written(cx, occasion)) is not None]
    if not old:
        return finished
    fresh = tuple(_resent(made, desk, desktop) for made in old)
    return stopped_too(dataclasses.replace(finished, written=(*finished.written, *fresh)), fresh, desk, desktop)


def _resent(old: Written, desk: Desk, desktop: Desktop) -> Written:
    code = numbers.reply_code(desktop.draw()) if old.code_hash else ""
    sender = desktop.addresses[old.mailbox]
    message_id = f"<{secrets.token_hex(12)}@{sender.rpartition('@')[2]}>"
    to = _reached_today(old, desk)
    head = email.message_from_bytes(old.raw, policy=email.policy.default)
    envelope = Envelope(
        sender=sender,
        sender_name=desktop.speaker.office.name,
        to=to,
        subject=f"{OLD_BRACKET.sub('', str(head['Subject']))} {bracket(old.about, code)}".strip(),
        message_id=message_id,
        date=desk.now.astimezone(OURS),
        answers=str(head.get("In-Reply-To", "")),
        automatic=str(head["Auto-Submitted"]),
    )
    raw = again(old.raw, envelope)
    ref = ref_of(old.about)
    known = identities_at(desk).get(ref, ())
    file = desk.file(ref)
    allowed, pictures = agreed_to(old.template, file), released(old.template, file)
    hits = guarded(raw, old.audience, old.about, known, allowed, pictures)
    return dataclasses.replace(
        old,
        occasion=f"{old.occasion}:again:{sha256(desk.cause.encode()).hexdigest()[:10]}",
        to_address=to,
        raw=raw,
        sha256=sha256(raw).hexdigest(),
        message_id=message_id,
        code_hash=numbers.code_hash(code) if code else "",
        state="stopped" if hits else "queued",
        hits=hits,
        automatic=False,
    )


def _reached_today(old: Written, desk: Desk) -> str:
    contact = desk.contact(old.party.removeprefix("unit:")) if old.party.startswith("unit:") else None
    return contact.address if contact else old.to_address
