"""From what was gathered to the files of the zip: the printed 案卷, its index for programs, the letters, the lines, the instructions."""

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from daemon.office import Office
from db.evidence import Chain
from rules.case import CaseFile
from rules.days import minute_shown
from rules.evidence import Clue, Line, Term
from rules.evidence.hearing import Heard
from rules.evidence.severity import Graded
from rules.evidence.sheet import register_sheet
from rules.evidence.verify import CHAIN, INDEX, line_name
from rules.evidence.words import word
from rules.shield import Identity
from rules.shown import number
from rules.wording import wording
from templates.printed import printed

say = wording("rules.evidence")


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A letter of the case: where it lies in the zip, or why it does not."""

    file: str
    sha256: str
    raw: bytes = field(repr=False)
    what: str
    party: str
    at: datetime
    state: str
    withheld: str = ""
    lines: tuple[int, ...] = ()

    def proved(self, lines: tuple[Line, ...]) -> "Enclosed":
        """With the lines that name its hash; without its file where it is withheld."""
        seqs = tuple(line.seq for line in lines if self.sha256 in (getattr(line.event, "letter", ""), _sent_hash(line)))
        return dataclasses.replace(self, lines=seqs, file="" if self.withheld else self.file)


def _sent_hash(line: Line) -> str:
    return str(getattr(line.event, "sha256", ""))


@dataclass(frozen=True, slots=True)
class Witness:
    """A line whose hash went out in letters of the office's day, or was seen by the audit."""

    seq: int
    hash: str
    kind: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Gathered:
    """Everything the files are made of."""

    office: Office
    file: CaseFile
    made: datetime
    unit: str
    who: tuple[Identity, ...] | None = field(repr=False)
    draft: str
    lines: tuple[Line, ...]
    letters: tuple[Enclosed, ...]
    terms: tuple[Term, ...]
    clues: tuple[Clue, ...]
    graded: tuple[Graded, ...]
    people: Mapping[tuple[str, date], tuple[str, str]]
    chain: Chain | None
    witnesses: tuple[Witness, ...] = ()
    heard: tuple[Heard, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether the copy says who complained."""
        return self.who is not None


def files_of(gathered: Gathered) -> dict[str, bytes]:
    """Name -> bytes of every file but the list."""
    words = _words(gathered)
    files = {
        "anjuan.html": printed("anjuan.html", words).encode(),
        "shuoming.txt": printed("shuoming.txt", words).encode(),
        INDEX: json.dumps(_index(gathered, words), ensure_ascii=False, indent=1, default=str).encode(),
    }
    files |= {letter.file: letter.raw for letter in gathered.letters if letter.file}
    files |= {one.file: one.minutes.encode() for one in gathered.heard if gathered.whole and one.minutes}
    files |= {line_name(line.seq): line.text.encode() for line in gathered.lines}
    if gathered.chain is not None:
        files[CHAIN] = "".join(f"{text}\n" for text in gathered.chain.texts).encode()
    return files


def _index(gathered: Gathered, words: Mapping[str, object]) -> dict[str, object]:
    chain = gathered.chain
    return {
        "format": 1,
        "reference": gathered.file.ref,
        "number": words["number"],
        "made": gathered.made.isoformat(),
        "unit": gathered.unit,
        "first": chain.first if chain else None,
        "before": chain.before if chain else None,
        "head": words["head"],
        "lines": [[line.seq, line.hash] for line in gathered.lines],
        "letters": [
            {"file": letter.file, "sha256": letter.sha256, "lines": _shown_lines(letter, gathered)}
            for letter in gathered.letters
        ],
        "hearings": words["hearings"],
        "terms": [_term(term, gathered) for term in gathered.terms],
        "clues": [_clue(clue, gathered) for clue in gathered.clues],
        "graded": words["graded"],
        "sheet": words["sheet"],
    }


def _words(gathered: Gathered) -> dict[str, object]:
    """What both pages say."""
    book, file, chain = gathered.office.book, gathered.file, gathered.chain
    return {
        "number": number(file, book),
        "reference": file.ref,
        "office": book.office.name,
        "made": minute_shown(gathered.made),
        "unit": gathered.unit,
        "first": chain.first if chain else 0,
        "head": {"seq": chain.head.seq, "hash": chain.head.hash} if chain else None,
        "sheet": register_sheet(file, book, gathered.draft, gathered.who),
        "letters": [_letter(letter, gathered) for letter in gathered.letters],
        "hearings": [_heard(one, gathered) for one in gathered.heard],
        "minutes": gathered.whole and any(one.minutes for one in gathered.heard),
        "terms": [_term(term, gathered) for term in gathered.terms],
        "clues": [_clue(clue, gathered) for clue in gathered.clues],
        "graded": [
            {"whose": one.whose or word("party", "office"), "points": one.points, "label": one.label}
            for one in gathered.graded
        ],
        "lines": [_line(line, gathered) for line in gathered.lines],
        "witnesses": [
            {"at": minute_shown(one.at), "seq": one.seq, "hash": one.hash, "kind": word("event", one.kind)}
            for one in gathered.witnesses
        ],
    }


def _letter(letter: Enclosed, gathered: Gathered) -> dict[str, object]:
    outgoing = bool(letter.state)
    labels = gathered.office.book.labels["letter"]
    return {
        "at": minute_shown(letter.at),
        "what": labels.get(letter.what, letter.what) if outgoing else word("part", letter.what),
        "who": say("went-to" if outgoing else "came-from", who=_party(letter.party)),
        "state": word("state", letter.state),
        "sha256": letter.sha256,
        "file": letter.file,
        "withheld": say(letter.withheld) if letter.withheld else "",
        "lines": _shown_lines(letter, gathered),
    }


def _heard(one: Heard, gathered: Gathered) -> dict[str, object]:
    """The conclusion line by line; the minutes themselves only where the copy says who complained."""
    enclosed = gathered.whole and bool(one.minutes)
    return {
        "day": one.day.isoformat(),
        "rows": one.rows,
        "sha256": one.sha256,
        "file": one.file if enclosed else "",
        "withheld": "" if enclosed else say("minutes-withheld" if one.minutes else "kept-erased"),
        "lines": [one.seq],
    }


def _shown_lines(letter: Enclosed, gathered: Gathered) -> list[int]:
    shown = {line.seq for line in gathered.lines}
    return [seq for seq in letter.lines if seq in shown]


def _party(party: str) -> str:
    kind, _, name = party.partition(":")
    return name if name and kind in ("unit", "organ") else word("party", kind)


def _term(term: Term, gathered: Gathered) -> dict[str, object]:
    clock = gathered.office.book.clocks.get(term.clock)
    late = term.how == "passed" and term.ended is not None and term.ended > term.due
    how = word("how", "passed-late" if late else term.how)
    return {
        **dataclasses.asdict(term),
        "label": clock.label if clock else term.clock,
        "result": say("term-until", how=how, day=term.ended) if term.ended else how,
    }


def _clue(clue: Clue, gathered: Gathered) -> dict[str, object]:
    leader, contact = gathered.people.get((clue.whose, clue.day), ("", "")) if clue.whose else ("", "")
    unknown = say("unknown-person")
    return {
        **dataclasses.asdict(clue),
        "label": word("ground", clue.ground),
        "whose": clue.whose or word("party", "office"),
        "people": say("people", leader=leader or unknown, contact=contact or unknown) if clue.whose else "",
    }


def _line(line: Line, gathered: Gathered) -> dict[str, object]:
    warrant = line.event.warrant
    actor = "" if gathered.unit and warrant.kind.value != "code" else warrant.actor
    return {
        "seq": line.seq,
        "at": minute_shown(line.at),
        "kind": word("event", line.event.kind),
        "warrant": " ".join(filter(None, (word("warrant", warrant.kind.value), _party(actor) if actor else ""))),
        "hash": line.hash,
    }
