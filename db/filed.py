"""Which letters a case is made of."""

from sqlalchemy import Connection, select

from db import tables as t


def complaint_letters(cx: Connection, ref: str) -> list[str]:
    """SHA-256 of the complaint and of what was added to it, oldest first, as far as their bytes are kept."""
    asked = (
        select(t.letters.c.sha256)
        .join(t.filings, t.filings.c.letter == t.letters.c.id)
        .join(t.blobs, t.blobs.c.sha256 == t.letters.c.sha256)
        .where(t.filings.c.case == ref, t.filings.c.part.in_(("complaint", "supplement")), t.blobs.c.bytes.is_not(None))
        .order_by(t.letters.c.id)
    )
    return list(cx.execute(asked).scalars())
