"""Who plays, and what each of them may say: citizens, units, staff. Sample names and example addresses only."""

from daemon.demo.cast import HANDLER, HEAD, RECEIVER, REVIEWER, UNITS, Player
from rules.life import State

CITIZENS = (
    Player("欧阳慧芝", "ouyhz7731@web163.example"),
    Player("司马长庚", "smcg2290@qq.example"),
    Player("赫连秀娥", "hlxe8812@web126.example"),
    Player("慕容承业", "mrcy5520@web163.example"),
    Player("尉迟冬梅", "ycdm6631@qq.example"),
    Player("公孙铁柱", "gstz9907@web126.example"),
    Player("皇甫淑琴", "hfsq3346@web163.example"),
    Player("令狐德胜", "lhds7758@qq.example"),
    Player("东方桂英", "dfgy4419@web126.example"),
)
PHONES = {who.name: f"138041400{number}" for number, who in enumerate(CITIZENS, 21)}
SIGNS = {who.address: (who.name, PHONES[who.name], who.address.partition("@")[0]) for who in CITIZENS}
"""Mailbox -> what would tell a unit whose it is."""
STAFF = (RECEIVER, HANDLER, REVIEWER, HEAD)
LEADER = "fenguan@unit.example"
"""分管领导 of the first unit: a copy of what is written about its delay goes there."""
UNIT_BOXES = frozenset((LEADER, *(unit.address for unit in UNITS)))
CITIZEN_BOXES = frozenset(who.address for who in CITIZENS)
STAFF_BOXES = frozenset(who.address for who in STAFF)
FATES = ("accepted", "later", "refused", "crowded", "lost", "arrived")

TEXTS = (
    "我叫{name}，电话{phone}。我投诉{unit}。材料一次交齐，窗口承诺15个工作日办结，到今天一直不给办理，还要我另交加急费2000元。",
    "你好，我是{name}。{unit}的窗口人员态度恶劣，三次去都说领导不在，请依法处理。联系电话：{phone}",
    "{unit}乱收费，不开票据。\n1. 请求退还多收的500元。\n2. 请求处理收费的人。\n{name} {phone}",
    "请问怎么办营业执照，要带什么材料？{name}",
    "有人管管吗",
    "我投诉{unit}。此事我已向法院起诉，正在审理。{name}，{phone}",
    "匿名举报：{unit}工作人员收礼。",
    "我是{name}，电话{phone}。桓仁镇政府和国土资源局互相推诿，2017年4月起办建房手续，两边都拖着不给办。",
    "我投诉县营商环境建设监督局不回复。我是{name}，{phone}。",
    "{unit}不给办手续，我家没法过了，再不解决我就去政府门口跳楼。{name} {phone}",
    "感谢{unit}的同志，手续当天就办好了。{name}",
    "建议{unit}中午也开一个窗口。{name}",
)
UNIT_WORDS = (
    "签收",
    "正在办理",
    "办结。\n调查结论：属实。\n办理情况：已为反映人办理。\n查处情况：批评教育一次。\n依据：《不动产登记暂行条例》第二十条。",
    "情况属实，已整改。",
    "退办，不属于我局职责，建议转市场监督管理局",
    "申请延期10天，原因是需要现场调查",
    "投诉人是谁，请提供联系方式",
    "我们已经直接答复投诉人。",
    "",
    "嗯",
    "请问此件是否由我局牵头？",
    "申辩：逾期是因为等待上级批复，请予解除。",
    "参加听证",
    "不参加听证",
    "办结。\n调查结论：不属实。\n办理情况：已向反映人解释。\n查处情况：未发现违纪，无需问责。\n依据：《行政许可法》第三十四条。",
)
RESULT, SENT_BACK, DIRECTLY, PLEA = UNIT_WORDS[2], UNIT_WORDS[4], UNIT_WORDS[7], UNIT_WORDS[11]
HIS_WORDS = (
    "满意",
    "基本满意",
    "不满意，没有退钱",
    "没有不满意",
    "撤回投诉",
    "同意披露我的姓名和电话",
    "不同意",
    "办到哪了",
    "补充：还有一件事，窗口又要了一份证明",
    "",
    "参加听证",
    "没有收到答复",
    "再发一遍，我忘了编号",
)
CONSENT = HIS_WORDS[5]
STRANGER = Player("热心人", "reader@stranger.example")
MACHINES = ("vacation", "bulk")

