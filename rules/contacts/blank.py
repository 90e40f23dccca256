"""The blank sheet that goes with every answer to a clerk: its content, and the .docx and .xlsx of it. Our own reader reads both back.

Made of text alone, the same bytes every time, so that a letter can name them by hash; every cell is a string: no leading zero is lost.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256

from rules.contacts.words import words
from rules.notices.notice import Paper
from rules.papers import Table
from rules.papers.rebuild import document_of, workbook_of


@dataclass(frozen=True, slots=True)
class Template:
    """A title, a fill-in line, one row of headings, blank rows with their numbers, notes below."""

    title: str
    fill_line: str
    header: tuple[str, ...]
    rows: int
    notes: tuple[str, ...]
    name: str
    """The files' name without an ending: in ASCII, for QQ spoils other names."""

    @property
    def grid(self) -> tuple[tuple[str, ...], ...]:
        """Header and numbered blank rows."""
        blank = [(str(number), *[""] * (len(self.header) - 1)) for number in range(1, self.rows + 1)]
        return (self.header, *blank)


def blank_template() -> Template:
    """The sheet as the book's folder of words has it."""
    table = words("blank")
    return Template(
        table["title"],
        table["fill_line"],
        tuple(table["header"]),
        table["rows"],
        tuple(table["notes"]),
        table["name"],
    )


def as_document(sheet: Template) -> bytes:
    """The .docx: title and fill-in line, the table, the notes."""
    return document_of([sheet.title, sheet.fill_line, Table("", sheet.grid), *sheet.notes])


def as_workbook(sheet: Template) -> bytes:
    """The .xlsx: everything in one sheet, title, fill-in line and notes merged over its width."""
    width = len(sheet.header)
    above, below = (sheet.title, sheet.fill_line), sheet.notes
    rows = [_wide(text, width) for text in above] + list(sheet.grid) + [_wide(text, width) for text in below]
    first = len(above) + len(sheet.grid)
    merges = [(at, 0, at, width - 1) for at in (*range(len(above)), *range(first, first + len(below)))]
    return workbook_of([Table(sheet.title[:10], tuple(rows), merges=tuple(merges))])


def _wide(text: str, width: int) -> tuple[str, ...]:
    return (text, *[""] * (width - 1))


@cache
def house_files() -> Mapping[str, bytes]:
    """The files the house itself encloses, by SHA-256: they are in no letter that came, so whoever sends or keeps one asks here."""
    return {sha256(data).hexdigest(): data for _, data in _blanks()}


@cache
def blank_papers() -> tuple[Paper, ...]:
    """Both blank sheets as a letter encloses them."""
    return tuple(Paper(sha256(data).hexdigest(), name) for name, data in _blanks())


@cache
def _blanks() -> tuple[tuple[str, bytes], ...]:
    sheet = blank_template()
    return ((f"{sheet.name}.docx", as_document(sheet)), (f"{sheet.name}.xlsx", as_workbook(sheet)))
