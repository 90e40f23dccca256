"""Markup from outside, parsed so that nothing in it acts: no entity is expanded, no file or address is opened (A64).

A package of office parts has no document type; one that brings its own is refused as file:xxe before any of its text is used.
"""

from collections.abc import Iterator
from io import BytesIO

from lxml import etree

from rules.papers.limits import TREE
from rules.papers.values import Refused

Element = etree._Element


def tree(data: bytes) -> Element:
    """The root element. Raises Refused file:xxe (a document type), file:bomb (too large), file:truncated (not well formed)."""
    if len(data) > TREE:
        raise Refused("file:bomb")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root: Element = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as fault:
        raise Refused("file:xxe" if _typed(data) else "file:truncated") from fault
    if root.getroottree().docinfo.internalDTD is not None:
        raise Refused("file:xxe")
    return root


def walk(data: bytes, *names: str) -> Iterator[Element]:
    """The elements of these local names, as each ends, with little memory: the caller must be done with one before asking for the next."""
    if _typed(data):
        raise Refused("file:xxe")
    tags = tuple("{*}" + name for name in names)
    parsed = etree.iterparse(
        BytesIO(data),
        events=("end",),
        tag=tags,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    try:
        for _, element in parsed:
            yield element
            element.clear()
            while element.getprevious() is not None and (parent := element.getparent()) is not None:
                del parent[0]
    except etree.XMLSyntaxError as fault:
        raise Refused("file:truncated") from fault


def local(element: Element) -> str:
    """The element's name without its namespace; '' for an entity or a comment."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Element, name: str) -> str:
    """The attribute of this local name, whatever its namespace; '' where there is none."""
    value = element.get(name)
    if value is not None:
        return value
    for key, text in element.attrib.items():
        if str(key).endswith("}" + name):
            return str(text)
    return ""


def children(element: Element, *names: str) -> Iterator[Element]:
    """The child elements of these local names."""
    return (child for child in element if local(child) in names)


def child(element: Element | None, *path: str) -> Element | None:
    """The first child at the end of this path of local names."""
    for name in path:
        if element is None:
            return None
        element = next(children(element, name), None)
    return element


def _typed(data: bytes) -> bool:
    """The markup declares a document type, in any of the charsets a parser knows."""
    head = data[:4096].replace(b"\0", b"")
    return b"<!DOCTYPE" in head or b"<!ENTITY" in head


def inner_text(element: Element) -> str:
    """All text inside the element."""
    return "".join(str(text) for text in element.itertext())
