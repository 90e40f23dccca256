"""The guard at the door: the finished bytes of every letter about a case that leaves the house for a unit, on what is known of the case now.

Letters to units about no case (the directory's, UnitAnswered) are made of the unit's own sheet, dates and words of the book: nothing of a
complainant can be in them. UnitAnswered alone holds words that a person writes freely, so it is guarded at the door against the people of
every open case which that unit has: a clerk who answers a question of the unit may have one of its cases in mind.

A letter about a case into which a person of ours writes words of his own is guarded at the door against everybody, too, who complains in
another open case: he may have answered in the wrong one. Where the complainant's words stand beside his (办理要求), his alone are.

Nothing passes by configuration. One letter alone may name somebody: the one that tells a unit what the complainant agreed to (披露身份),
only the kinds he agreed to, only while he agrees. One letter alone may carry a picture: the one by which a person released it (放行).
"""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from hashlib import blake2b
from typing import Any

from daemon.logs import event
from rules.case import CaseFile
from rules.events import Event, PaperReleased
from rules.notices import to_organ, to_record, to_unit
from rules.notices.notice import Approved, Notice
from rules.notices.to_organ import UnitAnswered
from rules.notices.to_unit import MaterialAdded
from rules.shield import Identity, Redacted, guard, guard_text
from rules.shield.disclosed import still_hidden
from rules.wording import wording

say = wording("daemon")


def _by_hand(types: set[object]) -> bool:
    return Approved in types and Redacted not in types


def _beside(types: set[object]) -> bool:
    return {Approved, Redacted} <= types


TO_UNITS = frozenset(("unit", "organ"))
DISCLOSING = "identity_disclosed"
ASKING_THE_CASE = frozenset((DISCLOSING, MaterialAdded.template))
"""Letters of which the case's file says what they may hold."""
FREELY_WRITTEN = frozenset((UnitAnswered.template,))
"""Letters about no case in which a person writes to a unit."""
BY_HAND = frozenset(
    notice.template
    for room in (to_unit, to_record, to_organ)
    for notice in vars(room).values()
    if isinstance(notice, type) and issubclass(notice, Notice) and _by_hand({field.type for field in fields(notice)})
)
"""Letters about a case with words of a person of ours and none of the complainant's, who may speak of others as he likes."""
BESIDE_HIS = {
    notice.template: tuple(field.name for field in fields(notice) if field.type is Approved)
    for room in (to_unit, to_record, to_organ)
    for notice in vars(room).values()
    if isinstance(notice, type) and issubclass(notice, Notice) and _beside({field.type for field in fields(notice)})
}
"""Letters about a case in which a person of ours writes beside the complainant's words, who may speak of others as he likes; his fields."""
UNKNOWN = (("unknown", "case"),)
FAILED = (("failed", "guard"),)
Hits = tuple[tuple[str, str], ...]
CLEAN: dict[bytes, None] = {}
"""Seals of what this process read and found clean: at the door the same bytes, against the same identities, need no second reading.
One changed byte, or one identity more, is another seal."""
MOST_CLEAN = 5_000


def agreed_to(template: str, file: CaseFile | None) -> frozenset[str]:
    """The kinds of the complainant's own identity that this letter may tell: none but by his consent, in the letter made for it."""
    if template != DISCLOSING or file is None or file.consent != "agreed":
        return frozenset()
    return frozenset(file.consent_scope)


def released(template: str, file: CaseFile | None, events: Iterable[Event] = ()) -> frozenset[str]:
    """The pictures that this letter may carry: none but those a person let go, in the letter made for it (A34)."""
    if template != MaterialAdded.template:
        return frozenset()
    now = {event.sent for event in events if isinstance(event, PaperReleased)}
    return frozenset((*(file.released if file else ()), *now))


def guarded(
    raw: bytes,
    audience: str,
    about: str,
    known: Iterable[Identity],
    allowed: frozenset[str] = frozenset(),
    pictures: frozenset[str] = frozenset(),
) -> Hits:
    """(kind, place) of whatever identifies somebody in the letter; the value never. A case without identities, and a guard that
    breaks, are hits too (A41)."""
    if audience not in TO_UNITS or not about.startswith("case:"):
        return ()
    everybody = tuple(known)
    if not everybody:
        return UNKNOWN
    return _found(raw, everybody, allowed, pictures)


def guarded_of_no_case(raw: bytes, template: str, known: Iterable[Identity]) -> Hits:
    """The same for a letter that is about no case; `known`: the people of the open cases of the unit it goes to, nobody where it has none."""
    return _found(raw, tuple(known)) if template in FREELY_WRITTEN else ()


def said_beside(template: str, words: Mapping[str, Any]) -> str:
    """What a person of ours wrote beside the complainant's words; `words`: the letter's. '' in most letters."""
    return "\n".join(filter(None, (str(words.get(name, "")) for name in BESIDE_HIS.get(template, ()))))


def guarded_words(said: str, others: Iterable[Identity]) -> Hits:
    """The same for such words alone; `others`: who complains elsewhere."""
    everybody = tuple(others)
    hits = guard_text(said, everybody) if everybody else ()
    return tuple(dict.fromkeys((str(hit.kind), str(hit.where)) for hit in hits))


def _found(
    raw: bytes,
    everybody: tuple[Identity, ...],
    allowed: frozenset[str] = frozenset(),
    pictures: frozenset[str] = frozenset(),
) -> Hits:
    identities = still_hidden(everybody, allowed)
    seal = _seal(raw, identities, pictures)
    if seal in CLEAN:
        return ()
    try:
        hits = guard(raw, identities, released=pictures) if identities else ()
    except Exception as broken:  # whatever breaks it: what could not be read may not leave
        event("guard.broken", why=type(broken).__name__)
        return FAILED
    if not hits:
        CLEAN[seal] = None
        if len(CLEAN) > MOST_CLEAN:
            del CLEAN[next(iter(CLEAN))]
    return tuple(dict.fromkeys((str(hit.kind), str(hit.where)) for hit in hits))


def _seal(raw: bytes, identities: tuple[Identity, ...], pictures: frozenset[str]) -> bytes:
    """All that the guard's answer hangs on, as one digest."""
    against = sorted({(one.kind, one.value) for one in identities}), sorted(pictures)
    return blake2b(repr(against).encode("utf-8", "surrogatepass") + raw, digest_size=20).digest()


def in_words(hits: Hits) -> str:
    """电话：正文: what was found and where, for staff; never the value."""
    return "、".join(dict.fromkeys(f"{say(f'shield-kind-{kind}')}：{_place(place)}" for kind, place in hits))


def _place(place: str) -> str:
    if place.startswith("header "):
        return say("place-header", name=place.removeprefix("header "))
    return say(f"place-{place.replace(' ', '-')}")
