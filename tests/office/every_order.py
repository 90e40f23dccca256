"""The table behind one long story: what people write over a week, and every order that no other story gives, by letter or at the keyboard."""

from dataclasses import dataclass

from daemon.demo.cast import (
    HANDLER,
    HEAD,
    LAND,
    LI,
    LIU,
    MA,
    MARKET,
    NAMELESS,
    RECEIVER,
    REVIEWER,
    STRANGER,
    SUN,
    TOWN,
    ZHAO,
    ZHOU,
    Player,
)
from rules.wording import wording

demo = wording("daemon.demo")


@dataclass(frozen=True, slots=True)
class Writes:
    """A letter of somebody's own. `{1}` in it is the reference of case 1; `picture` encloses one."""

    who: Player
    subject: str
    text: str
    picture: bool = False


@dataclass(frozen=True, slots=True)
class Replies:
    """An answer to the newest letter with a code, whose subject holds the words."""

    who: Player
    about: str
    text: str


@dataclass(frozen=True, slots=True)
class Bounces:
    """The server sends back our newest letter to the unit."""

    unit: Player


@dataclass(frozen=True, slots=True)
class Orders:
    """A reply to the newest letter of that kind of question gives the order; `state`: of the case `case` afterwards."""

    verb: str
    who: Player
    kind: str
    words: str
    case: int = 0
    state: str = ""


@dataclass(frozen=True, slots=True)
class Keys:
    """The same at the keyboard: about case `case`, or to the newest question of the kind, which waits for somebody else."""

    verb: str
    who: Player
    words: str
    case: int
    state: str = ""
    kind: str = ""
    at_once: bool = False
    """The next order comes before anything is sent."""


Step = Writes | Replies | Bounces | Orders | Keys

FORM = """来件渠道：上级转办
上级机关：市营商环境建设监督局
上级文号：市营商转〔2017〕5号
上级要求办结日期：2017年5月26日
反映内容：信访人反映桓仁镇政府和国土资源局互相推诿，2017年4月起办理建房手续，两边都拖着不给办，还收取资料费200元不开票据。"""
MINUTES = "质询：单位说明办理经过。\n辩论：双方各述理由。\n评议：超过时限。\n合议：6月底前办结。\n事实认定：超过时限。\n责任划分：由承办单位负责。\n落实措施：立即办结。\n期限：6月30日"
SAME = "还有一件事，昨天的信里忘了说。"

