"""Orders about the staff themselves: away and who stands in (请假, 销假), concerned and passed by (回避, A45)."""

import re
from datetime import date, timedelta

from rules.decision import Decision, Warrant
from rules.desk import Desk, OpenQuestion
from rules.events import OFFICE, AbsenceTold, Recused, TaskDone
from rules.handover.tasks import TASKS
from rules.orders.order import Refused
from rules.policy.office import Person
from rules.replies.orders import Order
from rules.shown import day_shown
from rules.staffing import STAFF, person_named
from rules.terms import today
from rules.wording import wording

say = wording("rules")
DAY = re.compile(r"(?:(20\d\d)[年./-])?(?:(\d{1,2})[月./-])?(\d{1,2})(?:日|号|(?![\d月天./-]))")
COUNTED = re.compile(r"(\d{1,3})天")
FAR = 180
"""Days back after which a day without a year is next year's."""


def absent(order: Order, desk: Desk, _question: OpenQuestion | None, warrant: Warrant) -> Decision:
    """请假 5月10日至12日 代理 郑洁; the head may tell it of others: 请假 吴强 5月10日."""
    words = "".join(order.argument.split())
    first, last, rest = _days(words, today(desk))
    person = _who(words[: len(words) - len(rest)], order, desk)
    deputy = next((one for one in _named(rest, desk) if one != person), "")
    if not deputy:
        deputy = _booked(desk, person)
    event = AbsenceTold(about=STAFF, warrant=warrant, person=person, since=first, until=last, deputy=deputy)
    told = say("absent-done", person=person, since=day_shown(first), until=day_shown(last), deputy=deputy or "—")
    return Decision(events=(event,), deed=told)


def back(order: Order, desk: Desk, _question: OpenQuestion | None, warrant: Warrant) -> Decision:
    """销假: back from today on."""
    person = _who("".join(order.argument.split()), order, desk)
    day = today(desk)
    event = AbsenceTold(about=STAFF, warrant=warrant, person=person, since=day, until=day - timedelta(days=1))
    return Decision(events=(event,), deed=say("back-done", person=person))


def task_done(_order: Order, _desk: Desk, question: OpenQuestion | None, warrant: Warrant) -> Decision:
    """已办: one turn of a recurring task."""
    given = dict(question.proposal) if question else {}
    if "task" not in given:
        raise Refused("none")
    due = date.fromisoformat(given["due"])
    return Decision(
        events=(TaskDone(about=TASKS, warrant=warrant, task=given["task"], due=due),),
        deed=say("task-done", task=given["task"]),
    )


def recuse(order: Order, desk: Desk, question: OpenQuestion | None, warrant: Warrant) -> Decision:
    """回避: of himself, or by the head of another; the question goes on to somebody else with the same facts."""
    if question is None:
        raise Refused("none")
    person = _who("".join(order.argument.split()), order, desk)
    return Decision(
        events=(Recused(about=question.about or OFFICE, warrant=warrant, person=person),),
        deed=say("recused-done", person=person),
        passed=(person,),
    )


def _who(words: str, order: Order, desk: Desk) -> str:
    """The person named, else he who orders; of others only the head may say it."""
    named = next(iter(_named(words, desk)), order.actor)
    if named != order.actor and "head" not in order.roles:
        raise Refused("only-head")
    return named


def _named(words: str, desk: Desk) -> tuple[str, ...]:
    """Staff named in the words, in their order."""
    names = {person.name for person in desk.book.office.staff if person.name in words}
    return tuple(sorted(names, key=words.index))


def _booked(desk: Desk, name: str) -> str:
    person: Person | None = person_named(desk, name)
    return person.deputy if person else ""


def _days(words: str, now: date) -> tuple[date, date, str]:
    """(first, last, the words behind them). Raises Refused where no day is named, or the last lies before the first."""
    found = list(DAY.finditer(words))[:2]
    counted = COUNTED.search(words)
    if not found and not counted:
        raise Refused("no-days")
    month = int(found[0][2]) if found and found[0][2] else now.month
    days = [_day(each, now, month) for each in found] or [now]
    last = days[-1] if len(days) > 1 or not counted else days[0] + timedelta(days=int(counted[1]) - 1)
    if last < days[0]:
        raise Refused("no-days")
    end = max(each.end() for each in (*found, *((counted,) if counted else ())))
    return days[0], last, words[end:]


def _day(found: re.Match[str], now: date, month: int) -> date:
    try:
        day = date(int(found[1] or now.year), int(found[2] or month), int(found[3]))
        return day.replace(year=day.year + 1) if not found[1] and (now - day).days > FAR else day
    except ValueError:
        raise Refused("no-days") from None
