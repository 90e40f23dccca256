"""A book to change in tests: the shipped chapters, with some of them written anew."""

from collections.abc import Mapping

from daemon.books import read_chapters

SHIPPED = dict(read_chapters())


def chapters(**changed: str | bytes | None) -> Mapping[str, bytes]:
    """The shipped chapters with `office="…"` for office.toml; None leaves one out."""
    made = dict(SHIPPED)
    for name, text in changed.items():
        made.pop(f"{name}.toml")
        if text is not None:
            made[f"{name}.toml"] = text.encode() if isinstance(text, str) else text
    return made


def shipped(name: str) -> str:
    """The text of a shipped chapter."""
    return SHIPPED[f"{name}.toml"].decode()
