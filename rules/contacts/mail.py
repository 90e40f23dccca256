"""What becomes of a mail to the contact inbox: into the directory, to a person, or nowhere (domain §4.2-4.3, issue of the contact inbox).

    judge_mail(letter, papers, {"古城镇": "…"}, book.units)  ->  Verdict(disposition, units, rows, remarks, supersedes, why)

`contact` needs readable rows, every unit known, no second answer, and a sender who may speak for those units. Everything else is `held`, with
the rows a person should be shown; a machine's letter is `machine`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from rules.contacts.merging import merged
from rules.contacts.naming import stem
from rules.contacts.other_mail import is_complaint, is_correction, matter_of, only_link
from rules.contacts.row import SECOND_ONLY, Context, Remark, Row, Sheet
from rules.contacts.second_opinion import DIFFERENT
from rules.contacts.trust import authentic, distrust, units_of_sender
from rules.contacts.understanding import flat, understand, understand_text
from rules.contacts.units import UnitNames
from rules.letter import Letter
from rules.papers import Paper
from rules.policy.units import UnitDirectory
from rules.wording import wording

say = wording("rules.contacts")
BLOCKING = frozenset(
    ("unit:missing", "unit:unknown", "unit:ambiguous", "unit:conflict", "version:conflict", DIFFERENT, SECOND_ONLY)
)
"""Read, but never entered without a person."""
HOSTILE = frozenset(("file:macro", "file:bomb", "file:xxe"))
BESIDE = frozenset(("file:scan", "file:not-a-table", "file:blank"))
"""What may lie beside a sheet that can be read: the stamped scan, a cover letter, the empty form."""
MARGIN = 1
"""Days by which the dates of two mails may be out of order."""
SOON = 7
"""Days within which a second sheet without a word is probably a mistake."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """A mail that was taken into the directory before this one."""

    key: str
    units: tuple[str, ...]
    date_utc: str | None = None
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to be done with a mail, and why."""

    disposition: str
    """contact, held or machine."""
    units: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    remarks: tuple[Remark, ...] = ()
    supersedes: str = ""
    """Key of the earlier mail it replaces."""
    why: str = ""
    matter: str = ""
    """What else the mail is, where it is no sheet: complaint, reply, filing, problem, question or ''."""

    @property
    def readable(self) -> bool:
        """Rows were found, by our own reader."""
        return bool(self.rows) and SECOND_ONLY not in self.doubts

    @property
    def doubts(self) -> tuple[str, ...]:
        """The words of doubt, each once, sorted."""
        return tuple(sorted({remark.word for remark in self.remarks}))


def judge_mail(
    letter: Letter,
    papers: Sequence[Paper],
    registered: Mapping[str, str],
    units: UnitDirectory,
    earlier: Sequence[Earlier] = (),
    body: Paper | None = None,
) -> Verdict:
    """The verdict on one mail. `registered`: unit -> its one registered address; `body`: the mail's HTML read as a paper."""
    if letter.machine:
        return Verdict("machine", why=say("why-machine", kind=letter.machine))
    names = UnitNames(units)
    context = _context(letter, registered, names)
    sheet = _sheet(letter, papers, body, context, names)
    if not sheet.rows:
        return _unread(letter, papers, sheet, context, names)
    return _weighed(letter, sheet, registered, names, earlier)


def _context(letter: Letter, registered: Mapping[str, str], names: UnitNames) -> Context:
    own = [unit for unit in units_of_sender(letter, registered) if not names.is_office(unit)]
    return Context("", letter.subject, own[0] if len(own) == 1 else "", letter.own_words or letter.forwarded)


def _sheet(letter: Letter, papers: Sequence[Paper], body: Paper | None, context: Context, names: UnitNames) -> Sheet:
    """What the attachments say; where none can be read, what the mail itself says."""
    sheets = [understand([paper], context, names) for paper in papers if not _only_shown(paper, letter)]
    readable = [sheet for sheet in sheets if sheet.rows]
    if readable:
        whole = merged([*readable, *_second_sheet(letter, body, context, names)])
        beside = [remark for sheet in sheets if not sheet.rows for remark in sheet.remarks if remark.word not in BESIDE]
        return Sheet(whole.rows, tuple(dict.fromkeys((*whole.remarks, *beside))))
    if not is_complaint(letter) and (said := _written(letter, body, context, names)):
        lost = [remark for sheet in sheets for remark in sheet.remarks if remark.word not in BESIDE]
        return Sheet(said.rows, (*said.remarks, *lost))
    return Sheet((), tuple(dict.fromkeys(remark for sheet in sheets for remark in sheet.remarks)))


def _written(letter: Letter, body: Paper | None, context: Context, names: UnitNames) -> Sheet | None:
    """The sheet of the mail itself: the table pasted into it, or its words."""
    pasted = body if body and not letter.quoted.strip() else None  # history has sheets too, and they are not this one
    for said in (understand([pasted], context, names) if pasted else None, _of_words(letter, context, names)):
        if said and said.readable:
            return said
    return None


