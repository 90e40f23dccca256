"""What is wrong with a book: file, line, what, remedy; all faults at once (F90)."""

from dataclasses import dataclass, field

from rules.trouble import BookTrouble
from rules.wording import wording

say = wording("rules.policy")


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing wrong in one place, with what to do about it, in the clerk's words."""

    file: str
    line: int
    what: str
    remedy: str = ""
    lacks: tuple[str, ...] = field(default=(), compare=False)
    """The keys, table by table, of what must be there and is not: what `rules.policy.updating` can add."""

    def __str__(self) -> str:
        return say("fault", file=self.file, line=self.line, what=self.what, remedy=self.remedy)


class BookRefused(BookTrouble):
    """The book is refused whole; `faults` has everything that is wrong with it, in the order of files and lines."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        self.faults = tuple(sorted(set(faults)))
        lacking = [fault for fault in self.faults if fault.lacks]
        remedy = [say("older", count=len(lacking))] if lacking else []
        super().__init__("\n".join([say("refused", count=len(self.faults)), *map(str, self.faults), *remedy]))
