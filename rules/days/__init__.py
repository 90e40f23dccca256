"""Working days (工作日): the calendar of the book, dates counted with it, and the words that say how a date came about.

    calendar = load({"2017.toml": b"...", "statutory.toml": b"..."})
    calendar.add_workdays(date(2017, 5, 25), 5)      # Due(2017-06-02)

All days are days in Asia/Shanghai (`local_day`); no clock is read here.
"""

from rules.days.calendar import Calendar, Due, Mark
from rules.days.explain import Counted, explain, lines
from rules.days.load import load
from rules.days.moved import Moved, Term, changed_days, moved
from rules.days.zone import SHANGHAI, Received, local_day, minute_shown, received_at

__all__ = [
    "SHANGHAI",
    "Calendar",
    "Counted",
    "Due",
    "Mark",
    "Moved",
    "Received",
    "Term",
    "changed_days",
    "explain",
    "lines",
    "load",
    "local_day",
    "minute_shown",
    "moved",
    "received_at",
]
