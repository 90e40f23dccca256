"""What a unit's reply says: signed for, progress, extension, send back, result, a question about the complainant, or nothing clear.

LIMITS: understands the forms our letters ask for and the usual short ones; anything else is `unclear` and goes to a person.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from rules.replies.dates import certain_day, without_days
from rules.replies.folding import first_line, folded, has, words

SHORT = 40
PARTS = ("handled", "investigated", "basis")


class Said(StrEnum):
    """What a unit's reply amounts to."""

    SIGNED = "signed"
    PROGRESS = "progress"
    SEND_BACK = "send-back"
    EXTENSION = "extension"
    RESULT = "result"
    ANSWERED = "answered"
    QUESTION = "question"
    FISHING = "fishing"
    PLEA = "plea"
    EMPTY = "empty"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class UnitReply:
    """A unit's reply as understood; `missing` names the parts a result lacks (S43, S78)."""

    said: Said
    words: str = ""
    finding: str = ""
    missing: tuple[str, ...] = ()
    until: date | None = None
    days: int = 0
    proposed: str = ""
    """The unit that a send-back names as competent, in its words."""
    reasoned: bool = True
    """Whether a send-back or an extension gives a reason."""


def understand(own_words: str, today: date) -> UnitReply:
    """The reply's meaning from its newly written words alone."""
    text = folded(own_words)
    if not text:
        return UnitReply(Said.EMPTY)
    speech = words()["unit"]
    if found := has(text, speech["fishing"]) or _asked_who(text):
        return UnitReply(Said.FISHING, found)
    head = first_line(own_words)
    if found := has(head, speech["plea"]):
        return UnitReply(Said.PLEA, found)
    if found := has(head, speech["send_back"]) or _long_has(text, head, speech["send_back"]):
        return UnitReply(Said.SEND_BACK, found, proposed=_proposed(text), reasoned=_reasoned(text, found))
    if found := has(head, speech["extension"]):
        until, days = _asked_time(text, today)
        return UnitReply(Said.EXTENSION, found, until=until, days=days, reasoned=_reasoned(text, found))
    if found := _result(text, head):
        finding = _finding(text)
        return UnitReply(Said.RESULT, found, finding, _missing(text, finding))
    return _short(text, head)


@cache
def _asking_who() -> "re.Pattern[str]":
    return re.compile("|".join(f"(?:{each})" for each in words()["unit"]["fishing_asked"]))


def _asked_who(text: str) -> str:
    """What in the reply asks who wrote, in whatever words (A22); '' where nothing does."""
    found = _asking_who().search(text)
    return found[0] if found else ""


def _short(text: str, head: str) -> UnitReply:
    speech = words()["unit"]
    signed, busy = has(head, speech["sign"]), has(text, speech["progress"])
    if signed and len(text) <= SHORT:
        return UnitReply(Said.SIGNED, signed)
    if found := has(text, speech["answered"]):
        return UnitReply(Said.ANSWERED, found)
    if found := _asks(text):
        return UnitReply(Said.QUESTION, found)
    if busy:
        return UnitReply(Said.PROGRESS, busy)
    return UnitReply(Said.UNCLEAR)


def _asks(text: str) -> str:
    """A question about the matter: it asks, and says nothing that would be taken for an answer."""
    return has(text, words()["unit"]["asking"]) if "?" in text or text.startswith(("请问", "请示", "请明确")) else ""


def _proposed(text: str) -> str:
    """建议由县水务局办理: the name as written; whether there is such a unit, the directory says."""
    found = re.search(
        r"建议(?:承办单位|转交|转|交由|交|由|改派)?[:：为是]?([\u4e00-\u9fff]{2,16}?)(?:承办|办理|处理|负责|答复|[，。,;；.]|$)",
        text,
    )
    return found.group(1) if found else ""


def _reasoned(text: str, word: str) -> bool:
    """Something that reads like a reason stands beside the word itself."""
    rest = without_days(text).replace(word, "")
    return bool(has(rest, words()["unit"]["reason"])) or len(rest) > SHORT


def _long_has(text: str, head: str, choices: list[str]) -> str:
    """A reason may stand before the word; it counts anywhere only where no result is reported."""
    return "" if _result(text, head) else has(text, choices)


def _result(text: str, head: str) -> str:
    """A result word counts in a report of some length, or as the first word of a short one; 马上办结 is none."""
    found = has(text, words()["unit"]["result"])
    if not found or re.search(r"(马上|立即|尽快|争取|将|限期|按时|按期|抓紧).{0,6}办结", text):
        return ""
    return found if head.startswith(found) or len(text) > SHORT or _finding(text) else ""


def _finding(text: str) -> str:
    findings: dict[str, str] = words()["unit"]["finding"]
    return next((value for word, value in findings.items() if word in text), "")


def _missing(text: str, finding: str) -> tuple[str, ...]:
    lacking = tuple(part for part in PARTS if not has(text, words()["unit"]["part"][part]))
    return lacking if finding else ("finding", *lacking)


def _asked_time(text: str, today: date) -> tuple[date | None, int]:
    """延至6月20日 or 延期5天, only where it is certain (L72)."""
    days = re.search(r"(\d{1,3})个?(?:工作)?[日天]", without_days(text))
    return certain_day(text, today), int(days.group(1)) if days else 0
