"""Readers of office.toml, roles.toml and limits.toml."""

import re
from collections.abc import Mapping

from rules.policy.chapters.day import office_day
from rules.policy.office import Absence, Bell, Day, Limits, Office, Person, Rate, Role, Roles
from rules.policy.sheet import Sheet

DAYS = {"工作日": Day.WORKDAY, "每天": Day.EVERY_DAY}
SERVER = re.compile(
    r"\.(?:[a-z0-9_-]+\.)+[a-z0-9-]+|[a-z][a-z0-9_-]*\*?(?:\.[a-z0-9_-]+)*|[a-z0-9_-]+(?:\.[a-z0-9_-]+)+"
)
CLOCK_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


def office(sheet: Sheet) -> Office:
    """The chapter office.toml."""
    value = Office(
        name=sheet.text("name"),
        unit=sheet.text("unit"),
        places=sheet.words("places"),
        phone=sheet.text("phone", "", empty=True),
        hours=sheet.text("hours"),
        register_word=sheet.text("register_word"),
        reference_prefix=_prefix(sheet),
        authserv_ids=_servers(sheet),
        auto_forward=sheet.flag("auto_forward"),
        names_officials=sheet.flag("names_officials", default=True),
        identity_days=sheet.number("identity_days", low=1, high=30),
        poll_minutes=sheet.number("poll_minutes", low=1, high=120),
        bells=tuple(_bell(entry) for entry in sheet.sheets("bell")),
        retention=sheet.numbers("retention"),
        staff=tuple(_person(entry) for entry in sheet.sheets("staff")),
        day=office_day(sheet),
        away=tuple(_absence(entry) for entry in sheet.sheets("away")),
    )
    sheet.retired(
        "county", "site", "timezone", "accepts_anonymous"
    )  # China has one clock; an anonymous letter is always asked about (N8)
    sheet.done()
    return value


def _prefix(sheet: Sheet) -> str:
    prefix = sheet.text("reference_prefix")
    if not re.fullmatch(r"[A-Z]{2,4}", prefix):
        sheet.says("reference_prefix", "prefix", word=prefix)
    return prefix


def _servers(sheet: Sheet) -> tuple[str, ...]:
    """What the receiving server is called: whole labels, never a whole top-level domain (A13)."""
    names = sheet.words("authserv_ids")
    for name in names:
        if not SERVER.fullmatch(name.lower()):
            sheet.says("authserv_ids", "server", word=name)
    return names


def _bell(sheet: Sheet) -> Bell:
    bell = Bell(
        name=sheet.text("name"),
        at=sheet.text("at"),
        day=sheet.choice("day", Day, DAYS),
        because=sheet.text("because"),
    )
    if not CLOCK_TIME.fullmatch(bell.at):
        sheet.says("at", "clock-time", word=bell.at)
    sheet.done()
    return bell


def _person(sheet: Sheet) -> Person:
    person = Person(
        name=sheet.text("name"),
        role=sheet.text("role"),
        mailbox=sheet.text("mailbox").strip().lower(),
        phone=sheet.text("phone", "", empty=True),
        deputy=sheet.text("deputy", "", empty=True),
    )
    if "@" not in person.mailbox:
        sheet.says("mailbox", "mailbox", word=person.mailbox)
    sheet.done()
    return person


def _absence(sheet: Sheet) -> Absence:
    absence = Absence(
        sheet.text("person"), sheet.day("since"), sheet.day("until"), sheet.text("deputy", "", empty=True)
    )
    if absence.until < absence.since:
        sheet.says("until", "before", since=absence.since)
    sheet.done()
    return absence


def roles(sheet: Sheet) -> Roles:
    """The chapter roles.toml: `[role.<key>]` tables, the orders that need four eyes, and who is the second."""
    shelf = sheet.sheet("role")
    value = Roles(shelf.named(_role), frozenset(sheet.words("four_eyes")), sheet.words("second"))
    sheet.done()
    return value


def _role(sheet: Sheet, key: str) -> Role:
    role = Role(key, sheet.text("label"), frozenset(sheet.words("may")), sheet.text("because"))
    sheet.done()
    return role


def limits(sheet: Sheet) -> Limits:
    """The chapter limits.toml."""
    value = Limits(
        per_address_day=sheet.number("per_address_day", low=1, high=1000),
        per_domain_day=sheet.number("per_domain_day", low=1, high=100_000),
        receipts_same_subject=sheet.number("receipts_same_subject", low=1, high=100),
        receipts_hours=sheet.number("receipts_hours", low=1, high=240),
        letters_per_sender_day=sheet.number("letters_per_sender_day", 30, low=5, high=10_000),
        quiet_weeks=sheet.number("quiet_weeks", 6, low=4, high=26),
        quiet_least=sheet.number("quiet_least", 5, low=1, high=1000),
        quiet_part=sheet.number("quiet_part", 4, low=2, high=20),
        because=sheet.text("because"),
        rates=_rates(sheet),
    )
    sheet.done()
    return value


def _rates(sheet: Sheet) -> Mapping[str, Rate]:
    return {entry.text("host").lower(): _rate(entry) for entry in sheet.sheets("rate")}


def _rate(sheet: Sheet) -> Rate:
    rate = Rate(
        per_minute=sheet.number("per_minute", low=1, high=10_000),
        per_day=sheet.number("per_day", low=1),
        gap_seconds=sheet.number("gap_seconds", low=0, high=3600),
        because=sheet.text("because"),
    )
    sheet.done()
    return rate
