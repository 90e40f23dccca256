"""The book's folder, looked at between two letters: a changed book is taken whole once its files stand still, a bad one is told once (F89).

An editor saves chapter by chapter, and a file half of which is written looks torn: nothing is believed before it stood still for a while.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from daemon.books import read_chapters, to_fill
from daemon.office import Rules, take_rules
from rules.policy.load import book_hash
from rules.trouble import BookTrouble
from rules.wording import wording

say = wording("daemon")
SETTLED = 3.0
"""Seconds that the files must stand still."""


@dataclass
class BookWatch:
    """What was last seen in the folder, since when, and what was done about it."""

    folder: Path
    settled: float = SETTLED
    steady: Callable[[], float] = time.monotonic
    seen: str = ""
    since: float = 0.0
    dealt_with: str = ""

    def look(self, in_force: str) -> Rules | None:
        """The book to take instead of the one of that hash; None = nothing new. Raises BookTrouble once for every state that is refused."""
        chapters, trouble = self._read()
        sign = str(trouble) if trouble else book_hash(chapters)
        if sign != self.seen:
            self.seen, self.since = sign, self.steady()
        if sign == in_force:
            self.dealt_with = ""
        if sign in (in_force, self.dealt_with) or self.steady() - self.since < self.settled:
            return None
        self.dealt_with = sign
        if trouble:
            raise trouble
        rules = take_rules(chapters=chapters)
        wanted = to_fill(rules.book)
        if wanted:
            raise BookTrouble(say("book-pending", wanted="".join(wanted)))
        return rules

    def _read(self) -> tuple[dict[str, bytes], BookTrouble | None]:
        try:
            return dict(read_chapters(self.folder)), None
        except BookTrouble as trouble:
            return {}, trouble
