"""`read [--json] FILE...`: letters as the daemon reads them; a `.jsonl` file holds bodies (`id`, `text`) without a head.

Needs no settings, database or network; the book (`--book`, else the shipped one) names the receiving servers whose word counts.
Each file is answered, in order; one that cannot be read says why and stops nothing. The fields are told in docs/reading.md.
"""

import argparse
import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from daemon.disk import why
from daemon.logs import tame
from daemon.shell._showing import Answers, as_json, json_line, say
from rules.letter import Letter
from rules.numbers import Signs

LONGEST_LINE = 16 << 20
SHOWN = (
    "from_addr",
    "from_name",
    "to",
    "subject",
    "date_utc",
    "machine",
    "machine_why",
    "bounced_addr",
    "numbers",
    "oddities",
)
TEXTS = ("own_words", "signature", "quoted_text", "forwarded")
MOST_SHOWN = 4000
_HEAD = (
    "from_addr", "from_name", "from_trouble", "reply_to", "to", "cc", "subject", "date_utc", "message_id",
    "in_reply_to", "references", "charset_notes",
)  # fmt: skip
_BODY = (
    "forwarded", "signature", "hidden", "machine", "machine_hint", "machine_why", "bounced_addr", "bounce_reason", "bounce_kind",
    "bounced_message_id", "numbers", "mistyped", "auth", "links", "oddities", "limits", "sha256", "size",
)  # fmt: skip
"""Fields shown as they are; their order is the reader's."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """FILE..., --json, --book."""
    parser.add_argument("files", nargs="+", metavar="FILE", help=say("option-read-files"))
    parser.add_argument("--book", type=Path, default=None, help=say("option-read-book"))
    as_json(parser)


def run(options: argparse.Namespace) -> int:
    """Read every file; 2 where one could not be opened, or none could be read."""
    signs, answers = _signs(options.book), Answers(json=options.json)
    for name in options.files:
        for answer in answers.of(name, _answers(name, signs)):
            if options.json:
                json_line(answer)
            else:
                _print(answer)
    return answers.code


def _signs(book: Path | None) -> Signs:
    from daemon.books import read_book
    from rules.shown import signs

    return signs(read_book(book))


def _answers(name: str, signs: Signs) -> Iterator[dict[str, Any]]:
    from rules.reading import read

    path = Path(name)
    try:
        if path.suffix == ".jsonl":
            yield from _bodies(path)
        else:
            yield {"file": name, **as_read(read(path.read_bytes(), signs))}
    except OSError as trouble:
        yield {"file": name, "trouble": say("read-no-file", why=why(trouble)), "unread": True}


def _bodies(path: Path) -> Iterator[dict[str, Any]]:
    from rules.reading import read_body

    with path.open("rb") as file:
        for number, line in enumerate(iter(lambda: file.readline(LONGEST_LINE), b""), 1):
            if not line.strip():
                continue
            found = _object(line)
            if found is None:
                yield {"file": str(path), "line": number, "trouble": say("read-bad-line")}
                continue
            letter = read_body(found["text"])
            yield {
                "id": found.get("id"),
                "own_words": letter.own_words,
                "quoted": bool(letter.quoted),
                "forwarded": letter.forwarded,
                "signature": letter.signature,
                "machine_hint": letter.machine_hint,
            }


def _object(line: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) and isinstance(found.get("text"), str) else None


def as_read(letter: Letter) -> dict[str, Any]:
    """The JSON fields of a letter, as docs/reading.md tells them."""
    text = f"{letter.text}\n\n{say('read-hidden')}\n{letter.with_hidden}" if letter.with_hidden else letter.text
    return {
        **{name: getattr(letter, name) for name in _HEAD},
        "text": text,
        "own_words": letter.own_words,
        "quoted": bool(letter.quoted),
        "quoted_text": letter.quoted,
        **{name: getattr(letter, name) for name in _BODY},
        "reply_codes": [code.code for code in letter.codes],
        "codes": [asdict(code) for code in letter.codes],
        "attachments": [asdict(found) for found in letter.attachments],
    }


def _print(answer: dict[str, Any]) -> None:
    """One letter for people's eyes; nothing from outside reaches the terminal untamed."""
    place = say("shield-line", number=answer["line"]) if "line" in answer else ""
    print(tame(f"{answer.get('file', answer.get('id', ''))}{place}"))
    for key in ("trouble", *SHOWN):
        value = answer.get(key)
        if value:
            shown = "、".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
            print(f"  {say(f'read-{key}')}  {tame(shown, MOST_SHOWN)}")
    for found in answer.get("attachments", ()):
        print(
            f"  {say('read-attachment')}  {tame(found['name'] or found['safe_name'])}  {found['type']}  {found['size']}"
        )
    for key in TEXTS:
        if answer.get(key):
            print(f"  {say(f'read-{key}')}")
            for line in str(answer[key])[:MOST_SHOWN].split("\n"):
                print(f"    {tame(line, MOST_SHOWN)}")
