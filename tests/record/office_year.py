"""A year of an office, drawn with a fixed seed and recorded by `db.record` day by day: every case walks the life table as real ones do.

Some are asked for more facts, handed over, given to another unit, stand still, or leave something to be mended; some days are provisional.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

from record_office import ZONE
from seeds import Seed, made, put
from sqlalchemy import Engine

from daemon.demo.stage import demo_rules
from daemon.office import Office
from daemon.writing import Desktop
from db import schema
from db.books import keep_book
from db.engine import open_engine
from db.pen import pen
from db.record import record
from rules import events as ev
from rules.decision import ContactEntry, Decision, Question, Warrant, WarrantKind
from rules.numbers import reference

BEGAN = datetime(2016, 12, 30, 8, 0, tzinfo=ZONE)
UNITS = ("国土资源局", "市场监督管理局", "桓仁镇", "古城镇", "财政局", "环境保护局")
CATEGORIES = ("违法行政", "作风不实", "效能低下", "推诿扯皮", "敷衍塞责", "行政不作为")
STAFF = ("周敏", "吴强", "王组长")
CASES = 160
HEAD = Warrant(WarrantKind.ORDER, "order", "王组长", "head")
CHECKED = tuple(
    ev.CheckNoted(about=f"unit:{unit}", warrant=HEAD, unit=unit, item=item, on=on)
    for unit, item, on in (
        ("国土资源局", "rules", True),
        ("国土资源局", "policy", True),
        ("财政局", "rules", True),
        ("财政局", "rules", False),
        ("桓仁镇", "hotline", False),
    )
)
"""What an inspector saw, or did not see."""
RULE = Warrant(WarrantKind.RULE)


@dataclass
class Walk:
    """One case on its way: what happens on which day."""

    number: int
    about: str
    day: date
    unit: str
    luck: random.Random

    def after(self, low: int, high: int) -> None:
        self.day += timedelta(days=self.luck.randint(low, high))


def year(folder: Path, name: str = "year.db") -> Office:
    """The office with its year behind it, in the folder: played once, then copied."""
    return office_at(put(folder / name, lived()))


def office_at(url: str) -> Office:
    """The office of the year over its database, or one that went on from there."""
    rules = demo_rules()
    return Office(open_engine(url), rules, {}, BEGAN, Desktop(rules.speaker, {}, lambda _digest: b""))


@cache
def lived() -> Seed:
    """The year's database, played once."""
    return made(_live)


def _live(url: str) -> None:
    rules, engine = demo_rules(), open_engine(url)
    schema.init(engine, "year", BEGAN)
    with pen(engine) as cx:
        keep_book(cx, rules.book.hash, rules.chapters, BEGAN)
    _play(engine, rules.book.hash)
    engine.dispose()


def _play(engine: Engine, book: str) -> None:
    steps = sorted(
        (
            (day, number, turn, events)
            for number in range(1, CASES + 1)
            for turn, (day, events) in enumerate(_case(number))
        ),
        key=lambda step: step[:3],
    )
    with pen(engine) as cx:
        contacts = tuple(
            ContactEntry(unit, f"u{at}@unit.example", person="联系人", public="024-4") for at, unit in enumerate(UNITS)
        )
        record(
            cx,
            "directory",
            Decision(events=(ev.ContactChanged(about="unit:x", unit="x", what="rows"),), contacts=contacts),
            at=BEGAN,
            book=book,
        )
        record(cx, "checks", Decision(events=CHECKED), at=BEGAN + timedelta(days=90), book=book)
        for day, number, turn, events in steps:
            at = datetime(day.year, day.month, day.day, 10, 0, tzinfo=ZONE)
            asked = tuple(event for event in events if isinstance(event, Question))
            told = tuple(event for event in events if not isinstance(event, Question))
            answered = tuple(event.question for event in told if isinstance(event, ev.Ordered) and event.question)
            record(
                cx,
                f"story:{number}:{turn}",
                Decision(events=told, questions=asked, answered=answered),
                at=at,
                book=book,
            )


