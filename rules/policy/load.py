"""Chapters in, Book out: every fault of every chapter at once, or none and a Book.

The hash is over names and bytes, so two books are the same where their texts are the same; order never matters.
"""

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from rules.policy.book import Book
from rules.policy.chapters import answering, collecting, matters, office, record, terms, units, words
from rules.policy.checking import check
from rules.policy.faults import BookRefused, Fault, say
from rules.policy.office import Office, Roles
from rules.policy.places import table
from rules.policy.sheet import Sheet

CHAPTERS = (
    "office.toml",
    "roles.toml",
    "limits.toml",
    "units.toml",
    "clocks.toml",
    "collecting.toml",
    "machine.toml",
    "words.toml",
    "speech.toml",
    "kinds.toml",
    "categories.toml",
    "grounds.toml",
    "scope.toml",
    "routing.toml",
    "lines.toml",
    "answers.toml",
    "webform.toml",
    "record.toml",
)
FOLDERS = ("calendar/", "letters/")
OPTIONAL = frozenset({"answers.toml", "collecting.toml", "webform.toml"})
"""Chapters an office may do without; a book of before they were is still a book."""


def load(chapters: Mapping[str, bytes]) -> Book:
    """The book of these chapters (name -> bytes, names with `/`). Raises BookRefused with all faults, a torn chapter's beside the others'."""
    return _loaded(tuple(sorted(chapters.items())))


@lru_cache(maxsize=8)
def _loaded(named: tuple[tuple[str, bytes], ...]) -> Book:
    """The book once read and tried; kept for the books in use, as `court` is."""
    chapters = dict(named)
    faults: list[Fault] = []
    sheets = {name: chapter(name, chapters, faults) for name in CHAPTERS}
    torn = frozenset(fault.file for fault in faults)
    if "words.toml" in torn:  # without the office's words no kind is known, and none is wrong
        sheets["kinds.toml"] = Sheet.of({}, "kinds.toml", "", [])
    _strangers(chapters, faults)
    book = _book(sheets, chapters)
    check(book, sheets, faults, torn)
    if faults:
        raise BookRefused(tuple(faults))
    return book


def recall(chapters: Mapping[str, bytes]) -> Book:
    """A book that was in force once, taken as it was: today's checks may be stricter, what was decided by it stays decided."""
    return _book({name: chapter(name, chapters, []) for name in CHAPTERS}, chapters)


def book_hash(chapters: Mapping[str, bytes]) -> str:
    """SHA-256 over the names and bytes of all chapters."""
    total = hashlib.sha256()
    for name in sorted(chapters):
        total.update(f"{name}\0{hashlib.sha256(chapters[name]).hexdigest()}\n".encode())
    return total.hexdigest()


def chapter(name: str, chapters: Mapping[str, bytes], faults: list[Fault]) -> Sheet:
    """One chapter's sheet; a fault and an empty one that notes nothing more where it cannot be read (F89)."""
    if name not in chapters and name in OPTIONAL:
        return Sheet.of({}, name, "", faults)
    if name not in chapters:
        faults.append(Fault(name, 1, say("no-chapter"), say("no-chapter-remedy")))
        return Sheet.of({}, name, "", [])
    try:
        text = chapters[name].decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        faults.append(Fault(name, 1, say("not-utf8"), say("not-utf8-remedy")))
        return Sheet.of({}, name, "", [])
    try:
        read = table(text)
    except tomllib.TOMLDecodeError as trouble:
        faults.append(_torn(name, text, str(trouble)))
        return Sheet.of({}, name, "", [])
    return Sheet.of(read, name, text, faults)


def _torn(name: str, text: str, trouble: str) -> Fault:
    """What tomllib says, at its line; full-width signs are named, since that is what a word processor leaves."""
    lines = text.split("\n")
    digits = trouble.rpartition("line ")[2].partition(",")[0]
    number = int(digits) if digits.isdigit() else len(lines)
    full_width = [sign for sign in "“”＝［］，" if sign in lines[min(number, len(lines)) - 1].partition("#")[0]]
    remedy = say("full-width-remedy", signs=" ".join(full_width)) if full_width else say("torn-remedy")
    return Fault(name, number, say("torn"), remedy)


def _strangers(chapters: Mapping[str, bytes], faults: list[Fault]) -> None:
    for name in chapters:
        if name not in CHAPTERS and not name.startswith(FOLDERS):
            faults.append(Fault(name, 1, say("stranger"), say("stranger-remedy", known="、".join(CHAPTERS))))


def _book(sheets: Mapping[str, Sheet], chapters: Mapping[str, bytes]) -> Book:
    labels = words.labels(sheets["words.toml"])
    shelf, category_rules = matters.categories(sheets["categories.toml"])
    supervision, signs = matters.supervision(sheets["routing.toml"])
    roles = office.roles(sheets["roles.toml"])
    return Book(
        hash=book_hash(chapters),
        office=_by_key(office.office(sheets["office.toml"]), roles),
        roles=roles,
        limits=office.limits(sheets["limits.toml"]),
        units=units.units(sheets["units.toml"]),
        clocks=terms.clocks(sheets["clocks.toml"]),
        collecting=collecting.collecting(sheets["collecting.toml"]),
        machines=words.machine(sheets["machine.toml"]),
        kinds=matters.kinds(sheets["kinds.toml"], labels.get("kind", {})),
        categories=shelf,
        category_rules=category_rules,
        grounds=matters.grounds(sheets["grounds.toml"]),
        scope=matters.scope(sheets["scope.toml"]),
        supervision=supervision,
        signs=signs,
        lines=matters.lines(sheets["lines.toml"]),
        answers=answering.answers(sheets["answers.toml"]),
        forms=answering.forms(sheets["webform.toml"]),
        record=record.record(sheets["record.toml"]),
        lexicon=words.lexicon(sheets["speech.toml"]),
        labels=labels,
        letters=_folder("letters/", chapters),
        calendar=_folder("calendar/", chapters),
    )


def _by_key(given: Office, roles: Roles) -> Office:
    """Staff and tasks by their roles' keys: a clerk writes 受理人 as well as receiver."""
    staff = tuple(replace(person, role=roles.key(person.role)) for person in given.staff)
    tasks = tuple(replace(task, role=roles.key(task.role)) for task in given.day.tasks)
    return replace(given, staff=staff, day=replace(given.day, tasks=tasks))


def _folder(folder: str, chapters: Mapping[str, bytes]) -> dict[str, bytes]:
    return {name.removeprefix(folder): chapters[name] for name in sorted(chapters) if name.startswith(folder)}
