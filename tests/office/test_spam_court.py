"""The office's own spam court: every machine's letter is kept and named, some are shown, and a person's word is learned from."""

from datetime import date

import pytest
from desks import COMPLAINT, LAND, RECEIVER, a_case, a_desk, a_desk_with, a_letter, asked, kinds, sent
from office_desks import by, question_of

from rules.by_letter import _asked
from rules.decide import decide
from rules.decision import Disposition, Refiled
from rules.desk import AgendaItem, CodeHit, Sender
from rules.handover.court import Sampled, sample, week_of
from rules.life import State
from rules.obey import obey

SPAM = a_letter(COMPLAINT, from_addr="list@shop.example", subject="通知")
SHOWN = Sampled(SPAM.sha256, "list", SPAM.from_addr, SPAM.subject, SPAM.own_words)
COURT = CodeHit("court:2017-W19:周敏", "office", "staff:周敏", RECEIVER.address, "court_sample", "sent", "subject")


def corrected(words):
    """The receiver answers the week's sample."""
    item = AgendaItem(1, f"letter:{SPAM.sha256}")
    desk = a_desk(
        hits=(COURT,),
        sender=Sender("staff", person=RECEIVER.name, roles=("receiver",)),
        agenda=(item,),
        questioned=((item.target, SPAM),),
    )
    return decide(a_letter(words, from_addr=RECEIVER.address), desk)


def test_the_weeks_sample_goes_to_who_receives_complaints_with_kind_and_words():
    decision = sample((SHOWN,), a_desk(), "2017-W19")

    (letter,) = decision.notices
    assert (letter.to.address, letter.occasion) == (RECEIVER.address, "court:2017-W19:周敏")
    assert (letter.items[0].group, SPAM.own_words[:10] in letter.items[0].what) == ("群发信", True)


def test_a_week_without_machines_leaves_a_line_and_no_letter():
    decision = sample((), a_desk(), "2017-W19")

    assert (kinds(decision), decision.notices) == (["Noted"], ())


@pytest.mark.parametrize(("day", "week"), [(date(2017, 5, 9), "2017-W19"), (date(2017, 1, 1), "2016-W52")])
def test_weeks_have_names(day, week):
    assert week_of(day) == week


def test_a_complaint_judged_wrongly_is_opened_by_its_number_and_learned_from():
    decision = corrected("1 登记")

    assert "Registered" in kinds(decision)
    assert [(filing.part, filing.letter) for filing in decision.filings] == [("complaint", SPAM.sha256)]
    (learned,) = [event for event in decision.events if event.kind == "Corrected"]
    assert (learned.letter, learned.was, learned.now) == (SPAM.sha256, "kind:machine", "kind:complaint")


def test_a_correction_by_a_number_that_is_not_there_changes_nothing():
    assert kinds(corrected("7 登记")) == ["OrderRefused"]
    assert kinds(corrected("登记")) == ["OrderRefused"]


def test_the_sample_offers_what_can_be_corrected_and_nothing_else():
    question = _asked(AgendaItem(1, f"letter:{SPAM.sha256}"), a_desk(), COURT)

    assert set(question.choices) == {"hold", "open", "join", "machine"}


def test_a_letter_that_a_person_calls_a_machines_is_one_and_is_learned_from():
    question = question_of("held", "office", letter=SPAM.sha256)

    decision = obey(by("receiver", "machine"), a_desk(letter=SPAM), question)

    assert decision.refiled == (Refiled(SPAM.sha256, Disposition.MACHINE, "by-person"),)
    assert [event.now for event in decision.events if event.kind == "Corrected"] == ["kind:machine"]


def test_another_unit_than_the_one_proposed_is_learned_from():
    question = question_of("forward", letter=SPAM.sha256, proposal=(("unit", LAND),))
    desk = a_desk_with(a_case(State.REGISTERED), letter=SPAM)

    other = obey(by("receiver", "reassign", "桓仁镇"), desk, question)
    same = obey(by("receiver", "agree"), desk, question)

    assert [(e.was, e.now) for e in other.events if e.kind == "Corrected"] == [("unit:国土资源局", "unit:桓仁镇")]
    assert "Corrected" not in kinds(same)


def test_machines_letters_ask_nobody_and_are_answered_by_nobody():
    decision = decide(a_letter("促销", machine="list"), a_desk())

    assert (decision.disposition, decision.kind, asked(decision), sent(decision)) == (
        Disposition.MACHINE,
        "list",
        [],
        [],
    )