def _case(number: int) -> Iterator[tuple[date, tuple[object, ...]]]:
    """The days of a case and what is recorded on them; most end, some are open at the end of the year."""
    luck = random.Random(f"case {number}")
    first = date(2017, 1, 2) + timedelta(days=number * 2)
    walk = Walk(number, f"case:{reference(2017, number)}", first, luck.choice(UNITS), luck)
    about, key = walk.about, f"forward:{number}"
    kind = luck.choice(("complaint", "complaint", "complaint", "report", "help"))
    registered = ev.Registered(
        about=about,
        year=2017,
        serial=number,
        kind_of=kind,
        received=walk.day,
        categories=tuple(luck.sample(CATEGORIES, luck.randint(1, 2))),
        channel=luck.choice(("mailbox", "mailbox", "phone", "visit")),
    )
    yield (
        walk.day,
        (
            registered,
            _clock(walk, "accept", 7),
            _clock(walk, "feedback", 40, promised=True),
            Question("forward", key, about, "receiver"),
        ),
    )
    yield from _asked_for_more(walk)
    walk.after(1, 9)
    way = luck.random()
    if way < 0.08:
        yield walk.day, (ev.NotAccepted(about=about, warrant=HEAD, ground="N4"),)
        return
    if way < 0.12:
        yield walk.day, (ev.Withdrawn(about=about, warrant=HEAD),)
        return
    if number % 29 == 0:
        yield walk.day, (ev.HandedOver(about=about, warrant=HEAD, organ="市信访局"),)
        return
    who = luck.choice(STAFF)
    order = Warrant(WarrantKind.ORDER, f"order-{number}", who, "receiver")
    yield (
        walk.day,
        (
            ev.Ordered(about=about, warrant=order, verb="forward", question=key),
            ev.Accepted(about=about, warrant=order),
            ev.Assigned(about=about, warrant=order, unit=walk.unit, handling="transfer"),
            _clock(walk, "sign", 1),
            _clock(walk, "handle", 21),
        ),
    )
    yield from _given_to_another(walk)
    yield from _at_the_unit(walk, 1)


def _asked_for_more(walk: Walk) -> Iterator[tuple[date, tuple[ev.Event, ...]]]:
    """补正: the promise stands still until he answers, sometimes for ever."""
    if walk.number % 19:
        return
    stop = ev.ClockStopped(about=walk.about, clock="feedback", how="paused", left=25)
    yield walk.day, (stop, ev.SupplementAsked(about=walk.about, warrant=HEAD), _clock(walk, "supplement", 15))
    walk.after(3, 12)
    code = Warrant(WarrantKind.CODE, "supplement:x", "complainant")
    again = (_clock(walk, "accept", 7), _clock(walk, "feedback", 40, promised=True))
    yield walk.day, (ev.Supplemented(about=walk.about, warrant=code), *again)


def _given_to_another(walk: Walk) -> Iterator[tuple[date, tuple[ev.Event, ...]]]:
    """改派: before it signed."""
    if walk.number % 17:
        return
    walk.unit = UNITS[(UNITS.index(walk.unit) + 1) % len(UNITS)]
    walk.day += timedelta(days=1)
    given = ev.Assigned(
        about=walk.about, warrant=HEAD, unit=walk.unit, handling="assign", co_units=(UNITS[0],), round=2
    )
    yield walk.day, (given, _clock(walk, "sign", 1), _clock(walk, "handle", 21))


def _stands_still(walk: Walk) -> Iterator[tuple[date, tuple[ev.Event, ...]]]:
    """中止: the unit's days and the promise stand still for ten days, or to the end of the year."""
    if walk.number % 13:
        return
    walk.day += timedelta(days=1)
    stopped = (ev.ClockStopped(about=walk.about, clock=clock, how="paused", left=9) for clock in ("handle", "feedback"))
    suspended = ev.Suspended(about=walk.about, warrant=HEAD, reason="by-order")
    yield walk.day, (*stopped, suspended, _clock(walk, "suspended", 60))
    if walk.number % 26 == 0:
        return
    walk.day += timedelta(days=10)
    again = (_clock(walk, "handle", 14), _clock(walk, "feedback", 20, promised=True))
    yield walk.day, (*again, ev.Resumed(about=walk.about, warrant=HEAD))


