"""A contact sheet as a clerk fills it in: a title, a two-row header, one row."""

from io import BytesIO

from openpyxl import Workbook

from daemon.demo.cast import Player
from rules.wording import wording

say = wording("daemon.demo")


def contact_sheet(unit: Player) -> tuple[str, bytes]:
    """(file name, bytes) of the unit's sheet; its mailbox stays the one we know."""
    book = Workbook()
    sheet = book.active
    if sheet is None:
        raise ValueError("a new workbook has a sheet")
    for row in say("sheet-rows", unit=unit.name, mailbox=unit.address).strip().splitlines():
        sheet.append([cell.strip() for cell in row.split("|")])
    sheet.merge_cells("A1:H1")
    written = BytesIO()
    book.save(written)
    return say("sheet-name", unit=unit.name), written.getvalue()