STORY: dict[str, tuple[Step, ...]] = {
    "a unit asks, doubts, sends back; another reports": (
        Writes(LI, demo("subject-complaint"), demo("text-complaint")),
        Replies(LAND, "转办", "请问投诉人是谁，请提供投诉人的姓名和电话。"),
        Orders("standard-answer", HANDLER, "fishing", "同意"),
        Replies(LAND, "转办", demo("week-text-extension")),
        Orders("not-extend", HEAD, "extension", "不同意延期"),
        Replies(LAND, "转办", demo("week-text-extension")),
        Orders("extend", HEAD, "extension", "延期 5 天：等待实地测量"),
        Keys("remind", HANDLER, "催办", 1),
        Keys("supervise", HANDLER, "督办", 1),
        Replies(LAND, "转办", "领导很重视，这个事情我们研究一下再说。"),
        Orders("sign", HANDLER, "unclear", "签收", 1, "handling"),
        Replies(LAND, "转办", "正在请示上级，情况复杂。"),
        Orders("progress", HANDLER, "unclear", "进展", 1, "handling"),
        Replies(LAND, "转办", "退办。此件不属于我局职责，建房审批由桓仁镇办理。"),
        Orders("sent-back", HANDLER, "send-back", "同意退办 桓仁镇", 1, "assigned"),
        Replies(TOWN, "转办", demo("text-result")),
        Orders("approve-result", REVIEWER, "review", "通过", 1, "feedback"),
        Replies(LI, "办理结果", "要是真能落实，我就满意了。"),
        Orders("close", REVIEWER, "opinion", "办结", 1, "closed"),
    ),
    "the record of what was proven": (
        Keys("expose", HEAD, "曝光：桓仁镇政府拖延办理登记，已责令改正。", 1),
        Orders("consent", REVIEWER, "second", "同意"),
        Keys("unexpose", HEAD, "撤下曝光", 1),
        Keys("circular", HEAD, "通报：桓仁镇政府拖延办理登记，各单位引以为戒。", 1),
        Orders("consent", REVIEWER, "second", "同意"),
        Keys("rectify", HEAD, "整改 6月30日：公开办理时限。", 1),
        Orders("rectified", REVIEWER, "rectify", "整改完成"),
        Keys("check", HEAD, "自查 桓仁镇 {check}", 1),
        Keys("see", HANDLER, "查看身份：核对来信人", 1),
    ),
    "too little is said": (
        Writes(NAMELESS, "", demo("text-unclear")),
        Orders("supplement", RECEIVER, "incomplete", demo("order-supplement"), 2, "supplement"),
        Replies(NAMELESS, "补充", demo("text-supplement")),
        Orders("assign", RECEIVER, "forward", "交办 桓仁镇 6月20日", 2, "assigned"),
        Replies(TOWN, "交办", demo("text-signed")),
        Keys("hearing", HEAD, "听证 6月20日 下午2时 县政府三楼会议室：办理时限", 2, "suspended"),
        Keys("minutes", HEAD, f"听证笔录：{MINUTES}", 2, "handling"),
    ),
    "a question that is a complaint": (
        Writes(SUN, demo("week-subject-consult"), demo("week-text-consult")),
        Orders("kind", RECEIVER, "answer", "改类 投诉", 3, "registered"),
        Orders("hide", RECEIVER, "no-mailbox", "隐去：年报"),
        Keys("unhide", HEAD, "不隐去：年报", 3, kind="no-mailbox"),
        Orders("accept", RECEIVER, "no-mailbox", "受理", 3, "accepted"),
        Writes(HEAD, "{3}", "要下指令"),
        Orders("hand-over", HEAD, "steer", "移送 县司法局", 3, "handed-over"),
        Keys("take-back", RECEIVER, "收回", 3, "registered"),
    ),
    "the office answers itself": (
        Writes(ZHOU, demo("week-subject-ourselves"), demo("week-text-ourselves")),
        Orders("direct", HEAD, "ourselves", "直接办理", 4, "assigned"),
        Orders(
            "approve-text", HEAD, "own-work", "核发：经查，登记后没有及时告知，已向您致歉并说明情况。", 4, "feedback"
        ),
        Writes(MA, demo("week-subject-town"), demo("week-text-town")),
        Keys("key-supervision", HEAD, "重点督办 桓仁镇", 5, "assigned"),
        Replies(TOWN, "重点督办", demo("text-result")),
        Orders("approve-result", REVIEWER, "review", "通过", 5, "reported"),
        Orders("approve-text", HEAD, "sign-off", "核发：经查属实，已责成办理。", 5, "feedback"),
    ),
    "he takes it back": (
        Writes(ZHAO, demo("subject-second"), demo("text-second")),
        Bounces(MARKET),
        Orders("settle", RECEIVER, "bounce", "已发出"),
        Replies(ZHAO, "回执", "我撤回投诉，问题已经解决。"),
        Orders("withdraw", RECEIVER, "withdrawal", "撤回", 6, "withdrawn"),
    ),
    "he agrees to be named, and what the unit wrote to him": (
        Writes(LIU, demo("subject-complaint"), demo("text-complaint").replace("李明远", "刘桂兰"), picture=True),
        Orders("tell-units", REVIEWER, "files", "转告单位：收费时没有开票据。"),
        Keys("release", REVIEWER, "放行 1", 7, at_once=True),
        Keys("not-release", REVIEWER, "不放行", 7),
        Replies(LIU, "回执", "同意披露我的姓名和电话。"),
        Keys("disclose", HEAD, "披露身份", 7),
        Orders("consent", REVIEWER, "second", "同意"),
        Writes(LAND, "{7} 办理情况", demo("text-result")),
        Orders("copied", HANDLER, "copy", "登记抄件", 7, "reported"),
    ),
    "letters that belong nowhere": (
        Writes(RECEIVER, "{5}", "请看"),
        Orders("hold", HEAD, "steer", "暂存"),
        Writes(LIU, "还有一件事", SAME),
        Orders("join", RECEIVER, "same-matter", "并入 {7}"),
        Writes(STRANGER, "投诉编号 HY2017-00001-ZZ", "请问办得怎么样了？请把投诉内容发给我。"),
        Orders("reread", RECEIVER, "held", "重读"),
        Writes(STRANGER, "投诉编号 HY2017-00002-ZZ", "请把投诉内容再发一遍。"),
        Orders("machine", RECEIVER, "held", "机器来信"),
    ),
    "from above": (
        Writes(RECEIVER, "登记表", "登记表"),
        Replies(RECEIVER, "登记表", FORM),
        Orders("forward", RECEIVER, "forward", "同意", 8, "assigned"),
        Writes(HEAD, "{8}", "要下指令"),
        Orders("hand-over", HEAD, "steer", "移送 县纪委监委", 8, "handed-over"),
        Orders("reported-up", HANDLER, "report-up", "已报上级"),
    ),
}

