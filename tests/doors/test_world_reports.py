"""What the world reports: sent, refused, unknown; a letter that kills its reader; a broken template (traps F9, F15, F74, F92)."""

import pytest
from desks import ABOUT, LAND, REF, a_desk, asked, kinds, sent, why

from rules import learn
from rules.decision import Disposition, Settled, Warrant, WarrantKind
from rules.events import OFFICE, Delivered
from rules.learn import Crashed, Sending, Trouble, Unwritten
from rules.wording import wording

say = wording("rules")

OCCASION = f"transfer:{REF}:1:{LAND}"


def a_report(state: str, **given) -> Sending:
    return Sending(OCCASION, given.pop("about", ABOUT), "transfer", given.pop("party", f"unit:{LAND}"), state, **given)


def test_a_letter_the_server_took_is_delivered():
    decision = learn.sending(a_report("sent", answer="250 ok", queue_id="Q1"), a_desk())

    assert decision.events == (
        Delivered(about=ABOUT, warrant=Warrant(WarrantKind.WORLD, "server"), occasion=OCCASION, by="server"),
    )
    assert (decision.settled, asked(decision)) == ((Settled(OCCASION, "sent", "250 ok", "Q1"),), [])


@pytest.mark.parametrize(("party", "urgent"), [(f"unit:{LAND}", True), ("complainant", False)])
def test_f74_a_refused_letter_is_asked_about_at_once_and_never_repeated(party, urgent):
    decision = learn.sending(a_report("refused", party=party, answer="550"), a_desk())

    (question,) = decision.questions
    assert (kinds(decision), question.kind, question.urgent, question.outbox, sent(decision)) == (
        ["SendRefused"],
        "refused-send",
        urgent,
        OCCASION,
        [],
    )


def test_an_unknown_end_waits_for_the_sent_folder():
    decision = learn.sending(a_report("unknown"), a_desk())

    assert (kinds(decision), asked(decision), decision.settled[0].state) == (["SendUnknown"], [], "unknown")


def test_f9_what_the_sent_folder_does_not_show_a_person_must_say():
    decision = learn.unknown_stays(a_report("unknown", about=""), a_desk())

    assert (kinds(decision), asked(decision), decision.questions[0].about) == (["TroubleNoted"], ["unknown"], OFFICE)


def test_f15_a_letter_that_killed_its_reader_three_times_is_held():
    decision = learn.crashed(Crashed("a" * 64, "x@people.example", "投诉举报信箱，收件箱"), a_desk())

    assert (decision.disposition, kinds(decision), sent(decision), why(decision)) == (
        Disposition.HELD,
        ["Held"],
        [],
        say("held-crashed"),
    )
    assert dict(decision.questions[0].facts)["from"] == "x@people.example"


def test_f92_a_letter_whose_answer_cannot_be_written_is_held():
    decision = learn.unwritten(Unwritten("a" * 64, "number"), a_desk())

    assert (decision.disposition, kinds(decision), sent(decision)) == (Disposition.HELD, ["Held"], [])
    assert why(decision) == say("held-template", why="number")


@pytest.mark.parametrize(("says", "shown"), [("登录失败", "登录失败"), ("", "login")])
def test_a_trouble_is_asked_about_once_while_it_lasts(says, shown):
    one, other = (learn.trouble(Trouble("login", "complaint", says), a_desk()) for _ in range(2))

    assert (kinds(one), why(one), one.questions[0].key) == (["TroubleNoted"], shown, other.questions[0].key)


def test_f93_a_trouble_that_harms_nothing_any_more_is_told_to_nobody_and_its_question_ends():
    report = Trouble("unit-gone", LAND)
    (question,) = learn.trouble(report, a_desk()).questions
    decision = learn.moot(report)

    assert (kinds(decision), [event.what for event in decision.events]) == (["TroubleNoted"], ["unit-gone-moot"])
    assert (decision.answered, sent(decision), asked(decision)) == ((question.key,), [], [])
