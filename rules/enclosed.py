"""Files the house itself encloses in letters: they are in no letter that came, so whoever sends or keeps one asks here, by SHA-256."""

from collections.abc import Mapping
from functools import cache

from rules.contacts.blank import house_files as sheets
from rules.entry.form import form_files


@cache
def house_files() -> Mapping[str, bytes]:
    """SHA-256 -> bytes."""
    return {**sheets(), **form_files()}
