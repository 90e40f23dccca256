"""`evidence NUMBER`: everything about a case read in one look, and made into the files of one zip.

who may see ─▶ IdentityRead ─▶ letters, lines, terms, clues ─▶ files ─▶ (a unit's copy: guard over each) ─▶ pack ─▶ EvidenceMade
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256

from sqlalchemy import Connection

from daemon.guarding import in_words
from daemon.office import Office
from daemon.record.dossier import Enclosed, Gathered, Witness, files_of
from db import desk as desks
from db import evidence as store
from db import files, people
from db.books import text_if_kept
from db.pen import look, pen
from db.record import record
from rules.case import CaseFile
from rules.days import local_day
from rules.decision import Decision, Warrant, WarrantKind
from rules.events import EvidenceMade, about_case
from rules.evidence import Clue, Line, pack, terms
from rules.evidence.clues import Limits, clues
from rules.evidence.copies import came_from, unit_lines, unit_terms
from rules.evidence.hearing import heard, hearings
from rules.evidence.lost import unsettled, vanished
from rules.evidence.packing import MANIFEST
from rules.evidence.packing import manifest as listed
from rules.evidence.severity import graded
from rules.policy.matters import Kind
from rules.shield import Identity, guard, guard_text
from rules.trouble import UsageTrouble
from rules.wording import wording

say = wording("daemon.record")
SEE = "see"


@dataclass(frozen=True, slots=True)
class Asked:
    """Which case, for which unit ('' = whole), asked by whom ('' = whoever sits at the machine) and why."""

    ref: str
    unit: str = ""
    by: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Made:
    """The zip, the page beside it, and the SHA-256 of its list, which goes onto the cover."""

    zip: bytes = field(repr=False)
    page: bytes = field(repr=False)
    seal: str
    letters: int
    withheld: int


def evidence(office: Office, asked: Asked, now: datetime) -> Made:
    """Make it, and leave a line that it was made. Raises UsageTrouble: no such case or unit, not his to see, or the guard says no."""
    with pen(office.engine) as cx:
        file = files.get(cx, asked.ref)
        if file is None:
            raise UsageTrouble(say("no-case", number=asked.ref))
        if asked.unit and asked.unit not in _units(cx, asked.ref):
            raise UsageTrouble(say("not-its-case", unit=asked.unit))
        who = None if asked.unit else _who(cx, office, file, asked, now)
    with look(office.engine) as cx:
        gathered = gather(cx, office, file, asked.unit, who, now)
        known = people.known_by(cx, asked.ref)
    made = files_of(gathered)
    if asked.unit:
        _guard(made, known)
    seal = sha256(listed(made)).hexdigest()
    _told(office, asked, seal, now)
    enclosed = gathered.letters
    return Made(pack(made), made["anjuan.html"], seal, len(enclosed), sum(not letter.file for letter in enclosed))


def _units(cx: Connection, ref: str) -> frozenset[str]:
    """Every unit that ever had the case."""
    named = (getattr(line.event, "unit", "") for line in store.case_lines(cx, ref))
    co_units = (unit for line in store.case_lines(cx, ref) for unit in getattr(line.event, "co_units", ()))
    return frozenset(filter(None, (*named, *co_units)))


def _who(cx: Connection, office: Office, file: CaseFile, asked: Asked, now: datetime) -> tuple[Identity, ...] | None:
    """Who complained, and a line that it was read; None where this copy may not say: a report without a second person's yes (S67f)."""
    roles = tuple(staff.role for staff in office.book.office.staff if staff.name == asked.by)
    role = next((one for one in roles if office.book.roles.may(one, SEE)), "")
    if asked.by and (not role or asked.by in file.recused):
        raise UsageTrouble(say("not-his", person=asked.by))
    if file.kind == Kind.REPORT and not (asked.by and people.permitted(cx, file.ref, asked.by, local_day(now))):
        return None
    reader = people.Reader(asked.by or say("operator"), role, asked.why or say("for-the-record"))
    return people.shown_to(cx, file.ref, reader, now, office.book.hash)


