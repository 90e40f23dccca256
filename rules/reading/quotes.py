"""What this sender newly wrote, told from history, forward and signature, line by line (L34-L39, domain §6.1).

The first mark decides: an attribution whose history is marked with `>` is read between the quoted lines; a history without marks
ends the letter. A forward is content, not history. What is no mark beyond doubt is prose and stays (L38).

LIMITS: an answer typed into an unmarked history (Outlook, QQ) is found only where the writer marks it (「答：」) or the HTML colours it.
"""

from dataclasses import dataclass

from rules.reading import marks
from rules.reading.signposts import LONG, LOOKED_AT, Mark, attribution, first_mark, folded_line, folded_lines, is_quoted

_RULES = frozenset("_-=*─━—– >")


@dataclass(frozen=True, slots=True)
class Split:
    """A body cut in four; `mark` names what showed the history ('' = none)."""

    own: str
    quoted: str = ""
    forwarded: str = ""
    signature: str = ""
    mark: str = ""


def divide(text: str, *, reply: bool = False, forward: bool = False) -> Split:
    """Divide a body. `reply`: the head says it is an answer, so `>` lines are history even without an attribution;
    `forward`: the subject says it is a forward, so a block of labels opens content."""
    text = _with_marks_alone(text)
    lines = text.split("\n")
    folded = folded_lines(text)
    mark = first_mark(folded, reply=reply)
    if mark is None:
        return _unmarked(lines, folded, reply)
    if mark.kind == "forward" or (forward and mark.kind in {"original", "block"}):
        own, signature = _signed(lines[: mark.start])
        return Split(own, "", _unquoted(lines[mark.start :]), signature, "forward")
    if mark.kind == "wrote" and _is_marked_after(folded, mark.end):
        return _interleaved(lines, folded, mark)
    if reply and sum(map(is_quoted, folded[: mark.start])) > 1:
        above = _interleaved(lines[: mark.start], folded[: mark.start], Mark(0, 0, "quoted"))
        return Split(above.own, "\n".join([above.quoted, *lines[mark.start :]]), "", above.signature, mark.kind)
    return _topped(lines, folded, mark)


def _with_marks_alone(text: str) -> str:
    """The text, a mark of history inside a line given a line of its own, and what the telephone signed before it."""
    if "---" not in text and "===" not in text:
        return text
    return marks.FLAT.sub(lambda flat: f"\n{flat['sign'] or ''}\n{flat['mark']}\n", text)


def _is_marked_after(folded: list[str], at: int) -> bool:
    following = next((text for text in folded[at:] if text.strip()), "")
    return not following or is_quoted(following)


def _unmarked(lines: list[str], folded: list[str], reply: bool) -> Split:
    """No mark: all is the sender's own, except `>` lines in what is known to be an answer, and a list's footer."""
    if reply and any(map(is_quoted, folded)):
        return _interleaved(lines, folded, Mark(0, 0, "quoted"))
    own, signature = _signed(_without_footer(lines))
    return Split(own, signature=signature)


def _topped(lines: list[str], folded: list[str], mark: Mark) -> Split:
    """The new words stand before the mark; below it only lines the writer marked as answers count (L36)."""
    own, signature = _signed(lines[: mark.start])
    history = lines[mark.start :]
    if not own and mark.kind == "wrote" and _was_answered_below(folded, mark.end):
        kept = _without_attributions(lines, folded)
        return Split("\n".join(kept).strip("\n"), "\n".join(history), "", signature, "below")
    answers = [
        line
        for line, text in zip(history, folded[mark.start :], strict=True)
        if not own and marks.ANSWER.match(text) and "@" not in text
    ]
    if answers and not marks.LABEL.match(folded_line(answers[0])):
        own = "\n".join(answers)
    return Split(own, "\n".join(history), "", signature, mark.kind)


def _was_answered_below(folded: list[str], at: int) -> bool:
    """Whether in an unmarked history a deeper one is marked with `>` and unmarked words follow it: then those words are new."""
    quoted = [number for number in range(at, len(folded)) if is_quoted(folded[number])]
    return bool(quoted) and any(
        folded[number].strip() and not is_quoted(folded[number]) for number in range(quoted[-1] + 1, len(folded))
    )