ARGUMENTS = (
    "",
    "国土资源局",
    "市场监督管理局",
    "桓仁镇 国土资源局",
    "N4",
    "D1",
    "5 天：需要现场调查",
    "：请写明地点",
    "：已按规定办理。",
    "纪委监委",
    "：请联系欧阳慧芝13804140021，把结果告诉本人。",
    "：请再核实尉迟冬梅反映的收费问题。",
)
MINUTES = "：质询：单位说明办理经过。\n辩论：双方各述理由。\n评议：超过时限。\n合议：办结。\n事实认定：超过时限。\n责任划分：由承办单位负责。\n落实措施：立即办结。\n期限：{day}"
FORM = """来件渠道：上级转办
上级机关：市营商环境建设监督局
上级文号：市营商转〔2017〕5号
上级要求办结日期：{day}
反映内容：信访人反映桓仁镇政府和国土资源局互相推诿，2017年4月起办理建房手续，两边都拖着不给办，还收取资料费200元不开票据。"""
FITTING = {
    "reassign": "国土资源局",
    "forward": "桓仁镇",
    "assign": "桓仁镇、国土资源局 {day}",
    "key-supervision": "桓仁镇",
    "sent-back": "桓仁镇",
    "supplement": "：请写明时间、地点和经过。",
    "refuse": "N4",
    "hand-over": "{organ}",
    "merge": "{other}",
    "join": "{other}",
    "answer": "D1",
    "kind": "举报",
    "suspend": "：等待法院判决",
    "hearing": "{day} 下午2时 县政府三楼会议室：办理时限",
    "minutes": MINUTES,
    "approve-result": "：已为您办理，多收的费用已退还。",
    "approve-text": "：经查属实，已责成办理。",
    "redo": "：请补充查处情况。",
    "close": "",
    "extend": "5 天：等待实地测量",
    "not-extend": "：不符合延期条件",
    "expose": "：国土资源局拖延办理登记，已责令改正。",
    "circular": "：国土资源局拖延办理登记，各单位引以为戒。",
    "rectify": "{day}：公开办理时限。",
    "lift": "：上级批复确已延误",
    "tell-units": "：收费时没有开票据。",
    "release": "1",
    "not-release": "1",
    "hide": "：窗口",
    "unhide": "：窗口",
    "see": "：核对来信人",
    "check": "国土资源局 {check}",
    "absent": "{day}",
    "standard-answer": "",
    "directory": "国土资源局",
}
"""Order -> words with which it can stand; `{day}` is a day ahead, `{other}` another case, `{check}` what an inspector looks at, `{organ}`
now one with a mailbox, now one that a person goes to."""
ORGANS = ("县司法局", "市场监督管理局")

TURNS: dict[State, str] = {
    State.REGISTERED: "assign key-supervision direct supplement accept reassign refuse hand-over merge answer withdraw kind",
    State.SUPPLEMENT: "accept reassign refuse hand-over merge withdraw",
    State.ACCEPTED: "assign key-supervision direct reassign hand-over merge withdraw",
    State.ASSIGNED: "sign suspend hearing reassign merge withdraw hand-over copied approve-text disclose kind recuse lift",
    State.SENT_BACK: "sent-back redo hand-over withdraw reassign",
    State.HANDLING: "hearing suspend extend reassign merge withdraw hand-over copied disclose see progress rectify kind lift",
    State.SUSPENDED: "resume minutes minutes withdraw",
    State.COPY: "copied redo withdraw reassign",
    State.REPORTED: "approve-result approve-text redo withdraw disclose",
    State.FEEDBACK: "close redo rectify",
    State.HANDED_OVER: "take-back",
    State.CLOSED: "expose circular rectify rectified unexpose lift",
}
"""State -> orders that may come next in it."""
NEXT_ORDER = {
    State.REGISTERED: "reassign",
    State.SUPPLEMENT: "accept",
    State.ACCEPTED: "reassign",
    State.SENT_BACK: "reassign",
    State.REPORTED: "approve-result",
    State.SUSPENDED: "resume",
    State.COPY: "copied",
}
"""State -> the order that brings a case nearer its end."""
