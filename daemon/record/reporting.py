"""A report of a period: read in one look, built by the rules, written as workbook, pictures and a page to print."""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from sqlalchemy import Connection

from daemon.office import Office
from daemon.record.pictures import pictures
from daemon.record.workbook import workbook
from db import reports as store
from rules.policy.record import Record
from rules.reports import Period, Report, Standing, histories, report
from rules.trouble import UsageTrouble
from rules.wording import wording
from templates.printed import printed

say = wording("daemon.record")


@dataclass(frozen=True, slots=True)
class Drawn:
    """A report with its files: name -> bytes; `missing` says why there are no pictures."""

    report: Report
    files: dict[str, bytes]
    missing: str = ""

    @property
    def papers(self) -> tuple[tuple[str, str, bytes], ...]:
        """(SHA-256, name, bytes) of what goes with a letter: workbook and pictures."""
        return tuple(
            (sha256(data).hexdigest(), name, data) for name, data in self.files.items() if not name.endswith(".html")
        )


def record_of(office: Office) -> Record:
    """The book's chapter. Raises UsageTrouble where the office does without."""
    if office.book.record is None:
        raise UsageTrouble(say("no-record"))
    return office.book.record


def standing(cx: Connection, office: Office, period: Period) -> Standing:
    """Everything a report of the period looks at, as it stood at its end."""
    return Standing(
        book=office.book,
        record=record_of(office),
        calendar=office.rules.calendar,
        cases=histories(store.told(cx), period.last),
        period=period,
        asked=store.asked(cx),
        ordered=store.ordered(cx, period.first, period.last),
        checks=store.checks(cx),
    )


def built(cx: Connection, office: Office, name: str, period: Period, unit: str = "") -> Report:
    """The report. Raises UsageTrouble where the book has no such unit."""
    if unit and unit not in {one.name for one in office.book.units}:
        raise UsageTrouble(say("no-unit", unit=unit))
    return report(name, standing(cx, office, period), unit)


def drawn(made: Report, office: Office, last: date) -> Drawn:
    """With workbook, pictures and page."""
    got = pictures(made.charts)
    shown = () if isinstance(got, str) else got
    missing = got if isinstance(got, str) else ""
    stem = f"{made.name}-{last.isoformat()}"
    files = {f"{stem}.xlsx": workbook(made)}
    files |= {f"{stem}-{number}.png": data for number, data in enumerate(shown, 1)}
    names = [name for name in files if name.endswith(".png")]
    words = {"report": made, "pictures": names, "missing": missing, "office": office.book.office.name}
    files[f"{stem}.html"] = printed("report.html", words).encode()
    return Drawn(made, files, missing)
