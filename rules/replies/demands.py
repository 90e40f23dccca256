"""Numbered demands of a complaint (一、… 二、…; 1. … 2. …), and which of them a report is silent on (domain §2.5, S43).

    demands("请求：1. 退还2000元；2. 依法登记。")                    -> ("退还2000元", "依法登记")
    silent("请求：1. 退还2000元；2. 依法登记。", "办结…已登记…")       -> (1,)

LIMITS: a demand is spoken to where the report names its number, or where two neighbouring signs of the demand's own stand in it;
whether what it says of it is true, a person judges.
"""

import re

from rules.replies.folding import folded, words

ITEM = re.compile(
    r"(?:^|[。；;：:\n\s])(?:([一二三四五六七八九十]{1,2})[、.．]|[(（]([一二三四五六七八九十\d]{1,2})[)）]|(\d{1,2})[、.．)](?!\d))"
)
FEWEST = 2
MOST = 12


def demands(complaint: str) -> tuple[str, ...]:
    """The numbered demands, in order, below the word that opens them; () where there are fewer than two."""
    opening = max((complaint.rfind(word) for word in words()["complainant"]["demanding"]), default=-1)
    if opening < 0:
        return ()
    text = complaint[opening:]
    marks = list(ITEM.finditer(text))[:MOST]
    if len(marks) < FEWEST:
        return ()
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    items = tuple(_item(text[mark.end() : end]) for mark, end in zip(marks, ends, strict=True))
    return items if len(items) >= FEWEST and all(items) else ()


def _item(text: str) -> str:
    return re.split(r"[。；;\n]", text.strip(), maxsplit=1)[0].strip(" ，,。；;")


def silent(complaint: str, report: str) -> tuple[int, ...]:
    """Numbers (from 1) of the demands that the report does not speak to."""
    said = folded(report)
    return tuple(
        place
        for place, demand in enumerate(demands(complaint), 1)
        if not (_numbered(said, place) or _spoken(said, demand))
    )


def _numbered(said: str, place: int) -> bool:
    numeral = "一二三四五六七八九十"[place - 1] if place <= 10 else ""
    named = [
        f"第{place}项",
        f"第{place}条",
        f"第{numeral}项",
        f"第{numeral}条",
        f"诉求{place}",
        f"诉求{numeral}",
        f"请求{place}",
    ]
    return any(name in said for name in named)


def _spoken(said: str, demand: str) -> bool:
    """Whether two neighbouring signs that belong to the demand itself stand in the report."""
    plain = folded(demand)
    for word in words()["complainant"]["wishing"]:
        plain = plain.replace(word, "|")
    pairs = {plain[at : at + 2] for at in range(len(plain) - 1)} - {""}
    return any(pair in said for pair in pairs if re.fullmatch(r"[\w]{2}", pair))
