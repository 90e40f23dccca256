"""A paper becomes a sheet: rows that may enter the directory, and what a person must look at first (domain §4.3).

    understand([paper], Context(file_name="联系人.et"), UnitNames(book.units))  ->  Sheet(readable, rows, remarks)

Never raises, whatever the tables hold.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from rules.contacts.aligned import grids, is_rule
from rules.contacts.entry import Entry, joined
from rules.contacts.filling import filled
from rules.contacts.grid import lines_of
from rules.contacts.marginal import asks_for_sheets
from rules.contacts.naming import SHORT, Witnesses, conflict, named, stem, unit_of, unit_remarks
from rules.contacts.prose import sentences
from rules.contacts.row import Context, Remark, Row, Sheet
from rules.contacts.second_opinion import compared
from rules.contacts.table import Walk
from rules.contacts.units import Found, UnitNames
from rules.contacts.words import listed, longest_first, words
from rules.papers import Paper, Table

REACH = frozenset(("phone", "mobile", "office", "hotline", "email", "qq"))
PERSONS = frozenset(("name", "leader", "contact", "head"))


@dataclass(frozen=True, slots=True)
class _Read:
    entries: tuple[Entry, ...]
    below: tuple[str, ...]
    asked: frozenset[str]


def understand(papers: Sequence[Paper], context: Context, names: UnitNames) -> Sheet:
    """What the papers say together; the files of an archive count one by one."""
    sheets = [
        _understood(paper, replace(context, file_name=paper.name or context.file_name), names) for paper in flat(papers)
    ]
    readable = [sheet for sheet in sheets if sheet.rows]
    chosen = readable or sheets
    outer = [
        Remark(word)
        for paper in papers
        if paper.inner
        for word in _said(paper.doubts)
        if not (readable and word == "file:tnef")
    ]
    remarks = tuple(dict.fromkeys(remark for sheet in chosen for remark in sheet.remarks)) + tuple(outer)
    rows = tuple(dict.fromkeys(row for sheet in chosen for row in sheet.rows))
    if not sheets:
        return Sheet((), tuple(outer) or (Remark("file:empty"),))
    return Sheet(rows, remarks + tuple(_shared(rows)))


def flat(papers: Iterable[Paper]) -> Iterator[Paper]:
    """The papers, an archive replaced by what is in it."""
    for paper in papers:
        if paper.inner and not paper.why_not:
            yield from flat(paper.inner)
        else:
            yield paper


def understand_text(text: str, context: Context, names: UnitNames) -> Sheet:
    """A mail's own text as a sheet: a pasted table, headings with colons, or a sentence."""
    blocks = tuple(line for line in text.splitlines() if line.strip())
    return _understood(Paper("txt", text, blocks=blocks), context, names)


def _understood(paper: Paper, context: Context, names: UnitNames) -> Sheet:
    own = _by_itself(paper, context, names)
    if paper.second is None or paper.second.why_not:  # no answer is no opinion
        return own
    return compared(own, _by_itself(paper.second, context, names), paper, paper.second)


def _by_itself(paper: Paper, context: Context, names: UnitNames) -> Sheet:
    doubts = [Remark(word) for word in _said(paper.doubts)]
    if paper.why_not:
        return Sheet((), tuple(doubts) or (Remark("file:not-a-table"),))
    if _other_sheet(paper, context):
        return Sheet((), (*doubts, Remark("file:not-a-table")))
    read = _read(paper)
    rows, remarks = _rows(read, Witnesses(context, read.below), names)
    if not rows:
        blank = read.asked & REACH and read.asked & PERSONS
        return Sheet((), (*doubts, Remark("file:blank" if blank else "file:not-a-table")))
    return Sheet(rows, (*doubts, *remarks))


def _said(doubts: Iterable[str]) -> list[str]:
    """The paper's words of doubt in the words of this package; those that say nothing to a clerk are left out."""
    means: dict[str, str] = words("mails")["paper_doubts"]
    return list(dict.fromkeys(said for word in doubts if (said := means.get(word, word))))


def _other_sheet(paper: Paper, context: Context) -> bool:
    """A duty roster or attendance list has headings like ours; its title says what it is."""
    first = [
        block if isinstance(block, str) else " ".join(block.rows[0] if block.rows else ()) for block in paper.blocks[:2]
    ]
    if any(
        _last_word(text).endswith(longest_first("lines", "other_titles")) for text in (stem(context.file_name), *first)
    ):
        return True
    said = " ".join((context.file_name, *(text[:200] for text in first), *(table.name for table in paper.tables[:1])))
    return any(word in said for word in listed("lines", "other_sheets")) and not any(
        word in said for word in words("lines")["subject"]
    )


