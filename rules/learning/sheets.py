"""Learned rules as files a clerk reads, and back: one file a label, one [[entry]] table an entry.

Striking an entry out is deleting its table. The text is ours on the way out and the office's on the way in.
"""

import re
import tomllib
from collections.abc import Mapping
from typing import Any

from rules.learning.entries import Entry, Learned, fold
from rules.trouble import BookTrouble
from rules.wording import wording

say = wording("rules.learning")
FIELDS: Mapping[str, tuple[type, ...]] = {
    "label": (str,),
    "words": (list,),
    "weight": (int,),
    "support": (int,),
    "precision": (int, float),
    "counter_examples": (list,),
}
NEEDED = ("label", "words", "weight")


def write(learned: Learned) -> dict[str, str]:
    """File name -> TOML."""
    files = {}
    for number, (label, start) in enumerate(learned.starts, 1):
        entries = [entry for entry in learned.entries if entry.label == label]
        head = [say("head", label=_line(label), count=len(entries)), f"label = {_quoted(label)}", f"start = {start}"]
        files[f"{number:02}.toml"] = "\n\n".join(["\n".join(head), *map(_table, entries)]) + "\n"
    return files


def _table(entry: Entry) -> str:
    words = ", ".join(map(_quoted, entry.words))
    examples = ", ".join(map(_quoted, entry.counter_examples))
    return (
        f"[[entry]]\nlabel = {_quoted(entry.label)}\nwords = [{words}]\nweight = {entry.weight}\n"
        f"support = {entry.support}\nprecision = {entry.precision}\ncounter_examples = [{examples}]"
    )


def _line(text: str) -> str:
    """One line without control characters: a comment may hold no others."""
    return " ".join(re.sub(r"[\x00-\x1f\x7f]", " ", text).split())


def _quoted(text: str) -> str:
    """A TOML basic string, whatever stands in it (the label and ids come from a file)."""
    escaped = re.sub(r'[\x00-\x1f\x7f"\\]', lambda found: f"\\u{ord(found[0]):04x}", text)
    return f'"{escaped}"'


def read(texts: Mapping[str, bytes]) -> Learned:
    """The rules of these files. Raises BookTrouble with every fault and its place."""
    faults: list[str] = []
    starts: list[tuple[str, int]] = []
    entries: list[Entry] = []
    for name in sorted(texts):
        table = _toml(name, texts[name], faults)
        label, start = table.get("label", ""), table.get("start", 0)
        if not label or not isinstance(label, str) or type(start) is not int:
            faults.append(say("bad-head", file=name))
            continue
        starts.append((label, start))
        entries += [entry for n, found in enumerate(_entries(table), 1) if (entry := _entry(found, name, n, faults))]
    _strangers(starts, entries, faults)
    if faults:
        raise BookTrouble("\n".join([say("refused", count=len(faults)), *faults]))
    return Learned(tuple(starts), tuple(entries))


def _toml(name: str, raw: bytes, faults: list[str]) -> dict[str, Any]:
    try:
        return tomllib.loads(raw.decode("utf-8-sig").replace("\r\n", "\n"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as trouble:
        found = re.search(r"line (\d{1,9})", str(trouble))
        faults.append(say("torn", file=name, line=found[1] if found else 1))
        return {"label": name}


def _entries(table: Mapping[str, Any]) -> list[Any]:
    entries = table.get("entry", [])
    return entries if isinstance(entries, list) else [entries]


def _entry(table: Any, name: str, number: int, faults: list[str]) -> Entry | None:
    if not isinstance(table, dict) or any(field not in table for field in NEEDED):
        faults.append(say("bad-entry", file=name, number=number))
        return None
    wrong = [key for key, value in table.items() if not isinstance(value, FIELDS.get(key, ()))]
    if wrong:
        faults.append(say("bad-field", file=name, number=number, key="、".join(wrong)))
        return None
    words = tuple(table["words"])
    if not words or any(not isinstance(word, str) or not word or fold(word) != word for word in words):
        faults.append(say("bad-words", file=name, number=number))
        return None
    examples = tuple(map(str, table.get("counter_examples", [])))
    return Entry(
        table["label"], words, table["weight"], table.get("support", 0), float(table.get("precision", 0)), examples
    )


def _strangers(starts: list[tuple[str, int]], entries: list[Entry], faults: list[str]) -> None:
    labels = [label for label, _ in starts]
    if not labels:
        faults.append(say("empty"))
    faults.extend(
        say("label-twice", label=label) for label in sorted({label for label in labels if labels.count(label) > 1})
    )
    faults.extend(
        say("strange-label", label=label) for label in sorted({entry.label for entry in entries} - set(labels))
    )
