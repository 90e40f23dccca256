"""Who handles it (domain §5.3, R1–R4): the respondent's own unit and line, else the line the letter's words speak for.

R1 a report never goes to the reported: only the line above it is proposed. R4 the Bureau, 督查室, county government and leaders,
and courts, procurators, 纪委, party offices: nothing is proposed, a person decides.
"""

from dataclasses import dataclass

from rules.judging.court import Court
from rules.judging.matter import Routed
from rules.judging.naming import Form, Mention
from rules.judging.respondents import Party
from rules.judging.spotting import Hit, Scene
from rules.policy.matters import Line
from rules.policy.units import UnitEntry, UnitKind

ROUTES_MOST = 4


@dataclass(frozen=True, slots=True)
class Way:
    """What is proposed and what stands against a rule doing it."""

    route: tuple[Routed, ...] = ()
    ourselves: tuple[str, ...] = ()
    """R4: names of those only the head decides about."""
    justice: tuple[str, ...] = ()
    reported: tuple[str, ...] = ()
    """R1: organs reported, which must not see the letter."""
    line: Line | None = None
    """The subject line, where that decided."""
    spoken: tuple[Hit, ...] = ()


def way(scene: Scene, court: Court, parties: tuple[Party, ...], *, report: bool, leaders: tuple[str, ...]) -> Way:
    """The proposed route with what stands against it."""
    organs = [party.best for party in parties if party.best.form is not Form.FIRM]
    ourselves = leaders + tuple(each.words for each in organs if _kind(each) is UnitKind.ABOVE_RULES)
    justice = tuple(each.words for each in organs if _barred(each, court))
    if ourselves or justice:
        return Way(ourselves=ourselves, justice=justice)
    routed = tuple(dict.fromkeys(each for mention in organs for each in _routed(mention, court, report=report)))
    reported = tuple(each.words for each in organs) if report else ()
    if routed:
        return Way(route=routed[:ROUTES_MOST], reported=reported)
    ranked = [entry for entry in court.lines.ranked(scene) if not entry[0].never]
    if not ranked:
        return Way(reported=reported)
    line, _, spoken = ranked[0]
    named = {party.best.unit for party in parties}
    unit = unit_of_line(court, line.name)
    return Way(
        (Routed(unit.name if unit and unit not in named else None, line.name),),
        reported=reported,
        line=line,
        spoken=spoken,
    )


def unit_of_line(court: Court, line: str) -> UnitEntry | None:
    """The unit that answers for the line: the only one, or none where several share it."""
    units = [unit for unit in court.book.units if unit.line == line and unit.by_rule]
    return units[0] if len(units) == 1 else None


def _kind(mention: Mention) -> UnitKind | None:
    return mention.unit.kind if mention.unit else None


def _barred(mention: Mention, court: Court) -> bool:
    if mention.unit:
        return not mention.unit.by_rule and mention.unit.kind is not UnitKind.ABOVE_RULES
    line = court.lines.of_organ(mention.words)
    return line is not None and line.never


def _routed(mention: Mention, court: Court, *, report: bool) -> list[Routed]:
    """A township's substation: the line's department leads, the township helps (归口办理)."""
    units = [mention.unit] if mention.unit else [court.book.units[name] for name in mention.shared]
    routed = [Routed(None if report else unit.name, unit.line) for unit in units if unit.line]
    if mention.township and not report:
        routed.append(Routed(mention.township.name, mention.township.line))
    if not routed:
        line = court.lines.of_organ(mention.words)
        routed = [Routed(None, line.name)] if line else []
    return routed
