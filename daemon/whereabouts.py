"""Where a problem of the audit is, in the words of the office: the night's letter goes to a person, not to a program (S42)."""

from sqlalchemy import Connection

from daemon.office import Office
from db import files, whereabouts
from rules.days import SHANGHAI
from rules.numbers import parse_reference
from rules.shown import day_shown, number, signs
from rules.wording import wording

say = wording("daemon")
OWN = ("complaint", "contact")
"""Mailboxes that have a name in the office's words."""


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
    folder = say(f"role-{letter.role}") if letter.role else ""
    mailbox = say(f"mailbox-{letter.mailbox}") if letter.mailbox in OWN else letter.mailbox
    return say(
        "where-letter",
        subject=letter.subject or say("where-no-subject"),
        sender=letter.sender or say("where-nobody"),
        day=day_shown(letter.received.astimezone(SHANGHAI).date()),
        place="".join((mailbox, folder)),
        cases="".join(say("where-filed", number=_case(cx, office, ref)) for ref in letter.cases),
        hash=place,
    )


def _sent(cx: Connection, office: Office, sent: whereabouts.Ours) -> str:
    to = sent.party.partition(":")[2] or say(f"party-{sent.party}")
    case = sent.about.removeprefix("case:")
    about = _case(cx, office, case) if case != sent.about else ""
    return say("where-sent", what=office.book.label("letter", sent.template), to="，".join(filter(None, (to, about))))


def _folder(place: str) -> str:
    """complaint/INBOX/7 or complaint/INBOX."""
    mailbox, _, rest = place.partition("/")
    folder, _, uid = rest.rpartition("/")
    if not folder:
        folder, uid = uid, ""
    folder = say("role-inbox") if folder.upper() == "INBOX" else folder
    name = say(f"mailbox-{mailbox}") if mailbox in OWN else mailbox
    return (
        say("where-uid", mailbox=name, folder=folder, uid=uid)
        if uid
        else say("where-folder", mailbox=name, folder=folder)
    )
