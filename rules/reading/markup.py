"""HTML as a reader sees it: text, quoted history by its structure, and what is hidden (L25, L26). Nothing is ever fetched.

One pass over the tags with a stack, no tree: linear, whatever the nesting. History is marked by lines of `>` where a client says so by
structure (blockquote, gmail_quote, ntes-mailmaster-quote, divRplyFwdMsg, includetail ...), so that `quotes.divide` reads HTML and text by
the same rules.

LIMITS: style sheets are read for single classes only; scripts never run; on a background picture nothing counts as hidden.
"""

import re
from dataclasses import replace
from html import unescape
from itertools import islice
from typing import NamedTuple

from rules.reading.page import Open, Page
from rules.reading.styles import HIDDEN, Look, hidden_classes, is_red, look_of

_TOKEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<!\[(?:[^\]]|\](?!>)){0,200}\]>|"
    r"<(/?)([a-zA-Z][a-zA-Z0-9:_-]{0,40})((?:[^<>\"']|\"[^\"]{0,100000}\"|'[^']{0,100000}')*)>?|<[!?][^>]{0,2000}>|<",
    re.S,
)
_ATTRIBUTE = re.compile(r"([a-zA-Z_:-]{1,40})\s{0,10}=\s{0,10}(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]{1,4000}))")
_NEAR = 20
"""So many pieces of a line are searched for a link's address."""
_BLANKS = re.compile(r"[ \t\r\n]+")
_META = re.compile(rb"<meta[^>]{0,200}charset\s{0,5}=\s{0,5}[\"']?\s{0,5}([A-Za-z0-9_:.-]{2,40})", re.I)
_SILENT = {"script", "style", "title", "template", "noscript", "object", "svg", "xml", "applet", "iframe"}
_CONTROLS = {"select", "option", "textarea", "button"}
"""A browser gives these their own colours."""
_VOID = {"br", "hr", "img", "input", "meta", "link", "col", "base", "area", "wbr", "param", "source", "embed", "o:p"}
_BLOCK = {
    "p", "div", "table", "ul", "ol", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "center", "form", "section",
    "article", "header", "footer", "address", "fieldset", "hr", "tr", "li", "body", "caption", "thead", "tbody", "tfoot", "main",
    "includetail",
}  # fmt: skip
_SPACED = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "ul", "ol", "pre"}
_HISTORY = re.compile(
    r"(?:^|\s)(?:x_)?(?:gmail_quote|ntes-mailmaster-quote|yahoo_quoted|protonmail_quote|tutanota_quote|zmail_extra|divrplyfwdmsg|reply-intro|"
    r"mail-quote|moz-forward-container|gmail_extra_quote|qmquote|replyquote|ms-outlook-mobile-reference-message)(?:_\w{1,20})?(?:\s|$)"
)
_INDENT = re.compile(r"border\s{0,2}:\s{0,2}none")


class Seen(NamedTuple):
    """What a reader sees, what he does not, and whether the structure marks a history."""

    text: str
    hidden: str
    links: tuple[str, ...]
    structured: bool
    cut: bool
    tags: int
    red: str
    """Words in red, line by line: in a history they are an answer typed there (L36)."""


TAGS = 100_000
"""After so many tags the rest of a source stays unread."""


def see(source: str, *, all_of_it: bool = False, most: int = TAGS) -> Seen:
    """The text of an HTML source; never raises, linear in its length. `all_of_it`: with the hidden words in their places;
    after `most` tags the rest is not read."""
    page = Page(hidden_classes(source), all_of_it)
    end = 0
    tokens = list(islice(_TOKEN.finditer(source), most))
    for token in tokens:
        _words(page, source[end : token.start()])
        end = token.end()
        if token[2]:
            _tag(page, token[2].lower(), token[1] == "/", token[3])
        elif token[0] == "<":
            _words(page, "<")
    if len(tokens) < most:
        _words(page, source[end:])
    page.end_line()
    hidden = " ".join("".join(page.hidden).split())
    red = "\n".join(" ".join(line.split()) for line in "".join(page.red).split("\n") if line.strip())
    return Seen(page.text(), hidden, tuple(page.links), page.structured, len(tokens) == most, len(tokens), red)


def meta_charset(source: bytes) -> str:
    """The charset an HTML part names in its first lines; '' if none."""
    match = _META.search(source[:4000])
    return match[1].decode("ascii") if match else ""


