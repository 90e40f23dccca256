"""What a person is asked about a letter: each question a kind and one sentence for staff."""

from rules.judging.court import Court
from rules.judging.matter import Query, Quest
from rules.judging.seeing import Sight
from rules.policy.matters import GRIEVANCES, Kind
from rules.wording import wording

say = wording("rules.judging")


def asked(sight: Sight, court: Court) -> tuple[Query, ...]:
    """The questions, most pressing first; empty = a rule may go on by itself."""
    return (*_pressing(sight), *_about_units(sight), *_grounds(sight, court), *_kind(sight))


def _pressing(sight: Sight) -> list[Query]:
    urgent = [hit for rule, evidence in sight.grounds if rule.target == "N11" for hit in evidence]
    questions = []
    if urgent:
        words = "、".join(dict.fromkeys(sight.scene.quote(hit.start, hit.end) for hit in urgent))
        questions.append(Query(Quest.URGENT, say("ask-urgent", words=words)))
    if sight.scene.matter.sender_unit and sight.kind.kind not in (Kind.CONTACT, Kind.COPY, Kind.UNIT_REPLY):
        questions.append(Query(Quest.UNIT_SENDER, say("ask-unit-sender", unit=sight.scene.matter.sender_unit)))
    return questions


def _about_units(sight: Sight) -> list[Query]:
    questions = [
        Query(Quest.LOOKALIKE, say("ask-lookalike", words=words, unit=unit)) for words, unit in sight.lookalikes
    ]
    way, accused = sight.way, sight.accused
    for quest, names in ((Quest.OURSELVES, way.ourselves), (Quest.JUSTICE, way.justice), (Quest.REPORT, way.reported)):
        if names:
            questions.append(Query(quest, say(f"ask-{quest.value}", units="、".join(names))))
    for party in accused:
        if party.best.shared:
            units = "、".join(party.best.shared)
            questions.append(Query(Quest.AMBIGUOUS, say("ask-ambiguous", words=party.best.words, units=units)))
    townships = [party for party in accused if party.best.township]
    if len(accused) > 1 or townships:
        units = "、".join(party.best.words for party in accused)
        questions.append(Query(Quest.SEVERAL, say("ask-several", units=units)))
    if not accused and not way.ourselves and sight.kind.kind in GRIEVANCES:
        questions.append(Query(Quest.UNIT, say("ask-unit")))
    return questions


def _grounds(sight: Sight, court: Court) -> list[Query]:
    questions = []
    for number in sight.ground_numbers:
        ground = court.book.grounds[number]
        if number == "N8":
            questions.append(Query(Quest.ANONYMOUS, say("ask-anonymous")))
        elif number != "N11":
            says = say("ask-ground", number=number, name=ground.name, proposal=ground.proposal)
            questions.append(Query(Quest.GROUND, says))
    return questions


def _kind(sight: Sight) -> list[Query]:
    questions = []
    if sight.kind.points == 0:
        questions.append(Query(Quest.UNCLEAR, say("ask-unclear")))
    names = [*(rule.name for rule, _ in sight.supervision), *([sight.many] if sight.many else [])]
    if names and sight.kind.kind in GRIEVANCES:
        questions.append(Query(Quest.SUPERVISE, say("ask-supervise", names="、".join(names))))
    return questions
