"""The units (承办单位) of the county and how a letter may call them. Their contacts are not policy: they stand in the database."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class UnitKind(StrEnum):
    """What a unit is; decides whether a rule may route to it at all."""

    TOWNSHIP = "township"
    DEPARTMENT = "department"
    UTILITY = "utility"
    ABOVE_RULES = "above-rules"
    """The Bureau itself, 督查室, county leaders (R4): only the head decides."""
    JUSTICE = "justice"
    """Courts, procurators, 纪委 (N1, N2): never routed by rule."""
    PARTY = "party"
    """Party committee offices: a person decides."""


NEVER_BY_RULE = frozenset({UnitKind.ABOVE_RULES, UnitKind.JUSTICE, UnitKind.PARTY})


@dataclass(frozen=True, slots=True)
class UnitEntry:
    """One unit: official name, other names, line (归口)."""

    name: str
    kind: UnitKind
    line: str
    because: str
    full: str = ""
    aliases: tuple[str, ...] = ()
    former: tuple[str, ...] = ()
    later: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    """Aliases that are ordinary words too (古城, 向阳): count only before an organ word."""

    @property
    def township(self) -> bool:
        """A street office, town or township: graded responsibility (分级负责)."""
        return self.kind is UnitKind.TOWNSHIP

    @property
    def by_rule(self) -> bool:
        """Whether a rule may propose this unit."""
        return self.kind not in NEVER_BY_RULE

    @property
    def names(self) -> tuple[str, ...]:
        """Every name that means this unit without context, the official one first."""
        full = (self.full,) if self.full else ()
        return tuple(dict.fromkeys((self.name, *full, *self.aliases, *self.former, *self.later)))


@dataclass(frozen=True)
class UnitDirectory:
    """All units, found by name or alias. Aliases of several units (税务局 in 2017) stand in `shared`."""

    units: tuple[UnitEntry, ...]
    shared: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    prefixes: tuple[str, ...] = ()
    """What a letter may put before a name: 县, 我县, 桓仁县…"""
    _named: Mapping[str, UnitEntry] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        named = {name: unit for unit in self.units for name in (*unit.names, *unit.weak)}
        object.__setattr__(self, "_named", named)

    def __iter__(self) -> Iterator[UnitEntry]:
        return iter(self.units)

    def __contains__(self, name: str) -> bool:
        return self.find(name) is not None

    def __getitem__(self, name: str) -> UnitEntry:
        unit = self.find(name)
        if unit is None:
            raise KeyError(name)
        return unit

    def find(self, words: str) -> UnitEntry | None:
        """The unit of exactly this name or alias, with or without the county before it; None where none or several are meant."""
        if words in self._named:
            return self._named[words]
        if not words.startswith(self.prefixes):
            return None
        rests = (words[len(prefix) :] for prefix in self.prefixes if words.startswith(prefix))
        return next((self._named[rest] for rest in rests if rest in self._named), None)
