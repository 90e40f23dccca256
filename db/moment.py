"""Times as the tables keep them: ISO text in UTC with microseconds, so that text order is time order."""

from datetime import UTC, datetime


def kept(moment: datetime) -> str:
    """2017-05-09T01:12:00.000000Z. Raises ValueError for a naive time."""
    if moment.tzinfo is None:
        raise ValueError("a time without zone")
    return f"{moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='microseconds')}Z"


def read(text: str) -> datetime:
    """The time again, aware."""
    return datetime.fromisoformat(text)
