"""The blank contact sheet as files for the office's own desk, under the name a person reads; letters carry the same bytes in ASCII names."""

from rules.contacts import Template, blank_template
from rules.contacts.blank import as_document, as_workbook


def blank_files(template: Template | None = None) -> tuple[tuple[str, bytes], ...]:
    """(file name, bytes) of the two blank sheets."""
    sheet = template or blank_template()
    return ((f"{sheet.file_name}.docx", as_document(sheet)), (f"{sheet.file_name}.xlsx", as_workbook(sheet)))
