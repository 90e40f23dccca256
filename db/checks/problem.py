"""What a check says, and what it may look at."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from db.moment import kept
from rules.policy.office import Limits
from rules.wording import wording

say = wording("db")
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong: the invariant, where (references and hashes, never a row's number), and what it says with what to do."""

    invariant: str
    where: str
    says: str


@dataclass(frozen=True, slots=True)
class Night:
    """The moment of an audit, and how many automatic letters the book allows."""

    now: datetime
    limits: Limits | None = None

    @property
    def hour_ago(self) -> str:
        """As the tables keep it."""
        return kept(self.now - HOUR)

    @property
    def day_ago(self) -> str:
        """As the tables keep it."""
        return kept(self.now - DAY)


Check = Callable[[Connection, Night], Iterator[Problem]]
