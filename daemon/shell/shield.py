"""`shield [--json] FILE...`: what a unit would read of a letter. `shield --files FILE... --out DIR`: its papers as they would be sent.
`shield --guard FILE.jsonl`: would the guard let this text out?

Needs no settings, database or network. Of a `.jsonl` line only id, subject, from_name, from_addr, text and attachments are read (with
--guard: id, text, identity). Every line is answered, in order; a bad one says why in `trouble` and stops nothing.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from daemon.disk import why
from daemon.logs import tame
from daemon.shell._showing import Answers, as_json, json_line, say
from rules.shield import Identity, consent, find_identities, guard_text, redact
from rules.shield.redact import kinds
from rules.trouble import UsageTrouble

LONGEST_LINE = 16 << 20


def arguments(parser: argparse.ArgumentParser) -> None:
    """FILE..., --json, --files with --out and --identity, --guard."""
    parser.add_argument("letters", nargs="*", metavar="FILE", help=say("option-shield-letters"))
    parser.add_argument("--files", nargs="+", metavar="FILE", default=[], help=say("option-shield-files"))
    parser.add_argument("--out", type=Path, metavar="DIR", default=None, help=say("option-shield-out"))
    parser.add_argument("--identity", type=Path, metavar="FILE", default=None, help=say("option-shield-identity"))
    parser.add_argument("--guard", nargs="+", metavar="FILE", default=[], help=say("option-shield-guard"))
    as_json(parser)


def run(options: argparse.Namespace) -> int:
    """Answer everything asked; 0 also where a file is withheld or a text refused. Ends with 2 as `read`."""
    if options.files and options.out is None:
        raise UsageTrouble(say("shield-no-out"))
    if not (options.letters or options.files or options.guard):
        raise UsageTrouble(say("shield-nothing"))
    answers = Answers(json=options.json)
    for answer in _answers(options, answers):
        if options.json or options.guard:
            json_line(answer)
        else:
            _print(answer)
    return answers.code


def _answers(options: argparse.Namespace, answers: Answers) -> Iterator[dict[str, Any]]:
    for name in options.letters:
        yield from answers.of(name, _letters(name))
    for name in options.guard:
        yield from answers.of(name, (_guarded(line) for line in _lines(name)))
    if options.files:
        from daemon.shell._shield_files import clean_files

        yield from answers.of(options.files[0], clean_files(options.files, options.out, options.identity))


def _letters(name: str) -> Iterator[dict[str, Any]]:
    if Path(name).suffix == ".jsonl":
        yield from (_shielded(line) for line in _lines(name))
        return
    from rules.reading import read

    try:
        letter = read(Path(name).read_bytes())
    except OSError as trouble:
        yield {"file": name, "trouble": say("read-no-file", why=why(trouble)), "unread": True}
        return
    text = "\n".join(piece for piece in (letter.own_words, letter.forwarded, letter.signature) if piece)
    found = {
        "id": None,
        "subject": letter.subject,
        "from_name": letter.from_name,
        "from_addr": letter.from_addr,
        "text": text,
        "attachments": [part.name or "" for part in letter.attachments],
    }
    yield {"file": name, **_shielded(found)}


def _lines(name: str) -> Iterator[dict[str, Any]]:
    """The objects of a .jsonl file; what cannot be read comes as an object with `trouble`."""
    try:
        with Path(name).open("rb") as file:
            for number, line in enumerate(iter(lambda: file.readline(LONGEST_LINE), b""), 1):
                if line.strip():
                    yield _object(line, name, number)
    except OSError as trouble:
        yield {"file": name, "trouble": say("read-no-file", why=why(trouble)), "unread": True}


def _object(line: bytes, name: str, number: int) -> dict[str, Any]:
    """The line's object; where it is none, or has no text, the id it gives, its place and why."""
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        found = None
    if isinstance(found, dict) and isinstance(found.get("text"), str):
        return found
    given = found.get("id") if isinstance(found, dict) else None
    return {"id": given, "file": name, "line": number, "trouble": say("read-bad-line")}


def _text(found: dict[str, Any], key: str) -> str:
    value = found.get(key)
    return value if isinstance(value, str) else ""


def _shielded(found: dict[str, Any]) -> dict[str, Any]:
    if "trouble" in found:
        return found
    given = found.get("attachments")
    names = [str(name) for name in given] if isinstance(given, list) else []
    subject, text = _text(found, "subject"), found["text"]
    identities = find_identities(subject, text, _text(found, "from_name"), _text(found, "from_addr"), names)
    redaction = redact(subject, text, identities)
    left = guard_text(f"{redaction.subject}\n{redaction.text}", identities) if identities else ()
    return {
        "id": found.get("id"),
        "subject": redaction.subject,
        "text": redaction.text,
        "attachments": as_sent(names),
        "office_text": redaction.office_text,
        "disclosed": consent(f"{subject}\n{text}").agreed is True,
        "removed": [{"kind": mark.kind, "start": mark.start, "end": mark.end} for mark in redaction.removed],
        "refused": redaction.refused or (say("shield-left") if left else None),
    }


def as_sent(names: Sequence[str]) -> list[str]:
    """ASCII names that tell nothing: attachment-1.docx (A32)."""
    endings = (Path(name).suffix.lower() for name in names)
    return [
        f"attachment-{n}{end if end.isascii() and end[1:].isalnum() and len(end) < 7 else ''}"
        for n, end in enumerate(endings, 1)
    ]


def _guarded(found: dict[str, Any]) -> dict[str, Any]:
    if "trouble" in found:
        return found
    given = found.get("identity")
    known = tuple(each for each in map(_known, given if isinstance(given, list) else [given]) if each is not None)
    hits = guard_text(found["text"], known)
    where = "、".join(dict.fromkeys(say(f"shield-kind-{hit.kind}") for hit in hits))
    return {"id": found.get("id"), "refused": say("shield-guard-refused", what=where) if hits else None}


def _known(given: object) -> Identity | None:
    """An identity as the line gives it: a value, or an object with value and kind."""
    if isinstance(given, dict):
        kind = given.get("kind")
        value = given.get("value")
        return (
            Identity(str(kind) if kind in kinds() else "value", value)
            if isinstance(value, str) and value.strip()
            else None
        )
    return Identity("value", given) if isinstance(given, str) and given.strip() else None


def _print(answer: dict[str, Any]) -> None:
    """One answer for people's eyes."""
    place = say("shield-line", number=answer["line"]) if "line" in answer else ""
    print(tame(f"{answer.get('file') or answer.get('id') or ''}{place}"))
    if answer.get("text") == answer.get("subject") == "":
        print(f"  {say('shield-empty')}")
    for key in ("trouble", "refused", "withheld", "sent", "subject", "attachments", "text"):
        value = answer.get(key)
        if value:
            shown = "、".join(map(str, value)) if isinstance(value, list) else str(value)
            print(f"  {say(f'shield-{key}')}")
            for line in shown.split("\n"):
                print(f"    {tame(line, 4000)}")
