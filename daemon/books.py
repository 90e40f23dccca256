"""Reads a folder of chapters from disk and makes the Book of it.

    book = read_book(Path("rules/book"))      # HUIYIN_BOOK; None = the book as shipped

LIMITS: a folder larger than BOOK_MOST bytes or with more than FILES_MOST files is refused before it is read.
"""

from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from shutil import copymode

from daemon.disk import why
from rules.policy import Book, load
from rules.trouble import BookTrouble, UsageTrouble
from rules.wording import wording

say = wording("daemon")
BOOK_MOST = 16 * 1024 * 1024
FILES_MOST = 500


def shipped() -> Path:
    """The folder of Huanren's book, as shipped."""
    return Path(str(files("rules.book")))


def read_chapters(folder: Path | None = None) -> Mapping[str, bytes]:
    """Every chapter's bytes: `*.toml`, `calendar/*.toml`, `letters/*.j2`. Raises BookTrouble where the folder cannot be read (F89)."""
    root = folder or shipped()
    try:
        if not root.is_dir():
            raise BookTrouble(say("no-book", folder=root))
        paths = sorted([*root.glob("*.toml"), *root.glob("calendar/*.toml"), *root.glob("letters/*.j2")])
        if not any(path.suffix == ".toml" for path in paths):
            raise BookTrouble(say("book-none", folder=root))
        if len(paths) > FILES_MOST or sum(path.stat().st_size for path in paths) > BOOK_MOST:
            raise BookTrouble(say("book-too-big", folder=root))
        return {path.relative_to(root).as_posix(): path.read_bytes() for path in paths}
    except OSError as trouble:
        raise BookTrouble(say("book-unreadable", folder=root, why=why(trouble))) from trouble


def read_book(folder: Path | None = None) -> Book:
    """The book in the folder. Raises BookTrouble (BookRefused with every fault)."""
    return load(read_chapters(folder))


def write_chapters(folder: Path, chapters: Mapping[str, bytes]) -> None:
    """Chapters that changed, each written aside and renamed, with the rights it had. Raises UsageTrouble, which names the folder."""
    try:
        for name, data in chapters.items():
            path = (folder / name).resolve()  # a chapter that is a link stays one
            aside = path.with_name(f"{path.name}.new")
            aside.write_bytes(data)
            copymode(path, aside)
            aside.replace(path)
    except OSError as trouble:
        raise UsageTrouble(say("book-no-folder", folder=folder, why=why(trouble))) from trouble


def to_fill(book: Book) -> tuple[str, ...]:
    """What a new office must still write into its book before `run` starts, in the clerk's words; empty = ready."""
    wanted = []
    if not book.office.phone:
        wanted.append(say("fill-phone"))
    missing = [role.label for role in book.roles.roles.values() if not book.office.holders(role.key)]
    if missing:
        wanted.append(say("fill-staff", roles="、".join(missing)))
    return tuple(wanted)
