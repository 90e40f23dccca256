"""Papers as they would be sent: each made anew from what a reader sees, without the identities, or withheld (A32-A36)."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from daemon.disk import why
from daemon.reader import Died, Reader
from daemon.shell._showing import say
from rules.papers import Paper, clean_paper
from rules.papers.values import Clean, Withheld
from rules.shield import Identity, find_identities, guard_text, redact
from rules.trouble import UsageTrouble

LARGEST = 20 << 20


def clean_files(names: Sequence[str], out: Path, identity: Path | None) -> Iterator[dict[str, Any]]:
    """Put into `out` only what would be sent; one answer a file: `sent` (its new name) or `withheld` (why)."""
    given = _given(identity)
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as trouble:
        raise UsageTrouble(say("shield-no-folder", folder=out, why=why(trouble))) from trouble
    with Reader() as reader:
        for number, name in enumerate(names, 1):
            yield {"file": name, **_one(reader, Path(name), number, out, given)}


def _given(identity: Path | None) -> tuple[Identity, ...]:
    """The values of the identity file, one a line."""
    if identity is None:
        return ()
    try:
        lines = identity.read_text("utf-8-sig", "replace").splitlines()
    except OSError as trouble:
        raise UsageTrouble(say("shield-no-identities", file=identity, why=why(trouble))) from trouble
    return tuple(Identity("value", line.strip()) for line in lines if line.strip())


def _one(reader: Reader, path: Path, number: int, out: Path, given: tuple[Identity, ...]) -> dict[str, Any]:
    try:
        if path.stat().st_size > LARGEST:
            return {"sent": None, "withheld": say("withheld-file-long")}
        data = path.read_bytes()
    except OSError as trouble:
        return {"sent": None, "withheld": say("read-no-file", why=why(trouble)), "unread": True}
    paper = reader.paper(data, path.name)
    if isinstance(paper, Died):
        return {"sent": None, "withheld": say("withheld-file-truncated")}
    copy = _copy(paper, path.name, number, given)
    if isinstance(copy, Withheld):
        return {"sent": None, "withheld": say(f"withheld-{copy.why.replace(':', '-')}")}
    try:
        (out / copy.name).write_bytes(copy.data)
    except OSError as trouble:
        return {"sent": None, "withheld": say("shield-no-folder", folder=out, why=why(trouble))}
    return {"sent": copy.name, "withheld": None}


def _copy(paper: Paper, name: str, number: int, given: tuple[Identity, ...]) -> Clean | Withheld:
    found = find_identities("", "\n".join((paper.text, *paper.aside)), "", "", (name,))
    known = (*given, *found)
    copy = clean_paper(paper, number, lambda text: str(redact("", text, known).text))
    if isinstance(copy, Clean) and known and guard_text(f"{copy.name}\n{copy.text}", known):
        return Withheld("file:identity")
    return copy
