"""Where in a body history or a forward begins: the marks of mail clients, found line by line (domain §6.1).

LIMITS: only the first 3,000 lines that are not blank are looked at; a history that begins later stays part of the sender's words.
"""

from collections import deque
from dataclasses import dataclass

from rules.reading import marks
from rules.reading.page import HISTORY

LONG = 400
"""No line of attribution is longer."""
LOOKED_AT = 3000
_LINES = 7
"""No attribution has more lines."""
_TAILS = {">:", "> wrote:", ">"}
"""Ends of attributions whose address was broken before its bracket; they look like history."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Where history or a forward begins, where its own lines end, and which kind it is."""

    start: int
    end: int
    kind: str
    """forward, original, block, wrote, quoted."""


def folded_lines(text: str) -> list[str]:
    """The lines of a text as marks are looked for in them, cut where no mark is so long."""
    lines = text.lower().replace("\xa0", " ").replace("\u3000", " ").replace("\u200e", "").split("\n")
    return [line[:LONG] for line in lines] if len(text) > LONG else lines


def folded_line(line: str) -> str:
    """One line, folded in the same way."""
    return folded_lines(line)[0]


def is_quoted(line: str) -> bool:
    """Whether a client marked a line as history."""
    return line.lstrip()[:1] in {">", "＞"}


def first_mark(folded: list[str], *, reply: bool = False) -> Mark | None:
    """The first mark of history or forward in a body; None if there is none. `reply`: the head says it is an answer."""
    seen = 0
    ends = deque(at for at, line in enumerate(folded) if line.rstrip()[-1:] in marks.ENDINGS)
    for at, line in enumerate(folded):
        if not line or line.isspace():
            continue
        seen += 1
        if seen > LOOKED_AT:
            return None
        while ends and ends[0] < at:
            ends.popleft()
        mark = _mark_at(folded, at, line, near=bool(ends) and ends[0] < at + _LINES, reply=reply)
        if mark:
            return mark
    return None


def _mark_at(folded: list[str], at: int, line: str, *, near: bool, reply: bool) -> Mark | None:
    """The mark that begins at a line; `near`: within reach a line ends as attributions end."""
    if HISTORY in line and line.strip("> ") == HISTORY:
        inner = first_mark(folded[at + 1 : at + 12])
        return Mark(at, at + 1 + inner.end, inner.kind) if inner else Mark(at, at + 1, "original")
    if len(line) < LONG and _can_be_label(line):
        kind = _label_mark(folded, at, line)
        if kind:
            return Mark(at, at if kind == "labels" else at + 1, "block" if kind == "labels" else kind)
    end = attribution(folded, at, reply=reply) if near else 0
    return Mark(at, end, "wrote") if end else None


def _can_be_label(line: str) -> bool:
    """A cheap look before the dear ones: a colon near the beginning, or a first sign that marks begin with."""
    head = line[:48]
    return ":" in head or "：" in head or line.lstrip(" \t>|*")[:1] in marks.STARTS or "|" in head


def _label_mark(folded: list[str], at: int, line: str) -> str:
    """Which mark without a verb a line is; '' if none."""
    if marks.FORWARD.fullmatch(line) and (_ruled(line) or _labels(folded, at + 1) >= 2):
        return "forward"
    if marks.ORIGINAL.fullmatch(line) or marks.SOME_ORIGINAL.fullmatch(line):
        return "original"
    if marks.BARE_ORIGINAL.fullmatch(line) and _labels(folded, at + 1) >= 2:
        return "original"
    if marks.RULE_LINE.fullmatch(line) and _block_after(folded, at + 1):
        return "block"
    return "labels" if _is_block(folded, at, 3) else ""


def _ruled(line: str) -> bool:
    stripped = line.strip().strip("> *")
    return stripped[:2] in {"--", "==", "__", "**", "——", "──"} or stripped.endswith((":", "："))


def _block_after(folded: list[str], at: int) -> bool:
    following = next((number for number in range(at, min(at + 3, len(folded))) if folded[number].strip()), -1)
    return following >= 0 and _is_block(folded, following, 2)


def _is_block(folded: list[str], at: int, least: int) -> bool:
    """Whether a block of header labels begins at this line: a sender or a date first, `least` different labels in all."""
    match = marks.LABEL.match(folded[at])
    return match is not None and marks.kind_of(match[1]) in {"from", "date", "subject"} and _labels(folded, at) >= least


