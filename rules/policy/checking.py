"""What a book must be as a whole: names once, labels there, roles known, every rule matching its own examples."""

from collections.abc import Mapping

from rules.policy.book import Book
from rules.policy.sheet import Sheet


def check(book: Book, sheets: Mapping[str, Sheet]) -> None:
    """Note in the sheets what is wrong with the book as a whole."""
    _staff(book, sheets["office.toml"])


def _staff(book: Book, sheet: Sheet) -> None:
    if book.office.unit not in book.units:
        sheet.says("unit", "unknown-unit", word=book.office.unit, alias="unit")
    for person in book.office.staff:
        if person.role not in book.roles.roles:
            sheet.says("staff", "choice", word=person.role, known="、".join(book.roles.roles))
