"""The blank sheet that goes with every answer to a clerk: its content, for a writer of .docx or .xlsx. Our own reader reads it."""

from dataclasses import dataclass

from rules.contacts.words import words


@dataclass(frozen=True, slots=True)
class Template:
    """A title, a fill-in line, one row of headings, blank rows with their numbers, notes below."""

    title: str
    fill_line: str
    header: tuple[str, ...]
    rows: int
    notes: tuple[str, ...]
    file_name: str
    """Without an ending."""

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
        table["file_name"],
    )
