"""Cut, spliced and bit-flipped files of every kind: an answer within the limits, never an exception (A63-A69)."""

import random
from typing import Any

import pytest
from papers_made import a_docx, a_zip, an_xlsx, saved
from test_papers_docs import a_doc
from test_papers_sheets import HTML, ODF, ODS_TABLE, XML_SHEET, an_ods, an_xls
from test_papers_texts import RTF_TABLE, WORD_TABLE, a_pdf, a_tnef, an_rtf, ruled

from rules.papers import Clean, Paper, Withheld, clean_paper, open_paper
from rules.papers.limits import TEXT

SEEDS = {
    "docx": lambda: a_docx("题", body=WORD_TABLE),
    "xlsx": lambda: saved(an_xlsx([["单位", 1], ["甲", 2]], 二=[["乙"]])),
    "xls": lambda: an_xls(hidden=True),
    "doc": a_doc,
    "ods": an_ods,
    "odt": lambda: a_zip(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": ODF.format(f"<o:text>{ODS_TABLE}</o:text>"),
        },
        kind=0,
    ),
    "txt": lambda: "单位：公安局\r\n联系人：甲\r\n手机：2\r\n".encode("gb18030"),
    "rtf": lambda: an_rtf(RTF_TABLE),
    "html": lambda: HTML.encode("gb18030"),
    "xml-sheet": XML_SHEET.encode,
    "pdf": lambda: a_pdf(ruled),
    "csv": lambda: "序号,单位,手机\n1,公安局,2\n".encode("gb18030"),
    "tnef": lambda: a_tnef((b"a.csv", b"a,b,c\n1,2,3\n")),
    "zip": lambda: a_zip({"甲.txt": "乙", "b.xlsx": saved(an_xlsx([["x"]]))}),
}


def broken(seed: bytes, dice: random.Random) -> bytes:
    """The file cut, flipped, spliced or with a piece of it doubled."""
    data = bytearray(seed)
    kind = dice.randrange(4)
    if kind == 0:
        return bytes(data[: dice.randrange(len(data))])
    if kind == 1:
        for _ in range(dice.randrange(1, 30)):
            data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
        return bytes(data)
    start, end = sorted(dice.randrange(len(data)) for _ in range(2))
    if kind == 2:
        return bytes(data[:start] + data[end:])
    return bytes(data[:end] + data[start:end] * dice.randrange(1, 4) + data[end:])


def survives(data: bytes) -> bool:
    """A bounded answer, and what is cleaned can be opened."""
    paper = open_paper(data, "x")
    copy = clean_paper(paper)
    again = open_paper(copy.data, copy.name).why_not if isinstance(copy, Clean) else None
    bounded = isinstance(paper, Paper) and len(paper.text) <= TEXT and (paper.why_not is None or not paper.text)
    return bounded and isinstance(copy, Clean | Withheld) and again in (None, "file:blank")


@pytest.mark.parametrize("kind", SEEDS)
def test_a_broken_file_gives_a_word_and_no_exception(kind: str) -> None:
    seed, dice = SEEDS[kind](), random.Random(kind)
    assert all(survives(broken(seed, dice)) for _ in range(25))


@pytest.mark.long
@pytest.mark.parametrize("kind", SEEDS)
def test_thousands_of_broken_files_give_words_and_no_exception(kind: Any) -> None:
    seed, dice = SEEDS[kind](), random.Random("long" + kind)
    assert all(survives(broken(seed, dice)) for _ in range(2000))
