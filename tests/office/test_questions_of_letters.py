"""Questions that a letter brings, over real IMAP and SMTP: put to the right person, answered by reply, and what the answer did is in somebody's mailbox."""

from datetime import timedelta

from office_day import Day

from daemon.demo import manners
from daemon.demo.cast import COMPLAINT, CONTACT, HANDLER, LAND, LI, LIU, MA, RECEIVER, SUN, Player
from daemon.demo.sheet import contact_sheet
from daemon.reader import Died, Reader
from rules.wording import wording

say = wording("rules")
demo = wording("daemon.demo")
HOUSING = Player("住房和城乡建设局", "zhujian@unit.example")
OLD = timedelta(days=40)


def test_letters_from_before_the_office_began_are_looked_through_one_by_one(day: Day):
    """history: nobody is written to before a person says so; each answer brings the next one (F56)."""
    for player, subject in ((LIU, "投诉国土资源局不办证"), (SUN, "旧通知"), (MA, "投诉桓仁镇")):
        raw = manners.web_163(player.address, player.name, COMPLAINT, subject, demo("text-second"), day.stage.now - OLD)
        day.stage.host.deliver(COMPLAINT, raw, internaldate=day.stage.now - OLD)
    day.round()
    assert (day.questions(), day.states, day.got(LIU)) == (["history"], [], [])
    assert "投诉国土资源局不办证" in day.asked("history", RECEIVER)

    day.answers(RECEIVER, "登记", say("question-history"))
    assert day.states != []
    assert [subject[:4] for subject in day.got(LIU)][:1] == ["收件回执"]
    day.round()
    assert "旧通知" in day.asked("history", RECEIVER)
    day.answers(RECEIVER, "机器来信", say("question-history"))
    day.round()
    assert "投诉桓仁镇" in day.asked("history", RECEIVER)
    day.decides("history", RECEIVER, "暂存")

    assert (len(day.states), day.got(SUN), day.got(MA)) == (1, [], [])
    assert sorted(day.dispositions()) == ["held", "machine", "opened", "order", "order", "order"]
    assert day.clean()


def test_a_flood_of_one_address_is_one_question_and_is_taken_up_the_day_after_by_one_word(day: Day):
    """flood: beyond the day's number nothing is answered, everything is kept; 重读 reads the group again (A49)."""
    most = day.stage.rounds.office.book.limits.letters_per_sender_day
    for number in range(most + 3):
        text = f"投诉国土资源局。我的不动产登记申请第{number}号材料早已交齐，窗口拖了三个月不给办证。"
        raw = manners.plain_utf8(MA.address, MA.name, COMPLAINT, f"投诉国土资源局（{number}）", text, day.stage.now)
        day.stage.arrive(raw, COMPLAINT)
    day.round()
    assert (day.questions().count("flood"), day.questions().count("same-matter")) == (1, most - 1)
    assert f"投诉国土资源局（{most}）" in day.asked("flood", RECEIVER)

    day.stage.now += timedelta(days=1)
    day.decides("flood", RECEIVER, "重读")
    day.round()

    assert (day.questions().count("flood"), day.questions().count("same-matter")) == (0, most + 2)
    assert [subject[:4] for subject in day.got(MA)] == ["收件回执"]
    assert day.clean()


def test_a_complaint_sent_again_after_its_case_ended_is_shown_with_what_was_decided(day: Day):
    """repeat: nothing is opened by itself; a person says whether it holds anything new (N5)."""
    day.writes(SUN, demo("week-subject-consult"), demo("week-text-consult"))
    day.decides("answer", RECEIVER, "答复：请到政务大厅二楼窗口办理。")
    assert day.states == ["answered"]

    day.stage.now += timedelta(days=3)
    day.writes(SUN, demo("week-subject-consult"), demo("week-text-consult"))
    assert (day.questions(), day.states) == (["repeat"], ["answered"])
    assert demo("week-text-consult") in day.asked("repeat", RECEIVER)
    day.answers(RECEIVER, "同意", say("question-repeat"))
    assert say("order-no-proposal") in day.told(RECEIVER)
    day.decides("repeat", RECEIVER, "登记")

    assert (day.states, day.questions()) == (["answered", "registered"], ["answer"])
    assert day.clean()


class Deadly(Reader):
    """A reading child that letters about one thing kill, as long as it is ill."""

    ill = True
    struck = False

    def begin(self, name: str, item: tuple[bytes, ...]) -> None:
        self.struck = self.ill and b"deadly" in item[0]
        super().begin(name, item)

    def finish(self) -> object:
        return Died("signal:9") if self.struck else super().finish()


