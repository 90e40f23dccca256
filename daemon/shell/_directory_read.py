"""`directory read [--json] [--registered FILE] FILE...`: sheets and mails as the contact inbox understands them. Nothing is entered.

Needs no settings, database or network; every file is opened in a child with limits. An `.eml` is judged as a mail would be: the mails of one
call are in order and each sees those before it. `--registered` names a JSON object, unit -> registered address; without it nobody is.
"""

import argparse
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from daemon.disk import why
from daemon.logs import tame
from daemon.shell._showing import Answers, as_json, json_line, say
from rules.trouble import UsageTrouble

if TYPE_CHECKING:
    from daemon.reader import Reader
    from rules.contacts import Earlier, Sheet, Verdict
    from rules.papers import Paper
    from rules.policy.units import UnitDirectory

MOST_PAPERS = 30
LARGEST = 25 << 20


def arguments(parser: argparse.ArgumentParser) -> None:
    """FILE..., --registered, --book, --json."""
    parser.add_argument("files", nargs="+", metavar="FILE", help=say("option-directory-files"))
    parser.add_argument("--registered", type=Path, default=None, metavar="FILE", help=say("option-registered"))
    parser.add_argument("--book", type=Path, default=None, help=say("option-read-book"))
    as_json(parser)


def run(options: argparse.Namespace) -> int:
    """Read every file; 2 where one could not be opened. Raises BookTrouble, UsageTrouble."""
    from daemon.reader import Reader

    answers = Answers(json=options.json)
    with Reader() as reader:
        desk = _Desk(reader, _units(options.book), _registered(options.registered))
        for name in options.files:
            (answer,) = answers.of(name, [desk.answer(name)])
            if options.json:
                json_line(answer)
            else:
                _print(answer)
    return answers.code


def _units(book: Path | None) -> "UnitDirectory":
    """The chapter units.toml alone: the rest of the book may be under repair. Raises BookRefused."""
    from daemon.books import read_chapters
    from rules.policy import BookRefused, Fault
    from rules.policy.chapters.units import units
    from rules.policy.load import chapter

    faults: list[Fault] = []
    found = units(chapter("units.toml", read_chapters(book), faults))
    if faults:
        raise BookRefused(tuple(faults))
    return found


def _registered(path: Path | None) -> dict[str, str]:
    """The registered address of each unit. Raises UsageTrouble where the file is no JSON object of texts."""
    if path is None:
        return {}
    try:
        table = json.loads(path.read_text("utf-8-sig"))
    except OSError as trouble:
        raise UsageTrouble(say("registered-no-file", file=path, why=why(trouble))) from trouble
    except ValueError as trouble:
        raise UsageTrouble(say("registered-unreadable", file=path)) from trouble
    if not isinstance(table, dict) or not all(isinstance(address, str) for address in table.values()):
        raise UsageTrouble(say("registered-unreadable", file=path))
    return table


@dataclass
class _Desk:
    """What the files of one call are read with; `earlier` grows with every mail that was taken."""

    reader: "Reader"
    units: "UnitDirectory"
    registered: Mapping[str, str]
    earlier: "list[Earlier]" = field(default_factory=list)

    def answer(self, name: str) -> dict[str, Any]:
        """The answer to one file."""
        try:
            data = Path(name).read_bytes()
        except OSError as trouble:
            return {
                "file": name,
                "readable": False,
                "doubts": [],
                "rows": [],
                "trouble": say("read-no-file", why=why(trouble)),
                "unread": True,
            }
        from rules.papers import kind_of

        if name.lower().endswith(".eml") or kind_of(data) == "eml":
            return {"file": name, **self._mail(name, data)}
        return {"file": name, **self._sheet(name, data)}

    def _sheet(self, name: str, data: bytes) -> dict[str, Any]:
        from rules.contacts import Context, UnitNames, understand

        base = name.replace("\\", "/").rpartition("/")[2]
        return _told(understand(self._papers([(data, base)]), Context(base), UnitNames(self.units)))

    def _mail(self, name: str, raw: bytes) -> dict[str, Any]:
        from daemon.reader import Died
        from rules.contacts import Earlier, judge_mail
        from rules.contacts.arriving import body_source, signs_alone
        from rules.reading import payloads

        self.reader.signs = signs_alone(raw)
        letter = self.reader.read(raw)
        if isinstance(letter, Died):
            return {
                "from_addr": "",
                "disposition": "held",
                "units": [],
                "supersedes": "",
                "why": say("directory-died"),
                **_NOTHING,
            }
        files = [] if letter.machine else list(payloads(raw))[:MOST_PAPERS]
        papers = self._papers([(data, part.name or "") for part, data in files])
        source = body_source(raw)
        verdict = judge_mail(
            letter, papers, self.registered, self.units, self.earlier, self._paper(source, "") if source else None
        )
        if verdict.disposition == "contact":
            self.earlier.append(Earlier(name, verdict.units, letter.date_utc, verdict.rows))
        return {
            "from_addr": letter.from_addr,
            "disposition": verdict.disposition,
            "units": list(verdict.units),
            "supersedes": verdict.supersedes,
            "why": verdict.why,
            **_told(verdict),
        }

    def _papers(self, files: "Sequence[tuple[bytes, str]]") -> "tuple[Paper, ...]":
        """The files as the child read them; old Word files read twice where LibreOffice is installed."""
        from daemon.second_opinion import second_opinions

        return second_opinions(self.reader, [self._paper(data, name) for data, name in files])

    def _paper(self, data: bytes, name: str) -> "Paper":
        """The paper as the child read it; a file it died of is held."""
        from daemon.reader import Died
        from rules.papers import Paper

        answer = self.reader.paper(data, name) if len(data) <= LARGEST else Died("memory")
        if isinstance(answer, Died):
            word = "file:bomb" if answer.why in ("memory", "cpu", "time") else "file:truncated"
            return Paper("unknown", doubts=(word,), why_not=word, name=name)
        return answer


_NOTHING: dict[str, Any] = {"readable": False, "doubts": ["file:truncated"], "rows": []}


def _told(answer: "Sheet | Verdict") -> dict[str, Any]:
    return {
        "readable": answer.readable,
        "doubts": list(answer.doubts),
        "rows": [row.given() for row in answer.rows],
        "says": list(_explained(answer)),
    }


def _explained(answer: "Sheet | Verdict") -> tuple[str, ...]:
    from rules.contacts import explain

    return explain(answer)


def _print(answer: Mapping[str, Any]) -> None:
    """For a person: the rows, then what is doubtful."""
    became = say(f"directory-{answer['disposition']}") if answer.get("disposition") else ""
    print(tame("  ".join(filter(None, (str(answer["file"]), became, str(answer.get("why", "")))))))
    for row in answer["rows"]:
        print("  " + tame("  ".join(str(value) for value in row.values())))
    for says in answer.get("says", []):
        print("  · " + tame(says))
    if answer.get("trouble"):
        print("  " + tame(str(answer["trouble"])))