def _clock(walk: Walk, name: str, days: int, *, promised: bool = False) -> ev.ClockStarted:
    return ev.ClockStarted(
        about=walk.about,
        clock=name,
        started=walk.day,
        due=walk.day + timedelta(days=days),
        calendar="2017",
        promised=promised,
        provisional=name == "handle" and walk.number % 9 == 0,
    )


def _at_the_unit(walk: Walk, turn: int) -> Iterator[tuple[date, tuple[ev.Event, ...]]]:
    about, unit, luck = walk.about, walk.unit, walk.luck
    code = Warrant(WarrantKind.CODE, "transfer:x", f"unit:{unit}")
    handle = walk.day + timedelta(days=21)
    walk.after(0, 3)
    yield (
        walk.day,
        (ev.SignedFor(about=about, warrant=code, unit=unit), _clock(walk, "handle", (handle - walk.day).days)),
    )
    if turn == 1:
        yield from _stands_still(walk)
        if walk.number % 26 == 0:
            return
    if luck.random() < 0.15:
        walk.after(1, 4)
        yield walk.day, (ev.Extended(about=about, warrant=HEAD, unit=unit, days=10, due=handle + timedelta(days=14)),)
    if luck.random() < 0.12:
        walk.day = max(walk.day, handle + timedelta(days=5))
        yield (
            walk.day,
            (
                ev.Breached(
                    about=about, warrant=Warrant(WarrantKind.CLOCK, "handle"), clock="handle", unit=unit, due=handle
                ),
                ev.Reminded(
                    about=about,
                    warrant=Warrant(WarrantKind.CLOCK, "handle"),
                    clock="handle",
                    step="supervise@+5",
                    due=handle,
                ),
            ),
        )
    if luck.random() < 0.1:
        return
    walk.after(2, 18)
    yield walk.day, (ev.ResultReported(about=about, warrant=code, unit=unit, finding="true"),)
    walk.after(1, 3)
    if turn < 3 and luck.random() < 0.2:
        yield (
            walk.day,
            (
                ev.Redone(about=about, warrant=HEAD, unit=unit, reason="reviewed", round=turn + 1),
                _clock(walk, "sign", 1),
                _clock(walk, "handle", 21),
            ),
        )
        yield from _at_the_unit(walk, turn + 1)
        return
    yield from _told(walk)


def _told(walk: Walk) -> Iterator[tuple[date, tuple[ev.Event, ...]]]:
    about, luck = walk.about, walk.luck
    kept = luck.random() < 0.9
    measured = ev.PromiseMeasured(about=about, clock="feedback", due=walk.day, done=walk.day, kept=kept)
    stopped = ev.ClockStopped(about=about, clock="feedback", how="met" if kept else "late")
    yield (
        walk.day,
        (stopped, measured, ev.ResultApproved(about=about, warrant=HEAD, unit=walk.unit), _clock(walk, "opinion", 14)),
    )
    if luck.random() < 0.06:
        yield (
            walk.day,
            (
                ev.Flagged(about=about, warrant=HEAD, flag="repeat"),
                ev.Flagged(about=about, warrant=HEAD, flag="repeat"),
            ),
        )
    walk.after(1, 14)
    value = luck.choice(("satisfied", "satisfied", "rather", "unsatisfied", "none"))
    if value != "none":
        code = Warrant(WarrantKind.CODE, "result:x", "complainant")
        yield (
            walk.day,
            (
                ev.OpinionGiven(about=about, warrant=code, value=value),
                ev.Closed(about=about, warrant=code, outcome=value),
            ),
        )
    else:
        yield walk.day, (ev.Closed(about=about, warrant=Warrant(WarrantKind.CLOCK, "opinion"), outcome="none"),)
    yield from _mended(walk)


def _mended(walk: Walk) -> Iterator[tuple[date, tuple[ev.Event, ...]]]:
    """整改: with a day of its own after the case has ended; every other one is done."""
    if walk.number % 5:
        return
    due = walk.day + timedelta(days=20)
    yield walk.day, (ev.RectificationSet(about=walk.about, warrant=HEAD, unit=walk.unit, due=due),)
    if walk.number % 10 == 0:
        walk.day += timedelta(days=25)
        yield walk.day, (ev.Rectified(about=walk.about, warrant=HEAD, unit=walk.unit, late=True),)
