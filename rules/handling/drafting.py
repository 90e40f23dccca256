"""What a letter becomes for a unit: the words that count, who would be known by them, the draft, and the line of what was taken out."""

from dataclasses import replace

from rules.desk import Desk
from rules.events import Shielded
from rules.hidden import Hidden
from rules.letter import Letter
from rules.shield import Consent, Identity, Mark, Redaction, consent, find_identities, redact
from rules.shield.marks import in_order
from rules.shield.officials import officials


def content(letter: Letter) -> str:
    """The words a draft is made of: his own, with what he forwards; without signature and quoted letters (R5).

    Where he wrote nothing, the whole text; but not the letter of ours that an empty reply quotes: our mailbox and telephone are not his.
    """
    words = letter.own_words or ("" if letter.quoted and letter.codes else letter.text)
    return f"{words}\n{letter.forwarded}".strip() if letter.forwarded else words


def hidden(letter: Letter) -> Hidden:
    """Who would be known by the letter: words, signature, sender, names of files."""
    names = tuple(part.name or "" for part in letter.attachments)
    said = _said(letter)
    found = find_identities(letter.subject, said, letter.from_name, letter.from_addr, names)
    return Hidden(letter.sha256, said, in_order(found))


def with_draft(hides: Hidden, letter: Letter) -> Hidden:
    """The same with what is made of it, ready for the desk."""
    draft = redact(letter.subject, content(letter), hides.identities)
    return replace(hides, draft=draft, disclosure=consent(_whole(letter)))


def identities_of(letter: Letter, desk: Desk) -> tuple[Identity, ...]:
    """Who would be known by the letter; from the desk where these very words were studied already."""
    known = _studied(letter, desk)
    return known.identities if known else hidden(letter).identities


def disclosure_of(letter: Letter, desk: Desk) -> Consent:
    """What the letter says of telling its writer's name (L77)."""
    known = _studied(letter, desk)
    return known.disclosure if known and known.disclosure else consent(_whole(letter))


def _studied(letter: Letter, desk: Desk) -> Hidden | None:
    """What is known of some words is never used for others."""
    known = desk.hides
    return known if known and (known.letter, known.words) == (letter.sha256, _said(letter)) else None


def _whole(letter: Letter) -> str:
    return f"{letter.subject}\n{letter.own_words}"


def _said(letter: Letter) -> str:
    return f"{content(letter)}\n{letter.signature}"


def known_at(desk: Desk, ref: str) -> tuple[Identity, ...]:
    """Who is known in the case."""
    return tuple(identity for case, identities in desk.identities if case == ref for identity in identities)


def drafted(letter: Letter, identities: tuple[Identity, ...], desk: Desk) -> Redaction:
    """The letter as a unit may read it; officials complained of stay or go as the book says."""
    if not desk.book.office.names_officials:
        named = officials(letter.subject, content(letter), letter)
        return redact(letter.subject, content(letter), (*identities, *named))
    known = _studied(letter, desk)
    if known and known.draft and known.identities == identities:
        return known.draft
    return redact(letter.subject, content(letter), identities)


def line_of(letter: Letter, about: str, redaction: Redaction) -> Shielded:
    """The ledger's line of what was taken out: kinds and places."""
    marks = tuple(map(place, redaction.removed))
    return Shielded(about=about, letter=letter.sha256, marks=marks, refused=redaction.refused is not None)


def place(mark: Mark) -> str:
    """name:3-6."""
    return f"{mark.kind}:{mark.start}-{mark.end}"
