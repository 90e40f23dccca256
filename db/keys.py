"""Keys of the office's own: drawn once, kept in its database, so that a backup holds them and what they made can be told for ever.

    key = own_key(cx, COPIES)      # the same bytes each time, of this office alone

LIMITS: who can read the database can read them; they prove a leak's way, they lock nothing.
"""

import secrets

from sqlalchemy import Connection, bindparam, insert, select

from db import tables as t

COPIES = "copies"
"""What makes each unit's copy of a letter differ (S67f)."""
_GET = select(t.keys.c.value).where(t.keys.c.name == bindparam("name"))


def own_key(cx: Connection, name: str) -> bytes:
    """The key of this name, drawn at the first call: needs the pen then."""
    found = cx.execute(_GET, {"name": name}).scalar()
    if found is None:
        found = secrets.token_hex(32)
        cx.execute(insert(t.keys).values(name=name, value=found))
    return bytes.fromhex(found)
