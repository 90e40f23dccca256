"""Mailboxes: where letters come from. One interface, one file a kind, one row a kind in KINDS.

    mailbox = mailbox_at(settings.complaint.imap)
    for folder in mailbox.folders():              # FolderSeen(name, role)
        opened = mailbox.open(folder.name)        # Opened(validity, exists, last)
        listed = mailbox.listing(folder.name, after_uid=cursor)
        for letter in mailbox.letters(folder.name, [one.uid for one in listed]):
            ...                                   # Fetched(uid, raw, why)

Nothing is ever flagged, moved or deleted on the server. Trouble is a `MailTrouble` (`troubles.py`).
"""

from collections.abc import Callable

from daemon.mailboxes.imap import ImapMailbox
from daemon.mailboxes.seen import Mailbox
from daemon.places import ImapPlace, Place

KINDS: dict[type[Place], Callable[[ImapPlace], Mailbox]] = {ImapPlace: ImapMailbox}
"""Kind of place -> kind of mailbox. A new kind: one file with the methods of `Mailbox`, one row here; the contract test runs for all."""


def mailbox_at(place: ImapPlace) -> Mailbox:
    """The mailbox for a place of the settings; it connects when it is first asked."""
    return KINDS[type(place)](place)
