"""Clocks (时限): terms counted in working days, their pauses and extensions, and the one step of a ladder that is due now.

Pure arithmetic on `ClockRow`; which clocks there are, their days and their ladders stand in the book (`clocks.toml`).
"""

from rules.clocks.ladder import Rung, rung_due, rungs
from rules.clocks.row import ClockRow, Pause, extend, moved, pause, resume, start

__all__ = ["ClockRow", "Pause", "Rung", "extend", "moved", "pause", "resume", "rung_due", "rungs", "start"]
