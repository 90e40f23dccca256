"""The story `make demo` plays: real letters over real sockets, a simulated clock, the real book. Each scene is a letter or a moment.

for moment in scenes(): the clock is set, somebody writes or time passes, the daemon does one round, what it sent is shown
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from daemon.demo import manners
from daemon.demo.cast import COMPLAINT, CONTACT, LAND, LI, MARKET, NAMELESS, RECEIVER, REVIEWER, TOWN, ZHAO
from daemon.demo.stage import Stage
from rules.wording import wording

say = wording("daemon.demo")
ZONE = timezone(timedelta(hours=8))


@dataclass(frozen=True, slots=True)
class Scene:
    """A moment of the story. `act` writes the letters of the moment; None where only time passes."""

    at: datetime
    title: str
    act: Callable[[Stage, datetime], None] | None = None


def _at(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2017, month, day, hour, minute, tzinfo=ZONE)


def scenes() -> Iterator[Scene]:
    """The moments of the story, in order."""
    yield from _begun()
    yield from _ended()


def _begun() -> Iterator[Scene]:
    """Three letters come in, go wrong in three ways, and are with their units."""
    yield Scene(_at(5, 9, 9, 12), "complaint", lambda stage, now: stage.post(_complaint(now), LI, COMPLAINT))
    yield Scene(_at(5, 9, 9, 20), "vacation", _vacation)
    yield Scene(_at(5, 9, 10, 5), "second-complaint", lambda stage, now: stage.post(_second(now), ZHAO, COMPLAINT))
    yield Scene(_at(5, 9, 10, 30), "bounce", _bounce)
    yield Scene(_at(5, 9, 11, 0), "settled", lambda stage, now: stage.order(RECEIVER, say("order-settled"), now))
    yield Scene(_at(5, 9, 14, 40), "unclear", lambda stage, now: stage.post(_unclear(now), NAMELESS, COMPLAINT))
    yield Scene(
        _at(5, 9, 15, 10), "supplement-order", lambda stage, now: stage.order(RECEIVER, say("order-supplement"), now)
    )
    yield Scene(
        _at(5, 9, 20, 3),
        "supplement",
        lambda stage, now: stage.reply(NAMELESS, say("text-supplement"), now, manner="iphone"),
    )
    yield Scene(
        _at(5, 10, 8, 50),
        "reassign",
        lambda stage, now: stage.order(RECEIVER, say("order-reassign", unit=TOWN.name), now),
    )
    yield Scene(
        _at(5, 10, 9, 30), "signed", lambda stage, now: stage.reply(LAND, say("text-signed"), now, manner="master")
    )
    yield Scene(_at(5, 10, 10, 0), "sheet", lambda stage, now: stage.post(_sheet(now), LAND, CONTACT))
    yield Scene(
        _at(5, 10, 16, 0),
        "town-signed",
        lambda stage, now: stage.reply(TOWN, say("text-signed"), now, manner="foxmail"),
    )


def _ended() -> Iterator[Scene]:
    """A unit is silent and urged; the other reports twice, and the complainant is satisfied at last."""
    yield Scene(_at(5, 11, 8, 35), "sign-reminder")
    yield Scene(_at(5, 15, 8, 35), "supervision")
    yield Scene(
        _at(5, 16, 15, 20), "result", lambda stage, now: stage.reply(LAND, say("text-result"), now, manner="163")
    )
    yield Scene(_at(5, 16, 16, 0), "approved", lambda stage, now: stage.order(REVIEWER, say("order-agree"), now))
    yield Scene(
        _at(5, 16, 21, 15), "unsatisfied", lambda stage, now: stage.reply(LI, say("text-unsatisfied"), now, manner="qq")
    )
    yield Scene(
        _at(5, 17, 9, 0), "redo-signed", lambda stage, now: stage.reply(LAND, say("text-signed"), now, manner="master")
    )
    yield Scene(
        _at(5, 22, 14, 0),
        "second-result",
        lambda stage, now: stage.reply(LAND, say("text-second-result"), now, manner="163"),
    )
    yield Scene(_at(5, 22, 15, 0), "second-approved", lambda stage, now: stage.order(REVIEWER, say("order-agree"), now))
    yield Scene(
        _at(5, 22, 19, 30), "satisfied", lambda stage, now: stage.reply(LI, say("text-satisfied"), now, manner="qq")
    )


def _complaint(now: datetime) -> bytes:
    return manners.web_163(LI.address, LI.name, COMPLAINT, say("subject-complaint"), say("text-complaint"), now)


def _second(now: datetime) -> bytes:
    return manners.plain_utf8(ZHAO.address, ZHAO.name, COMPLAINT, say("subject-second"), say("text-second"), now)


def _unclear(now: datetime) -> bytes:
    return manners.iphone(NAMELESS.address, COMPLAINT, "", say("text-unclear"), now)


def _vacation(stage: Stage, now: datetime) -> None:
    got = stage.latest(LAND)
    stage.post(manners.qq_vacation(LAND.address, LAND.name, COMPLAINT, got.subject, now), LAND, COMPLAINT)


def _bounce(stage: Stage, now: datetime) -> None:
    """163's server could not deliver the transfer to 市场监督管理局: what it sends back is no DSN."""
    got = stage.latest(MARKET)
    stage.arrive(manners.bounce_163(COMPLAINT, MARKET.address, got.subject, now, got.message_id), COMPLAINT)


def _sheet(now: datetime) -> bytes:
    from daemon.demo.sheet import contact_sheet

    return manners.with_file(
        LAND.address, LAND.name, CONTACT, say("subject-sheet"), say("text-sheet"), now, contact_sheet(LAND)
    )
