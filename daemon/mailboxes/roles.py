"""Which folder is what, and which ones are polled.

role(("\\\\Sent",), "&XfJT0ZAB-" decoded, "/")  ->  Role.SENT
to_poll(seen, wanted=())                        ->  Polling(polled, missing, reported)
"""

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.resources import files

from daemon.mailboxes.seen import FolderSeen, Role

_TABLES = tomllib.loads(files("daemon.mailboxes").joinpath("roles.toml").read_text("utf-8"))
_BY_FLAG = {flag.lower(): Role(role) for flag, role in _TABLES["flags"].items()}
_BY_NAME = {name.lower(): Role(role) for name, role in _TABLES["names"].items()}
_ORDER = (Role.SENT, Role.INBOX, Role.JUNK, Role.OTHER)


def role(flags: Iterable[str], name: str, separator: str) -> Role:
    """What a folder is for."""
    if name.upper() == "INBOX":
        return Role.INBOX
    marked = next((_BY_FLAG[flag.lower()] for flag in flags if flag.lower() in _BY_FLAG), None)
    last = name.rpartition(separator)[2] if separator else name
    return marked or _BY_NAME.get(last.lower(), Role.OTHER)


@dataclass(frozen=True)
class Polling:
    """Folders to poll (Sent first: it settles unknown sends), names wanted but not there (F49), folders only to report (virus)."""

    polled: tuple[FolderSeen, ...]
    missing: tuple[str, ...]
    reported: tuple[FolderSeen, ...]


def to_poll(seen: Sequence[FolderSeen], wanted: Sequence[str]) -> Polling:
    """Without wanted names: Sent, INBOX, all junk, folders the office made itself. With names: those, and Sent where there is one."""
    names = {_folded(name) for name in wanted}
    chosen = [folder for folder in seen if folder.role is Role.SENT or _asked(folder, names)]
    there = {_folded(folder.name) for folder in seen}
    polled = sorted(chosen, key=lambda folder: _ORDER.index(folder.role) if folder.role in _ORDER else len(_ORDER))
    missing = tuple(name for name in wanted if _folded(name) not in there)
    return Polling(
        tuple(polled), missing, tuple(folder for folder in seen if folder.role is Role.VIRUS and folder not in chosen)
    )


def _asked(folder: FolderSeen, names: set[str]) -> bool:
    return _folded(folder.name) in names if names else folder.role in _ORDER


def _folded(name: str) -> str:
    return "INBOX" if name.upper() == "INBOX" else name
