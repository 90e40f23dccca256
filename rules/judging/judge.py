"""The judgement of one letter: kind, categories, respondents, scope, grounds, mode, route, questions, and why.

Pure: the same letter and book give the same judgement. Only the sender's own words count: no quoted history, no signature.
A rule proposes; refusing, handing over and sending on what is unclear are a person's (NEVER-REFUSE).
"""

from typing import Any

from rules.judging.asked import asked
from rules.judging.court import court
from rules.judging.matter import Confidence, Finding, Judgement, Matter, Named, Query, Quest
from rules.judging.naming import Form
from rules.judging.respondents import Party
from rules.judging.seeing import SPEAK_OF_ORGANS, Sight, see
from rules.judging.spotting import Hit, Scene
from rules.policy.book import Book
from rules.policy.matters import GRIEVANCES, Kind, Mode
from rules.wording import wording

say = wording("rules.judging")
CERTAIN_LEAD = 3
CERTAIN_DEEDS = 4
QUOTED_MOST = 6
REASONS_MOST = 40
"""So many rules are told; nobody reads more."""


def judge(matter: Matter, book: Book) -> Judgement:
    """What the book proposes for the letter."""
    bench = court(book)
    sight = see(matter, bench)
    questions = asked(sight, bench)
    return Judgement(
        kind=sight.kind.kind,
        categories=sight.categories if sight.kind.kind in SPEAK_OF_ORGANS | {Kind.THANKS, Kind.CONSULT} else (),
        respondents=tuple(_named(sight.scene, party) for party in sight.accused),
        mentioned=tuple(_named(sight.scene, party) for party in sight.parties if _only_named(party, sight.accused)),
        scope=sight.scope,
        grounds=sight.ground_numbers,
        mode=_mode(sight),
        route=sight.way.route,
        questions=questions,
        confidence=_confidence(sight, questions),
        why=_why(sight),
    )


def _named(scene: Scene, party: Party) -> Named:
    best = party.best
    return Named(best.unit.name if best.unit else None, scene.quote(best.start, best.end))


def _only_named(party: Party, accused: tuple[Party, ...]) -> bool:
    return party not in accused and party.best.form is Form.ORGAN


def _mode(sight: Sight) -> Mode | None:
    """What handling is proposed; None where a person must say first, or where there is nothing to handle."""
    if sight.kind.kind is Kind.COPY:
        return Mode.UNIT_DIRECT
    if sight.kind.kind not in GRIEVANCES or sight.way.ourselves or sight.way.justice:
        return None
    if sight.kind.kind is Kind.REPORT and sight.way.reported:
        return Mode.DIRECT
    if sight.grounds or not sight.way.route:
        return None
    if sight.supervision or sight.many:
        return Mode.KEY_SUPERVISION
    return Mode.TRANSFER if sight.accused else None


def _confidence(sight: Sight, questions: tuple[Query, ...]) -> Confidence:
    if sight.kind.points == 0 or any(query.quest in (Quest.UNCLEAR, Quest.UNIT) for query in questions):
        return Confidence.LOW
    lead = next(iter(sight.accused), None)
    sure = lead is not None and (lead.fielded or lead.deeds >= CERTAIN_DEEDS) and sight.kind.lead >= CERTAIN_LEAD
    return Confidence.HIGH if sure and not questions else Confidence.MIDDLE


def _why(sight: Sight) -> tuple[Finding, ...]:
    """The reasons, in the letter's own words."""
    scene = sight.scene
    held = (*sight.kind.held, *sight.category_rules, *sight.grounds, *sight.scope_rules, *sight.supervision)
    found = [_finding(scene, rule.name, rule.because, evidence) for rule, evidence in held[:REASONS_MOST]]
    for party in sight.accused:
        best = party.best
        shelf = "why-field" if party.fielded else "why-verb" if party.deeds else "why-place"
        hits = (Hit(best.start, best.end, best.words), *party.evidence)
        found.append(_finding(scene, say(shelf), say(f"{shelf}-because"), hits))
        if best.township:
            found.append(_finding(scene, say("why-township"), say("why-township-because"), hits[:1]))
    if sight.way.line:
        line = sight.way.line
        found.append(_finding(scene, say("why-line", line=line.name), line.because, sight.way.spoken))
    return tuple(found)


def _finding(scene: Scene, rule: str, because: str, hits: tuple[Hit, ...]) -> Finding:
    places = list(dict.fromkeys((hit.start, hit.end) for hit in hits if hit.end > hit.start))[:QUOTED_MOST]
    return Finding(
        rule,
        because,
        tuple(scene.quote(start, end) for start, end in places),
        tuple(scene.folded.span(start, end) for start, end in places),
    )


def as_json(judgement: Judgement, book: Book) -> dict[str, Any]:
    """The judgement as `judge --json` prints it, without the id; kinds and modes in the office's words."""
    return {
        "kind": book.label("kind", judgement.kind.value),
        "categories": list(judgement.categories),
        "respondents": [{"unit": each.unit, "words": each.words} for each in judgement.respondents],
        "mentioned": [{"unit": each.unit, "words": each.words} for each in judgement.mentioned],
        "scope": judgement.scope.value,
        "grounds": list(judgement.grounds),
        "mode": book.label("mode", judgement.mode.value) if judgement.mode else None,
        "route": [{"unit": each.unit, "line": each.line} for each in judgement.route],
        "questions": [query.says for query in judgement.questions],
        "confidence": judgement.confidence.value,
        "why": [{"rule": each.rule, "because": each.because, "words": list(each.words)} for each in judgement.why],
    }
