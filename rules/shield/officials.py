"""The officials complained of, where the book wants their names out of what a unit reads: they stay for the office in any case."""

import re
from collections.abc import Iterator

from rules.letter import Letter
from rules.shield.folding import sight
from rules.shield.people import People
from rules.shield.shapes import find_shapes
from rules.shield.values import Identity


def officials(subject: str, text: str, letter: Letter) -> tuple[Identity, ...]:
    """Names of persons whom the letter shows acting for a public body; as identities of the role `official`, which the guard never gets."""
    seen = sight(f"{subject}\n{text}")
    mailbox = sight(letter.from_addr).text
    letters = re.sub(r"[^a-z]", "", f"{mailbox.partition('@')[0]} {sight(letter.from_name).text}")
    people = People(seen.text, list(find_shapes(seen)), letters if mailbox or letter.from_name else None)
    found = list(people.find())  # only after it are the roles known
    hidden = {seen.text[find.start : find.end] for find in found}
    return tuple(Identity("name", name, "official") for name in _named(people) if name not in hidden)


def _named(people: People) -> Iterator[str]:
    return (name for name, role in people.roles.items() if role == "official")
