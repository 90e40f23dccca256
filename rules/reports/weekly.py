"""周报: what is overdue, case by case, the latest first; and how many promises ran out."""

from rules.case import CaseFile, Running
from rules.reports.figures import BALANCE, figures
from rules.reports.report import Cell, Chart, Report, Table
from rules.reports.standing import Standing
from rules.reports.words import day, say, spelled
from rules.urging import AT_UNIT


def weekly(standing: Standing, _unit: str = "") -> Report:
    """超期清单 (S12, S37): every clock of an open case that has run out, with the days it is late and who answers for it."""
    late = [
        (case.file, clock)
        for case in standing.cases
        if case.ended is None
        for clock in case.file.running
        if clock.due < standing.period.last and not clock.provisional
    ]
    late.sort(key=lambda one: (one[1].due, one[0].ref, one[1].clock))
    total = figures(standing.cases, standing.period)
    columns = ("number", "unit", "clock", "due", "late", "state")
    rows = tuple(_row(standing, file, clock) for file, clock in late)
    counts: tuple[tuple[Cell, ...], ...] = (
        (say("open-before"), total.open_before),
        (say("registered"), total.flows["registered"]),
        (say("ended"), total.ended),
        (say("open-after"), total.open_after),
        (say("overdue"), total.overdue),
    )
    return Report(
        "weekly",
        say("title-weekly"),
        spelled(standing.period),
        (
            Table(say("table-overview"), (say("column-item"), say("column-cases")), counts, balance=BALANCE),
            Table(say("table-overdue"), tuple(say(f"column-{name}") for name in columns), rows),
            Table(
                say("table-rectify"), (say("column-number"), say("column-unit"), say("column-due")), _unmended(standing)
            ),
        ),
        (Chart(say("chart-overdue"), say("axis-cases"), say("side-unit"), _bars(late)),),
    )


def _unmended(standing: Standing) -> tuple[tuple[Cell, ...], ...]:
    """整改 whose own day has passed (S47)."""
    last = standing.period.last
    files = [case.file for case in standing.cases]
    late = [(file.rectify_due, file) for file in files if file.rectify_due is not None and file.rectify_due < last]
    late.sort(key=lambda one: (one[0], one[1].ref))
    return tuple((standing.number(file), file.lead, day(due)) for due, file in late)


def _row(standing: Standing, file: CaseFile, clock: Running) -> tuple[Cell, ...]:
    days = standing.calendar.workdays_between(clock.due, standing.period.last)
    label = standing.book.clocks[clock.clock].label
    state = standing.book.label("state", file.state.value)
    return (standing.number(file), _whose(file, clock), label, day(clock.due), days, state)


def _whose(file: CaseFile, clock: Running) -> str:
    return file.lead if clock.clock in AT_UNIT and file.lead else say("office")


def _bars(late: list[tuple[CaseFile, Running]]) -> tuple[tuple[str, int], ...]:
    """Overdue cases by whoever has them: a case counts once for each."""
    whose = sorted({(_whose(file, clock), file.ref) for file, clock in late})
    names = dict.fromkeys(name for name, _ in whose)
    counted = [(name, sum(one == name for one, _ in whose)) for name in names]
    return tuple(sorted(counted, key=lambda bar: (-bar[1], bar[0])))
