"""The guard at the door, on what is known now: identities learned since the letter was written, consent taken back (F94)."""

from sqlalchemy import Connection

from daemon import guarding
from daemon.guarding import Hits
from db import files, neighbours, outbox, people, queueing
from rules.events import ref_of


def hits_at_the_door(cx: Connection, row: outbox.Row) -> Hits:
    """What the guard finds in a letter that is about to leave; () lets it go."""
    if row.audience not in guarding.TO_UNITS:
        return ()
    ref = ref_of(row.about)
    if not ref:
        unit = row.party.partition(":")[2]
        theirs = neighbours.known_at(cx, unit) if row.template in guarding.FREELY_WRITTEN else ()
        return guarding.guarded_of_no_case(row.raw, row.template, theirs)
    file = files.get(cx, ref) if row.template in guarding.ASKING_THE_CASE else None
    allowed, pictures = guarding.agreed_to(row.template, file), guarding.released(row.template, file)
    known = people.known_by(cx, ref)
    others = people.others_now(cx, ref) if known and row.template in guarding.BY_HAND else ()
    beside = _hits_beside(cx, row, ref) if known and row.template in guarding.BESIDE_HIS else ()
    return beside or guarding.guarded(row.raw, row.audience, row.about, (*known, *others), allowed, pictures)


def _hits_beside(cx: Connection, row: outbox.Row, ref: str) -> Hits:
    """Everybody who complains elsewhere is only read where a person wrote something: they are as many as the open cases."""
    said = guarding.said_beside(row.template, queueing.words_of(cx, row.id))
    return guarding.guarded_words(said, people.others_now(cx, ref)) if said else ()