def _second_sheet(letter: Letter, body: Paper | None, context: Context, names: UnitNames) -> list[Sheet]:
    """What the mail says beside its attachments, where it is a sheet of its own: a clerk under his letter is none."""
    said = _written(letter, body, context, names)
    whole = said is not None and all(row.unit and row.contact and (row.leader or row.hotline) for row in said.rows)
    return [Sheet(said.rows)] if said and whole else []


def _only_shown(paper: Paper, letter: Letter) -> bool:
    """A picture inside the mail's text (a logo, a signature) is no sheet that was sent."""
    return paper.why_not == "file:scan" and any(part.inline and part.name == paper.name for part in letter.attachments)


def _of_words(letter: Letter, context: Context, names: UnitNames) -> Sheet:
    return understand_text(f"{letter.own_words}\n{letter.forwarded}".strip(), context, names)


def _weighed(
    letter: Letter, sheet: Sheet, registered: Mapping[str, str], names: UnitNames, earlier: Sequence[Earlier]
) -> Verdict:
    units = sheet.units
    remarks = list(sheet.remarks)
    word = distrust(letter, units, registered, names)
    if word:
        remarks.append(Remark(word, "、".join(units)))
    before = [known for known in earlier if set(known.units) & set(units)]
    if any(_older(letter, known) for known in before):
        remarks.append(Remark("version:conflict", "、".join(units)))
    doubts = {remark.word for remark in remarks}
    stops = sorted(({word} if word else set()) | (doubts & (BLOCKING | HOSTILE)))
    if stops:
        return Verdict("held", units, sheet.rows, tuple(remarks), why=say("why-held", doubts=_told(stops)))
    if any(_crossed(letter, sheet, known) for known in before):  # the newest counts all the same
        remarks.append(Remark("version:conflict", "、".join(units)))
    supersedes = before[-1].key if before else ""
    return Verdict("contact", units, sheet.rows, tuple(remarks), supersedes, say("why-contact", units="、".join(units)))


def _crossed(letter: Letter, sheet: Sheet, known: Earlier) -> bool:
    """Another sheet within days, with other people or numbers, and no word of correction."""
    days = _days_between(known.date_utc, letter.date_utc)
    if days is None or abs(days) > SOON or is_correction(letter):
        return False
    old = [row for row in known.rows if row.unit in sheet.units]
    return bool(old) and bool(
        merged([Sheet(tuple(old)), Sheet(tuple(row for row in sheet.rows if row.unit in known.units))]).remarks
    )


def _days_between(first: str | None, second: str | None) -> int | None:
    if not first or not second:
        return None
    return (datetime.fromisoformat(second) - datetime.fromisoformat(first)).days


def _older(letter: Letter, known: Earlier) -> bool:
    """Dated well before a sheet that is in the directory: last year's table once more, or two that crossed."""
    days = _days_between(known.date_utc, letter.date_utc)
    return days is not None and days < -MARGIN


def _unread(letter: Letter, papers: Sequence[Paper], sheet: Sheet, context: Context, names: UnitNames) -> Verdict:
    """Nothing can be entered: what the mail is instead, or what its file is."""
    remarks, units = list(sheet.remarks), _meant(papers, context, names)
    matter = matter_of(letter)
    meant = {remark.word for remark in remarks} - {"file:not-a-table"}
    if matter == "complaint":
        remarks, units = [Remark("mail:complaint")], ()
    elif only_link(letter) and not meant:
        remarks = [Remark("file:link-only", text="、".join(letter.links[:3]))]
    elif not meant:
        remarks, units = [Remark("file:not-a-table")], ()
    if not authentic(letter):
        remarks.append(Remark("sender:auth-failed", "、".join(units)))
    elif units and not context.sender_unit:
        remarks.append(Remark("sender:unknown", "、".join(units)))
    doubts = sorted({remark.word for remark in remarks})
    return Verdict("held", units, (), tuple(remarks), why=say("why-held", doubts=_told(doubts)), matter=matter)


def _meant(papers: Sequence[Paper], context: Context, names: UnitNames) -> tuple[str, ...]:
    """The unit an unreadable file is probably about: by its name, the subject, the sender, the words."""
    files = [stem(paper.name) for paper in (*papers, *flat(papers))]
    for text in (*files, context.subject):
        found = names.mentioned(text)
        if found.unit:
            return (found.unit,)
    if context.sender_unit:
        return (context.sender_unit,)
    found = names.first_mentioned(context.body_text)
    return (found.unit,) if found.unit else ()


def _told(doubts: Sequence[str]) -> str:
    return "；".join(say(f"short-{word.replace(':', '-')}") for word in doubts)
