"""Which bulk letters are a person's after all (L56, L57): machine mail is never answered, its kind named, a weekly sample shown (`[day]`)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MachinePolicy:
    """The chapter machine.toml."""

    complaint_words: tuple[str, ...]
    """A letter with one of these is never judged spam by rule (L57)."""
    because: str
