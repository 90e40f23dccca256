"""A case's story as a clerk reads it: the office's words for what happened, times of the county's day, and beside each what it was about."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from rules.days import minute_shown
from rules.evidence.words import family, word
from rules.policy import Book
from rules.wording import wording

say, asked = wording("daemon"), wording("rules")

Row = Mapping[str, Any]
NAMED = {
    "finding": "finding",
    "outcome": "outcome",
    "part": "part",
    "how": "how",
    "value": "outcome",
    "channel": "channel",
}
"""Field of an event -> the family of words its value is named in."""
LABELLED = {"verb": "order", "template": "letter", "flag": "flag", "handling": "mode"}
"""Field of an event -> the family of the book's labels."""
SHOWN = 16
"""Signs of a hash that people are shown."""
PLAIN = ("unit", "co_units", "organ", "into", "due", "on", "ground", "missing")
"""Fields that speak for themselves."""


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
    """办理 至 2017-05-31: what an event's line says beside its name."""
    said = [book.clocks[row["clock"]].label] if row.get("clock") in book.clocks else []
    said += [book.label(shelf, row[name]) for name, shelf in LABELLED.items() if row.get(name) in book.labels[shelf]]
    said += [word(shelf, row[name]) for name, shelf in NAMED.items() if row.get(name) in family(shelf)]
    for name in PLAIN:
        value = row.get(name)
        said.append("、".join(value) if isinstance(value, list | tuple) else str(value or ""))
    return " ".join(filter(None, said))


def sent(rows: Iterable[Row], book: Book) -> list[dict[str, Any]]:
    """Letters of ours: when, which, and what became of them, in the office's words."""
    return [
        {
            **row,
            "made": when(row["made"]),
            "notice": book.label("letter", row["notice"]),
            "state": word("state", row["state"]),
        }
        for row in rows
    ]


def came(rows: Iterable[Row], book: Book) -> list[dict[str, Any]]:
    """Letters that came: mailbox, what became of them, kind of machine, in the office's words."""
    return [
        {
            **row,
            "mailbox": say(f"mailbox-{row['mailbox']}"),
            "disposition": book.label("disposition", row["disposition"]) if row["disposition"] else "",
            "machine": word("machine", row["machine"] or ""),
        }
        for row in rows
    ]


def held(rows: Iterable[Row]) -> list[dict[str, Any]]:
    """Letters that wait for a person: why, in the words of the question that was asked about them."""
    return [{**row, "why": _why(row["why"]), "sha256": row["sha256"][:SHOWN]} for row in rows]


def _why(reason: str) -> str:
    """The reason as staff were told; one that an earlier program wrote and this one has no sentence for stays as it is."""
    try:
        return asked(f"held-{reason}")
    except KeyError:
        return reason


def head(case: Row, book: Book) -> dict[str, Any]:
    """The case's row in the office's words."""
    named = {name: book.label(name, case[name]) for name in ("state", "kind", "mode") if case[name]}
    return {**case, **named}


def waiting(rows: Iterable[Row], book: Book) -> list[dict[str, Any]]:
    """Questions: what is asked, about whom, who answers with which orders, in the office's words."""
    return [
        {
            **row,
            "what": asked(f"question-{row['what']}"),
            "about": word("party", row["about"]) if ":" not in row["about"] else row["about"].partition(":")[2],
            "role": book.roles[row["role"]].label,
            "choices": [book.label("order", verb) for verb in row["choices"]],
            "asked": when(row["asked"]) if row["asked"] else "",
        }
        for row in rows
    ]


def when(at: str) -> str:
    """2017-05-09 09:12 of the county's day, from the ledger's time."""
    return minute_shown(datetime.fromisoformat(at))
