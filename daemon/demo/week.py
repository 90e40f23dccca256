"""`demo --week`: five working days of letters while no member of staff answers, so that on Friday their mailboxes are full.

Every question and every hand-over letter of the week lies where the staff read their mail; whoever has these letters alone can clear them.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from daemon.demo import manners
from daemon.demo.cast import (
    COMPLAINT,
    CONTACT,
    LAND,
    LI,
    LIU,
    MA,
    MARKET,
    NAMELESS,
    RECEIVER,
    SHOP,
    STAFF,
    STRANGER,
    SUN,
    TOWN,
    ZHAO,
    ZHOU,
    Player,
)
from daemon.demo.stage import Stage
from rules.reading import read
from rules.wording import wording

say = wording("daemon.demo")
ZONE = timezone(timedelta(hours=8))
MONDAY = datetime(2017, 5, 15, tzinfo=ZONE)
BELLS = ("08:35", "08:40", "13:35", "16:30", "23:30")
LAST = "16:30"
"""The week ends with Friday's evening hand-over."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment of the week; `act` writes a letter, None = the bells of the book ring."""

    at: datetime
    act: Callable[[Stage, datetime], None] | None = None


def play(stage: Stage) -> None:
    """The week, from Monday morning to Friday evening; the clock of the stage stands at its end."""
    stage.rounds.begin(MONDAY)
    for moment in moments():
        stage.now = moment.at
        if moment.act:
            moment.act(stage, moment.at)
        else:
            stage.rounds.tick(moment.at)
        stage.rounds.whole(moment.at)
    stage.now += timedelta(minutes=2)
    stage.rounds.whole(stage.now)


def moments() -> Iterator[Moment]:
    """Letters and bells, in the order of the clock."""
    end = _at(4, LAST)
    rings = (Moment(_at(day, bell)) for day in range(5) for bell in BELLS)
    yield from sorted((*_letters(), *(ring for ring in rings if ring.at <= end)), key=lambda moment: moment.at)


def _at(day: int, time: str) -> datetime:
    hour, _, minute = time.partition(":")
    return MONDAY + timedelta(days=day, hours=int(hour), minutes=int(minute))


def _letters() -> Iterator[Moment]:
    yield _from(0, "09:05", LI, "complaint", key="")
    yield _from(0, "09:40", ZHAO, "second", key="")
    yield Moment(_at(0, "10:10"), _unclear)
    yield _from(0, "11:00", SUN, "consult")
    yield _from(0, "14:00", LIU, "court")
    yield Moment(_at(0, "15:00"), lambda stage, now: stage.reply(LAND, say("text-signed"), now, manner="master"))
    yield _from(1, "09:00", LI, "same")
    yield _from(1, "09:30", ZHOU, "ourselves")
    yield _from(1, "10:00", SHOP, "spam")
    yield _from(1, "11:00", MA, "town")
    yield Moment(_at(1, "15:00"), _bounce)
    yield Moment(_at(2, "09:30"), _answer(LAND, "week-text-extension"))
    yield Moment(_at(2, "09:50"), _answer(TOWN, "week-text-question"))
    yield _from(2, "10:00", STRANGER, "number")
    yield Moment(_at(2, "14:00"), _sheet)
    yield Moment(_at(3, "09:30"), _answer(TOWN, "week-text-send-back"))
    yield Moment(_at(3, "10:40"), _reply(MA, "week-text-more"))
    yield Moment(_at(3, "11:30"), _reply(ZHAO, "week-text-withdrawal"))
    yield Moment(_at(3, "14:10"), _answer(LAND, "week-text-fishing"))
    yield Moment(_at(3, "15:20"), _answer(LAND, "text-result"))
    yield Moment(_at(4, "09:15"), _without_code)


def _from(day: int, time: str, player: Player, name: str, *, key: str = "week-") -> Moment:
    def act(stage: Stage, now: datetime) -> None:
        subject, text = say(f"{key}subject-{name}"), say(f"{key}text-{name}")
        stage.post(manners.web_163(player.address, player.name, COMPLAINT, subject, text, now), player, COMPLAINT)

    return Moment(_at(day, time), act)


def _answer(unit: Player, text: str) -> Callable[[Stage, datetime], None]:
    return lambda stage, now: stage.reply(unit, say(text), now, manner="foxmail")


def _reply(player: Player, text: str) -> Callable[[Stage, datetime], None]:
    return lambda stage, now: stage.reply(player, say(text), now, manner="qq", about=say("week-receipt"))


def _unclear(stage: Stage, now: datetime) -> None:
    stage.post(manners.iphone(NAMELESS.address, COMPLAINT, "", say("text-unclear"), now), NAMELESS, COMPLAINT)


def _bounce(stage: Stage, now: datetime) -> None:
    got = stage.latest(MARKET)
    stage.arrive(manners.bounce_163(COMPLAINT, MARKET.address, got.subject, now, got.message_id), COMPLAINT)


def _sheet(stage: Stage, now: datetime) -> None:
    from daemon.demo.sheet import contact_sheet

    file, text = contact_sheet(TOWN), say("week-text-sheet")
    letter = manners.with_file(STRANGER.address, TOWN.name, CONTACT, say("subject-sheet"), text, now, file)
    stage.post(letter, STRANGER, CONTACT)


def _without_code(stage: Stage, now: datetime) -> None:
    """A member of staff forgets to answer the question itself: nothing is agreed to (A42)."""
    text = say("week-text-staff")
    stage.post(manners.web_163(RECEIVER.address, RECEIVER.name, COMPLAINT, text, text, now), RECEIVER, COMPLAINT)


def left(stage: Stage) -> Iterator[str]:
    """What waits in each mailbox of the staff, in words."""
    for player in {player.address: player for player in STAFF.values()}.values():
        letters = [read(stored.raw) for stored in stage.host.folder(player.address)]
        handed = [letter for letter in letters if letter.subject.startswith(say("week-handover"))]
        yield say(
            "week-left",
            name=player.name,
            address=player.address,
            letters=len(letters),
            questions=sum(say("week-question") in letter.subject for letter in letters),
            items=handed[-1].subject.partition("：")[2].partition(" ")[0] if handed else 0,
        )
