"""`why-date NUMBER`: every day counted and skipped on the way to the case's next date, with the notice that says so."""

import argparse

from daemon.shell._common import moment, say


def arguments(parser: argparse.ArgumentParser) -> None:
    """NUMBER."""
    parser.add_argument("number", help=say("option-number"))


def run(options: argparse.Namespace) -> int:
    """Print the days of each running clock."""
    from daemon.numbered import reference_of
    from daemon.opening import open_office, settings
    from db import files
    from db.pen import look
    from rules.days import explain, lines
    from rules.trouble import DONE, FOUND

    office = open_office(settings(), moment(options))
    with look(office.engine) as cx:
        file = files.get(cx, reference_of(options.number, office.book))
    if file is None:
        print(say("no-case", number=options.number))
        return FOUND
    for clock in file.clocks:
        days = office.rules.calendar.workdays_between(clock.started, clock.due)
        print(
            say(
                "why-clock",
                clock=office.book.clocks[clock.clock].label,
                due=clock.due.isoformat(),
                calendar=clock.calendar,
            )
        )
        for line in lines(explain(office.rules.calendar, clock.started, days)):
            print(f"  {line}")
    return DONE
