"""A case (案件): `fold` takes one event into it. `audit` folds all of them again and compares."""

import dataclasses
from collections.abc import Iterable

from rules import events as ev
from rules.casefile import CaseFile, Running
from rules.changes import CHANGES, PAUSED
from rules.events import Event, ref_of
from rules.life import STANDING, State, walk

__all__ = ["ABOVE", "PAUSED", "CaseFile", "Running", "fold", "fold_all"]


def fold(file: CaseFile | None, event: Event) -> CaseFile:
    """The case after the event. Raises ImpossibleMove where the life table forbids it; a first event must be Registered."""
    if isinstance(event, ev.Registered):
        return _registered(event)
    if file is None:
        raise ValueError(f"{event.kind} before Registered: {event.about}")
    state = walk(file.state, event.kind, event.warrant)
    change = CHANGES.get(event.kind)
    changed = change(file, event) if change else {}
    if event.kind == "SupplementAsked" or STANDING[state].ended or state is not file.state:
        changed = {**changed, "clocks": _kept_clocks(changed.get("clocks", file.clocks), state), "state": state}
    return dataclasses.replace(file, **changed) if changed else file


def fold_all(file: CaseFile, events: Iterable[Event]) -> CaseFile:
    """The case after those of the events that are about it."""
    for event in events:
        if event.about == file.about and not isinstance(event, ev.Registered):
            file = fold(file, event)
    return file


ABOVE = "above"
"""上级转办: the channel, and the clock of the upper office's own due day, which runs beside the office's own until the case ends."""


def _kept_clocks(clocks: tuple[Running, ...], state: State) -> tuple[Running, ...]:
    """A new state ends the clocks of the old one but its own; promises to the complainant run on until the case ends."""
    if STANDING[state].ended:
        return ()
    own = STANDING[state].clock
    return tuple(clock for clock in clocks if clock.promised or clock.left is not None or clock.clock in (own, ABOVE))


def _registered(event: ev.Registered) -> CaseFile:
    return CaseFile(
        ref=ref_of(event.about),
        year=event.year,
        serial=event.serial,
        state=State.REGISTERED,
        kind=event.kind_of,
        received=event.received,
        categories=event.categories,
        channel=event.channel,
        anonymous=event.anonymous,
        flags=event.flags,
    )
