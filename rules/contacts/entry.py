"""What was read out of a sheet before it is understood: headings with the words under them, one entry for one record."""

from dataclasses import dataclass

from rules.contacts.labels import PERSONAL, Label

CONTENT = frozenset(("name", "phone", "mobile", "office", "hotline", "email", "title", "qq"))


@dataclass(frozen=True, slots=True)
class Item:
    """One heading and what stands under, beside or after it; '' keeps the heading as context for what follows."""

    label: Label
    text: str

    @property
    def says(self) -> bool:
        """It says something about a person or how to reach somebody."""
        return bool(self.text) and self.label.who != "filled" and bool(self.label.what & CONTENT)


@dataclass(frozen=True, slots=True)
class Entry:
    """One record. `above` are the titles and fill-in lines over it, the nearest first."""

    items: tuple[Item, ...]
    above: tuple[str, ...] = ()
    ditto: bool = False
    """A 同上 was filled in."""

    @property
    def real(self) -> bool:
        """More than a blank line of a form."""
        return any(item.says for item in self.items)

    @property
    def unit_text(self) -> str:
        """What stands in the unit cell."""
        return next((item.text for item in self.items if item.label.who == "unit" and item.text), "")

    @property
    def about(self) -> frozenset[str]:
        """Which persons and which numbers of the unit it speaks of."""
        found = set()
        who = ""
        for item in self.items:
            who = item.label.who if item.label.person else who
            if item.says:
                personal = item.label.person or item.label.what <= PERSONAL
                found.add((who or "contact") if personal else "".join(sorted(item.label.what)))
        return frozenset(found)


def joined(entries: list[Entry]) -> list[Entry]:
    """Entries that are halves of one record (the leader in one block, the contact in the next) made one."""
    whole: list[Entry] = []
    for entry in entries:
        if whole and _halves(whole[-1], entry):
            last = whole[-1]
            whole[-1] = Entry(last.items + entry.items, last.above, last.ditto or entry.ditto)
        else:
            whole.append(entry)
    return whole


def _halves(first: Entry, second: Entry) -> bool:
    if second.unit_text and first.unit_text != second.unit_text:
        return False
    return bool(first.about) and bool(second.about) and not first.about & second.about
