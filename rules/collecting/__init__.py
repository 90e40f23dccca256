"""Collecting the units' contact sheets (信息表, S32): who has reported, late, not at all or with gaps; who is reminded, what 督查室 is told.

standings = standing(book, round, came, known)      # one Standing a unit that must report
reminder(desk, round, one, ladder)                  # Decision | None: the highest step that is due, for one unit
report(desk, round, standings, ladder)              # Decision | None: the list to 督查室
"""

from rules.collecting.reminding import TO_STAFF, TO_UNITS, due_step, reminder, report
from rules.collecting.standing import Came, Known, Standing, Status, standing

__all__ = [
    "TO_STAFF",
    "TO_UNITS",
    "Came",
    "Known",
    "Standing",
    "Status",
    "due_step",
    "reminder",
    "report",
    "standing",
]
