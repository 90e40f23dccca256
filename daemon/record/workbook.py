"""A report as .xlsx: a sheet a table; words are strings whatever they look like, numbers are numbers (A70)."""

import io
import unicodedata
from typing import Any

from rules.papers.rebuild import sheet_names
from rules.papers.values import Table as Grid
from rules.papers.values import writable
from rules.reports import Report, Table

WIDEST = 48
FORMULA = ("=", "+", "-", "@")


def workbook(report: Report) -> bytes:
    """The bytes of the file."""
    from openpyxl import Workbook  # imported late: the daemon that only keeps letters does not need it

    book = Workbook()
    book.remove(book.worksheets[0])
    grids = [Grid(table.title, ()) for table in report.tables]
    for table, name in zip(report.tables, sheet_names(grids), strict=True):
        _sheet(book.create_sheet(name), report, table)
    book.properties.creator = book.properties.lastModifiedBy = ""
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def _sheet(sheet: Any, report: Report, table: Table) -> None:
    from openpyxl.styles import Alignment, Border, Font, Side
    from openpyxl.utils import get_column_letter

    line = Side(style="thin")
    _put(sheet.cell(1, 1), f"{report.title}　{table.title}　{report.period}").font = Font(bold=True)
    for at, row in enumerate((table.columns, *table.rows), 2):
        for place, said in enumerate(row, 1):
            cell = _put(sheet.cell(at, place), said)
            cell.border = Border(line, line, line, line)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(bold=at == 2)
    for place, column in enumerate(table.columns, 1):
        longest = max(_width(said) for said in (column, *(row[place - 1] for row in table.rows)))
        sheet.column_dimensions[get_column_letter(place)].width = min(longest + 2, WIDEST)
    sheet.freeze_panes = "A3"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _put(cell: Any, said: object) -> Any:
    """Text stays text: the type says so, and a mark keeps it when somebody edits the cell."""
    if said is None or isinstance(said, int):
        cell.value = said
        return cell
    cell.value = writable(str(said))
    cell.data_type = "s"
    if unicodedata.normalize("NFKC", str(said)).lstrip().startswith(FORMULA):
        cell.quotePrefix = True
    return cell


def _width(said: object) -> int:
    """A Chinese sign is two wide."""
    text = "" if said is None else str(said)
    return sum(1 + (sign > "⺀") for sign in text)
