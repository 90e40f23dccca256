"""A letter is read in the child, and what came of it is laid on the desk: papers for the contact door, clean copies for units."""

import dataclasses
import gc
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import sha256

from daemon.office import Office
from daemon.reader import Died, Reader
from daemon.second_opinion import second_opinions
from db import directory, letters
from db.pen import look
from rules.attached import Attached, laid_beside, number_of
from rules.days import local_day
from rules.desk import Desk, contact_at
from rules.judging import Matter, judge
from rules.letter import Letter
from rules.papers import Clean, Withheld
from rules.policy import Book
from rules.reading import read
from rules.shield import find_identities, guard, redact
from rules.shown import signs
from rules.study import Study
from rules.wording import wording


@dataclass(frozen=True, slots=True)
class Copied:
    """A copy to be kept: its bytes by hash, the name it is kept under. `why_not`: it is withheld; bytes beside it are the pages of a
    picture made anew that only a person's order lets go (A34)."""

    attachment: str
    name: str
    pages: tuple[tuple[str, bytes], ...]
    why_not: str = ""

    @property
    def number(self) -> int:
        """Which of the letter's attachments."""
        return number_of(self.name)


@dataclass(frozen=True, slots=True)
class Studied:
    """A letter as studied."""

    letter: Letter
    study: Study
    copies: tuple[Copied, ...]

    def on(self, desk: Desk) -> Desk:
        """The desk with this letter's papers on it."""
        came = local_day(desk.seen.received) if desk.seen else None
        own = tuple(
            Attached(
                "",
                copy.number,
                copy.attachment,
                copy.why_not,
                tuple(digest for digest, _data in copy.pages),
                copy.name.partition(".")[2],
                self.letter.sha256,
                copy.number,
                came,
            )
            for copy in self.copies
        )
        study = self.study
        laid = dataclasses.replace(desk, hides=study.hides, sheets=study.papers, pasted=study.pasted, own_files=own)
        return laid_beside(laid, self.letter.sha256)


def warm(office: Office, reader: Reader) -> None:
    """Have child, word lists and patterns ready before a letter is tried: a process that ends while it warms up is no letter's fault (F15).

    What is read the first time takes a second; a child that answered this once, and a book that judged it, are not asked again.
    """
    raw = wording("daemon")("warm-letter").encode()
    reader.warm("study", (raw, signs(office.book)))
    _warm_here(office.book, raw)


@lru_cache(maxsize=8)
def _warm_here(book: Book, raw: bytes) -> None:
    letter = read(raw, signs(book))
    judge(Matter(letter.subject, letter.own_words), book)
    identities = find_identities(letter.subject, letter.own_words, letter.from_name, letter.from_addr)
    guard(raw, (*identities, *find_identities("", "", "", "somebody@example.com")))
    redact(letter.subject, letter.own_words, identities)
    _keep_for_good()


@cache
def _keep_for_good() -> None:
    """Book, word lists and code stay as long as the process: the collector need not walk over them again and again."""
    gc.collect()
    gc.freeze()


def begin(office: Office, reader: Reader, raw: bytes) -> None:
    """Give a letter to the child, without waiting for it."""
    reader.begin("study", (raw, signs(office.book)))


def heard_twice(office: Office, reader: Reader, row: letters.Waiting, studied: Studied) -> Studied:
    """The letter with a second opinion on its old Word files, where it may be a contact sheet; takes seconds, so without the pen."""
    papers = studied.study.papers
    if not any(paper.original or paper.inner for paper in papers) or not reader.suite.there:
        return studied
    with look(office.engine) as cx:
        mailbox, _ = letters.seen_in(cx, row.id)
        from_a_unit = contact_at(directory.today(cx), studied.letter.from_addr) is not None
    if mailbox != "contact" and not from_a_unit:
        return studied
    study = dataclasses.replace(studied.study, papers=second_opinions(reader, papers))
    return dataclasses.replace(studied, study=study)


def finish(reader: Reader) -> Studied | Died:
    """The letter that was begun, as studied; Died where its reading killed the child."""
    answer: Study | Died = reader.finish()
    return answer if isinstance(answer, Died) else studied(answer)


def studied(study: Study) -> Studied:
    """The child's answer with its copies ready to be kept; a file that is there twice has one."""
    pairs = zip(study.letter.attachments, study.copies, strict=False)
    copies = [_copied(part.sha256, copy, number) for number, (part, copy) in enumerate(pairs, 1)]
    once = {copy.attachment: copy for copy in reversed(copies)}
    return Studied(study.letter, study, tuple(copy for copy in copies if once[copy.attachment] is copy))


def _copied(attachment: str, copy: Clean | Withheld, number: int) -> Copied:
    if isinstance(copy, Clean):
        return Copied(attachment, copy.name, ((sha256(copy.data).hexdigest(), copy.data),))
    pages = tuple((sha256(page).hexdigest(), page) for page in copy.remade)
    return Copied(attachment, f"attachment-{number}{'.jpg' if pages else ''}", pages, copy.why)
