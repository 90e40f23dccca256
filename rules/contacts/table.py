"""The layouts of a contact sheet (domain §4.1, §4.3.1-3): header rows with records below, forms of label and value, people by rows.

One walk down the rows decides each row by itself, so that layouts may change inside one table: a title, a header (one to three rows, merged
or not), records, a second header, a form row, a footer. What is neither is left out.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from rules.contacts.entry import Entry, Item, joined
from rules.contacts.grid import Line, turned
from rules.contacts.labels import PERSONAL, Label, label
from rules.contacts.layout import (
    DEEPEST,
    axis_of,
    continues,
    is_filler_cell,
    is_footer_row,
    is_header,
    names_somebody,
    of_unit,
    path,
    repeats,
    said_of,
    sideways,
    with_guesses,
    with_units,
    with_units_apart,
)
from rules.contacts.marginal import asks_for_sheets, is_ditto, is_footer, is_old, is_sample, is_total, without_void
from rules.contacts.pairs import answers, before_heading, pairs, spaced
from rules.contacts.prose import told
from rules.contacts.words import listed

MOST_OPEN = 300
"""Headings of one form; more are another."""
ABOVE = 8
"""Titles that are kept over a record."""


@dataclass
class Walk:
    """The state of the walk: the header in force, the form record not yet ended, the titles so far."""

    above: list[str] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)
    """What the headings ask for: a sheet of nothing but headings is a blank template."""
    _about: Label | None = None
    """Whom the heading over a table is about (一、分管领导), where the table only says 姓名, 职务, 电话."""
    _header: tuple[Label | None, ...] = ()
    _last: tuple[str, ...] = ()
    _open: list[Item] = field(default_factory=list)

    def table(self, lines: Sequence[Line]) -> None:
        """Read one table to its end."""
        self._header, self._last = (), ()
        if sideways(lines):
            for line in lines:
                if len(line.texts) == 1:
                    self.single(line.texts[0])
            lines = with_units(turned([line for line in lines if len(line.texts) > 1]))
        lines = with_units_apart(lines)
        started = len(self.entries)
        at = 0
        while at < len(lines):
            at += self._step(lines, at)
        self.flush()
        self._about = None
        self.entries[started:] = joined(self.entries[started:])

    def single(self, text: str) -> None:
        """A row or paragraph of one text: a footer, a fill-in line, a heading, or a title."""
        if is_footer(text) or is_sample((text,)) or asks_for_sheets(text):
            return
        if found := pairs(text) or spaced(text):
            if found[0].label.who != "filled":
                self._said(text, found)
            return
        meaning = label(text)
        if meaning:
            self._about = meaning if meaning.person and meaning.what == {"name"} else None
            self._add(Item(meaning, ""))
            return
        waiting = self._open[-1] if self._open else None
        if waiting and not waiting.text and answers(waiting.label, text):
            self._open[-1] = Item(waiting.label, text)
            return
        self.flush()
        self._witness(text)

    def flush(self) -> None:
        """End the form record. One that only names a unit is a title for what follows."""
        entry = Entry(tuple(self._open), tuple(self.above))
        self._open = []
        if entry.real:
            self.entries.append(entry)
        else:
            self._witness(entry.unit_text)

    def _said(self, text: str, found: list[Item]) -> None:
        """A line of headings with colons; where a name is followed by more in the same breath, it is read as a sentence."""
        units = [item for item in found if item.label.who == "unit"]
        flowing = any("name" in item.label.what and any(map(str.isdigit, item.text)) for item in found)
        for item in [*units, *told(text)] if flowing else found:
            self._add(item)
        named = next((item.text for item in units if item.text), "")
        self._witness(named or before_heading(text))

    def _witness(self, text: str) -> None:
        if text and text not in self.above[:1]:
            self.above = [text, *self.above][:ABOVE]

    def _step(self, lines: Sequence[Line], at: int) -> int:
        """Read the row; gives the number of rows that were read."""
        line = lines[at]
        texts = line.texts
        if not texts or is_footer_row(texts):
            return 1
        if len(texts) == 1 and not (self._header and is_filler_cell(line, self._header)):
            self.single(texts[0])
            return 1
        if is_header(lines, at):
            return self._take_header(lines, at)
        self._row(line)
        return 1

    def _row(self, line: Line) -> None:
        axis = axis_of(self._header, line)
        headings, others = line.counts
        if axis is not None:
            self._axis_row(line, axis)
        elif self._header and not (line.label_first and headings * 3 >= others):
            self._record(line)
        else:
            self._form_row(line)

    def _take_header(self, lines: Sequence[Line], at: int) -> int:
        deep = 1
        while (
            deep < DEEPEST and at + deep < len(lines) and is_header(lines, at + deep) and not repeats(lines, at + deep)
        ):
            deep += 1
        block = lines[at : at + deep]
        columns = [[line.full[column] for line in block] for column in range(len(block[0].full))]
        self._header = said_of(with_guesses([path(texts) for texts in columns], columns), self._about)
        for meaning in filter(None, self._header):
            self._asks(meaning)
        self._last = ()
        self.flush()
        return deep

    def _record(self, line: Line) -> None:
        line = line.without(listed("lines", "after"))
        own = self._items(line.full)
        if is_old(line.texts) or is_sample(line.texts) or is_total(line.texts) or not Entry(own).real:
            return
        if self._last and continues(self._header, line) and not names_somebody(self._header, line):
            self.entries[-1] = replace(self.entries[-1], items=self.entries[-1].items + own)
            return
        cells, ditto = self._filled(line)
        self.entries.append(Entry(self._items(cells), tuple(self.above), ditto))
        self._last = cells

    def _filled(self, line: Line) -> tuple[tuple[str, ...], bool]:
        """The cells of a record: 同上 and what a further person of the same unit leaves blank come from the row above."""
        above = self._last or ("",) * len(line.full)
        marks = [is_ditto(text) and bool(above[at]) for at, text in enumerate(line.full)]
        cells = [above[at] if mark else text for at, (mark, text) in enumerate(zip(marks, line.full, strict=True))]
        if self._last and continues(self._header, line):
            cells = [text or (above[at] if of_unit(self._header, at) else "") for at, text in enumerate(cells)]
        return tuple(cells), any(marks)

    def _items(self, cells: Sequence[str]) -> tuple[Item, ...]:
        """The cells under their headings."""
        pairs_of = zip(self._header, cells, strict=False)
        return tuple(Item(meaning, without_void(text)) for meaning, text in pairs_of if meaning)

    def _axis_row(self, line: Line, axis: int) -> None:
        about = label(line.seen[axis]) or Label()
        others = [
            (meaning, text)
            for at, (meaning, text) in enumerate(zip(self._header, line.full, strict=False))
            if at != axis
        ]
        for meaning, text in others:
            if meaning and meaning.who == "unit":
                self._add(Item(meaning, text))
        if not about.person:
            if sum(1 for found in line.labels if found) > 1:
                self._form_row(line)
                return
            said = " ".join(
                text
                for meaning, text in others
                if text and meaning and meaning.who != "unit" and meaning.what != {"seq"}
            )
            self._add(Item(about, without_void(said)))
            return
        for meaning, text in others:
            if meaning and not meaning.who:
                of_whom = Label(about.who, meaning.what, about.number) if meaning.what <= PERSONAL else meaning
                self._add(Item(of_whom, without_void(text)))

    def _form_row(self, line: Line) -> None:
        """Labels and values side by side; two labels with nothing between are one path (分管领导 | 姓名 | …)."""
        waiting: Label | None = None
        said: list[str] = []
        for text, meaning in zip(line.seen, line.labels, strict=True):
            if meaning and waiting and not said and waiting.person and not meaning.who:
                self._add(Item(waiting, ""))
            elif meaning and waiting:
                self._add(Item(waiting, without_void(" ".join(said))))
            if meaning:
                waiting, said = meaning, []
                continue
            inline = pairs(text) if text else []
            if inline and waiting and not said:  # 分管领导 | 姓名：… 职务：…
                self._add(Item(waiting, before_heading(text)))
                waiting = None
            for item in inline:
                self._add(item)
            if text and not inline and text not in said[-1:]:
                said.append(text)
        if waiting:
            self._add(Item(waiting, without_void(" ".join(said))))

    def _add(self, item: Item) -> None:
        """Add to the form record, ending it first where the item begins another."""
        if len(self._open) > MOST_OPEN or (item.text and self._begins_another(item)):
            self.flush()
        self._open.append(item)
        self._asks(item.label)

    def _asks(self, meaning: Label) -> None:
        self.asked |= {meaning.who, *meaning.what}

    def _begins_another(self, item: Item) -> bool:
        now = Entry(tuple(self._open))
        if item.label.who == "unit":
            return bool(now.unit_text) and now.unit_text != item.text
        named = {known.label.who: known.text for known in self._open if known.text and "name" in known.label.what}
        return (
            item.label.who == "leader"
            and "name" in item.label.what
            and "contact" in named
            and named.get("leader", item.text) != item.text
        )
