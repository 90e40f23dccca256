"""Rows of letters, questions and cases as a clerk reads them in tables: the office's words, times of the county's day."""

from collections.abc import Iterable, Mapping
from typing import Any

from daemon.chronicle import question, when
from rules.evidence.words import word
from rules.policy import Book
from rules.wording import wording

say, asked = wording("daemon"), wording("rules")

Row = Mapping[str, Any]
SHOWN = 16
"""Signs of a hash that people are shown."""


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
            "what": question(row["what"]),
            "about": word("party", row["about"]) if ":" not in row["about"] else row["about"].partition(":")[2],
            "role": book.roles[row["role"]].label,
            "choices": [book.label("order", verb) for verb in row["choices"]],
            "asked": when(row["asked"]) if row["asked"] else "",
        }
        for row in rows
    ]