def _words(page: Page, raw: str) -> None:
    """Write the text between two tags."""
    top = page.stack[-1]
    if not raw or top.silent:
        return
    text = unescape(raw) if "&" in raw else raw
    if (top.hidden or top.tiny or top.pale) and not page.all_of_it:
        page.hidden.append(text)
        return
    if top.name == "pre":
        _preformatted(page, text)
        return
    text = _BLANKS.sub(" ", text)
    if not page.line:
        text = text.lstrip(" ")
    if text:
        page.write(text)


def _preformatted(page: Page, text: str) -> None:
    for number, piece in enumerate(text.replace("\r\n", "\n").split("\n")):
        if number:
            page.end_line()
        if piece:
            page.write(piece)


def _tag(page: Page, name: str, closing: bool, rest: str) -> None:
    if name == "br":
        page.end_line()
    elif closing:
        _close(page, name)
    else:
        _open(page, name, rest)


def _break(page: Page, name: str) -> None:
    """The line break a block makes; cells of a row are parted by a tab."""
    if name in {"td", "th"} and page.line:
        page.line.append("\t")
    if name in _BLOCK and page.line:
        page.end_line()
    if name in _SPACED:
        page.blank_line()


def _open(page: Page, name: str, rest: str) -> None:
    top = page.stack[-1]
    _break(page, name)
    ends = rest.endswith("/") and name != "includetail"
    if top.silent and name != "body":
        if name not in _VOID and not ends:
            page.push(Open(name, top.quoted, silent=True, hidden=top.hidden))
        return
    if name == "li" and not top.hidden:
        _words(page, "· ")
    if name in _VOID or ends:
        return
    attributes = _attributes(rest) if "=" in rest or "hidden" in rest else {}
    opened = _element(page, name, top, attributes)
    page.push(opened)
    if name == "a" and not opened.hidden:
        opened.href = attributes.get("href", "").strip()
        page.links.append(opened.href)


def _element(page: Page, name: str, top: Open, attributes: dict[str, str]) -> Open:
    """An element with what it inherits."""
    quoted = top.quoted + _quotes(page, name, attributes)
    if name == "body":
        top = page.stack[0]
    if name in _CONTROLS:
        top = replace(top, colour="", ground="", pale=False)
    styles = (
        [page.classes[word] for word in attributes.get("class", "").lower().split() if word in page.classes]
        if page.classes
        else []
    )
    look = (
        look_of(attributes, ";".join(styles), top.colour, top.ground)
        if attributes
        else Look(top.colour, top.ground, pale=top.pale)
    )
    tiny = top.tiny if look.tiny is None else look.tiny
    hidden, silent = top.hidden or look.hidden, name in _SILENT
    return Open(name, quoted, silent, hidden, tiny, look.pale, is_red(look.colour), look.colour, look.ground)


def _quotes(page: Page, name: str, attributes: dict[str, str]) -> int:
    """1 if this element opens quoted history; a client's own name for its history puts a mark into the text."""
    if name == "blockquote":
        page.structured = True
        return 0 if _INDENT.search(attributes.get("style", "").lower()) else 1
    marked = (
        f"{attributes.get('class', '')} {attributes.get('id', '')}"
        if "class" in attributes or "id" in attributes
        else ""
    )
    if name == "includetail" or _HISTORY.search(marked.lower()):
        page.mark_history()
    return 0


def _close(page: Page, name: str) -> None:
    if not page.opened.get(name):
        _break(page, name)
        return
    top = page.stack[-1]
    if name == "a" and top.href and not top.hidden:
        _link(page, top.href)
    if name in _BLOCK and page.line and not top.silent:
        page.end_line()
    page.pop(name)
    if name in _SPACED:
        page.blank_line()


def _link(page: Page, href: str) -> None:
    """A link's address follows its line, unless the text says it already."""
    known = href.rstrip("/") in "".join(page.line[-_NEAR:])
    if (
        href.lower().startswith(("http://", "https://", "ftp://"))
        and not known
        and len(href) < 2000
        and len(page.waiting) < 50
    ):
        page.waiting.append(href)


def _attributes(rest: str) -> dict[str, str]:
    found = {}
    for match in _ATTRIBUTE.finditer(rest[:20_000]):
        value = match[2] or match[3] or match[4] or ""
        found[match[1].lower()] = unescape(value) if "&" in value else value
    if HIDDEN.search(rest):
        found.setdefault("hidden", "")
    return found
