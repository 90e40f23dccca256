"""The five reports, made of figures: weekly 超期清单, monthly 月报, inspection 检查表, scorecard 考核表, hotspots 热点难点."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from rules.reports.figures import BALANCE, Figures, UnitFigures, by_person, by_unit, figures
from rules.reports.hotspots import hotspots, repeated
from rules.reports.report import Cell, Chart, Report, Table
from rules.reports.standing import Standing
from rules.reports.weekly import weekly
from rules.reports.words import say, spelled, word

PROMPT = "question"
"""The clock within which a question should be answered (clocks.toml)."""
UNIT_COLUMNS = (
    "assigned",
    "signed",
    "signed-late",
    "reported",
    "reported-late",
    "redone",
    "extended",
    "breached",
    "ended",
    "satisfied",
    "rather",
    "unsatisfied",
    "none",
    "open",
    "overdue",
)


def report(name: str, standing: Standing, unit: str = "") -> Report:
    """The report of that name; `unit` narrows the inspection sheet to one. Raises KeyError for a name that is none."""
    return BUILT[name](standing, unit)


def _head(name: str, standing: Standing) -> tuple[str, str, str]:
    return name, say(f"title-{name}"), spelled(standing.period)


def monthly(standing: Standing, _unit: str = "") -> Report:
    """月报: what came, what became of it, how promises were kept, unit by unit."""
    total, units = figures(standing.cases, standing.period), by_unit(standing.cases, standing.period)
    labels = standing.book.labels
    tables = (
        _overview(total),
        _counted("kinds", total.kinds, labels["kind"]),
        _counted("channels", total.channels, {}),
        Table(
            say("table-categories"),
            (say("column-category"), say("column-cases")),
            tuple(total.categories.most_common()),
        ),
        _counted("outcomes", total.outcomes, {}),
        _units(units),
    )
    charts = (
        Chart(say("chart-categories"), say("axis-cases"), say("side-category"), tuple(total.categories.most_common())),
        Chart(say("chart-units"), say("axis-cases"), say("side-unit"), _bars(units, "assigned")),
    )
    return Report(*_head("monthly", standing), tables=tables, charts=charts, remarks=(say("category-remark"),))


def _overview(total: Figures) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (say("open-before"), total.open_before),
        (say("registered"), total.flows["registered"]),
        (say("ended"), total.ended),
        (say("open-after"), total.open_after),
        (say("overdue"), total.overdue),
    ]
    rows += [
        (word("flow", name), total.flows[name]) for name in ("accepted", "assigned", "redone", "extended", "breached")
    ]
    rows += [(say("promises-kept"), total.promises["kept"]), (say("promises-broken"), total.promises["broken"])]
    return Table(say("table-overview"), (say("column-item"), say("column-cases")), tuple(rows), balance=BALANCE)


def _counted(name: str, counter: Counter[str], labels: Mapping[str, str]) -> Table:
    rows: list[tuple[Cell, ...]] = [(labels.get(key) or word(name, key), n) for key, n in counter.most_common()]
    return Table(
        say(f"table-{name}"),
        (say(f"column-{name}"), say("column-cases")),
        (*rows, (say("total"), sum(counter.values()))),
        total=True,
    )


def _units(units: Iterable[UnitFigures], names: tuple[str, ...] = UNIT_COLUMNS) -> Table:
    shown = list(units)
    rows: list[tuple[Cell, ...]] = [(one.unit, *(one[name] for name in names)) for one in shown]
    total: tuple[Cell, ...] = (say("total"), *(sum(one[name] for one in shown) for name in names))
    columns = (say("column-unit"), *(word("unit", name) for name in names))
    return Table(say("table-units"), columns, (*rows, total), total=True)


def _bars(units: Iterable[UnitFigures], what: str) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(((one.unit, one[what]) for one in units if one[what]), key=lambda bar: (-bar[1], bar[0])))


def scorecard(standing: Standing, _unit: str = "") -> Report:
    """考核表 (S56, S77): unit by unit and person by person; rates in percent."""
    units = by_unit(standing.cases, standing.period)
    columns = ("column-unit", "on-time", "mean-days", "content", "reported", "redone", "breached")
    rows = tuple(
        (one.unit, one.on_time, one.mean_days, one.content, one["reported"], one["redone"], one["breached"])
        for one in units
    )
    people = by_person(standing.asked, standing.ordered, standing.book.clocks[PROMPT].days)
    tables = (
        Table(say("table-scorecard"), tuple(say(f"card-{name}") for name in columns), rows),
        Table(
            say("table-people"),
            (say("column-person"), say("column-orders"), say("column-answered"), say("column-prompt")),
            tuple((one.person, one.orders, one.answered, one.prompt) for one in people),
        ),
    )
    bars = tuple((one.unit, one.on_time) for one in units if one.on_time is not None)
    chart = Chart(
        say("chart-on-time"), say("axis-percent"), say("side-unit"), tuple(sorted(bars, key=lambda bar: -bar[1]))
    )
    return Report(*_head("scorecard", standing), tables=tables, charts=(chart,), remarks=(say("card-remark"),))


def spots(standing: Standing, _unit: str = "") -> Report:
    """热点、难点 (S46, S57)."""
    record = standing.record
    hot = hotspots(standing.cases, standing.period.last, record.hotspot_days, record.hotspot_cases)
    again = repeated(standing.cases, standing.period.last, record.hotspot_days, record.hotspot_repeats)
    tables = (
        Table(
            say("table-hotspots"),
            (say("column-unit"), say("column-category"), say("column-cases"), say("column-numbers")),
            tuple(
                (one.unit, one.category, len(one.cases), "、".join(map(standing.numbered, one.cases))) for one in hot
            ),
        ),
        Table(
            say("table-repeated"),
            (say("column-number"), say("column-unit"), say("column-times")),
            tuple((standing.numbered(one.case), one.unit, one.times) for one in again),
        ),
    )
    chart = Chart(
        say("chart-hotspots"),
        say("axis-cases"),
        say("side-spot"),
        tuple((f"{one.unit} {one.category}", len(one.cases)) for one in hot),
    )
    remark = say("hotspot-remark", days=record.hotspot_days, cases=record.hotspot_cases, repeats=record.hotspot_repeats)
    return Report(*_head("hotspots", standing), tables=tables, charts=(chart,), remarks=(remark,))


def inspection(standing: Standing, unit: str = "") -> Report:
    """检查表 (S53–S57): a unit's mechanisms, how it solved complaints, its hot spots; all units where none is named."""
    units = [one for one in by_unit(standing.cases, standing.period) if not unit or one.unit == unit]
    record = standing.record
    hot = hotspots(standing.cases, standing.period.last, record.hotspot_days, record.hotspot_cases)
    names = [unit] if unit else [one.name for one in standing.book.units]
    tables = (
        Table(
            say("table-checks"),
            (say("column-unit"), *(check.label for check in record.checks)),
            tuple((name, *(_yes(standing, name, check.key) for check in record.checks)) for name in names),
        ),
        _units(units),
        Table(
            say("table-hotspots"),
            (say("column-unit"), say("column-category"), say("column-cases")),
            tuple((one.unit, one.category, len(one.cases)) for one in hot if not unit or one.unit == unit),
        ),
    )
    return Report(*_head("inspection", standing), tables=tables, remarks=(say("check-remark"),))


def _yes(standing: Standing, unit: str, key: str) -> str:
    return say("yes") if key in (standing.checks or {}).get(unit, frozenset()) else say("no")


BUILT: dict[str, Callable[[Standing, str], Report]] = {
    "weekly": weekly,
    "monthly": monthly,
    "inspection": inspection,
    "scorecard": scorecard,
    "hotspots": spots,
}
