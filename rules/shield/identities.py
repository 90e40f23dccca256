"""Finds who is who in a complaint: everything that identifies the complainant, his family, his witnesses, and persons left unclear."""

from collections.abc import Sequence

from rules.shield.folding import Sight, sight
from rules.shield.shapes import Find, find_shapes
from rules.shield.values import Identity


def find_identities(
    subject: str, text: str, from_name: str, from_addr: str, attachment_names: Sequence[str] = ()
) -> tuple[Identity, ...]:
    """All identities of a letter; spans are places in subject + newline + text."""
    seen = sight(f"{subject}\n{text}")
    finds = list(find_shapes(seen))
    names = tuple(Identity("name", name) for name in attachment_names)
    return (*names, *_from_header(from_name, from_addr), *(_identity(seen, find) for find in finds))


def _identity(seen: Sight, find: Find) -> Identity:
    span = seen.span(find.start, find.end)
    return Identity(find.kind, seen.original[span[0] : span[1]], find.role, find.level, (span,))


def _from_header(from_name: str, from_addr: str) -> tuple[Identity, ...]:
    found = []
    if from_addr:
        found.append(Identity("email", from_addr))
    if from_name:
        found.append(Identity("name", from_name))
    return tuple(found)