def _last_word(title: str) -> str:
    """A title without what stands in brackets behind it."""
    return re.sub(r"\s{0,9}(?:[(（][^()（）]{0,20}[)）]|\d{1,8})$", "", title.strip()[:200])


def _read(paper: Paper) -> _Read:
    walk = Walk()
    texts: list[str] = []
    after: list[str] = []
    for block in (*paper.blocks, None):
        if isinstance(block, str):
            texts.append(block)
            continue
        before = len(walk.entries)
        _paragraphs(walk, texts)
        if block is not None and not block.hidden and not _shows_how(block, paper):
            _sheet(walk, block, alone=not any(isinstance(other, str) for other in paper.blocks))
        after = [] if len(walk.entries) > before else after + texts
        texts = []
    walk.flush()
    entries = joined(_of_the_sheet([entry for entry in walk.entries if _anybody(entry)]))
    told = None if entries else sentences("\n".join(block for block in _lines(paper) if not asks_for_sheets(block)))
    below = [text.strip() for text in (*after, *texts) if 0 < len(text.strip()) <= SHORT]
    if told:
        return _Read((told,), (*below, *_lines(paper)), frozenset(walk.asked))
    return _Read(tuple(entries), (*below, *(table.name for table in paper.tables if table.name)), frozenset(walk.asked))


def _shows_how(table: Table, paper: Paper) -> bool:
    """The sheet of a workbook that shows how to fill in another one (填写样例)."""
    endings = longest_first("lines", "sample_sheets")
    return table.name.strip().endswith(endings) and not all(
        other.name.strip().endswith(endings) for other in paper.tables
    )


def _sheet(walk: Walk, table: Table, *, alone: bool) -> None:
    """A sheet of a workbook begins anew with its own name; a table of a document stands under the titles before it."""
    if table.name:
        walk.above = [table.name] if alone else [*walk.above, table.name]
    walk.table(lines_of(table))


def _paragraphs(walk: Walk, texts: Sequence[str]) -> None:
    for block in grids([text for text in texts if not is_rule(text)]):
        if isinstance(block, str):
            walk.single(block)
        else:
            walk.table(block)


def _lines(paper: Paper) -> tuple[str, ...]:
    return tuple(block for block in paper.blocks if isinstance(block, str))


def _of_the_sheet(entries: list[Entry]) -> list[Entry]:
    """Without the people of a side table (领导小组成员), where another table says how to reach the unit."""
    aside = [entry for entry in entries if _beside(entry)]
    return [entry for entry in entries if entry not in aside] or entries


def _beside(entry: Entry) -> bool:
    titled = any(word in text for text in entry.above[:1] for word in listed("lines", "side_sheets"))
    return titled and not any(item.says and item.label.what & {"hotline", "email"} for item in entry.items)


def _anybody(entry: Entry) -> bool:
    """Somebody is named or can be reached; a list of tasks with 姓名 and 职务 only is no contact sheet."""
    asked = any(item.label.what & REACH for item in entry.items)
    return entry.real and asked


def _rows(read: _Read, witnesses: Witnesses, names: UnitNames) -> tuple[tuple[Row, ...], list[Remark]]:
    rows: list[Row] = []
    remarks: list[Remark] = []
    resolved: list[tuple[Entry, Found]] = []
    for entry in read.entries:
        found, text = unit_of(entry, witnesses, names)
        drafts, doubts = filled(entry)
        usable = [named(row, found) for row in drafts if _tells(row)]
        if not usable:
            continue
        shared = text if found.several else ""
        rows += [row if row.unit or row.unit_text else replace(row, unit_text=shared) for row in usable]
        remarks += [replace(remark, unit=found.unit or remark.unit) for remark in doubts]
        remarks += unit_remarks(found, text)
        resolved.append((entry, found))
    contradiction = conflict(resolved, witnesses, names) if resolved else None
    return tuple(rows), list(dict.fromkeys([*remarks, *([contradiction] if contradiction else [])]))


def _tells(row: Row) -> bool:
    """The row names somebody or a unit, and says how to reach somebody; in a list of units a name alone is something."""
    reached = row.leader_phone or row.hotline or row.office_phone or row.mobile or row.email or row.email_suggested
    return bool(
        (reached and (row.contact or row.leader or row.unit_text)) or (row.unit_text and (row.contact or row.leader))
    )


def _shared(rows: Sequence[Row]) -> Iterator[Remark]:
    """One mailbox given by two units."""
    owners: dict[str, set[str]] = {}
    for row in rows:
        for address in filter(None, row.email.split("、")):
            owners.setdefault(address, set()).add(row.unit or row.unit_text)
    yield from (
        Remark("email:shared", "、".join(sorted(units)), address) for address, units in owners.items() if len(units) > 1
    )
