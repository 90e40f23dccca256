"""All that can be learned from a letter's bytes alone, in one go: the letter, its papers, and the copies of them a unit might get.

Runs in the reader's child, because a letter may be made to kill whoever reads it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from rules.contacts.arriving import body_source, may_paste
from rules.entry.form import is_form
from rules.handling.drafting import hidden, with_draft
from rules.hidden import Hidden
from rules.letter import Attachment, Letter
from rules.numbers import DEFAULT, Signs
from rules.papers import FORM, PICTURES, Clean, Paper, Withheld, clean_paper, open_paper
from rules.reading import payloads, read
from rules.shield import Identity, find_identities, redact
from rules.shield.marks import BY_FORM, in_order

MOST_PAPERS = 30
"""More attachments than this are kept and listed, and not opened."""
LARGEST = 20 << 20
FEWEST_CELLS = 4


@dataclass(frozen=True, slots=True)
class Study:
    """A letter with its papers, in the order of its attachments; `copies` has one answer for each paper."""

    letter: Letter
    papers: tuple[Paper, ...] = ()
    copies: tuple[Clean | Withheld, ...] = ()
    pasted: Paper | None = None
    """Its HTML as a paper, where a person wrote it and quotes nothing: a table may be pasted into it."""
    hides: Hidden | None = None
    """Who would be known by the letter's words, and whom its papers show beyond doubt; None where a machine wrote it."""


def study(raw: bytes, signs: Signs = DEFAULT) -> Study:
    """Read the letter and, where a person wrote it, its papers. Never raises of the letter's doing."""
    letter = read(raw, signs)
    if letter.machine is not None:
        return Study(letter)
    pasted = _pasted(raw, letter)
    hides = hidden(letter)
    if not letter.attachments:
        return Study(letter, pasted=pasted, hides=with_draft(hides, letter))
    few = tuple(islice(payloads(raw), MOST_PAPERS))
    papers = tuple(_opened(data, attachment.name or "") for attachment, data in few)
    found = _in_papers(papers)
    identities = hides.identities + found
    copies = tuple(_copy(paper, number, identities) for number, paper in enumerate(papers, 1))
    copies = tuple(_with_pictures(copies, papers, few))
    known = in_order((*hides.identities, *(one for one in found if one.kind in BY_FORM or one.role != "unclear")))
    return Study(letter, papers, copies, pasted, with_draft(replace(hides, identities=known), letter))


def _pasted(raw: bytes, letter: Letter) -> Paper | None:
    """History has tables too, and they are not this letter's; a table of fewer cells than a head and a row is only how a page is laid out."""
    if letter.quoted.strip() or not may_paste(letter):  # to open a letter's parts again costs a quarter of its reading
        return None
    source = body_source(raw)
    return open_paper(source, "") if source[:LARGEST].lower().count(b"<td") >= FEWEST_CELLS else None


def _opened(data: bytes, name: str) -> Paper:
    if len(data) > LARGEST:
        return Paper("unknown", doubts=("file:long",), why_not="file:long", name=name)
    return open_paper(data, name)


def _in_papers(papers: tuple[Paper, ...]) -> tuple[Identity, ...]:
    """Whoever is known by what stands in, or hides in, the letter's papers."""
    texts = ("\n".join((paper.text, *paper.aside)) for paper in papers)
    return tuple(identity for text in texts for identity in find_identities("", text, "", ""))


def _copy(paper: Paper, number: int, identities: tuple[Identity, ...]) -> Clean | Withheld:
    """The copy without them; withheld where the shield wants a person to look, and where it is the office's own form."""
    if is_form(paper):
        return Withheld(FORM)
    whole = redact("", paper.text, identities)
    if whole.refused:
        return Withheld("shield")
    return clean_paper(paper, number, lambda text: str(redact("", text, identities).text))


def _with_pictures(
    copies: Sequence[Clean | Withheld], papers: Sequence[Paper], files: Sequence[tuple[Attachment, bytes]]
) -> Iterator[Clean | Withheld]:
    """The copies; a picture that is withheld lies beside its answer, page by page made anew, for a person to release (A34)."""
    pictures = [
        paper.kind in PICTURES and isinstance(copy, Withheld) for paper, copy in zip(papers, copies, strict=True)
    ]
    if not any(pictures):
        yield from copies
        return
    from rules.papers.picture import Darkroom  # Pillow, which most letters do not need

    room = Darkroom()
    for copy, (_, data), picture in zip(copies, files, pictures, strict=True):
        yield Withheld(copy.why, room.remade(data)) if picture and isinstance(copy, Withheld) else copy
