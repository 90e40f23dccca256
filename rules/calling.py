"""告知: what we would write to a complainant who has no mailbox is said to him by a person: by telephone, in person or by post (S19, S25).

Who came by telephone or in person is answered like everybody else: rules write his letters, and here each becomes a question to a handler.
Of whom nothing is known by which to reach him, a person is asked once; what nobody could tell him stays with the case (无法告知).
"""

import dataclasses
from collections.abc import Iterable, Mapping, Sequence

from rules.asking import ask
from rules.decision import Decision, Question
from rules.desk import Desk
from rules.events import Untold, ref_of
from rules.notices.notice import Notice
from rules.orders.order import text_hash
from rules.shield import Identity

REACHED_BY = ("mobile", "landline", "address")
Words = tuple[str, str]
"""A letter's template, and what it says."""


def with_calls(
    decision: Decision, said: Iterable[tuple[Notice, str]], desk: Desk, known: Mapping[str, tuple[Identity, ...]]
) -> Decision:
    """The decision with a question for each letter that a person must say, and a line for each that nobody can.

    `said`: letters without an address and their words. `known`: case -> what identifies its people. Where the unit answers its own case (S83)
    nobody of the office says anything.
    """
    calls: list[Question] = []
    lost: dict[str, list[tuple[Notice, str]]] = {}
    for notice, words in said:
        ref = ref_of(notice.about)
        file = desk.file(ref)
        if file is not None and file.handling == "unit-direct":
            continue
        if reached := whom(known.get(ref, ()), desk):
            calls.append(call(desk, notice.occasion, notice.about, reached, [(notice.template, words)]))
        else:
            lost.setdefault(notice.about, []).append((notice, words))
    every = [each for letters in lost.values() for each in letters]
    return dataclasses.replace(
        decision,
        events=(*decision.events, *(_untold(notice, words) for notice, words in every)),
        questions=(*decision.questions, *calls, *_asked_once(lost, desk)),
        texts=(*decision.texts, *(words for _, words in every)),
    )


def whom(known: Iterable[Identity], desk: Desk) -> str:
    """How the complainant is reached, and his name; '' where nothing is known by which to reach him."""
    his = [one for one in known if one.role == "complainant"]
    reached = [one.value for one in his if one.kind in REACHED_BY]
    names = [one.value for one in his if one.kind == "name" and not _ours(one.value, desk)]
    return "、".join(dict.fromkeys((*reached, *names))) if reached else ""


def call(desk: Desk, key: str, about: str, reached: str, letters: Sequence[Words]) -> Question:
    """Somebody tells him these letters."""
    return _with_words(ask(desk, "call", key, about, reached=reached), letters, desk)


def _asked_once(lost: Mapping[str, list[tuple[Notice, str]]], desk: Desk) -> Iterable[Question]:
    """With the first letter of a case that nobody can tell him; with those behind it nobody is asked again."""
    for about, letters in lost.items():
        ref = ref_of(about)
        file = desk.file(ref)
        if file is None or not file.untold:
            yield _with_words(
                ask(desk, "untold", ref, about), [(notice.template, words) for notice, words in letters], desk
            )


def _with_words(asked: Question, letters: Sequence[Words], desk: Desk) -> Question:
    """A fact for each letter's name and one for its words: none is cut for another's length."""
    told = [
        fact
        for template, words in letters
        for fact in {"letter": desk.book.label("letter", template), "says": words}.items()
    ]
    return dataclasses.replace(asked, facts=(*asked.facts, *told))


def _untold(notice: Notice, words: str) -> Untold:
    return Untold(about=notice.about, occasion=notice.occasion, template=notice.template, text=text_hash(words))


def _ours(name: str, desk: Desk) -> bool:
    """The person who entered the matter is hidden from units with it, and is nobody to telephone."""
    return any(name in (person.name, person.mailbox.partition("@")[0]) for person in desk.book.office.staff)
