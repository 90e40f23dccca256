"""The identity room: the one module that reads or writes what would identify a complainant. Reading it for a person is logged (who, why).

Erasing deletes value and salt; what the ledger keeps of it are kinds, places and hashes, so the chain stays whole.
"""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from db import ledger
from db import tables as t
from db.engine import clean
from db.moment import kept
from rules.decision import Draft, Party, Warrant, WarrantKind
from rules.events import IdentityPermitted, IdentityRead, about_case
from rules.shield import Identity
from rules.shield.folding import normal

_KNOWN = select(t.identities.c.kind, t.identities.c.folded).where(t.identities.c.case == bindparam("ref"))
_ALL = select(
    t.identities.c.kind, t.identities.c.folded, t.identities.c.value, t.identities.c.role, t.identities.c.level
).where(t.identities.c.case == bindparam("ref"), t.identities.c.role != "lifted")
_INSERT = insert(t.identities)


def learn(
    cx: Connection, ref: str, identities: Iterable[Identity], seq: int, *, letter: int | None = None, new: bool = False
) -> None:
    """Add what identifies the case's people; what is known already stays as it is. `new`: nothing is known yet, so nothing is asked."""
    known = set() if new else {(row.kind, row.folded) for row in cx.execute(_KNOWN, {"ref": ref})}
    rows = []
    for identity in identities:
        value = clean(identity.value)
        folded = normal(value)
        if not folded or (identity.kind, folded) in known:
            continue
        known.add((identity.kind, folded))
        rows.append(
            {
                "case": ref,
                "kind": identity.kind,
                "value": value,
                "folded": folded,
                "role": identity.role,
                "level": identity.level,
                "salt": secrets.token_hex(8),
                "letter": letter,
                "seq": seq,
            }
        )
    if rows:
        cx.execute(_INSERT, rows)


def known_by(cx: Connection, ref: str) -> tuple[Identity, ...]:
    """Everything that identifies the case's people, by kind and folded value: for the guard and the shield alone."""
    rows = sorted(cx.execute(_ALL, {"ref": ref}), key=lambda row: (row.kind, row.folded))
    return tuple(Identity(row.kind, row.value, row.role, row.level) for row in rows)


def others_now(cx: Connection, ref: str) -> tuple[Identity, ...]:
    """Who plainly complains in the other cases that are open: for the guard over words that a person wrote into a letter about this one."""
    rows = cx.execute(_OTHERS, {"ref": ref})
    return tuple(Identity(row.kind, row.value, row.role, row.level) for row in rows)


_OTHERS = (
    select(t.identities.c.kind, t.identities.c.value, t.identities.c.role, t.identities.c.level)
    .join(t.cases, t.cases.c.ref == t.identities.c.case)
    .where(
        t.cases.c.ended == 0,
        t.identities.c.case != bindparam("ref"),
        t.identities.c.role == "complainant",
        t.identities.c.level == "direct",
        t.identities.c.kind.in_(("name", "mobile", "landline", "idcard", "email")),
    )
    .distinct()
    .order_by(t.identities.c.kind, t.identities.c.value)
)


def lift(cx: Connection, ref: str, identities: Iterable[Identity]) -> None:
    """These were taken for somebody's and are not, by a person's order: nobody looks for them any more, nor learns them again."""
    for identity in identities:
        cx.execute(_LIFT, {"ref": ref, "of": identity.kind, "plain": normal(clean(identity.value))})


_LIFT = (
    update(t.identities)
    .where(
        t.identities.c.case == bindparam("ref"),
        t.identities.c.kind == bindparam("of"),
        t.identities.c.folded == bindparam("plain"),
    )
    .values(role="lifted")
)


@dataclass(frozen=True, slots=True)
class Reader:
    """Who wants to look into the identity room, in which role, and why (his own words)."""

    who: str
    role: str
    why: str


def shown_to(cx: Connection, ref: str, reader: Reader, now: datetime, book: str) -> tuple[Identity, ...]:
    """The same for a person. The reading becomes a line of the ledger; the words of its reason stay in the room (they may name somebody)."""
    known = known_by(cx, ref)
    number = len(readings(cx, ref))
    event = IdentityRead(
        about=about_case(ref),
        warrant=Warrant(WarrantKind.ORDER, f"identity:{ref}:{number}", reader.who, reader.role),
        who=reader.who,
        why=sha256(reader.why.encode()).hexdigest(),
        kinds=tuple(dict.fromkeys(identity.kind for identity in known)),
    )
    ledger.append(cx, f"identity:{ref}:{number}", [event], at=kept(now), book=book)
    cx.execute(insert(t.identity_readings).values(case=ref, who=reader.who, why=reader.why, at=kept(now)))
    return known


