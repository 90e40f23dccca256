"""移送 (domain §2.2, 4c; §2.4 N2): the organ gets its letter, by mail or on paper; nobody is named; its answer joins the case."""

import dataclasses
from datetime import date

import pytest
from desks import (
    LI,
    REF,
    UNIT_BOX,
    a_case,
    a_desk_with,
    a_letter,
    a_question,
    folded,
    kinds,
    sent,
    staff_writes,
    the_book,
)

from daemon.guarding import guarded
from daemon.mime import Envelope, compose
from daemon.writing import Desktop, write
from rules.asking import letters
from rules.case import CaseFile
from rules.decide import decide
from rules.decision import Decision, Disposition, Draft
from rules.desk import CodeHit, Contact
from rules.life import State
from rules.policy.record import Recipient
from rules.shield import Identity
from templates.speak import OfficeWords, Speaker

ORGAN, BOX = "县纪委监委", "jiwei@organ.example"
TELLER = Identity("name", "李明远")


def handed_over(words: str, *contacts: Contact, **given: object) -> tuple[Decision, object]:
    letter, desk = staff_writes(a_case(State.REGISTERED), "head", words, a_question("ourselves"))
    desk = dataclasses.replace(desk, contacts=(*desk.contacts, *contacts), **given)  # type: ignore[arg-type]
    return decide(letter, desk), desk


@pytest.mark.parametrize("name", ["县纪委监委", "县纪委", "桓仁县纪委", "纪委。"])
def test_the_organ_by_whatever_name_gets_the_letter_where_the_directory_knows_its_mailbox(name: str):
    decision, _ = handed_over(f"移送 {name}", Contact(ORGAN, BOX))

    assert sent(decision)[:2] == [("handed_over_told", LI), ("matter_handed_over", BOX)]
    assert decision.notices[1].to.party == f"organ:{ORGAN}"  # type: ignore[union-attr]
    assert not decision.questions
    assert next(event.organ for event in decision.events if event.kind == "HandedOver") == ORGAN


def test_the_book_may_know_the_mailbox_too():
    book = the_book()
    assert book.record is not None
    record = dataclasses.replace(book.record, recipients=(Recipient("县委办公室", "xianwei@organ.example"),))

    decision, _ = handed_over("移送 县委办", book=dataclasses.replace(book, record=record))

    assert ("matter_handed_over", "xianwei@organ.example") in sent(decision)


@pytest.mark.parametrize("name", [ORGAN, "省高级人民法院"])
def test_where_no_mailbox_is_known_staff_bring_it_on_paper_with_the_text_ready_to_print(name: str):
    decision, desk = handed_over(f"移送 {name}\n请注意保管原件。")

    (asked,) = decision.questions
    (task, *_) = letters(asked, desk, "桓营诉〔2017〕12号")
    said = dict(asked.facts)["print-this"]
    assert (asked.kind, asked.role, [choice.write for choice in task.choices]) == (
        "paper",
        "receiver",
        ["已送达"],
    )
    assert said.splitlines()[:3] == ["移交函", "", f"{name}："]
    assert "一直不给办理登记" in said
    assert "请注意保管原件。" in said
    assert ("matter_handed_over", BOX) not in sent(decision)


def test_the_person_who_brought_it_says_so_and_the_task_is_done():
    letter, desk = staff_writes(a_case(State.HANDED_OVER), "receiver", "已送达", a_question("paper"))

    assert kinds(decide(letter, desk)) == ["Ordered", "Noted"]


def test_shield_the_letter_to_an_organ_is_guarded_like_one_to_a_unit():
    decision, desk = handed_over("移送 县纪委", Contact(ORGAN, BOX), identities=((REF, (TELLER,)),))
    desktop = Desktop(Speaker(OfficeWords("某局")), {"complaint": "a@b.example"}, lambda _: b"", lambda: 1)

    written = next(one for one in write(decision, desk, desktop).written if one.template == "matter_handed_over")

    named = compose(Envelope("a@b.example", "某局", BOX, "移交函", "<1@b.example>", desk.now), "李明远来信", "")
    assert written.state == "queued"
    assert guarded(named, "organ", f"case:{REF}", (TELLER,)) == (("name", "text"),)


def test_the_unit_that_had_the_case_hears_that_it_is_handed_over():
    letter, desk = staff_writes(a_case(State.HANDLING), "head", "移送 县纪委", a_question("steer"))

    assert ("transfer_ended", UNIT_BOX["国土资源局"]) in sent(decide(letter, desk))


