"""Which day it is in the office, whatever the host's time zone (F81, F82).

LIMITS: a fixed +08:00, since Asia/Shanghai has had no summer time after 1991; letters of before do not come.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")
EARLIEST_YEAR = 2000
"""No mail server of the office is older: an INTERNALDATE of 1970 is a server without a clock (F60)."""
AHEAD = timedelta(hours=24)
"""How far a server's clock may be ahead of ours before its date is not believed (F60)."""


@dataclass(frozen=True, slots=True)
class Received:
    """When a letter arrived. `guessed`: the server's date was absent or impossible, so it is the time of keeping."""

    at: datetime
    guessed: bool = False

    @property
    def day(self) -> date:
        """The day of receipt in Asia/Shanghai; a clock counts from the day after."""
        return local_day(self.at)


def local_day(moment: datetime) -> date:
    """The day in Asia/Shanghai. Raises ValueError for a moment without a zone: guessing it would move deadlines."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone has no day")
    return moment.astimezone(SHANGHAI).date()


def minute_shown(moment: datetime) -> str:
    """2017-05-09 09:12 of the office's day."""
    return f"{moment.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"


def received_at(internaldate: datetime | None, kept: datetime) -> Received:
    """The server's INTERNALDATE, or the time of keeping where it is absent or impossible (F60); never the sender's Date."""
    if internaldate is None or internaldate.tzinfo is None:
        return Received(kept, guessed=True)
    if local_day(internaldate).year < EARLIEST_YEAR or internaldate > kept + AHEAD:
        return Received(kept, guessed=True)
    return Received(internaldate)
