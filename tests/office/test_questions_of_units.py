"""Questions that a unit's or an organ's letter brings, over real IMAP and SMTP: answered by reply, with the effect in somebody's mailbox."""

import pytest
from office_day import Day

from daemon.demo.cast import HANDLER, HEAD, LAND, LI, LIU, RECEIVER, REVIEWER, TOWN
from rules.wording import wording

say = wording("rules")
demo = wording("daemon.demo")


@pytest.fixture
def at_land(day: Day) -> Day:
    """A complaint lies with the unit."""
    day.writes(LI, demo("subject-complaint"), demo("text-complaint"))
    assert day.states == ["assigned"]
    return day


def answers(day: Day, text: str) -> None:
    """The unit replies to its newest letter of ours with a code."""
    day.stage.reply(LAND, text, day.stage.now, manner="163")
    day.round()


def test_a_unit_asks_and_is_answered_in_the_handlers_words(at_land: Day):
    """unit-question."""
    answers(at_land, "请问办理登记需要什么材料？可否由镇里先出证明？")
    assert "可否由镇里先出证明" in at_land.asked("unit-question", HANDLER)
    at_land.decides("unit-question", HANDLER, "答复：按一次性告知单办理，不另要证明。")

    assert "按一次性告知单办理" in at_land.told(LAND)
    assert (at_land.states, at_land.clean()) == (["assigned"], True)


def test_an_offered_order_that_is_not_the_handlers_goes_to_the_head_with_his_words(at_land: Day):
    """unit-question: 中止 is the head's; he decides on the same question, and the handler hears so."""
    answers(at_land, "请问此件是否等司法鉴定结论出来再办？")
    at_land.answers(HANDLER, "中止：等待司法鉴定结论", say("question-unit-question"))
    assert at_land.states == ["assigned"]
    assert say("order-referred", people=HEAD.name) in at_land.told(HANDLER)
    put = at_land.asked("unit-question", HEAD)
    assert say("fact-wants", person=HANDLER.name) in put
    assert "中止 等待司法鉴定结论" in put
    at_land.decides("unit-question", HEAD, "中止：等待司法鉴定结论")

    assert at_land.states == ["suspended"]
    assert at_land.clean()


def test_a_unit_that_says_it_answered_him_is_asked_how_it_could(at_land: Day):
    """answered-unasked: the head hears at once that somebody may be known (S84)."""
    answers(at_land, "我局已与反映人见面，已当面答复反映人。")
    assert "急！" in at_land.got(HEAD)[-1]
    assert say("reply-answered") in at_land.asked("answered-unasked", HEAD)
    at_land.decides("answered-unasked", HEAD, "转告单位：请说明怎样得知反映人的身份")

    assert "请说明怎样得知反映人的身份" in at_land.told(LAND)
    assert at_land.clean()


def test_a_late_units_reasons_are_weighed_by_the_head(at_land: Day):
    """plea: the clue stays on record, the unit hears whether it stands (S66–S68)."""
    at_land.until(6, 8)
    answers(at_land, "申辩：因防汛抢险，全部人员在外，未能按期办理。")
    assert "防汛抢险" in at_land.asked("plea", HEAD)
    at_land.decides("plea", HEAD, "解除：防汛抢险，人员全部在外")

    assert "防汛抢险，人员全部在外" in at_land.told(LAND)
    assert at_land.clean()


def test_a_late_unit_whose_reasons_do_not_hold_hears_that_too(at_land: Day):
    at_land.until(6, 8)
    answers(at_land, "申辩：因防汛抢险，全部人员在外，未能按期办理。")
    at_land.decides("plea", HEAD, "不解除：防汛只有两天")

    assert "申辩不成立，失职线索照旧" in at_land.told(LAND)
    assert "防汛只有两天" in at_land.told(LAND)
    assert at_land.clean()