def organ_writes(words: str, state: State = State.HANDED_OVER, **given: object) -> tuple[CaseFile, Decision]:
    file = a_case(state, **given)
    hit = CodeHit(
        f"organ:{REF}", f"case:{REF}", f"organ:{ORGAN}", BOX, "matter_handed_over", "sent", "subject", round=1
    )
    return file, decide(a_letter(words, from_addr=BOX), a_desk_with(file, hits=(hit,)))


def test_the_organs_answer_joins_the_ended_case_and_a_person_reads_it():
    file, decision = organ_writes("已接收。")

    assert (decision.disposition, sent(decision), [one.kind for one in decision.questions]) == (
        Disposition.JOINED,
        [],
        ["organ"],
    )
    assert folded(file, decision.events) == file


@pytest.mark.parametrize(
    "words",
    [
        "经研究，反映的事项不属于本机关职责，现予退回。",
        "退件。该件应由县司法局受理。",
        "我委无管辖权，不予接收。",
        "不属于我单位职责范围，退回你局。",
    ],
)
def test_an_organ_that_does_not_take_the_matter_moves_nothing_but_is_put_as_such(words: str):
    file, decision = organ_writes(words)

    (question,) = decision.questions
    assert (question.kind, question.role, question.choices) == ("organ-back", "receiver", ("take-back", "hold"))
    assert folded(file, decision.events) == file


def test_what_it_says_of_a_case_that_goes_on_here_already_takes_nothing_back():
    _, decision = organ_writes("不属于本机关职责，现予退回。", State.REGISTERED)

    assert [(one.kind, one.choices) for one in decision.questions] == [("organ", ("hold",))]


FACTS = Draft(REF, "投诉国土资源局", "国土资源局收了材料三个月，一直不给办理不动产登记，请求依法办理。")


def taken_back(words: str = "同意", role: str = "receiver", **given: object) -> tuple[CaseFile, Decision]:
    file = a_case(State.HANDED_OVER, **{"outcome": "handed-over", **given})
    question = a_question("organ-back", proposal=(("unit", ORGAN),))
    letter, desk = staff_writes(file, role, words, question)
    return file, decide(letter, dataclasses.replace(desk, drafts=(FACTS,)))


def test_an_order_takes_it_back_and_the_case_goes_on_with_days_of_its_own():
    file, decision = taken_back(archived=date(2017, 5, 1), lead="国土资源局", handling="transfer")

    after = folded(file, decision.events)
    assert (after.state, after.outcome, after.lead, after.archived) == (State.REGISTERED, "", "", None)
    assert sorted(clock.clock for clock in after.clocks if clock.promised) == ["accept", "feedback"]
    assert next(event for event in decision.events if event.kind == "TakenBack").organ == ORGAN
    told = next(notice for notice in decision.notices if notice.template == "taken_back_told")
    assert (told.to.address, told.organ) == (LI, ORGAN)


def test_staff_are_asked_anew_who_handles_it():
    _, decision = taken_back()

    assert [(one.kind, one.role, dict(one.proposal)) for one in decision.questions] == [
        ("forward", "receiver", {"unit": "国土资源局"})
    ]
    assert "organ-back:x" in decision.answered


def test_s35_whoever_receives_complaints_may_take_back_and_a_handler_may_not():
    _, decision = taken_back("收回", "handler")

    assert "TakenBack" not in kinds(decision)


def test_a_case_that_was_not_handed_over_is_not_taken_back():
    letter, desk = staff_writes(a_case(State.HANDLING), "receiver", "收回", a_question("organ-back"))

    assert kinds(decide(letter, desk)) == ["OrderRefused"]


def test_a_case_handed_over_a_second_time_tells_it_a_second_time():
    """Each letter is due once: the second organ, and he who wrote, must hear of the second time too."""
    letter, desk = staff_writes(a_case(State.REGISTERED, returned=1), "head", "移送 县纪委", a_question("ourselves"))
    desk = dataclasses.replace(desk, contacts=(*desk.contacts, Contact(ORGAN, BOX)))

    occasions = [notice.occasion for notice in decide(letter, desk).notices]

    assert occasions[:2] == [f"handed-over:{REF}:1", f"organ:{REF}:1"]


def test_the_task_to_bring_it_on_paper_ends_where_it_is_taken_back():
    file = a_case(State.HANDED_OVER)
    waiting = a_question("paper", id="Q000000009")
    letter, desk = staff_writes(file, "receiver", "同意", a_question("organ-back"))
    desk = dataclasses.replace(desk, questions=(*desk.questions, waiting))

    assert waiting.key in decide(letter, desk).answered
