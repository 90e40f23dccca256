"""The text of a letter: which part a reader would see, what of it is new, what is history (L18, L21, L23-L27)."""

import re
import unicodedata
from dataclasses import dataclass, field, replace
from html import unescape

from rules.reading.charset import decode
from rules.reading.limits import Limits
from rules.reading.marks import PLACEHOLDER, POINTER
from rules.reading.markup import TAGS, Seen, meta_charset, see
from rules.reading.page import HISTORY
from rules.reading.parts import Part, content
from rules.reading.quotes import Split, divide
from rules.reading.unseen import TRICKY, clean, is_unclean

LONGEST_POINTER = 60
_ALNUM = re.compile(r"[^\w]+|_")
_URL = re.compile(r"<?(?:https?|mailto):[^\s<>]{1,2000}>?")
_PGP = re.compile(r"-----BEGIN PGP SIGNED MESSAGE-----\n(?:[A-Z][a-zA-Z]{2,20}: [^\n]{0,200}\n){0,9}\n?")
_PGP_END = re.compile(r"-----BEGIN PGP SIGNATURE-----[^-]{0,8000}-----END PGP SIGNATURE-----")


@dataclass(frozen=True, slots=True)
class Segment:
    """Two forms of the same text, as far as the letter has them."""

    plain: Part | None
    html: Part | None


@dataclass(slots=True)
class Body:
    """All that the text parts of a letter say."""

    text: str = ""
    split: Split = field(default_factory=lambda: Split(""))
    hidden: str = ""
    with_hidden: str = ""
    contradicts: bool = False
    links: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    oddities: set[str] = field(default_factory=set)
    limits: set[str] = field(default_factory=set)
    tags: int = 0
    length: int = 0


def segments(root: Part, texts: set[int]) -> list[Segment]:
    """The text leaves in order, the two forms of an alternative in one segment. `texts` holds ids of leaves."""
    found: list[Segment] = []
    places: dict[int, int] = {}
    stack: list[tuple[Part, int]] = [(root, 0)]
    while stack:
        part, group = stack.pop()
        if part.children:
            group = id(part) if part.type == "multipart/alternative" else group
            stack.extend((child, group) for child in reversed(part.children))
        elif id(part) in texts:
            _place(found, places, part, group)
    return found


def _place(found: list[Segment], places: dict[int, int], part: Part, group: int) -> None:
    is_html = part.type == "text/html"
    new = Segment(None, part) if is_html else Segment(part, None)
    at = places.get(group, -1) if group else -1
    if at < 0:
        places[group] = len(found)
        found.append(new)
        return
    known = found[at]
    if is_html and known.html is None:
        found[at] = Segment(known.plain, part)
    elif not is_html and known.plain is None:
        found[at] = Segment(part, known.html)
    else:
        found.append(new)


def body_of(found: list[Segment], limits: Limits, *, reply: bool, forward: bool) -> Body:
    """Read the segments one after the other."""
    body = Body()
    splits: list[Split] = []
    texts: list[str] = []
    for segment in found:
        text, split = _read(segment, body, limits, reply=reply, forward=forward)
        texts.append(text)
        splits.append(split)
        if body.length > limits.text:
            body.limits.add("text")
            break
    body.text = _unmarked("\n".join(text for text in texts if text.strip("\n")))
    body.split = _joined(splits)
    if body.hidden.strip():
        body.oddities.add("hidden")
    return body


def body_of_text(text: str) -> Body:
    """A body without head and parts."""
    body = Body()
    if "&nbsp;" in text:
        text = unescape(text.replace("&amp;nbsp;", " "))  # a client that puts its HTML's entities into text
    body.text = clean(_lines(text)).replace(HISTORY, "")
    body.split = divide(body.text)
    return body


def _unmarked(text: str) -> str:
    """A text without the marks that `markup` left for `divide`."""
    return text.replace(HISTORY + "\n", "").replace(HISTORY, "") if HISTORY in text else text


def _joined(splits: list[Split]) -> Split:
    own, quoted, forwarded, signature = (
        _unmarked("\n".join(filter(None, (getattr(split, name).strip("\n") for split in splits))))
        for name in ("own", "quoted", "forwarded", "signature")
    )
    return Split(own, quoted, forwarded, signature, next((split.mark for split in splits if split.mark), ""))


def _read(segment: Segment, body: Body, limits: Limits, *, reply: bool, forward: bool) -> tuple[str, Split]:
    plain = _plain(segment.plain, body, limits) if segment.plain else ""
    seen = _seen(segment.html, body, limits) if segment.html else None
    if seen is None:
        return plain, divide(plain, reply=reply, forward=forward)
    of_html = _coloured(divide(seen.text, reply=reply, forward=forward), seen)
    if not plain.strip() or _points_at_html(plain) or len(squeezed(seen.text)) > 3 * len(squeezed(plain)) + 200:
        return seen.text, of_html
    of_plain = divide(plain, reply=reply, forward=forward)
    if _contradict(of_plain.own, of_html.own):
        body.contradicts = True
        fuller = len(squeezed(seen.text)) > len(squeezed(plain))
        return f"{plain}\n\n{seen.text}", of_html if fuller else of_plain
    if of_plain.mark and squeezed(of_plain.own) == squeezed(of_html.own):
        return plain, of_plain
    better = of_html if of_html.mark and (seen.structured or not of_plain.mark) else of_plain
    return plain, better


