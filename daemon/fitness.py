"""Looks at the office itself before it works: database, disk, files' rights, book, calendar, directory, staff's mailboxes; changes nothing.

for found in fitness(settings, office, now): Found(what, ok, says)
"""

import os
import shutil
import stat
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from sqlalchemy.engine import make_url

from daemon.books import to_fill
from daemon.envelope import NotSendable, recipient
from daemon.examining import Found
from daemon.heartbeat import lines_lost
from daemon.office import Office
from daemon.settings import MAIL, Settings
from daemon.suite import found_program
from db import continuity as store
from db import directory
from db.pen import look
from rules.days import local_day
from rules.wording import wording

say = wording("daemon")
ROOM = 1 << 30
"""Bytes of free disk below which doctor warns; letters are at most a quarter of it."""
AHEAD = 60
"""Working days to come that should be certain."""
SHOWN = 10


def fitness(given: Settings, office: Office, now: datetime) -> Iterator[Found]:
    """Everything about the office that is not a mail server."""
    yield from _database(office)
    yield from _rights(given)
    yield from _book(office)
    yield _calendar(office, now)
    yield from _directory(office)
    yield from _staff(office)
    if lost := lines_lost(given.database, now):
        yield Found(say("doctor-log"), ok=False, says=lost)
    program = found_program()
    yield Found("LibreOffice", ok=True, says=say("doctor-suite" if program else "doctor-no-suite", program=program))


def _database(office: Office) -> Iterator[Found]:
    engine = office.engine
    with look(engine) as cx:
        whole, stopped = store.integrity(cx), store.stopped(cx)
    yield Found("HUIYIN_DATABASE", whole, say("doctor-database" if whole else "doctor-torn", kind=engine.dialect.name))
    if stopped:
        yield Found("HUIYIN_DATABASE", ok=False, says=say("doctor-stopped"))
    folder = Path(engine.url.database or ".").absolute().parent if engine.dialect.name == "sqlite" else Path.cwd()
    free = shutil.disk_usage(folder).free
    key = "doctor-disk" if free >= ROOM else "doctor-disk-low"
    yield Found("HUIYIN_DATABASE", free >= ROOM, say(key, folder=folder, gigabytes=f"{free / (1 << 30):.1f}"))


def _rights(given: Settings) -> Iterator[Found]:
    """Who can read what holds letters or codes (A78)."""
    url = make_url(given.database)
    files = [Path(url.database or "")] if url.get_backend_name() == "sqlite" else []
    files += [path.with_name(f"{path.name}-wal") for path in files]
    named = [os.environ.get(f"{setting}_PASSWORD_FILE", "") for setting in MAIL] + [os.environ.get("HUIYIN_ENV", "")]
    files += [Path(name) for name in named if name]
    open_ones = [path for path in files if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077]
    for path in open_ones:
        yield Found("HUIYIN_DATABASE", ok=False, says=say("doctor-rights", path=path))
    if not open_ones:
        yield Found(
            "HUIYIN_DATABASE", ok=True, says=say("doctor-rights-ok", count=sum(path.exists() for path in files))
        )


def _book(office: Office) -> Iterator[Found]:
    missing = to_fill(office.book)
    for says in missing:
        yield Found("HUIYIN_BOOK", ok=False, says=says)
    if not missing:
        yield Found("HUIYIN_BOOK", ok=True, says=say("doctor-book", hash=office.book.hash[:16]))


def _calendar(office: Office, now: datetime) -> Found:
    today = local_day(now)
    due = office.rules.calendar.add_workdays(today, AHEAD)
    key = "doctor-calendar-open" if due.provisional else "doctor-calendar"
    year = office.rules.calendar.notice_wanted(due.day) or due.day.year
    return Found("HUIYIN_BOOK", ok=not due.provisional, says=say(key, days=AHEAD, day=due.day.isoformat(), year=year))


def _directory(office: Office) -> Iterator[Found]:
    with look(office.engine) as cx:
        reached = {contact.unit for contact in directory.today(cx)}
    missing = [unit.name for unit in office.book.units if unit.name not in reached]
    if missing:
        names = "、".join(missing[:SHOWN]) + ("……" if len(missing) > SHOWN else "")
        yield Found("HUIYIN_BOOK", ok=False, says=say("doctor-directory", count=len(missing), names=names))
    else:
        yield Found("HUIYIN_BOOK", ok=True, says=say("doctor-directory-ok", count=len(reached)))


def _staff(office: Office) -> Iterator[Found]:
    ours = {address.lower() for address in office.own.values()}
    well = True
    for person in office.book.office.staff:
        try:
            recipient(person.mailbox)
            fits = person.mailbox.lower() not in ours
            says = "" if fits else say("doctor-staff-own", name=person.name)
        except NotSendable as why:
            says = say("doctor-staff", name=person.name, why=why)
        if says:
            well = False
            yield Found("HUIYIN_BOOK", ok=False, says=says)
    if well:
        yield Found("HUIYIN_BOOK", ok=True, says=say("doctor-staff-ok", count=len(office.book.office.staff)))
