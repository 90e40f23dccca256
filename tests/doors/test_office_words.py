"""Every sentence the doors use stands in the wording, every sentence of the wording is used, and a question's letter is whole."""

import re
import tomllib
from importlib.resources import files

import pytest
from desks import HEAD, LAND, RECEIVER, a_desk, the_book

from rules.asking import ASKINGS, MARKING, ask, letters
from rules.choosing import ARGUED, LOOK_FIRST, NEEDS_WORDS
from rules.decision import Question
from rules.handling.sheet_answer import COLUMNS
from rules.orders.verbs import VERBS
from rules.replies.complainant_words import Opinion
from rules.replies.folding import words
from rules.replies.unit_words import PARTS
from rules.wording import wording

say = wording("rules")
SENTENCES = tomllib.loads(files("rules").joinpath("wording.toml").read_text("utf-8"))
ROOMS = ("", "handling", "orders", "replies", "notices")


def source() -> str:
    """The doors' own text."""
    rooms = [files("rules").joinpath(room) if room else files("rules") for room in ROOMS]
    return "\n".join(
        file.read_text("utf-8")
        for room in rooms
        for file in room.iterdir()
        if file.name.endswith(".py") and file.name != "wording.py"
    )


def used() -> set[str]:
    text = source()
    plain = set(re.findall(r'say\(\s*"([a-z0-9_-]+)"', text))
    held = {f"held-{reason}" for reason in HELD}
    told = set(re.findall(r'Refused\("([a-z-]+)"', text)) | set(re.findall(r'refused\([^)]*?"([a-z-]+)"', text))
    changed = set(re.findall(r'"([a-z-]+)" if clock is None', text))
    loose = set(re.findall(r'say\(f"([a-z]+)-\{', text)) - set(COUNTED)
    facts = set(re.findall(r"\b([a-z_]+)=", text)) | set(re.findall(r'"([a-z-]+)": (?:who|desk|letter|words)', text))
    return (
        plain
        | held
        | {key for key in SENTENCES if key.partition("-")[0] in loose}
        | {f"order-{reason}" for reason in told | changed}
        | {f"question-{kind}" for kind in ASKINGS}
        | {f"does-{verb}" for asking in ASKINGS.values() for verb in asking.choices}
        | {f"does-{verb}" for verb in MARKING}
        | set(ARGUED)
        | {f"column-{column}" for column in COLUMNS}
        | {f"part-{part}" for part in ("finding", *PARTS)}
        | {f"opinion-{value.value}" for value in Opinion if value not in (Opinion.DOUBTFUL, Opinion.NONE)}
        | {f"finding-{value}" for value in (*words()["unit"]["finding"].values(), "none")}
        | {f"done-{what}" for what in re.findall(r'\bconfirm\(reply, "([a-z-]+)"', text)}
        | {f"reply-{part}" for part in ("stale", "empty", "co-unit")}
        | {f"fact-{name.replace('_', '-')}" for name in facts if f"fact-{name.replace('_', '-')}" in SENTENCES}
    )


COUNTED = ("held", "order", "question", "does", "part", "opinion", "finding", "done", "reason", "reply", "fact")
"""Families whose every key is counted one by one; of any other a sentence spoken by a computed key counts as used."""
HELD = set(re.findall(r'hold\(\s*letter,\s*desk,\s*"([a-z-]+)"', source())) | {
    "conflict",
    "several-senders",
    "unbound",
    "not-party",
}


def test_every_sentence_the_doors_use_stands_in_the_wording():
    assert used() - set(SENTENCES) == set()


def test_every_sentence_of_the_wording_is_used():
    assert set(SENTENCES) - used() - set(FOR_OTHER_ROOMS) == set()


FOR_OTHER_ROOMS = ("question-stopped", "fact-places")
"""Used by the writing of letters (the guard's questions)."""


@pytest.mark.parametrize("kind", sorted(ASKINGS))
def test_a_questions_letter_offers_the_proposal_and_every_other_answer(kind):
    question = ask(a_desk(), kind, "x", "office", unit=LAND)

    (letter, *_) = letters(question, a_desk())

    proposes = (
        ASKINGS[kind].choices[0] not in {*NEEDS_WORDS, "hold"} and kind not in LOOK_FIRST
    )  # 同意 is offered where it would do something
    shown = [verb for verb in ASKINGS[kind].choices if verb != "forward"]  # no unit is proposed here
    assert len(letter.choices) == proposes + len(shown)
    assert (letter.choices[0].write == "同意") == proposes
    assert [fact.says for fact in letter.facts] == [LAND]


def test_the_proposal_names_what_agreeing_does():
    question = Question(
        "forward", "forward:x", "office", "receiver", ASKINGS["forward"].choices, (("unit", LAND), ("ground", "N6"))
    )

    (letter,) = letters(question, a_desk())

    assert (letter.to.address, letter.choices[0].does) == (RECEIVER.address, f"按建议办理，就是“同意转办 {LAND}”")


def test_s35_a_role_nobody_holds_is_answered_for_by_the_head():
    import dataclasses

    office = the_book().office
    head = tuple(person for person in office.staff if person.role == "head")
    desk = a_desk(book=dataclasses.replace(the_book(), office=dataclasses.replace(office, staff=head)))

    question = ask(desk, "forward", "x", "office")

    assert [letter.to.address for letter in letters(question, desk)] == [HEAD.address]


def test_every_order_has_its_word_in_the_book():
    assert set(VERBS) <= set(the_book().labels["order"])
