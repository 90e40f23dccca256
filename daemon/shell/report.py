"""`report weekly|monthly|inspection|scorecard|hotspots`: figures of a period as tables or files (S46, S53–S57, S77, S86)."""

import argparse
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from daemon.shell._showing import as_json, json_line, moment, sheet
from rules.wording import wording

if TYPE_CHECKING:
    from daemon.office import Office
    from rules.reports import Period, Report

say = wording("daemon.record")
NAMES = ("weekly", "monthly", "inspection", "scorecard", "hotspots")


def arguments(parser: argparse.ArgumentParser) -> None:
    """NAME [--month 2017-05] [--unit UNIT] [--outside] [--json] [--out DIR]."""
    parser.add_argument("name", choices=NAMES, help=say("option-report"))
    parser.add_argument("--month", default="", help=say("option-month"))
    parser.add_argument("--unit", default="", help=say("option-unit"))
    parser.add_argument("--outside", action="store_true", help=say("option-outside"))
    parser.add_argument("--out", type=Path, help=say("option-out"))
    as_json(parser)


def run(options: argparse.Namespace) -> int:
    """Show it, or write its files."""
    from daemon.opening import open_office, settings
    from daemon.record.reporting import built, record_of
    from db.pen import look
    from rules.reports import suppressed
    from rules.trouble import DONE

    now = moment(options)
    office = open_office(settings(), now)
    small = record_of(office).small
    period = period_of(options.name, options.month, now.date())
    with look(office.engine) as cx:
        made = built(cx, office, options.name, period, options.unit)
    made = suppressed(made, small) if options.outside else made
    if options.out is not None:
        _write(made, office, period, options)
    elif options.json:
        json_line(as_value(made))
    else:
        _show(made)
    return DONE


def period_of(name: str, month: str, today: date) -> "Period":
    """The month named, or the last whole one; the last week of it for the weekly list. Raises UsageTrouble."""
    from rules.reports import Period
    from rules.reports.due import month as whole
    from rules.reports.due import month_before
    from rules.trouble import UsageTrouble

    if name == "weekly" and not month:
        return Period(today - timedelta(days=7), today - timedelta(days=1))
    try:
        first = date.fromisoformat(f"{month}-01") if month else month_before(today.replace(day=1), 1)
    except ValueError:
        raise UsageTrouble(say("bad-month")) from None
    wide = whole(first)
    return Period(wide.last - timedelta(days=6), wide.last) if name == "weekly" else wide


def as_value(made: "Report") -> dict[str, object]:
    """name, title, period, tables [{title, columns, rows}], remarks."""
    return {
        "name": made.name,
        "title": made.title,
        "period": made.period,
        "tables": [
            {"title": table.title, "columns": list(table.columns), "rows": [list(row) for row in table.rows]}
            for table in made.tables
        ],
        "remarks": list(made.remarks),
    }


def _write(made: "Report", office: "Office", period: "Period", options: argparse.Namespace) -> None:
    from daemon.record.reporting import drawn
    from daemon.shell.evidence import put

    done = drawn(made, office, period.last)
    for name, data in done.files.items():
        put(options.out / name, data)
    if options.json:
        json_line({**as_value(made), "files": [str(options.out / name) for name in done.files]})
        return
    files = "、".join(done.files)
    print(say("report-made", title=made.title, period=made.period, folder=options.out, files=files))
    if done.missing:
        print(done.missing)


def _show(made: "Report") -> None:
    from rich.table import Table

    from daemon.logs import tame

    things: list[Table | str] = [f"{made.title}　{made.period}"]
    for table in made.tables:
        shown = Table(title=table.title, header_style="bold")
        for column in table.columns:
            shown.add_column(column, overflow="fold")
        for row in table.rows:
            shown.add_row(*("" if cell is None else tame(str(cell)) for cell in row))
        things.append(shown)
    sheet(*things, *made.remarks)
