"""What every event is: about one file, on a warrant, with a body the ledger keeps."""

import dataclasses
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from rules.decision import Warrant, WarrantKind

OFFICE = "office"
CASE = "case:"
BY_RULE = Warrant(WarrantKind.RULE)


def about_case(ref: str) -> str:
    """The ledger's name of a case's file."""
    return f"{CASE}{ref}"


def ref_of(about: str) -> str:
    """The reference of the case that the file is; '' where it is a unit or the office."""
    return about.removeprefix(CASE) if about.startswith(CASE) else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened to a file, on a warrant."""

    v: ClassVar[int] = 1
    about: str
    warrant: Warrant = BY_RULE

    @property
    def kind(self) -> str:
        """The class's name: the ledger's word."""
        return type(self).__name__

    def body(self) -> dict[str, Any]:
        """What the ledger keeps, ready for JSON; dates as ISO days."""
        names = (field.name for field in dataclasses.fields(self) if field.name not in ("about", "warrant"))
        return {name: _plain(getattr(self, name)) for name in names}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value
