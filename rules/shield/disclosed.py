"""What the guard still looks for in the one letter that tells a unit who complained (披露身份), and what that letter says of him."""

from collections.abc import Iterable, Sequence

from rules.shield.folding import normal
from rules.shield.values import Identity


def still_hidden(known: Iterable[Identity], kinds: frozenset[str]) -> tuple[Identity, ...]:
    """All identities but what he agreed to have told: his own of these kinds, and what is only a part of one of those.

    A signature may be cut wrong (迟冬梅 of 尉迟冬梅): who may read the whole name reads its part.
    """
    everybody = tuple(known)
    told = [_place(one) for one in everybody if _his(one, kinds)]
    return tuple(one for one in everybody if not _his(one, kinds) and not _within(one, told))


def whole_ones(known: Sequence[Identity]) -> tuple[Identity, ...]:
    """Without those that are part of another one of the same kind: a name is told once, whole."""
    places = [_place(one) for one in known]
    return tuple(
        one
        for one, place in zip(known, places, strict=True)
        if not _within(one, [each for each in places if each != place])
    )


def _his(one: Identity, kinds: frozenset[str]) -> bool:
    return one.kind in kinds and one.role == "complainant"


def _place(one: Identity) -> tuple[str, str]:
    return one.kind, normal(one.value)


def _within(one: Identity, told: Iterable[tuple[str, str]]) -> bool:
    kind, value = _place(one)
    return any(kind == whole_kind and value in whole for whole_kind, whole in told)
