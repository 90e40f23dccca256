"""Where a problem of the audit is, in the words of the office: the night's letter goes to a person, not to a program (S42)."""

from sqlalchemy import Connection

from daemon.entering import DESK
from daemon.office import Office
from db import files, whereabouts
from rules.days import SHANGHAI
from rules.events import ref_of
from rules.numbers import parse_reference
from rules.shown import day_shown, number, signs
from rules.wording import wording

say = wording("daemon")
NAMED = frozenset(("complaint", "contact", DESK))
"""Mailboxes that have a name in the office's words; what was written down at the desk lies in no folder of a server."""


def in_words(cx: Connection, office: Office, place: str) -> str:
    """The place as a clerk knows it; as it stands where nothing is known of it."""
    if place.isdigit():
        return say("where-line", seq=place)
    if parse_reference(place, signs(office.book)):
        return _case(cx, office, place)
    letter, sent = whereabouts.arrived(cx, place), whereabouts.ours(cx, place)
    if letter is not None:
        return _letter(cx, office, letter, place)
    if sent is not None:
        return _sent(cx, office, sent)
    return _folder(place) if "/" in place else place


def _case(cx: Connection, office: Office, ref: str) -> str:
    file = files.get(cx, ref)
    return number(file, office.book) if file else ref


def _letter(cx: Connection, office: Office, letter: whereabouts.Arrived, place: str) -> str:
    folder = say(f"role-{letter.role}") if letter.role not in ("", DESK) else ""
    return say(
        "where-letter",
        subject=letter.subject or say("where-no-subject"),
        sender=letter.sender or say("where-nobody"),
        day=day_shown(letter.received.astimezone(SHANGHAI).date()),
        place=_mailbox(letter.mailbox) + folder,
        cases="".join(say("where-filed", number=_case(cx, office, ref)) for ref in letter.cases),
        hash=place,
    )


def _sent(cx: Connection, office: Office, sent: whereabouts.Ours) -> str:
    to = sent.party.partition(":")[2] or say(f"party-{sent.party}")
    case = ref_of(sent.about)
    about = _case(cx, office, case) if case else ""
    return say("where-sent", what=office.book.label("letter", sent.template), to="，".join(filter(None, (to, about))))


def _folder(place: str) -> str:
    """complaint/INBOX/7 or complaint/INBOX; a folder's own name may hold a slash."""
    mailbox, _, folder = place.partition("/")
    within, _, last = folder.rpartition("/")
    uid = last if within and last.isdecimal() else ""
    folder = within if uid else folder
    shown = {"mailbox": _mailbox(mailbox), "folder": say("role-inbox") if folder.upper() == "INBOX" else folder}
    return say("where-uid", uid=uid, **shown) if uid else say("where-folder", **shown)


def _mailbox(name: str) -> str:
    return say(f"mailbox-{name}") if name in NAMED else name
