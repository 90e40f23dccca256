"""登记表 (domain §2.7): the register sheet of a case as rows of label and words; who complained stands in it only where it is given."""

from collections.abc import Iterable, Iterator

from rules.case import CaseFile
from rules.evidence.words import word
from rules.policy import Book
from rules.shield import Identity
from rules.shield.redact import kind_word
from rules.shown import number
from rules.wording import wording

say = wording("rules.evidence")
Row = tuple[str, str]


def register_sheet(file: CaseFile, book: Book, draft: str, identities: Iterable[Identity] | None) -> tuple[Row, ...]:
    """The rows; `draft` is what a unit may read of the complaint. `identities` None: the copy does not say who complained."""
    rows = (*_head(file, book), *_who(file, identities), *_matter(file, book, draft), *_end(file, book))
    return tuple((say(f"sheet-{key}"), words) for key, words in rows if words)


def _head(file: CaseFile, book: Book) -> Iterator[Row]:
    yield "number", f"{number(file, book)}（{file.ref}）"
    yield "received", file.received.isoformat()
    yield "channel", word("channel", file.channel)
    yield "above", "　".join(file.above)
    yield "kind", book.labels["kind"].get(file.kind, file.kind)


def _who(file: CaseFile, identities: Iterable[Identity] | None) -> Iterator[Row]:
    if identities is None:
        yield "complainant", say("complainant-kept")
        return
    own = [one for one in identities if one.role == "complainant"]
    words = "；".join(f"{kind_word(one.kind)} {one.value}" for one in own)
    yield "complainant", words or say("complainant-anonymous" if file.anonymous else "complainant-none")
    yield "consent", word("consent", file.consent)


def _matter(file: CaseFile, book: Book, draft: str) -> Iterator[Row]:
    yield "categories", "、".join(file.categories)
    yield "flags", "、".join(book.labels["flag"].get(flag, flag) for flag in file.flags)
    yield "draft", draft


def _end(file: CaseFile, book: Book) -> Iterator[Row]:
    yield "handling", book.labels["mode"].get(file.handling, "")
    yield "lead", file.lead
    yield "co-units", "、".join(file.co_units)
    yield "rounds", str(file.round) if file.round > 1 else ""
    yield "state", book.label("state", file.state.value)
    yield "finding", word("finding", file.finding)
    yield "outcome", word("outcome", file.outcome)
    yield "ground", _ground(file, book)
    yield "promises", say("promises-told", kept=file.kept, broken=file.broken) if file.kept + file.broken else ""


def _ground(file: CaseFile, book: Book) -> str:
    ground = book.grounds.get(file.ground)
    return ground.name if ground else file.ground