def gather(
    cx: Connection, office: Office, file: CaseFile, unit: str, who: tuple[Identity, ...] | None, now: datetime
) -> Gathered:
    """Everything the files are made of; `who` None withholds what says who complained."""
    known = people.known_by(cx, file.ref)
    lines = store.case_lines(cx, file.ref)
    mailboxes = frozenset(store.addresses(cx, unit)) if unit else frozenset()
    went = [one for one in store.went(cx, file.ref) if not unit or one.party == f"unit:{unit}"]
    came = [one for one in store.came(cx, file.ref) if not unit or one.sender in mailboxes]
    shown = lines
    if unit:
        shown = unit_lines(lines, unit, frozenset(one.occasion for one in went), frozenset(one.sha256 for one in came))
    chain = None if unit else store.chain(cx, lines[0].seq)
    found = _clues(cx, office, file, lines, local_day(now))
    theirs = tuple(clue for clue in found if not unit or clue.whose == unit)
    record_book = office.book.record
    counted = terms(lines, office.rules.calendar)
    draft = people.draft_of(cx, file.ref)
    return Gathered(
        office=office,
        file=file,
        made=now,
        unit=unit,
        who=who,
        draft=f"{draft.subject}\n{draft.text}" if draft else "",
        lines=shown,
        letters=tuple(_letters(came, went, known, lines, unit=unit, whole=who is not None)),
        terms=unit_terms(counted) if unit else counted,
        clues=theirs,
        graded=graded(theirs, record_book) if record_book else (),
        people={(clue.whose, clue.day): store.people_of(cx, clue.whose, _moment(lines, clue.seqs)) for clue in found},
        chain=chain,
        witnesses=tuple(Witness(*told) for told in chain.witnesses) if chain else (),
        heard=tuple(
            heard(held, text_if_kept(cx, held.text), known if who is None else None) for held in hearings(shown)
        ),
    )


def _clues(cx: Connection, office: Office, file: CaseFile, lines: tuple[Line, ...], today: date) -> tuple[Clue, ...]:
    """What in the case may be a dereliction: by its lines, its letters of unknown end, and letters gone while it ran."""
    labels = {name: clock.label for name, clock in office.book.clocks.items()}
    record = office.book.record
    limits = Limits(record.clue_redone, record.clue_unsatisfied) if record else Limits()
    away = vanished(store.gone(cx), lines[0].day, lines[-1].day if file.ended else today)
    return (*clues(lines, today, labels, limits), *unsettled(lines), *away)


def _moment(lines: tuple[Line, ...], seqs: tuple[int, ...]) -> datetime:
    return next((line.at for line in lines if line.seq in seqs), lines[-1].at)


def _letters(
    came: Iterable[store.Came],
    went: Iterable[store.Went],
    known: tuple[Identity, ...],
    lines: tuple[Line, ...],
    *,
    unit: str,
    whole: bool,
) -> Iterable[Enclosed]:
    def withheld(raw: bytes | None, *, names_him: bool) -> str:
        """Why these bytes are not enclosed; '' where they are."""
        if raw is None:
            return "kept-erased"
        if names_him and not unit and not whole:
            return "kept-report"
        return "kept-identity" if unit and guard(raw, known) else ""

    for number, letter in enumerate(came, 1):
        party = came_from(letter.part, letter.unit, his=letter.his)
        why = withheld(letter.raw, names_him=not letter.unit)
        yield Enclosed(
            f"laixin/{number:03}.eml", letter.sha256, letter.raw or b"", letter.part, party, letter.at, "", why
        ).proved(lines)
    for number, sent in enumerate(went, 1):
        why = withheld(sent.raw or None, names_him=sent.audience in ("staff", "complainant"))
        if sent.live and sent.audience == "staff":
            why = "kept-code"
        yield Enclosed(
            f"faxin/{number:03}.eml", sent.sha256, sent.raw, sent.template, sent.party, sent.at, sent.state, why
        ).proved(lines)


def _guard(made: dict[str, bytes], known: tuple[Identity, ...]) -> None:
    """A unit's copy leaves only where the guard finds nobody in any of its files (SHIELD). Raises UsageTrouble."""
    for name, data in made.items():
        hits = guard(data, known) if name.endswith(".eml") else guard_text(data.decode(), known, name)
        if hits:
            raise UsageTrouble(say("guarded", places=in_words(tuple((hit.kind, "text") for hit in hits)), name=name))


def _told(office: Office, asked: Asked, seal: str, now: datetime) -> None:
    """制作案卷: a line with the SHA-256 of the list, so that the office knows its own evidence again."""
    about = about_case(asked.ref)
    warrant = Warrant(WarrantKind.WORLD, "evidence", asked.by)
    cause = f"evidence:{asked.ref}:{now.isoformat()}:{seal[:16]}"
    event = EvidenceMade(about=about, warrant=warrant, unit=asked.unit, seal=seal)
    with pen(office.engine) as cx:
        desk = desks.blank(office.setting(now), cause)
        record(cx, cause, Decision(events=(event,)), at=desk.now, book=office.book.hash)


__all__ = ["MANIFEST", "Asked", "Made", "evidence"]