def test_a_party_whose_answer_to_an_invitation_is_unclear_is_asked_about(at_land: Day):
    """hearing: whether a party comes is entered by rule where it is clear, by a person where it is not."""
    from daemon.obeying import obey_person

    answers(at_land, demo("text-signed"))
    said = obey_person(
        at_land.stage.rounds.office,
        str(at_land.cases[0]["reference"]),
        "听证 6月20日 下午2时 县政府三楼会议室：办理时限",
        HEAD.name,
        at_land.stage.now,
    )
    assert said.done, said.says
    at_land.round()
    answers(at_land, "我们局长那天有会，再说吧")
    assert "再说吧" in at_land.asked("hearing", REVIEWER)
    at_land.decides("hearing", REVIEWER, "知道了")

    assert (at_land.states, at_land.clean()) == (["suspended"], True)


def test_an_unsatisfied_complainant_whom_his_own_words_would_betray_is_for_the_reviewer(at_land: Day):
    """unsatisfied: the unit reads the reviewer's words, not his (A39)."""
    answers(at_land, demo("text-result"))
    at_land.decides("review", REVIEWER, "同意")
    at_land.stage.reply(LI, "不满意。全县只有我一家养鹿，一看就知道是我。", at_land.stage.now, manner="qq")
    at_land.round()
    assert "养鹿" in at_land.asked("unsatisfied", REVIEWER)
    at_land.decides("unsatisfied", REVIEWER, "退回重办：请与反映人核对后办理")

    assert at_land.states == ["assigned"]
    assert "请与反映人核对后办理" in at_land.told(LAND)
    assert "养鹿" not in at_land.told(LAND)
    assert at_land.clean()


def test_a_matter_for_an_organ_without_a_mailbox_is_brought_on_paper(day: Day):
    """paper: the question holds the letter ready to print, and waits until somebody says 已送达."""
    refused_ground(day)
    day.decides("grounds", HEAD, "移送 县纪委监委")
    put = day.asked("paper", RECEIVER)
    assert "移交函" in put
    assert "移交人：" in put
    assert LIU.name not in put.partition("移交函")[2]
    day.answers(RECEIVER, "同意", say("question-paper"))
    assert say("order-no-proposal") in day.told(RECEIVER)
    day.decides("paper", RECEIVER, "已送达")

    assert (day.states, day.questions(), day.clean()) == (["handed-over"], [], True)


def test_an_organ_that_has_a_mailbox_gets_the_letter_and_its_answer_is_read_by_a_person(day: Day):
    """organ: nothing moves by its words; what it writes joins the case."""
    refused_ground(day)
    day.decides("grounds", HEAD, f"移送 {TOWN.name}")
    assert any(subject.startswith("移交函") for subject in day.got(TOWN))
    day.stage.reply(TOWN, "已收悉，正在核实，请寄来合同复印件。", day.stage.now, manner="foxmail", about="移交函")
    day.round()
    assert "请寄来合同复印件" in day.asked("organ", RECEIVER)
    day.decides("organ", RECEIVER, "知道了")

    assert (day.states, day.questions(), day.clean()) == (["handed-over"], [], True)


def test_what_an_organ_does_not_take_comes_back_by_order_and_somebody_is_asked_who_handles_it(day: Day):
    """organ-back: registered anew; he who wrote is told."""
    refused_ground(day)
    day.decides("grounds", HEAD, f"移送 {TOWN.name}")
    day.stage.reply(TOWN, "此件不属于我单位职责，退回你局。", day.stage.now, manner="foxmail", about="移交函")
    day.round()
    assert "退回你局" in day.asked("organ-back", RECEIVER)
    day.decides("organ-back", RECEIVER, "收回")

    assert day.got(LIU)[-1].startswith("继续办理告知")
    assert (day.states, day.questions(), day.clean()) == (["registered"], ["grounds"], True)


def refused_ground(day: Day) -> None:
    """A complaint about a court waits for the head."""
    day.writes(LIU, demo("week-subject-court"), demo("week-text-court"))
    assert day.questions() == ["grounds"]
