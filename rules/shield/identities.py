"""Finds who is who in a complaint: everything that identifies the complainant, his family, his witnesses, and persons left unclear."""

import re
from collections.abc import Iterable, Iterator, Sequence

from rules.shield.cues import nobody
from rules.shield.firms import find_firms, short_forms
from rules.shield.folding import Sight, sight
from rules.shield.foreign import find_foreign
from rules.shield.knowledge import is_surname
from rules.shield.names import find_names
from rules.shield.nicknames import find_nicknames
from rules.shield.people import People
from rules.shield.shapes import Find, find_shapes
from rules.shield.told import find_told
from rules.shield.values import Identity

LOCAL = re.compile(r"[a-z0-9._+\-]+(?=@)")


def find_identities(
    subject: str, text: str, from_name: str, from_addr: str, attachment_names: Sequence[str] = ()
) -> tuple[Identity, ...]:
    """All identities of a letter; spans are places in subject + newline + text."""
    seen = sight(f"{subject}\n{text}")
    header = sight(from_name).text.strip()
    mailbox = sight(from_addr).text
    shaped = list(find_shapes(seen))
    letters = re.sub(r"[^a-z]", "", f"{mailbox.partition('@')[0]} {header}")
    people = People(seen.text, shaped, letters if mailbox or header else None)
    named = list(people.find())
    named += find_told(seen.text, people, shaped) if people.is_letter or people.mailbox else ()
    near = frozenset(place for find in (*shaped, *named) if find.role != "unclear" for place in (find.start, find.end))
    letter = people.is_letter or people.mailbox is not None
    firms = list(find_firms(seen.text, header, near, letter=letter))
    kin = list(find_shapes(seen, "kin.toml"))
    foreign = list(find_foreign(seen.text, letter=letter))
    nicknames = list(find_nicknames(seen.text, people, "" if header in nobody() else header))
    found = [_identity(seen, find) for find in (*shaped, *named, *firms, *kin, *nicknames, *foreign)]
    parts = [Identity(find.kind, seen.own(*find.part)) for find in shaped if find.part]
    return _merged(
        (*_from_header(from_name, from_addr), *found, *parts, *_derived(found), *_from_files(attachment_names, people))
    )


def _identity(seen: Sight, find: Find) -> Identity:
    span = seen.span(find.start, find.end)
    return Identity(find.kind, seen.original[span[0] : span[1]], find.role, find.level, (span,))


def _from_header(from_name: str, from_addr: str) -> Iterator[Identity]:
    """The mailbox, what stands before its @ where it is telling, the name beside it."""
    if from_addr:
        yield Identity("email", from_addr)
        local = from_addr.partition("@")[0]
        if len(local) >= 5:
            yield Identity("qq" if local.isdigit() else "wechat", local)
    name = from_name.strip()
    if len(name) > 1 and name not in nobody():
        yield Identity("name", name, level="direct" if is_surname(name[0]) or name.isascii() else "indirect")
        yield from (Identity("company", short) for short in short_forms(name) if len(name) > 4)


def _derived(found: Iterable[Identity]) -> Iterator[Identity]:
    """Short forms of the firms."""
    for identity in found:
        if identity.kind == "company":
            plain = re.sub(r"\s", "", sight(identity.value).text)
            yield from (Identity("company", short, identity.role) for short in short_forms(plain))


def _from_files(names: Sequence[str], people: People) -> Iterator[Identity]:
    """Names of persons in the names of the files (A32)."""
    for name in names:
        stem = sight(name.rpartition(".")[0] or name).text
        for met in find_names(stem, -1.0):
            word = stem[met.start : met.end]
            role = people.roles.get(word, "complainant")
            if role != "official":
                yield Identity("name", word, role)
        yield from (Identity(find.kind, stem[find.start : find.end]) for find in find_shapes(sight(stem)))


def _merged(found: Iterable[Identity]) -> tuple[Identity, ...]:
    """One identity a value as written, with all its places; the role that says most wins."""
    order = {"complainant": 0, "family": 1, "witness": 2, "unclear": 3}
    kept: dict[tuple[str, str], list[Identity]] = {}
    for each in found:
        kept.setdefault((each.kind, each.value), []).append(each)
    return tuple(
        Identity(
            kind,
            value,
            min((each.role for each in same), key=order.__getitem__),
            "direct" if any(each.level == "direct" for each in same) else "indirect",
            tuple(dict.fromkeys(span for each in same for span in each.spans)),
        )
        for (kind, value), same in kept.items()
    )