def _without_attributions(lines: list[str], folded: list[str]) -> list[str]:
    kept: list[str] = []
    skip_to = 0
    for number, line in enumerate(lines):
        if number < skip_to:
            continue
        skip_to = _attribution_end(folded, number, number)
        if not skip_to:
            kept.append(line)
    return kept


def _attribution_end(folded: list[str], number: int, behind: int) -> int:
    """Where an attribution that begins at a line ends; 0 where there is none, or so many lines were looked at already."""
    return attribution(folded, number) if behind < LOOKED_AT and folded[number].strip() else 0


def _interleaved(lines: list[str], folded: list[str], mark: Mark) -> Split:
    """Answers between marked lines: everything unmarked that is neither an attribution nor the tail of a wrapped quoted line."""
    own, quoted = lines[: mark.start], lines[mark.start : mark.end]
    above = [line for line in own if line.strip()]
    if above and all(map(_is_mobile, above)):  # a telephone signs above the quote, its owner answers below
        own = []
    else:
        above = []
    skip_to = mark.end
    for number in range(mark.end, len(lines)):
        line, text = lines[number], folded[number]
        if number < skip_to:
            quoted.append(line)
            continue
        end = 0 if is_quoted(text) else _attribution_end(folded, number, number - mark.end)
        if end:
            skip_to = end
        (quoted if end or is_quoted(text) or _is_wrapped(folded, number) else own).append(line)
    words, signature = _signed(_without_footer(own))
    return Split(words, "\n".join(quoted), "", "\n".join(filter(None, [*above, signature])), mark.kind)


def _is_wrapped(folded: list[str], number: int) -> bool:
    """A single unmarked line in the middle of marked ones, after a long one: the client broke a quoted line."""
    if not 0 < number < len(folded) - 1 or not folded[number].strip():
        return False
    before, after = folded[number - 1], folded[number + 1]
    return (
        is_quoted(before)
        and is_quoted(after)
        and len(before) >= 60
        and len(before) + len(folded[number].split(" ")[0]) > 70
    )


def _without_footer(lines: list[str]) -> list[str]:
    """Without the footer a mailing list adds below everything."""
    for number in range(len(lines) - 1, max(-1, len(lines) - 14), -1):
        line = lines[number]
        ruled = line[:1] in _RULES and (line.rstrip() == "--" or marks.RULE_LINE.fullmatch(line[:LONG]))
        if ruled and marks.FOOTER.search("\n".join(lines[number + 1 :]).lower()):
            return lines[:number]
    return lines


def _signed(lines: list[str]) -> tuple[str, str]:
    """Words and signature: what a telephone or a mail program adds at the end, and what stands below `-- `."""
    kept = list(lines)
    signature: list[str] = []
    for number, line in enumerate(kept):
        if line.rstrip() in {"--", "—— ", "__"} and any(text.strip() for text in kept[:number]):
            signature = kept[number:]
            kept = kept[:number]
            break
        if line.strip() == "| |" or (line.strip() == "|" and number and not kept[number - 1].strip()):
            signature, kept = kept[number:], kept[:number]
            break
    while kept and (not kept[-1].strip() or _is_mobile(kept[-1])):
        if kept[-1].strip():
            signature.insert(0, kept[-1])
        kept.pop()
    return "\n".join(kept).strip("\n"), "\n".join(signature).strip("\n")


def _is_mobile(line: str) -> bool:
    text = folded_line(line).strip(" \t*_.。!！()（）[]-|")
    return 0 < len(text) <= 120 and marks.MOBILE.fullmatch(text) is not None


def _unquoted(lines: list[str]) -> str:
    """A forwarded letter as it was before it was quoted."""
    if all(is_quoted(line) or not line.strip() for line in lines):
        return "\n".join(line.lstrip().lstrip(">").removeprefix(" ") for line in lines).strip("\n")
    return "\n".join(lines).strip("\n")
