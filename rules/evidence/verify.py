"""Is this evidence what was written? Asked of the file alone: no settings, no database, nobody's word.

    files      each has the SHA-256 that the list names; none is missing, none was added; the zip's frame is our own
    chain      each line's SHA-256 is named by the line after it; the last one is the head that the office's letters name
    case       the case's lines stand in the chain; each letter's SHA-256 stands in the line that took it in or sent it, and that of a
               hearing's minutes in the line that they were kept

LIMITS: whoever can write the whole file anew can write a consistent one; then the head differs from the one in the office's letters
(交接信) of those days, and the list differs from the SHA-256 on the printed cover.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from rules.evidence.lines import ABOUT, BODY, PREV, SEQ, columns, text_hash
from rules.evidence.packing import MANIFEST, manifest, same, unpack

INDEX = "anjuan.json"
CHAIN = "zongzhang/chain.txt"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with which file: frame, changed, missing, added, list, index, chain, head, case-line, letter."""

    what: str
    where: str


def verify(data: bytes) -> tuple[Fault, ...]:
    """Every fault of the evidence; () where nothing was changed."""
    try:
        files = unpack(data)
    except ValueError:
        return (Fault("frame", "zip"),)
    faults = [*_listed(files)]
    if not same(data, files):
        faults.append(Fault("frame", "zip"))
    try:
        faults += _proved(files, json.loads(files[INDEX]))
    except (KeyError, TypeError, ValueError, AttributeError):
        faults.append(Fault("index", INDEX))
    return tuple(dict.fromkeys(faults))


def _listed(files: Mapping[str, bytes]) -> Iterator[Fault]:
    told = files.get(MANIFEST, b"").decode("utf-8", "replace").splitlines()
    named = {name: digest for line in told for digest, _, name in (line.partition("  "),)}
    for name in sorted(named.keys() - files.keys()):
        yield Fault("missing", name)
    for name in sorted(files.keys() - {MANIFEST}):
        if name not in named:
            yield Fault("added", name)
        elif named[name] != sha256(files[name]).hexdigest():
            yield Fault("changed", name)
    if files.get(MANIFEST) != manifest(files):
        yield Fault("list", MANIFEST)


def _proved(files: Mapping[str, bytes], index: Mapping[str, Any]) -> Iterator[Fault]:
    case = {int(seq): digest for seq, digest in index["lines"]}
    texts = {seq: files[line_name(seq)].decode() for seq in case if line_name(seq) in files}
    for seq, digest in case.items():
        if seq not in texts or text_hash(texts[seq]) != digest:
            yield Fault("case-line", line_name(seq))
    if not index["unit"]:
        yield from _chained(files, index, texts)
    yield from _lettered(files, index, texts)


def line_name(seq: int) -> str:
    """Where a line of the case lies: a file of its own, so that any program that hashes a file can check it."""
    return f"zongzhang/line-{seq:06}.txt"


def _chained(files: Mapping[str, bytes], index: Mapping[str, Any], texts: Mapping[int, str]) -> Iterator[Fault]:
    chain = files[CHAIN].decode().removesuffix("\n").split("\n")
    previous, expected = str(index["before"]), int(index["first"])
    about = f"case:{index['reference']}"
    for text in chain:
        values = columns(text)
        if values[SEQ] != expected or values[PREV] != previous:
            yield Fault("chain", str(expected))
        if values[ABOUT] == about and texts.get(expected) != text:
            yield Fault("case-line", line_name(expected))
        previous, expected = text_hash(text), expected + 1
    if (previous, expected - 1) != (index["head"]["hash"], index["head"]["seq"]):
        yield Fault("head", CHAIN)
    for seq in texts.keys() - {columns(text)[SEQ] for text in chain}:
        yield Fault("case-line", line_name(seq))


def _lettered(files: Mapping[str, bytes], index: Mapping[str, Any], texts: Mapping[int, str]) -> Iterator[Fault]:
    for letter in (*index["letters"], *index.get("hearings", ())):
        name, digest = letter["file"], letter["sha256"]
        if name and sha256(files.get(name, b"")).hexdigest() != digest:
            yield Fault("letter", name)
        for seq in letter["lines"]:
            if digest not in str(columns(texts[seq])[BODY]):
                yield Fault("letter", name or digest)
