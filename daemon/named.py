"""A case or a person as named on the command line."""

from rules.policy import Book
from rules.policy.office import Person
from rules.shown import reference_in
from rules.trouble import UsageTrouble
from rules.wording import wording

say = wording("daemon")


def reference_of(number: str, book: Book) -> str:
    """The reference of a case named by register number or reference. Raises UsageTrouble where it is neither, or mistyped."""
    ref = reference_in(number, book)
    if ref is None:
        raise UsageTrouble(say("bad-number", number=number))
    return ref


def person_of(name: str, book: Book) -> Person:
    """The person of the book, by the first of his roles. Raises UsageTrouble where it knows nobody of that name."""
    return _entries(name, book)[0]


def roles_of(name: str, book: Book) -> tuple[str, ...]:
    """The roles the book gives the person. Raises UsageTrouble where it knows nobody of that name."""
    return tuple(person.role for person in _entries(name, book))


def _entries(name: str, book: Book) -> tuple[Person, ...]:
    """The book has a person once for each of his roles."""
    found = tuple(person for person in book.office.staff if person.name == name)
    if not found:
        raise UsageTrouble(say("no-person", person=name))
    return found
