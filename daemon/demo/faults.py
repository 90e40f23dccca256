"""Scripted faults of the doubles: what goes wrong, at which command, for which letter, how often.

    host.imap.faults.append(Fault("FETCH", "bye"))                       the next FETCH ends in `* BYE`
    host.imap.faults.append(Fault("LETTER", "cut", uid=7, count=600))    letter 7 breaks off after 600 bytes
    host.smtp.faults.append(Fault("RCPT", "answer", who="a@x.example", text="450 4.2.0 greylisted"))
    host.smtp.faults.append(Fault("DOT", "cut-after-store", after=3))    the fourth letter is stored, its answer never comes

Which words `do` knows stands in the double that acts on it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass
class Fault:
    """One fault: `at` a command or stage, `do` what; `times` -1 means for ever."""

    at: str
    do: str
    uid: int | None = None
    who: str | None = None
    after: int = 0
    times: int = 1
    text: str | bytes = ""
    seconds: float = 0.0
    count: int = 0
    uses: int = field(default=0, init=False)

    def words(self) -> bytes:
        """The text as bytes of the wire (a str becomes UTF-8)."""
        return self.text if isinstance(self.text, bytes) else self.text.encode()


class Faults(list[Fault]):
    """The faults still to come, in order; a used-up one is dropped."""

    def take(self, at: str | Iterable[str], uid: int | None = None, who: str | None = None) -> Fault | None:
        """The first fault that fits this moment, counted as used."""
        places = (at,) if isinstance(at, str) else tuple(at)
        for fault in list(self):
            if fault.at not in places or fault.uid not in (None, uid) or fault.who not in (None, who):
                continue
            if fault.after > 0:
                fault.after -= 1
                continue
            return self._use(fault)
        return None

    def _use(self, fault: Fault) -> Fault:
        fault.uses += 1
        if fault.uses == fault.times:
            self.remove(fault)
        return fault
