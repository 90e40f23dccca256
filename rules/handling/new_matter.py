"""A new matter as the rules see it, and what a person is asked of it; asked again when its kind is another, or when more was told."""

import dataclasses
from dataclasses import dataclass

from rules.asking import ask
from rules.case import CaseFile
from rules.decision import Draft, Question, Warrant
from rules.desk import Desk
from rules.events import ClockStarted
from rules.handling.drafting import drafted, identities_of
from rules.handling.first_question import first_question, unreached
from rules.handling.held import told
from rules.handling.own_reader import own_reader, warning
from rules.judging import Judgement, Matter, judge
from rules.letter import Letter
from rules.policy.answering import proposed as ready_answers
from rules.policy.matters import GRIEVANCES, Kind
from rules.shield import Identity, Redaction
from rules.shown import next_reference
from rules.terms import promise_result, start

READY_MOST = 3
"""So many ready answers are shown with a question."""


@dataclass(frozen=True, slots=True)
class NewMatter:
    """One new matter: the letter, what rules see in it, who would be known by it, and what a unit may read."""

    letter: Letter
    desk: Desk
    judgement: Judgement
    identities: tuple[Identity, ...]
    redaction: Redaction
    ref: str
    channel: str = "mailbox"
    reader: tuple[str, str] = ("", "")
    """The unit whose own contact person or leader in charge the letter speaks of, and how it calls him (R3)."""


def study(letter: Letter, desk: Desk, channel: str) -> NewMatter:
    """The letter judged and redacted."""
    judged = judge(Matter.of(letter, desk.sender.unit or None), desk.book)
    identities = identities_of(letter, desk)
    return NewMatter(
        letter,
        desk,
        judged,
        identities,
        drafted(letter, identities, desk),
        next_reference(desk.book, desk.year, desk.next_serial),
        channel,
        own_reader(letter, [target.unit for target in judged.route if target.unit], desk),
    )


def first_clocks(desk: Desk, about: str, kind: Kind, warrant: Warrant) -> tuple[ClockStarted, ...]:
    """What runs, and is promised, from the day a matter is registered: the decision and the result, or an answer."""
    if kind not in GRIEVANCES:
        return (start(desk, about, "answer", warrant, promised=True),)
    return (start(desk, about, "accept", warrant, promised=True), promise_result(desk, about, warrant, accepted=False))


def question(matter: NewMatter, about: str) -> Question:
    """What a person must decide, with the rule's proposal and its reason in the letter's own words."""
    judged, letter, desk = matter.judgement, matter.letter, matter.desk
    units = [target.unit for target in judged.route if target.unit and target.unit != matter.reader[0]]
    handled = judged.kind in GRIEVANCES
    ready = () if handled else ready_answers(desk.book.answers, letter.own_words)
    far = next((unit for unit in units[:1] if desk.contact(unit) is None), "")
    kind = first_question(judged, ours=bool(matter.reader[0]), far=bool(far))
    asked = ask(
        desk,
        kind,
        matter.ref,
        about,
        **told(letter, desk),
        draft=matter.redaction.text if handled else "",
        proposal="、".join(units) if handled else "",
        competent="" if handled else "、".join(units),
        reason="；".join(dict.fromkeys(reason.because for reason in judged.why if reason.because)),
        evidence="；".join(dict.fromkeys(words for reason in judged.why for words in reason.words)),
        shield=matter.redaction.refused or "",
        why="；".join(
            (*unreached(kind, far), *warning(matter.reader), *(query.says.rstrip("。") for query in judged.questions))
        ),
        files="、".join(part.safe_name for part in letter.attachments),
        answers="\n".join(f"{answer.number} {answer.title}：{answer.text}" for answer in ready[:READY_MOST]),
    )
    proposal = tuple(
        (key, value)
        for key, value in (
            ("unit", "、".join(units)),
            ("ground", judged.grounds[0] if judged.grounds else ""),
            ("answer", ready[0].number if ready else ""),
        )
        if value
    )
    return dataclasses.replace(asked, proposal=proposal, urgent="N11" in judged.grounds)


def asked_anew(letter: Letter, desk: Desk, file: CaseFile, draft: Draft | None) -> Question:
    """What a person must decide of a case that nobody has taken up, now that its kind is another; with the draft as it stands."""
    return _again(study(letter, desk, file.channel), file, draft)


def asked_with_more(letter: Letter, desk: Desk, file: CaseFile, draft: Draft) -> Question:
    """The same once what was asked of the complainant has come: judged on what he wrote before and now together, as the draft has it."""
    judged = judge(Matter(draft.subject, draft.text), desk.book)
    reader = own_reader(letter, [target.unit for target in judged.route if target.unit], desk)
    asked = _again(dataclasses.replace(study(letter, desk, file.channel), judgement=judged, reader=reader), file, draft)
    return dataclasses.replace(asked, key=f"{asked.key}:{letter.sha256[:8]}")


def _again(matter: NewMatter, file: CaseFile, draft: Draft | None) -> Question:
    judged = dataclasses.replace(matter.judgement, kind=Kind(file.kind))
    asked = question(dataclasses.replace(matter, judgement=judged, ref=file.ref), file.about)
    facts = tuple((label, draft.text if label == "draft" and draft else says) for label, says in asked.facts)
    return dataclasses.replace(asked, facts=facts, letter=matter.letter.sha256)
