"""A case as people name it on the command line: register number or reference."""

from rules.numbers import parse_reference, parse_register_number
from rules.policy import Book
from rules.shown import next_reference, signs
from rules.trouble import UsageTrouble
from rules.wording import wording

say = wording("daemon")


def reference_of(number: str, book: Book) -> str:
    """The reference. Raises UsageTrouble where it is neither, or mistyped."""
    found = parse_reference(number, signs(book)) or parse_register_number(number, signs(book))
    if found is None:
        raise UsageTrouble(say("bad-number", number=number))
    return next_reference(book, found.year, found.serial)
