"""What the command line shows: letters, cases, a case's whole story, questions, outbox; rows as dicts with the contract's fields."""

import json
from typing import Any

from sqlalchemy import Connection, select

from db import files
from db import tables as t
from db.ledger import effects, lines
from db.questions import waiting
from rules.events import about_case, ref_of
from rules.policy import Book
from rules.shown import number


def letters(cx: Connection, *, disposition: str = "") -> list[dict[str, Any]]:
    """id, mailbox, folder, uid, uidvalidity, sha256, from_addr, subject, disposition, machine, case; one row a sighting."""
    case = select(t.filings.c.case).where(t.filings.c.letter == t.letters.c.id).limit(1).scalar_subquery()
    asked = (
        select(
            t.letters.c.id,
            t.folders.c.mailbox,
            t.folders.c.name.label("folder"),
            t.sightings.c.uid,
            t.folders.c.validity.label("uidvalidity"),
            t.letters.c.sha256,
            t.letters.c.from_addr,
            t.letters.c.subject,
            t.letters.c.disposition,
            t.letters.c.kind,
            case.label("case"),
            t.sightings.c.note,
        )
        .select_from(t.sightings)
        .join(t.folders, t.folders.c.id == t.sightings.c.folder)
        .join(t.letters, t.letters.c.id == t.sightings.c.letter, isouter=True)
        .order_by(t.sightings.c.at, t.folders.c.id, t.sightings.c.uid)
    )
    if disposition:
        asked = asked.where(t.letters.c.disposition == disposition)
    return [_letter(dict(row)) for row in cx.execute(asked).mappings()]


def _letter(row: dict[str, Any]) -> dict[str, Any]:
    kind = row.pop("kind")
    note = row.pop("note")
    row["machine"] = kind if row["disposition"] == "machine" else None
    row["why"] = kind if row["disposition"] == "held" else note
    return row


def cases(cx: Connection, book: Book) -> list[dict[str, Any]]:
    """number, reference, state, kind, mode, lead, due, letters."""
    found = []
    for row in cx.execute(
        select(t.cases.c.ref, t.cases.c.body, t.cases.c.due).order_by(t.cases.c.year, t.cases.c.serial)
    ).all():
        file = files.load(row.body)
        filed = cx.execute(select(t.filings.c.letter).where(t.filings.c.case == row.ref)).scalars()
        found.append(
            {
                "number": number(file, book),
                "reference": file.ref,
                "state": file.state.value,
                "kind": file.kind,
                "mode": file.handling or None,
                "lead": file.lead or None,
                "due": row.due,
                "letters": sorted(filed),
            }
        )
    return found


def story(cx: Connection, ref: str) -> list[dict[str, Any]]:
    """Every line about the case, in order: at, event, body, warrant, actor."""
    return [_told(row) for row, _event in lines(cx, about_case(ref))]


def came_of(cx: Connection, cause: str) -> list[dict[str, Any]]:
    """The same for every line of one cause, whatever it is about."""
    return [_told(row) for row in effects(cx, cause)]


def _told(row: Any) -> dict[str, Any]:
    return {
        "seq": row.seq,
        "at": row.at,
        "event": row.kind,
        "warrant": row.warrant,
        "actor": row.actor,
        **json.loads(row.body),
    }


def outbox(cx: Connection, *, case: str = "") -> list[dict[str, Any]]:
    """id, case, notice, to, state, made, message_id, tries, occasion, answer."""
    asked = select(t.outbox).order_by(t.outbox.c.id)
    if case:
        asked = asked.where(t.outbox.c.about == about_case(case))
    return [
        {
            "id": row.id,
            "case": ref_of(row.about) or None,
            "notice": row.template,
            "to": row.to_address,
            "state": row.state,
            "made": row.made,
            "message_id": row.message_id,
            "tries": row.attempt,
            "occasion": row.occasion,
            "answer": row.answer,
        }
        for row in cx.execute(asked)
    ]


def questions(cx: Connection) -> list[dict[str, Any]]:
    """id, what, about, role, choices, proposal, letter, asked of everything that waits for a person."""
    return [
        {
            "id": asked.id,
            "what": asked.kind,
            "about": asked.about,
            "role": asked.role,
            "choices": list(asked.choices),
            "proposal": dict(asked.proposal),
            "letter": asked.letter or None,
            "asked": asked.asked.isoformat() if asked.asked else None,
        }
        for asked in waiting(cx)
    ]
