"""`trace FILE|TEXT`: which unit's copy of a letter does a leaked text come from? Three sentences are enough (S67f).

The number, the code and the unit's name may be cut away: what is left differs from copy to copy. Names a copy, never a person.
"""

import argparse
import re
import sys
from pathlib import Path
from typing import Any

from daemon.disk import why
from daemon.logs import tame
from daemon.shell._showing import as_json, json_line, moment, say
from rules.trouble import UsageTrouble

LONGEST_PATH = 200
SHORTEST = 12
"""Signs; fewer are no sentence, but a path that is mistyped."""
ENDING = re.compile(r"\.[A-Za-z0-9]{2,5}\Z")
"""So does a path end, and no sentence."""
COLUMNS = ("number", "reference", "unit", "notice", "sent", "lead_by", "line")


def arguments(parser: argparse.ArgumentParser) -> None:
    """FILE or TEXT (- reads standard input), --json."""
    parser.add_argument("leak", help=say("option-leak"))
    as_json(parser)


def run(options: argparse.Namespace) -> int:
    """Name the copy; 1 where the text is no copy's, or of two copies equally."""
    from daemon.opening import open_office, settings
    from db.pen import look
    from db.tracing import copies
    from rules.shield.trace import plain, trace
    from rules.trouble import DONE, FOUND

    office = open_office(settings(), moment(options))
    with look(office.engine) as cx:
        alike = {(copy.case, copy.unit, copy.text): copy for copy in copies(cx)}  # a letter sent again is the same copy
    made = {copy.occasion: copy for copy in alike.values()}
    found = trace(leaked(options.leak), plain({name: copy.text for name, copy in made.items()}))
    if found is None:
        print(say("trace-none"))
        return FOUND
    copy = made[found.copy]
    row: dict[str, Any] = {
        "number": _number(copy.case, office.book),
        "reference": copy.case,
        "unit": copy.unit,
        "notice": office.book.label("letter", copy.template),
        "occasion": copy.occasion,
        "state": copy.state,
        "sent": copy.at,
        "lead_by": round(found.lead, 2),
        "copy": copy.mark,
        "line": copy.line[:16],
    }
    if options.json:
        json_line(row)
    else:
        for column in COLUMNS:
            print(f"{say(f'column-{column}')}：{tame(str(row[column]))}")
    return DONE


def _number(ref: str, book: Any) -> str:
    from rules.numbers import parse_reference, register_number
    from rules.shown import signs

    found = parse_reference(ref, signs(book))
    return register_number(found.year, found.serial, signs(book)) if found else ref


def leaked(given: str) -> str:
    """The text itself, or what stands in the file of that name: a text, a letter, a paper. Raises UsageTrouble where it is neither."""
    if given == "-":
        return sys.stdin.read()
    if len(given) > LONGEST_PATH or "\n" in given or not Path(given).exists():
        if len(given) < SHORTEST or ENDING.search(given):
            raise UsageTrouble(say("trace-short", text=tame(given)))
        return given
    text = _in_file(Path(given))
    if not text.strip():
        raise UsageTrouble(say("trace-empty", file=given))
    return text


def _in_file(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as trouble:
        raise UsageTrouble(say("trace-no-file", file=path, why=why(trouble))) from trouble
    if path.suffix.lower() == ".eml":
        from rules.reading import read

        return read(data).text
    from rules.papers import open_paper

    return open_paper(data, path.name).text or data.decode("utf-8", "replace")
