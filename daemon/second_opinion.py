"""A second reader for old Word files (.doc, .wps) of contact sheets: LibreOffice makes a .docx of them, our own child reads it.

The two readings are compared in `rules.contacts.second_opinion`; here nothing is decided. Without LibreOffice nothing changes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from daemon.reader import Died, Reader
from rules.papers import Paper


def second_opinions(reader: Reader, papers: Sequence[Paper]) -> tuple[Paper, ...]:
    """The papers, those of them that are old Word files (also in archives) with what the second reader made of them."""
    files = list(_originals(papers))
    if not files or not reader.suite.there:
        return tuple(papers)
    seconds = iter([_read(reader, data) for data in reader.suite.converted(files)])
    return tuple(_with(paper, seconds) for paper in papers)


def _originals(papers: Sequence[Paper]) -> Iterator[bytes]:
    for paper in papers:
        if paper.original:
            yield paper.original
        yield from _originals(paper.inner)


def _read(reader: Reader, data: bytes | None) -> Paper | None:
    answer = reader.paper(data) if data else None
    return None if isinstance(answer, Died) else answer


def _with(paper: Paper, seconds: Iterator[Paper | None]) -> Paper:
    second = next(seconds) if paper.original else None
    return replace(paper, original=b"", second=second, inner=tuple(_with(inner, seconds) for inner in paper.inner))
