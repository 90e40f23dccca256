"""May this sender change that unit's rows by himself (domain §4.3.12, A13, A16)? Only from the unit's registered address, and not where
the receiving server doubts that he is who he says. The office itself may speak for any unit.

LIMITS: a mailbox whose password is known to others passes; the notice to the old address and the code from the new one are for that.
"""

from collections.abc import Mapping, Sequence

from rules.contacts.units import UnitNames
from rules.letter import Letter


def units_of_sender(letter: Letter, registered: Mapping[str, str]) -> tuple[str, ...]:
    """The units whose registered address the letter names as its sender; nothing is proved by that."""
    address = letter.from_addr.strip().lower()
    return tuple(unit for unit, known in registered.items() if address and known.strip().lower() == address)


def distrust(letter: Letter, units: Sequence[str], registered: Mapping[str, str], names: UnitNames) -> str:
    """'' where the sender may change all these units by himself; otherwise the word of doubt."""
    if not authentic(letter):
        return "sender:auth-failed"
    own = units_of_sender(letter, registered)
    if not own:
        return "sender:unknown"
    if any(names.is_office(unit) for unit in own):
        return ""
    return "" if set(units) <= set(own) else "sender:other-unit"


def authentic(letter: Letter) -> bool:
    """The receiving server does not contradict the sender's address. A server that says nothing at all contradicts nothing."""
    return letter.auth == "pass" or (letter.auth == "none" and not letter.auth_line and not letter.from_trouble)