def test_a_letter_that_ended_its_reading_three_times_is_shown_with_where_it_lies(day: Day):
    """crashed: nobody reads it here again outside the child; 重读 gives it to the child anew (F15)."""
    raw = manners.plain_utf8(SUN.address, SUN.name, COMPLAINT, "deadly", demo("week-text-consult"), day.stage.now)
    day.stage.arrive(raw, COMPLAINT)
    with Deadly() as day.stage.rounds.reader:
        for _ in range(4):
            day.round()
        assert SUN.address in day.asked("crashed", RECEIVER)
        day.stage.rounds.reader.ill = False
        day.decides("crashed", RECEIVER, "重读")
        day.round()
        day.decides("answer", RECEIVER, "答复：请到政务大厅二楼窗口办理。")

    assert "请到政务大厅二楼窗口办理。" in day.told(SUN)
    assert (day.states, day.clean()) == (["answered"], True)


def test_more_facts_for_a_running_case_are_shown_and_may_be_a_new_matter(day: Day):
    """supplement: filed and thanked for by rule; the person who receives complaints sees every one (L76)."""
    day.writes(LI, demo("subject-complaint"), demo("text-complaint"))
    day.stage.reply(LI, "补充：昨天窗口又让我交了100元复印费。", day.stage.now, manner="qq")
    day.round()
    assert "复印费" in day.asked("supplement", RECEIVER)
    day.answers(RECEIVER, "同意", say("question-supplement"))
    assert say("order-no-proposal") in day.told(RECEIVER)
    day.decides("supplement", RECEIVER, "登记")

    assert (day.states[0], len(day.states)) == ("assigned", 2)
    assert day.clean()


def test_a_units_problem_is_answered_in_a_persons_words(day: Day):
    """unit-letter: a question of a unit about no case (S4)."""
    raw = manners.web_163(
        LAND.address, LAND.name, CONTACT, "执行中遇到的问题", "没有单独的投诉电话，怎么办？", day.stage.now
    )
    day.stage.post(raw, LAND, CONTACT)
    day.round()
    assert "没有单独的投诉电话" in day.asked("unit-letter", RECEIVER)
    day.decides("unit-letter", RECEIVER, "答复：可以填与政务大厅共用的号码。")

    assert "可以填与政务大厅共用的号码" in day.told(LAND)
    assert (day.states, day.clean()) == ([], True)


def test_a_unit_that_handles_a_complaint_itself_files_it(day: Day):
    """filing: a person takes it in, the unit gets a number and a code for its report (S83)."""
    day.writes(LAND, "直接受理备案", "报备案：5月8日有群众到我局反映窗口收费不开票据，我局直接受理，正在办理。")
    assert LAND.name in day.asked("filing", RECEIVER)
    day.decides("filing", RECEIVER, "同意")

    assert day.cases[0]["mode"] == "unit-direct"
    assert "备案收到" in day.got(LAND)[-1]
    assert day.clean()


def test_a_unit_without_a_mailbox_is_asked_for_its_sheet_and_then_gets_the_case(day: Day):
    """no-mailbox: 同意 does nothing before the directory knows the unit; the sheet's first mailbox is entered by an order."""
    day.writes(
        MA,
        "投诉住房和城乡建设局",
        "我投诉县住房和城乡建设局。2017年3月1日申请施工许可，材料齐全，一直拖着不给办，每次去都说领导不在。请求依法办理。",
    )
    assert "没有登记邮箱" in day.asked("no-mailbox", RECEIVER)
    day.answers(RECEIVER, "同意", say("question-no-mailbox"))
    assert say("order-no-mailbox", unit=HOUSING.name) in day.told(RECEIVER)
    assert day.questions() == ["no-mailbox"]

    sheet = manners.with_file(
        HOUSING.address,
        HOUSING.name,
        CONTACT,
        f"{HOUSING.name}联系人信息表",
        "见附件",
        day.stage.now,
        contact_sheet(HOUSING),
    )
    day.stage.host.deliver(CONTACT, sheet, internaldate=day.stage.now)
    day.round()
    assert HOUSING.address in day.asked("contact", HANDLER)
    day.decides("contact", HANDLER, "通讯录")
    day.decides("no-mailbox", RECEIVER, "同意")

    assert (day.cases[0]["state"], day.cases[0]["lead"]) == ("assigned", HOUSING.name)
    assert day.clean()