def permitted(cx: Connection, ref: str, who: str, day: date) -> bool:
    """Whether a second person agreed that he may look into the room of this case, and the days have not passed."""
    lines = [event for _, event in ledger.lines(cx, about_case(ref)) if isinstance(event, IdentityPermitted)]
    return any(event.to == who and day <= event.until for event in lines)


def erase(cx: Connection, ref: str) -> int:
    """The room of a case is emptied: values, salts, reasons, addresses. Returns how many values there were; the ledger stays whole."""
    gone = cx.execute(delete(t.identities).where(t.identities.c.case == ref)).rowcount
    cx.execute(update(t.identity_readings).where(t.identity_readings.c.case == ref).values(why=""))
    own = (t.parties.c.case == ref, t.parties.c.role == "complainant")
    cx.execute(update(t.parties).where(*own).values(address=t.parties.c.since))
    mine = (t.codes.c.about == about_case(ref), t.codes.c.party == "complainant")
    cx.execute(update(t.codes).where(*mine).values(address=""))
    return gone


def readings(cx: Connection, ref: str) -> list[tuple[str, str, str]]:
    """Who read them, why, when."""
    seen = t.identity_readings.c
    asked = select(seen.who, seen.why, seen.at).where(seen.case == ref).order_by(seen.id)
    return [(row.who, row.why, row.at) for row in cx.execute(asked)]


def put_draft(cx: Connection, draft: Draft, seq: int, *, new: bool = False) -> None:
    """What a unit may read of the case, as the shield made it. `new`: the case has none yet."""
    values = {"subject": draft.subject, "text": draft.text, "refused": draft.refused, "seq": seq}
    if new or cx.execute(_REDRAFT, {"ref": draft.case, **values}).rowcount == 0:
        cx.execute(_DRAFT, {"case": draft.case, **values})


_DRAFT = insert(t.drafts)
_REDRAFT = update(t.drafts).where(t.drafts.c.case == bindparam("ref"))


def forget_draft(cx: Connection, ref: str) -> None:
    """The case's draft is erased with its letters."""
    cx.execute(delete(t.drafts).where(t.drafts.c.case == ref))


def draft_of(cx: Connection, ref: str) -> Draft | None:
    """The case's draft."""
    row = cx.execute(_DRAFTED, {"ref": ref}).first()
    return Draft(row.case, row.subject, row.text, row.refused) if row else None


_DRAFTED = select(t.drafts).where(t.drafts.c.case == bindparam("ref"))


def join(cx: Connection, parties: Iterable[Party], at: str, seq: int, opened: frozenset[str] = frozenset()) -> None:
    """They belong to their cases from now on; an earlier address of the same role ends. Cases `opened` just now have no parties yet."""
    rows = {}
    for party in parties:
        address = party.address.lower()
        if party.case not in opened and not _replaces(cx, party, address, at):
            continue
        rows[party.case, party.role] = {
            "case": party.case,
            "role": party.role,
            "address": address,
            "since": at,
            "seq": seq,
        }
    if rows:
        cx.execute(_PARTY, list(rows.values()))


_PARTY = insert(t.parties)


def _replaces(cx: Connection, party: Party, address: str, at: str) -> bool:
    """End the role's other address; False where this one stands already."""
    now = (t.parties.c.case == party.case, t.parties.c.role == party.role, t.parties.c.until.is_(None))
    if address in cx.execute(select(t.parties.c.address).where(*now)).scalars().all():
        return False
    cx.execute(update(t.parties).where(*now).values(until=at))
    return True


def parties_of(cx: Connection, refs: Sequence[str]) -> tuple[tuple[str, str, str], ...]:
    """(case, role, address) valid now."""
    if not refs:
        return ()
    return tuple((row.case, row.role, row.address) for row in cx.execute(_PARTIES, {"refs": list(refs)}))


_PARTIES = (
    select(t.parties.c.case, t.parties.c.role, t.parties.c.address)
    .where(t.parties.c.case.in_(bindparam("refs", expanding=True)), t.parties.c.until.is_(None))
    .order_by(t.parties.c.case, t.parties.c.role)
)


def open_cases_of(cx: Connection, address: str) -> tuple[str, ...]:
    """Open cases of which this address is the complainant, newest first."""
    return tuple(cx.execute(_OPEN, {"address": address}).scalars())


_OPEN = (
    select(t.cases.c.ref)
    .join(t.parties, t.parties.c.case == t.cases.c.ref)
    .where(
        t.parties.c.address == bindparam("address"),
        t.parties.c.role == "complainant",
        t.parties.c.until.is_(None),
        t.cases.c.ended == 0,
    )
    .order_by(t.cases.c.year.desc(), t.cases.c.serial.desc())
    .limit(20)
)
