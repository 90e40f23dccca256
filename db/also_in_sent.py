"""Letters that were decided as somebody's before the same bytes were seen in a Sent folder (A44)."""

from dataclasses import dataclass

from sqlalchemy import Connection, and_, bindparam, select

from db import tables as t


@dataclass(frozen=True, slots=True)
class InSent:
    """A letter decided as one that came, whose bytes lie in Sent too. `case`: the one it opened; '' where it is held."""

    sha256: str
    case: str


def also_in_sent(cx: Connection, most: int) -> list[InSent]:
    """Such letters among the newest `most` numbers of each Sent. What came before the office began, and what crashed, stays as it is."""
    return [InSent(row.sha256, row.case or "") for row in cx.execute(_ALSO_IN_SENT, {"most": most})]


_OPENED = and_(t.filings.c.letter == t.letters.c.id, t.filings.c.part == "complaint")
_CAME = and_(t.letters.c.disposition == "held", t.letters.c.kind.not_in(("sent", "own", "history", "crashed"))) | and_(
    t.letters.c.disposition == "opened", t.filings.c.case.is_not(None)
)
_ALSO_IN_SENT = (
    select(t.letters.c.id, t.letters.c.sha256, t.filings.c.case)
    .join_from(t.folders, t.sightings, t.sightings.c.folder == t.folders.c.id)
    .join(t.letters, t.letters.c.id == t.sightings.c.letter)
    .join(t.filings, _OPENED, isouter=True)
    .where(t.folders.c.role == "sent", t.sightings.c.uid > t.folders.c.cursor - bindparam("most"), _CAME)
    .order_by(t.letters.c.id)
    .distinct()
)
