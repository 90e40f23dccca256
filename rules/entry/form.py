"""The blank 登记表 as .docx and .xlsx, and the filled one read again: from a table, or from lines “来件渠道：电话” of the letter itself."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

from rules.notices.notice import Paper as Enclosed
from rules.papers import Paper, Table
from rules.papers.rebuild import document_of, workbook_of
from rules.replies.dates import certain_day
from rules.replies.folding import folded

LONGEST = 20_000
CAME = ("received", "above_date")
DUE = "above_due"
CHANNEL = "channel"
HELP = re.compile(r"[（(].*", re.DOTALL)
LINE = re.compile(r"\s{0,8}([^：:\s][^：:]{0,20}?)\s{0,4}[：:](.*)")


@cache
def words() -> Mapping[str, Any]:
    """The form's own words."""
    return tomllib.loads(files("rules.entry").joinpath("form.toml").read_text("utf-8"))


@dataclass(frozen=True, slots=True)
class Filled:
    """What a form says: key -> words, as they stand."""

    values: Mapping[str, str] = field(default_factory=dict)

    def __getitem__(self, key: str) -> str:
        return self.values.get(key, "")

    @property
    def rows(self) -> tuple[tuple[str, str], ...]:
        """(label, words) of everything that is filled in, in the form's order."""
        return tuple((row["label"], self[row["key"]]) for row in words()["rows"] if self[row["key"]])


def read_form(papers: Iterable[Paper], own_words: str) -> Filled:
    """The filled form: the first paper that says anything, else the letter's own lines."""
    for paper in papers:
        found = _from_tables(paper.tables)
        if found:
            return Filled(found)
    return Filled(_from_lines(own_words[:LONGEST]))


def is_form(paper: Paper) -> bool:
    """Whether the paper is the office's form: one of its tables says through which channel somebody came."""
    return CHANNEL in _from_tables(paper.tables)


def _from_tables(tables: Iterable[Table]) -> dict[str, str]:
    """The cell to the right of each label, in the row where the label stands. 电话 is a label, and an answer to 来件渠道 too."""
    found: dict[str, str] = {}
    for table in tables:
        for row in table.rows:
            for place, cell in enumerate(row[:-1]):
                key, said = _key(cell), row[place + 1].strip()
                if key and said and (not _key(said) or (key == CHANNEL and said in words()["channel"])):
                    found.setdefault(key, said)
    return found


def _from_lines(text: str) -> dict[str, str]:
    """Label, colon, words; lines without a label go on with the one above."""
    found: dict[str, list[str]] = {}
    current: list[str] | None = None
    for line in text.splitlines():
        parted = LINE.fullmatch(line)
        key = _key(parted[1]) if parted else ""
        if parted and key and key not in found:
            current = found.setdefault(key, [parted[2].strip()])
        elif current is not None and line.strip():
            current.append(line.strip())
    return {key: "\n".join(filter(None, lines)) for key, lines in found.items() if any(lines)}


@cache
def _labels() -> Mapping[str, str]:
    return {folded(name): row["key"] for row in words()["rows"] for name in (row["label"], *row["also"])}


def _key(cell: str) -> str:
    return _labels().get(folded(HELP.sub("", cell)).rstrip(":："), "")


def label_of(key: str) -> str:
    """来件渠道: what the form calls the field. Raises KeyError for none of its fields."""
    return {str(row["key"]): str(row["label"]) for row in words()["rows"]}[key]


def channel(said: str) -> str:
    """The channel's key, '' where it is not one of the office's."""
    plain = folded(said)
    return next((key for word, key in words()["channel"].items() if word in plain), "")


def missing(filled: Filled) -> tuple[str, ...]:
    """Labels of what must be filled in and is not."""
    above = channel(filled["channel"]) == "above"
    wanted = {row["key"] for row in words()["rows"] if row.get("required")} | (
        {"above", "above_number"} if above else set()
    )
    lacking = {key for key in wanted if not filled[key]}
    if filled["channel"] and not channel(filled["channel"]):
        lacking.add("channel")
    return tuple(row["label"] for row in words()["rows"] if row["key"] in lacking)


def unclear(filled: Filled, today: date) -> tuple[str, ...]:
    """Labels of days that are filled in and name no certain day, or a day to come where something came."""
    days = {key: certain_day(filled[key], today) for key in (*CAME, DUE) if filled[key]}
    odd = {key for key, day in days.items() if day is None or (key in CAME and day > today)}
    return tuple(row["label"] for row in words()["rows"] if row["key"] in odd)


@cache
def _blanks() -> tuple[tuple[str, bytes], ...]:
    """(file name, bytes) of both blank forms: the same bytes every time."""
    shown = words()
    rows = tuple((_asked(row), "") for row in shown["rows"])
    name = shown["file_name"]
    document = document_of([shown["title"], Table("", rows), *shown["notes"]])
    book = workbook_of([Table(shown["sheet_name"], ((shown["title"], ""), *rows, (shown["notes"][0], "")))])
    return (f"{name}.docx", document), (f"{name}.xlsx", book)


def _asked(row: Mapping[str, Any]) -> str:
    return f"{row['label']}（{row['help']}）" if row["help"] else str(row["label"])


@cache
def form_files() -> Mapping[str, bytes]:
    """The blank forms by SHA-256, for whoever sends or keeps them."""
    return {sha256(data).hexdigest(): data for _, data in _blanks()}


def form_papers() -> tuple[Enclosed, ...]:
    """Both blank forms as a letter encloses them."""
    return tuple(Enclosed(sha256(data).hexdigest(), name) for name, data in _blanks())
