"""Who may order, over real sockets: deputies, the second person, who is named in the letter; orders that are forged, stolen, replayed, late or doubled."""

import pytest
from office_day import Day

from daemon.demo import manners
from daemon.demo.cast import COMPLAINT, HANDLER, HEAD, LAND, LI, LIU, NAMELESS, RECEIVER, REVIEWER, Player
from daemon.handing_over import chase_all, hand_over
from rules.wording import wording

say = wording("rules")
demo = wording("daemon.demo")


def told_away(day: Day, person: Player, deputy: Player) -> None:
    """The person's reply to his morning letter."""
    day.stage.now = day.stage.now.replace(hour=9)
    hand_over(day.stage.rounds.office, day.stage.now)
    day.round()
    day.answers(person, f"请假 5月9日至5月12日 代理 {deputy.name}", "早交接")
    assert day.told(person).startswith("已办理")


def test_a_deputy_orders_in_the_heads_place_and_seconds_himself_never(day: Day):
    told_away(day, HEAD, REVIEWER)
    day.writes(LIU, demo("week-subject-court"), demo("week-text-court"))
    day.asked("grounds", REVIEWER)
    assert not any("是否受理" in subject for subject in day.got(HEAD))

    day.answers(REVIEWER, "不予受理 N4", say("question-grounds"))
    assert (day.states, f"已请{HANDLER.name}同意" in day.told(REVIEWER)) == (["registered"], True)
    with pytest.raises(LookupError):
        day.asked("second", REVIEWER)
    day.decides("second", HANDLER, "同意")

    assert day.states == ["refused"]
    assert day.clean()


def test_what_the_second_person_does_not_want_is_not_done_and_the_first_hears_why(day: Day):
    day.writes(LIU, demo("week-subject-court"), demo("week-text-court"))
    day.answers(HEAD, "不予受理 N4", say("question-grounds"))
    day.answers(REVIEWER, "不同意：这件应当移送", say("question-second"))

    assert (day.states, day.questions()) == (["registered"], ["grounds"])
    assert say("second-declined", person=REVIEWER.name, words="这件应当移送") in day.told(HEAD)
    day.decides("grounds", HEAD, "移送 县人民法院")
    assert (day.states, day.clean()) == (["handed-over"], True)


def test_a45_who_is_named_in_a_complaint_sees_nothing_of_it_and_orders_nothing_in_it(day: Day):
    day.writes(LI, "投诉", f"有人管管吗，{RECEIVER.name}一直拖着不给批，都说领导不在")
    day.asked("forward", HEAD)
    assert day.got(RECEIVER) == []
    day.stage.post(
        day.reply(RECEIVER, day.stage.latest(HEAD, say("question-forward")), "改派 桓仁镇"), RECEIVER, COMPLAINT
    )
    day.round()
    assert day.states == ["registered"]
    day.decides("forward", HEAD, "改派 桓仁镇")

    assert (day.states, day.clean()) == (["assigned"], True)


def test_a_question_that_climbs_goes_to_the_heads_deputy_while_he_is_away(day: Day):
    told_away(day, HEAD, HANDLER)
    day.writes(NAMELESS, "", demo("text-unclear"))
    day.stage.now = day.stage.now.replace(day=11)
    assert chase_all(day.stage.rounds.office, day.stage.now) == 1
    day.round()

    assert any(subject.startswith(say("step-escalate")) for subject in day.got(HANDLER))
    assert not any("待定事项" in subject for subject in day.got(HEAD))
    day.answers(HANDLER, "改派 桓仁镇", say("question-incomplete"))
    assert (day.states, day.clean()) == (["assigned"], True)


def test_a_list_answered_by_others_in_anothers_name_twice_or_too_late_does_nothing_and_is_shown(day: Day):
    day.writes(NAMELESS, "", demo("text-unclear"))
    day.stage.now = day.stage.now.replace(hour=9)
    hand_over(day.stage.rounds.office, day.stage.now)
    day.round()
    morning = day.stage.latest(RECEIVER, "早交接", coded=True)

    # A6: forged, and the receiving server says so
    forged = day.reply(RECEIVER, morning, "1 改派 国土资源局")
    mark = b"Authentication-Results: mx.163.com; spf=fail smtp.mailfrom=office.example\r\n"
    day.stage.arrive(mark + forged, COMPLAINT)
    day.round()
    assert (day.states, say("order-auth") in day.told(RECEIVER)) == (["registered"], True)

    # A5: stolen: another mailbox with the true code, in her name
    stolen = manners.foxmail_reply(
        LI.address, RECEIVER.name, COMPLAINT, morning.subject, "1 改派 国土资源局", day.stage.now, ""
    )
    day.stage.post(stolen, LI, COMPLAINT)
    day.round()
    assert (day.states, day.questions()) == (["registered"], ["incomplete", "held"])
    assert say("held-not-party") in day.asked("held", HEAD)  # it bears her name: she is passed by in it (A45)

    # her own; then the same bytes again, the same words in a new letter, and another wish too late
    own = day.answers(RECEIVER, "1 改派 桓仁镇", "早交接")
    assert day.states == ["assigned"]
    letters = len(day.got(LAND))
    day.stage.arrive(own, COMPLAINT)
    day.round()
    day.stage.arrive(own.replace(b"Message-ID: <", b"Message-ID: <again"), COMPLAINT)
    day.round()
    assert say("order-answered") in day.told(RECEIVER)
    day.stage.post(day.reply(RECEIVER, morning, "1 改派 国土资源局"), RECEIVER, COMPLAINT)
    day.round()

    assert say("order-answered") in day.told(RECEIVER)
    assert (day.states, day.cases[0]["lead"], len(day.got(LAND))) == (["assigned"], "桓仁镇", letters)
    assert day.clean()


def test_the_head_merges_two_complaints_by_two_letters_and_no_command(day: Day):
    day.writes(LI, demo("subject-complaint"), demo("text-complaint"))
    day.writes(NAMELESS, "", demo("text-unclear"))
    first, second = (str(case["reference"]) for case in day.cases)
    day.writes(HEAD, second, "要下指令")
    day.decides("steer", HEAD, f"并案 {first}")

    assert day.states == ["assigned", "merged"]
    assert "并案告知" in day.got(NAMELESS)[-1]
    assert (day.questions(), day.clean()) == ([], True)


def test_who_went_on_in_a_case_that_then_went_on_in_another_hears_how_it_ended(day: Day):
    """Merging 3 into 2 and 2 into 1: the third complainant heard nothing, whatever came of it."""
    day.writes(LI, demo("subject-complaint"), demo("text-complaint"))
    day.writes(NAMELESS, "", demo("text-unclear"))
    day.writes(LIU, demo("week-subject-court"), demo("week-text-court"))
    first, second, third = (str(case["reference"]) for case in day.cases)
    for ended, into in ((third, second), (second, first)):
        day.writes(HEAD, ended, "要下指令")
        day.decides("steer", HEAD, f"并案 {into}")
    day.answers(LAND, demo("text-result"), "转办单")
    day.decides("review", REVIEWER, "同意")

    assert day.states == ["feedback", "merged", "merged"]
    assert all("办理结果" in day.got(writer)[-1] for writer in (LI, NAMELESS, LIU))
    day.answers(LIU, "不满意，没有人联系我", "办理结果")
    assert say("opinion-gone-on", case=second) in day.asked("opinion", REVIEWER)
    assert day.clean()
