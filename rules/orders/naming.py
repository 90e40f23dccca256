"""What an order names: a lead unit with its co-units, a day, another case; from its first line. Lines below are words for the unit."""

import re
from dataclasses import dataclass
from datetime import date

from rules.desk import Contact, Desk
from rules.notices.notice import NOTHING_APPROVED, Approved
from rules.orders.order import Refused, unit_of
from rules.punctuation import headline
from rules.replies.dates import certain_day
from rules.replies.folding import folded
from rules.shown import reference_in
from rules.terms import today

BETWEEN = re.compile(r"[、，,；;。\s]+|协办[:：]?|会同")
DAY = re.compile(
    r"[^、，,；;\s]*\d+月\d+[日号]前?|\d{2,4}[./-]\d{1,2}[./-]\d{1,2}前?|[一二三四五六七八九十]+月[一二三四五六七八九十]+[日号]前?"
)


@dataclass(frozen=True, slots=True)
class Named:
    """主办、协办, the day a report is demanded by (交办), and what else the unit shall be told."""

    lead: Contact
    co_units: tuple[str, ...] = ()
    due: date | None = None
    requirement: Approved = NOTHING_APPROVED


def named_units(desk: Desk, words: str) -> Named:
    """`国土资源局，协办 桓仁镇，6月20日`. Raises Refused where a name is no unit, has no mailbox, or the day has passed."""
    lines = words.strip().splitlines()
    head = lines[0] if lines else ""
    due = certain_day(head, today(desk))
    if due is not None and due <= today(desk):
        raise Refused("no-day", day=folded(head))
    names = [name for name in BETWEEN.split(DAY.sub(" ", head)) if name]
    units = list(dict.fromkeys(unit_of(desk, name).unit for name in names)) or [unit_of(desk, "").unit]
    lead = desk.contact(units[0])
    assert lead is not None  # noqa: S101 - unit_of found its mailbox
    return Named(lead, tuple(units[1:]), due, Approved("\n".join(lines[1:]).strip()))


def named_case(words: str, desk: Desk) -> str:
    """The reference that the words name, by reference or register number; '' where they name none."""
    return reference_in(headline(words), desk.book) or ""
