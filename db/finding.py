"""What a letter names that is ours: reply codes, Message-IDs, its sender's standing, our own letters coming back."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, select

from db import tables as t
from db.engine import clean
from db.moment import kept
from rules.desk import CodeHit, Contact, Sender, contact_at
from rules.events import ref_of
from rules.letter import Letter
from rules.numbers import code_hash
from rules.policy import Book
from rules.resemblance import resembled

MOST_CODES = 50
MOST_IDS = 20


def hits(cx: Connection, letter: Letter) -> tuple[CodeHit, ...]:
    """Reply codes of the letter that are ours; and letters of ours that a bounce names by Message-ID. Newest of ours first."""
    where: dict[str, str] = {}
    for code in letter.codes[:MOST_CODES]:
        where.setdefault(code_hash(code.code), code.where)
    found = {}
    if where:
        for row in cx.execute(_HITS_BY_CODE, {"hashes": list(where)}):
            found[row.id] = _hit(row, where[row.hash])
    if letter.machine == "bounce":
        for row in _bounced(cx, letter):
            found.setdefault(row.id, _hit(row, "bounce"))
    return tuple(found[row_id] for row_id in sorted(found, reverse=True))


def _bounced(cx: Connection, letter: Letter) -> list[Any]:
    named = {letter.bounced_message_id, letter.in_reply_to, *letter.references[-5:]} - {""}
    return list(cx.execute(_HITS_BY_ID, {"ids": list(named)})) if named else []


def _hit(row: Any, where: str) -> CodeHit:
    return CodeHit(
        occasion=row.occasion,
        about=row.about,
        party=row.party,
        address=row.to_address,
        template=row.template,
        state=row.state,
        where=where,
        spent=row.spent is not None,
        round=row.round,
        text=row.text,
    )


_HITS = select(
    *(
        t.outbox.c[name]
        for name in ("id", "occasion", "about", "party", "to_address", "template", "state", "round", "text")
    ),
    t.codes.c.spent,
    t.codes.c.hash,
).join_from(t.outbox, t.codes, t.codes.c.outbox == t.outbox.c.id, isouter=True)
_HITS_BY_CODE = _HITS.where(t.codes.c.hash.in_(bindparam("hashes", expanding=True)))
_HITS_BY_ID = _HITS.where(t.outbox.c.message_id.in_(bindparam("ids", expanding=True)))


def thread(cx: Connection, letter: Letter) -> tuple[str, ...]:
    """Cases of those Message-IDs that we sent ourselves, newest first; ids are looked up, never parsed (A9)."""
    named = [name for name in dict.fromkeys((letter.in_reply_to, *letter.references[-MOST_IDS:])) if name]
    if not named:
        return ()
    abouts = cx.execute(_THREAD, {"ids": named}).scalars()
    return tuple(dict.fromkeys(filter(None, map(ref_of, abouts))))


_THREAD = (
    select(t.outbox.c.about)
    .where(t.outbox.c.message_id.in_(bindparam("ids", expanding=True)))
    .order_by(t.outbox.c.id.desc())
)


def begun_by(
    cx: Connection, refs: tuple[str, ...], parties: Iterable[tuple[str, str, str]]
) -> tuple[tuple[str, str], ...]:
    """(case, Message-ID) of the first letter that its complainant himself wrote to each case; none where he gave it no id."""
    his = {ref: address.lower() for ref, role, address in parties if role == "complainant"}
    rows = [row for row in cx.execute(_BEGUN, {"refs": list(refs)}) if row.from_addr.lower() == his.get(row.case)]
    return tuple({row.case: row.message_id for row in rows}.items())


_BEGUN = (
    select(t.filings.c.case, t.letters.c.message_id, t.letters.c.from_addr)
    .join_from(t.filings, t.letters, t.letters.c.id == t.filings.c.letter)
    .where(t.filings.c.case.in_(bindparam("refs", expanding=True)), t.letters.c.message_id != "")
    .order_by(t.letters.c.id.desc())
)


def sender(cx: Connection, address: str, book: Book, own: Mapping[str, str], contacts: tuple[Contact, ...]) -> Sender:
    """Who an address belongs to, by exact match of the registered ones alone (A12)."""
    if not address:
        return Sender()
    if address in _ours(own):
        return Sender("own")
    staff = [person for person in book.office.staff if person.mailbox.lower() == address]
    if staff:
        return Sender("staff", person=staff[0].name, roles=tuple(person.role for person in staff))
    contact = contact_at(contacts, address)
    if contact is not None:
        return Sender("unit", unit=contact.unit)
    if cx.execute(_COMPLAINANT, {"address": address}).first():
        return Sender("complainant")
    registered = (
        *own.values(),
        *(person.mailbox for person in book.office.staff),
        *(contact.address for contact in contacts),
    )
    return Sender(near=resembled(address, registered))


_COMPLAINANT = (
    select(t.parties.c.case)
    .where(t.parties.c.address == bindparam("address"), t.parties.c.role == "complainant", t.parties.c.until.is_(None))
    .limit(1)
)


def _ours(own: Mapping[str, str]) -> set[str]:
    return {address.lower() for address in own.values()}


def own_message(cx: Connection, letter: Letter, address: str, own: Mapping[str, str], *, in_sent: bool = False) -> bool:
    """A letter of ours coming back: our address and a Message-ID that we gave (F61); QQ keeps it in X-OQ-MSGID.

    `in_sent`: it lies in Sent, where the From is ours whatever it says; a provider may have written the account's other address there.
    """
    if not in_sent and address not in _ours(own):
        return False
    named = [letter.message_id, *(value for name, value in letter.headers if name.lower() == "x-oq-msgid")]
    asked = select(t.outbox.c.id).where(t.outbox.c.message_id.in_(list(map(clean, named)))).limit(1)
    return cx.execute(asked).first() is not None


def occasions(cx: Connection, about: str, template: str) -> tuple[str, ...]:
    """Occasions of our letters of one template about a file, the newest first."""
    asked = select(t.outbox.c.occasion).where(t.outbox.c.about == about, t.outbox.c.template == template)
    return tuple(cx.execute(asked.order_by(t.outbox.c.id.desc()).limit(MOST_IDS)).scalars())


def letters_since(cx: Connection, address: str, since: datetime, most: int) -> int:
    """How many letters of the address were decided since then, up to `most`."""
    asked = (
        select(t.ledger.c.at)
        .join_from(t.letters, t.ledger, t.ledger.c.seq == t.letters.c.seq)
        .where(t.letters.c.from_addr == address)
        .order_by(t.letters.c.id.desc())
        .limit(most)
    )
    return sum(1 for at in cx.execute(asked).scalars() if at >= kept(since))


def lately(cx: Connection, address: str, most: int) -> tuple[tuple[str, str, str], ...]:
    """The address's latest letters that were decided, newest first: (subject, disposition, when), `most` at most, and fifty at least."""
    rows = cx.execute(_LATEST, {"address": address, "most": max(most, 50)}).all()
    return tuple((row.subject, row.disposition, row.at) for row in rows)


_LATEST = (
    select(t.letters.c.subject, t.letters.c.disposition, t.ledger.c.at)
    .join_from(t.letters, t.ledger, t.ledger.c.seq == t.letters.c.seq)
    .where(t.letters.c.from_addr == bindparam("address"))
    .order_by(t.letters.c.id.desc())
    .limit(bindparam("most"))
)


def receipts_same(latest: Iterable[tuple[str, str, str]], subject: str, hours: int, now: datetime) -> int:
    """How many of the latest letters with this subject opened a case within the hours: each had its receipt."""
    since, wanted = kept(now - timedelta(hours=hours)), _folded(subject)
    return sum(
        1 for other, disposition, at in latest if disposition == "opened" and at >= since and _folded(other) == wanted
    )


def _folded(subject: str) -> str:
    return "".join(clean(subject)[:998].split()).lower()
