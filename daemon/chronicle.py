"""A case's ledger lines as a clerk reads them: the office's words for what happened, and beside each what it was about and why.

    events(lists.story(cx, ref), book)   ->  [{"event": "登记", "detail": "信箱 投诉 效能低下（规则：办得慢）", …}, …]

What an event says beside its name is looked up field by field; a word that a later program wrote, and nobody named, is left out.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from rules.days import minute_shown
from rules.evidence.words import family, word
from rules.handling.lacking import named
from rules.policy import Book
from rules.wording import wording

say, asked = wording("daemon"), wording("rules")

Row = Mapping[str, Any]
Said = Callable[[Any, Book], str]


def events(story: Iterable[Row], book: Book) -> list[dict[str, str]]:
    """at, event, detail, warrant, actor: one row an event. What became of a letter names the letter."""
    rows = list(story)
    letters = {row["occasion"]: row["template"] for row in rows if row.get("template")}
    return [
        {
            "at": when(row["at"]),
            "event": word("event", row["event"]),
            "warrant": word("warrant", row["warrant"]),
            "actor": word("party", row["actor"] or ""),
            "detail": detail({"template": letters.get(row.get("occasion")), **row}, book),
        }
        for row in rows
    ]


def detail(row: Row, book: Book) -> str:
    """办理 2017-05-31: what an event's line says beside its name."""
    return " ".join(filter(None, (said(row[field], book) for field, said in FIELDS.items() if field in row)))


def when(at: str) -> str:
    """2017-05-09 09:12 of the county's day, from the ledger's time."""
    return minute_shown(datetime.fromisoformat(at))


def question(kind: str) -> str:
    """What a question of this kind asks; '' for a kind that an earlier program knew."""
    try:
        return asked(f"question-{kind}")
    except KeyError:
        return ""


def _named(shelf: str) -> Said:
    """A word of the ledger, as it is called on paper."""
    return lambda key, _book: word(shelf, key) if key in family(shelf) else ""


def _either(*shelves: str) -> Said:
    """A field that two kinds of events share: an opinion, an answer to an invitation."""
    return lambda key, _book: next((word(shelf, key) for shelf in shelves if key in family(shelf)), "")


def _labelled(shelf: str) -> Said:
    """A word of the book."""
    return lambda key, book: book.labels[shelf].get(key, "")


def _plain(value: Any, _book: Book) -> str:
    return "、".join(value) if isinstance(value, list | tuple) else str(value or "")


def _put(key: str, field: str) -> Said:
    """A sentence around the value, where there is one."""
    return lambda value, book: say(key, **{field: _plain(value, book)}) if value else ""


def _only(key: str, *, when_true: bool) -> Said:
    """A sentence where a yes or no is the one that needs saying."""
    return lambda value, _book: say(key) if value is when_true else ""


def _clock(key: str, book: Book) -> str:
    return book.clocks[key].label if key in book.clocks else ""


def _role(key: str, book: Book) -> str:
    return say("story-asked", role=book.roles[key].label) if key in book.roles.roles else ""


def _ground(key: str, book: Book) -> str:
    return book.grounds[key].name if key in book.grounds else ""


def _rules(names: list[str], _book: Book) -> str:
    """规则：“几个月、几趟”“办得慢”: each in quotes, for a name may hold a comma."""
    quoted = "".join(say("story-quoted", word=name) for name in names)
    return say("story-rules", rules=quoted) if names else ""


def _marks(marks: list[str], _book: Book) -> str:
    """姓名2处、手机号1处: what was taken out, never the values."""
    kinds = Counter(mark.partition(":")[0] for mark in marks)
    return "、".join(say("story-marks", kind=say(f"shield-kind-{kind}"), count=count) for kind, count in kinds.items())


FIELDS: dict[str, Said] = {
    "clock": _clock,
    "channel": _named("channel"),
    "kind_of": _labelled("kind"),
    "categories": _plain,
    "flags": lambda flags, book: _plain(
        [book.labels["flag"][flag] for flag in flags if flag in book.labels["flag"]], book
    ),
    "rules": _rules,
    "marks": _marks,
    "refused": _only("story-refused", when_true=True),
    "key": lambda key, _book: question(key.partition(":")[0]),
    "role": _role,
    "verb": _labelled("order"),
    "template": _labelled("letter"),
    "flag": _labelled("flag"),
    "on": lambda on, book: say("story-off") if on is False else "" if on is True else _plain(on, book),
    "handling": _labelled("mode"),
    "finding": _named("finding"),
    "missing": lambda parts, book: _put("story-missing", "parts")([str(named(part)) for part in parts], book),
    "outcome": _named("outcome"),
    "value": _either("outcome", "hearing"),
    "part": _named("part"),
    "machine": _named("machine"),
    "how": _named("how"),
    "reason": _named("reason"),
    "what": _named("noted"),
    "ground": _ground,
    "deemed": _only("story-deemed", when_true=True),
    "unit": _plain,
    "co_units": _put("story-co-units", "units"),
    "organ": _plain,
    "into": _plain,
    "case": _plain,
    "person": _plain,
    "old": _put("story-old", "day"),
    "new": _plain,
    "until": _plain,
    "due": _plain,
    "kept": _only("story-broken", when_true=False),
}
"""Field of an event -> what it says there, in this order."""
