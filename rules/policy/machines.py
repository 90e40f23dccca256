"""What is done with machine mail (A46–A53): never answered, its kind named, a weekly sample shown to a person."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MachinePolicy:
    """The chapter machine.toml."""

    signals_needed: int
    """So many signs at least before a letter counts as spam (L56); with fewer it is held."""
    complaint_words: tuple[str, ...]
    """A letter with one of these is never judged spam by rule (L57)."""
    sample_per_week: int
    advertising: Mapping[str, tuple[str, ...]]
    """Sign -> words: one sign each."""
    because: str