def _coloured(split: Split, seen: Seen) -> Split:
    """An answer typed in red into the history, where nothing else is new, or only a word that points at it (L36)."""
    if not seen.red or (split.own.strip() and not _points_below(split.own)):
        return split
    history = squeezed(split.quoted)
    typed = "\n".join(line for line in seen.red.split("\n") if squeezed(line) in history)
    return replace(split, own="\n".join(filter(None, (split.own, typed))))


def _points_at_html(plain: str) -> bool:
    """「您的邮件客户端不支持HTML」: no words of the sender's."""
    return PLACEHOLDER.fullmatch(plain) is not None


def _points_below(own: str) -> bool:
    """「答复见下面红字」: short, and about the colour."""
    return len(own) <= LONGEST_POINTER and POINTER.search(own) is not None


def _plain(part: Part, body: Body, limits: Limits) -> str:
    text = _text_of(part, body, limits, "")
    if "BEGIN PGP SIGNED" in text:
        text = _PGP_END.sub("", _PGP.sub("", text))
    if text.count("\n&gt;") > 1:
        text = unescape(text)  # a web client that wrote its quote marks as entities
    if "-----BEGIN PGP MESSAGE-----" in text:
        body.oddities.add("encrypted-letter")
    if b"flowed" in part.parameters.get("format", b"").lower():
        text = _unflowed(text, b"yes" in part.parameters.get("delsp", b"").lower())
    return text


def _seen(part: Part, body: Body, limits: Limits) -> Seen:
    data, _ = content(part)
    source = _text_of(part, body, limits, meta_charset(data))
    seen = see(source, most=max(TAGS - body.tags, 1))
    body.tags += seen.tags
    seen = seen._replace(text=clean(seen.text))
    if seen.cut:
        body.limits.add("text")
    if seen.hidden.strip():
        body.with_hidden = f"{body.with_hidden}\n{clean(see(source, all_of_it=True).text)}".strip()
    body.hidden = f"{body.hidden} {seen.hidden}".strip()
    body.links.extend(href for href in seen.links if href)
    return seen


def _text_of(part: Part, body: Body, limits: Limits, meta: str) -> str:
    """The decoded text of a leaf, its charset guessed where the label is silent or lies."""
    data, broken = content(part)
    if broken:
        body.oddities.add("encoding")
    if len(data) > 4 * limits.text:
        data = data[: 4 * limits.text]
        body.limits.add("text")
    label = part.parameters.get("charset", b"").decode("ascii", "replace") or meta
    found = decode(data, label)
    if meta and found.guessed and not data.isascii():
        again = decode(data, meta)
        found = found if again.guessed else again
    if found.guessed and found.charset != "ascii":
        body.notes.append(f"{label or '-'} -> {found.charset}")
    if "\ufffd" in found.text:
        body.oddities.add("undecodable")
    if is_unclean(found.text) and TRICKY.search(found.text):
        body.oddities.add("unseen-signs")
    body.length += len(found.text)
    if len(found.text) > limits.text:
        body.limits.add("text")
    return clean(_lines(found.text[: limits.text])).replace(HISTORY, "")


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _unflowed(text: str, delsp: bool) -> str:
    """Soft line breaks of format=flowed undone (RFC 3676)."""
    lines: list[str] = []
    soft = False
    for line in text.split("\n"):
        depth = len(line) - len(line.lstrip(">"))
        stuffed = line[depth:].removeprefix(" ")
        if soft and lines and depth == len(lines[-1]) - len(lines[-1].lstrip(">")):
            lines[-1] += stuffed
        else:
            lines.append(">" * depth + (" " if depth else "") + stuffed)
        soft = line.endswith(" ") and line != "-- "
        if soft and delsp:
            lines[-1] = lines[-1][:-1]
    return "\n".join(lines)


def squeezed(text: str) -> str:
    """A text reduced to letters and digits, for comparing."""
    return _ALNUM.sub("", unicodedata.normalize("NFKC", _URL.sub("", text)))


def _contradict(plain: str, html: str) -> bool:
    """Whether two forms of one text say different things: a sign of difference counts in a short one, a third of it in a long one."""
    one, two = squeezed(plain)[:5000], squeezed(html)[:5000]
    if not one or not two or one == two:
        return False
    if max(len(one), len(two)) <= 60:
        return True
    pairs = {one[at : at + 2] for at in range(len(one) - 1)}, {two[at : at + 2] for at in range(len(two) - 1)}
    return len(pairs[0] & pairs[1]) < 0.6 * min(map(len, pairs))
