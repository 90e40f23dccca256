"""The blank contact sheet as files (空白表): a .docx and an .xlsx with the same headings, which our own reader reads back as blank.

Every answer to a clerk carries them. Made of text alone, the same bytes every time; every cell is a string, so that no leading zero is lost.
"""

from rules.contacts import Template, blank_template
from rules.papers import Table
from rules.papers.rebuild import document_of, workbook_of


def blank_files(template: Template | None = None) -> tuple[tuple[str, bytes], ...]:
    """(file name, bytes) of the two blank sheets."""
    sheet = template or blank_template()
    return ((f"{sheet.file_name}.docx", as_document(sheet)), (f"{sheet.file_name}.xlsx", as_workbook(sheet)))


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
