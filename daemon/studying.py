"""A letter is read in the child, and what came of it is laid on the desk: papers for the contact door, clean copies for units."""

import dataclasses
import gc
from dataclasses import dataclass
from functools import cache
from hashlib import sha256

from daemon.office import Office
from daemon.reader import Died, Reader
from rules.desk import Desk
from rules.judging import Matter, judge
from rules.letter import Letter
from rules.papers import Clean
from rules.reading import read
from rules.shield import find_identities, guard, redact
from rules.shown import signs
from rules.study import Study
from rules.wording import wording


@dataclass(frozen=True, slots=True)
class Copied:
    """A clean copy to be kept: its bytes by hash, the name it leaves under; no bytes where it is withheld."""

    attachment: str
    sha256: str
    name: str
    data: bytes
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class Studied:
    """A letter as studied."""

    letter: Letter
    study: Study
    copies: tuple[Copied, ...]

    def on(self, desk: Desk) -> Desk:
        """The desk with this letter's papers on it."""
        papers = tuple(("", copy.sha256, copy.name) for copy in self.copies)
        study = self.study
        return dataclasses.replace(
            desk, hides=study.hides, sheets=study.papers, pasted=study.pasted, papers=(*desk.papers, *papers)
        )


def warm(office: Office, reader: Reader) -> None:
    """Have child, word lists and patterns ready before a letter is tried: a process that ends while it warms up is no letter's fault (F15).

    What is read the first time takes a second, afterwards a few milliseconds.
    """
    raw = wording("daemon")("warm-letter").encode()
    reader.call_all("study", [(raw, signs(office.book))])
    letter = read(raw, signs(office.book))
    judge(Matter(letter.subject, letter.own_words), office.book)
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


def finish(reader: Reader) -> Studied | Died:
    """The letter that was begun, as studied; Died where its reading killed the child."""
    answer: Study | Died = reader.finish()
    return answer if isinstance(answer, Died) else _studied(answer)


def _studied(study: Study) -> Studied:
    pairs = zip(study.letter.attachments, study.copies, strict=False)
    return Studied(study.letter, study, tuple(_copied(part.sha256, copy) for part, copy in pairs))


def _copied(attachment: str, copy: object) -> Copied:
    if isinstance(copy, Clean):
        return Copied(attachment, sha256(copy.data).hexdigest(), copy.name, copy.data)
    return Copied(attachment, "", "", b"", getattr(copy, "why", ""))
