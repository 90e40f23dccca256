"""How full a mailbox is (RFC 9208): we delete nothing, so a flood fills it, and then letters bounce before we see them (F96).

LIMITS: 163 and QQ do not all tell; where the server says nothing there is None.
"""

import re
from imaplib import IMAP4
from typing import Any

from daemon.mailboxes.connection import Connection
from daemon.mailboxes.seen import Quota

_STORAGE = re.compile(rb"STORAGE (\d{1,15}) (\d{1,15})", re.IGNORECASE)


def asked(connection: Connection) -> Quota | None:
    """What the server says of INBOX's root."""
    if "QUOTA" not in {word.upper() for word in connection.capabilities}:
        return None
    kind, lines = connection._ask(_told)
    found = _STORAGE.search(b" ".join(line for line in lines if isinstance(line, bytes))) if kind == "OK" else None
    return Quota(int(found[1]), int(found[2])) if found else None


def _told(wire: Any) -> tuple[str, list[Any]]:
    try:
        kind, _ = wire._simple_command("GETQUOTAROOT", "INBOX")
    except IMAP4.abort:
        raise
    except IMAP4.error:  # BAD: a server that offers QUOTA and does not know it is no trouble of the mailbox
        return "BAD", []
    return kind, wire._untagged_response(kind, [b""], "QUOTA")[1]
