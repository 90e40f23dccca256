"""What the head of an RTF says: its charset, the charsets of its fonts, which of its colours are white."""

import re

CHARSETS = {134: "gb18030", 136: "big5", 128: "cp932", 129: "cp949"}
"""Charsets of fonts that differ from the document's (\\fcharset)."""
COLOUR = re.compile(rb"\\red(\d{1,3})\\green(\d{1,3})\\blue(\d{1,3})|;")
PALE = 242


def charset_of(data: bytes) -> str:
    """The charset of bytes that no font claims."""
    page = re.search(rb"\\ansicpg(\d{1,5})", data[:4096])
    return {b"936": "gb18030", b"950": "big5", b"65001": "utf-8"}.get(page[1], "gb18030") if page else "gb18030"


def fonts_of(data: bytes) -> dict[int, str]:
    """The charset of each font that names one which is not the document's."""
    found = re.findall(rb"\\f(\d{1,5})[^;{}]{0,200}?\\fcharset(\d{1,3})", data[:200_000])
    return {int(font): CHARSETS[int(charset)] for font, charset in found[:2000] if int(charset) in CHARSETS}


def whites_of(data: bytes) -> frozenset[int]:
    """The numbers of the colours in the table that are white."""
    start = data[:400_000].find(b"\\colortbl")
    if start < 0:
        return frozenset()
    table = data[start + 9 : data.find(b"}", start)][:40_000]
    whites, number = set(), 0
    for colour in COLOUR.finditer(table):
        if colour[0] == b";":
            number += 1
        elif all(int(part) >= PALE for part in colour.groups()):
            whites.add(number)
    return frozenset(whites)
