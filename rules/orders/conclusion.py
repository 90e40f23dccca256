"""What a hearing concluded (S73): 事实认定, 责任划分, 落实措施, 期限, each on a line of its own in the minutes."""

import re
from dataclasses import dataclass
from datetime import date

from rules.orders.order import Refused
from rules.replies.dates import certain_day
from rules.wording import wording

say = wording("rules")
SIGN = r"\s{0,4}[:：]\s{0,4}"


@dataclass(frozen=True, slots=True)
class Conclusion:
    """Facts found, who answers for what, what must be done, and until when."""

    facts: str
    blame: str
    measures: str
    due: date


def conclusion(minutes: str, today: date) -> Conclusion:
    """Read it. Raises Refused that names every field which is missing, empty, or (期限) names no certain day."""
    names = say("hearing-conclusion").split()
    found = [_field(minutes, name) for name in names]
    due = certain_day(found[-1], today)
    lacking = [name for name, words in zip(names, found, strict=True) if not words]
    if due is None or lacking:
        raise Refused("no-conclusion", fields="、".join(lacking or names[-1:]))
    facts, blame, measures, _days = found
    return Conclusion(facts, blame, measures, due)


def fields(minutes: str) -> tuple[tuple[str, str], ...]:
    """(name, words) of each field of the conclusion that the minutes hold, in its order."""
    named = ((name, _field(minutes, name)) for name in say("hearing-conclusion").split())
    return tuple((name, words) for name, words in named if words)


def _field(minutes: str, name: str) -> str:
    """The words behind the field's name, to the end of its line; '' where it is not there."""
    found = re.search(rf"^\s{{0,8}}{re.escape(name)}{SIGN}(\S.*)$", minutes, re.MULTILINE)
    return found[1].strip() if found else ""
