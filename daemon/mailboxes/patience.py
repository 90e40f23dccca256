"""How long to leave a server alone after a failure, as a value; the time and the jitter are handed in.

    GROWING   1, 2, 4, 8, 16, 30, 30 … minutes
    AUTH      1, 2 minutes; from the third refusal on one try every 30 minutes (F54: no hammering, 163 locks accounts)
    NONE      no waiting

A success wipes it clean. `jitter` in [0, 1) spreads offices that failed together: it shortens a wait by up to a tenth.
"""

from dataclasses import dataclass, replace

from daemon.mailboxes.troubles import Wait

FIRST, LONGEST = 60.0, 1800.0
AUTH_TRIES = 3


@dataclass(frozen=True)
class Patience:
    """Failures in a row, refusals of a login in a row, and the moment (in seconds of any steady clock) before which nothing is tried."""

    failures: int = 0
    refusals: int = 0
    until: float = 0.0

    def after(self, wait: Wait, now: float, jitter: float = 0.0) -> "Patience":
        """The patience after one more failure."""
        if wait is Wait.NONE:
            return self
        refusals = self.refusals + (wait is Wait.AUTH)
        failures = self.failures + 1
        long = wait is Wait.AUTH and refusals >= AUTH_TRIES
        delay = LONGEST if long else min(LONGEST, FIRST * 2 ** min(failures - 1, 10))
        return replace(self, failures=failures, refusals=refusals, until=now + delay * (1 - jitter / 10))

    def left(self, now: float) -> float:
        """Seconds still to wait; 0 when it may be tried."""
        return max(0.0, self.until - now)