def _labels(folded: list[str], at: int) -> int:
    """How many different labels stand in the lines from `at` on, blank lines and continuations between them allowed."""
    kinds: set[str] = set()
    missed = 0
    for line in folded[at : at + 16]:
        match = marks.LABEL.match(line) or marks.LOOSE_LABEL.match(line)
        if match:
            kinds.add(marks.kind_of(match[1]))
            kinds.update(marks.kind_of(label) for label in marks.INNER_LABEL.findall(line[match.end() :]))
            missed = 0
        elif line.strip():
            missed += 1
            if missed > 3:
                break
    return len(kinds - {"other"}) if "from" in kinds or "date" in kinds else 0


def attribution(folded: list[str], at: int, *, reply: bool = False) -> int:
    """Where the attribution that begins at this line ends (exclusive); 0 if it is none."""
    if not _may_open(folded[at].lstrip("> ")) or not any(
        line.rstrip()[-1:] in marks.ENDINGS for line in folded[at : at + _LINES]
    ):
        return 0
    joined = ""
    blanks = 0
    for number in range(at, min(at + _LINES, len(folded))):
        line = folded[number].strip()
        if not line:
            blanks += 1
            if blanks > 1 or not joined.endswith(("<", ",", "one")):
                return 0
            continue
        if number > at and is_quoted(line) and line not in _TAILS:
            return 0
        joined = f"{joined} {line}" if joined else line.lstrip("> ").strip()
        if len(joined) > LONG:
            return 0
        following = _following(folded, number + 1)
        above = is_quoted(following) and following.strip() not in _TAILS
        if (
            _nearly_says_wrote(joined)
            if above
            else (_says_wrote(joined) and _history_agrees(following, joined, reply=reply))
        ):
            return number + 1
    return 0


def _may_open(line: str) -> bool:
    return (
        marks.OPENING.match(line) is not None
        or (("@" in line or "<" in line) and len(line) < 120)
        or marks.WROTE.search(line) is not None
    )


def _says_wrote(line: str) -> bool:
    """Whether a line says who wrote when: three of date, time, address and verb, ended as attributions end."""
    ends = marks.WROTE_ENDS.search(line[-60:]) is not None
    if not ends and not line.endswith((":", "：")):
        return marks.DATE.match(line) is not None and line.endswith(">") and marks.ADDRESS.search(line) is not None
    verb = ends or marks.WROTE.search(line) is not None
    if verb and marks.NAMED_ADDRESS.fullmatch(line):
        return True
    dated, timed = marks.DATE.search(line) is not None, marks.TIME.search(line) is not None
    addressed = marks.ADDRESS.search(line) is not None
    opened = marks.OPENING.match(line) is not None
    if verb and dated and (timed or addressed):
        return opened or addressed or marks.NAMED_DATE.match(line) is not None
    return (dated and timed and addressed and opened) or (verb and opened and dated)


def _nearly_says_wrote(line: str) -> bool:
    """What suffices above a line that is marked as history: two of address, date, verb and colon, ended as attributions end."""
    verb = marks.WROTE.search(line) is not None
    if not (line.endswith((":", "：", ">")) or (verb and marks.WROTE_ENDS.search(line[-60:]))):
        return False
    addressed, dated = marks.ADDRESS.search(line) is not None, marks.DATE.search(line) is not None
    timed = dated and marks.TIME.search(line) is not None and marks.DATE.match(line) is not None
    said = (verb and dated) or timed or _says_wrote(line)
    return said or (addressed and (dated or verb or not line.endswith(">")))


def _following(folded: list[str], at: int) -> str:
    """The next line that is not blank, '' if none is near."""
    return next((line for line in folded[at : at + 6] if line.strip()), "")


def _history_agrees(following: str, line: str, *, reply: bool) -> bool:
    """Without an address only a history in another shape than prose shows that the line is no prose (「…10:30，他写道：」)."""
    if marks.ADDRESS.search(line) and marks.WROTE.search(line):
        return True
    if reply and marks.DATE.search(line) and marks.TIME.search(line) and not marks.TOLD.search(line):
        return True  # a client that names no address and marks nothing
    return (
        not following
        or following.lstrip().startswith("|")
        or not ("\u4e00" <= following.strip()[0] <= "\u9fff" or "写" in line)
    )
