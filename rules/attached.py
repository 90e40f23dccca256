"""附件: a file that came with a letter of the complainant, and what was made of it for the units of his case.

A case numbers its files through, letter after letter in the order they were filed: a person says which one he means by that number.
"""

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from rules.desk import Desk
from rules.notices.notice import Paper
from rules.papers.values import FORM


@dataclass(frozen=True, slots=True)
class Attached:
    """One file. `case`: '' while its letter is in none; `number`: in the case, 0 where it is not known."""

    case: str
    number: int
    paper: str
    """SHA-256 of the file as it came."""
    why: str = ""
    """Why it does not go out by itself: a word of `rules.papers.values`, or shield; '' where a clean copy was made."""
    copies: tuple[str, ...] = ()
    """SHA-256s of the clean copy, or of the picture's pages made anew, which a person may release (A34); () where no copy can leave."""
    ending: str = ""
    letter: str = ""
    """SHA-256 of the letter it came with."""
    place: int = 0
    """Which of that letter's attachments."""
    came: date | None = None
    goes: bool = True
    """With the transfer, as far as its copy is clean: it came with the complaint, or was asked for and stands in the draft."""
    units: tuple[str, ...] = ()
    """Units that have it already, or are about to get it."""

    @property
    def names(self) -> tuple[tuple[str, str], ...]:
        """(SHA-256, name) as the copies leave."""
        if len(self.copies) == 1:
            return ((self.copies[0], f"attachment-{self.number}.{self.ending}"),)
        return tuple((copy, f"attachment-{self.number}-{at}.{self.ending}") for at, copy in enumerate(self.copies, 1))

    @property
    def paper_line(self) -> tuple[str, str, str]:
        """As the desk lists it: its case, the SHA-256 of the clean copy or '' where it is withheld, the name it leaves under."""
        name = self.names[0][1] if self.names else f"attachment-{self.number}"
        return self.case, "" if self.why else self.copies[0], name


def number_of(name: str) -> int:
    """Which attachment a copy is of, by its own name (attachment-2.docx); 0 for any other name."""
    digits = name.removeprefix("attachment-").partition(".")[0]
    return int(digits) if digits.isdecimal() and digits.isascii() else 0


def laid_beside(desk: Desk, letter: str) -> Desk:
    """The desk with this letter's files on it as files of no case yet (case '')."""
    own = [each for each in desk.own_files if each.letter == letter]
    back = tuple(each for each in own if each.why)
    papers = (*desk.papers, *(each.paper_line for each in own))
    return dataclasses.replace(desk, papers=papers, held_back=(*desk.held_back, *back))


def added_to(desk: Desk, ref: str, letter: str) -> tuple[Attached, ...]:
    """The letter's files as the case will number them, once the letter is filed in it."""
    named = (number_of(name) for case, _clean, name in desk.papers if case == ref)
    last = max((*named, *(each.number for each in desk.held_back if each.case == ref)), default=0)
    own = (each for each in desk.own_files if each.letter == letter)
    return tuple(dataclasses.replace(each, case=ref, number=last + each.place, goes=False) for each in own)


def to_ask(files: Iterable[Attached]) -> tuple[Attached, ...]:
    """Those a person is asked about: not the office's own form, in which somebody wrote down who complained."""
    return tuple(each for each in files if each.why != FORM)


def enclosed(desk: Desk, ref: str) -> tuple[tuple[Paper, ...], int]:
    """The clean copies that go with the case's transfer, and how many of its files stay behind."""
    files = [(clean, name) for case, clean, name in desk.papers if case == ref]
    return tuple(Paper(clean, name) for clean, name in files if clean), sum(1 for clean, _name in files if not clean)


def waiting(files: Iterable[Attached], ref: str, units: tuple[str, ...] = ()) -> tuple[Attached, ...]:
    """Files of the case that not all of these units have; with no units named, those that nobody has."""
    return tuple(each for each in files if each.case == ref and not (each.units and set(units) <= set(each.units)))