ELSEWHERE = {
    "reassign": "test_office_story.py::test_f34_two_orders_at_once_one_wins_and_the_other_is_told",
    "refuse": "test_office_story.py::test_a_refusal_needs_two_people_and_forged_replayed_late_and_doubled_orders_change_nothing",
    "answer": "test_office_story.py::test_the_morning_letter_is_answered_by_number_and_says_where_the_ledger_ends",
    "absent": "test_office_story.py::test_absence_deputy_recusal_and_a_question_nobody_answers",
    "back": "test_office_story.py::test_absence_deputy_recusal_and_a_question_nobody_answers",
    "recuse": "test_office_story.py::test_absence_deputy_recusal_and_a_question_nobody_answers",
    "open": "test_office_story.py::test_a_form_a_sample_and_the_night",
    "reach": "test_nobody_to_tell.py::test_with_a_telephone_that_somebody_found_all_of_it_is_told_and_counts",
    "lift": "test_questions_of_units.py::test_a_late_units_reasons_are_weighed_by_the_head",
    "redo": "test_office_story.py::test_a43_the_complainants_name_in_an_order_is_stopped_before_it_reaches_the_unit",
    "done": "test_every_order.py::test_a_task_reported_twice_on_one_morning_is_one_line",
    "send": "test_questions_of_sending.py::test_a_unit_whose_server_refuses_the_letter_is_written_to_again_by_order",
    "directory": "test_questions_of_letters.py::test_a_unit_without_a_mailbox_is_asked_for_its_sheet_and_then_gets_the_case",
    "suspend": "../stories/test_whole_course.py::test_a_case_stands_still_by_the_heads_letter_alone_and_goes_on_by_another",
    "resume": "../stories/test_whole_course.py::test_a_case_stands_still_by_the_heads_letter_alone_and_goes_on_by_another",
    "merge": "test_who_may_story.py::test_the_head_merges_two_complaints_by_two_letters_and_no_command",
    "file": "test_questions_of_letters.py::test_a_unit_that_handles_a_complaint_itself_files_it",
}
"""Orders that other stories over real sockets give -> which."""


def told() -> frozenset[str]:
    """Verbs that the story gives."""
    return frozenset(step.verb for steps in STORY.values() for step in steps if isinstance(step, Orders | Keys))
