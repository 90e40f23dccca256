"""F89, F90: a wrong book names every fault with file, line and remedy, and nothing of it counts."""

import pytest
from book_made import SHIPPED, chapters, shipped

from rules.judging import Matter, judge
from rules.policy import BookRefused, load, overlapping, recall
from rules.policy.load import book_hash
from rules.policy.record import Recipient

RULE = """
[[rule]]
name = "{name}"
category = "{category}"
when = {when}
{rest}
match = {match}
miss = ["别的。"]
"""

A_FORM = """
[[form]]
name = "x"
sender = "form@example.com"
person = "姓名"
email = "邮箱"
phone = "电话"
respondent = "单位"
subject = "标题"
content = "内容"
because = "x"
"""
A_REPORT = """
[[report]]
name = "weekly"
on = "周一"
at = "08:30"
to = ["head"]
because = "x"
"""


def a_rule(
    name="新规则", category="乱作为", when='{ any = ["电梯卡"] }', rest='because = "办法"', match='["强制办电梯卡。"]'
):
    return RULE.format(name=name, category=category, when=when, rest=rest, match=match)


def faults_of(given):
    with pytest.raises(BookRefused) as refused:
        load(given)
    return refused.value.faults


def test_the_shipped_book_is_sound():
    assert load(SHIPPED).hash == book_hash(SHIPPED)


def test_an_order_that_nobody_can_give_needs_no_second_person():
    faults = faults_of(chapters(roles=shipped("roles").replace('"refuse", "expose"', '"refuse", "fly"')))

    assert [fault.file for fault in faults if "没有“fly”这个指令" in fault.what] == ["roles.toml"]


def test_a_recipient_of_reports_counts_by_its_mailbox_in_small_letters():
    added = '\n[[recipient]]\nname = "县委办公室"\nmailbox = " Xianwei@Example.com "\n'
    record = load(chapters(record=shipped("record") + added)).record

    assert record is not None
    assert record.recipients[-1] == Recipient("县委办公室", "xianwei@example.com")


def test_an_office_may_do_without_reports_and_publication():
    assert load(chapters(record="")).record is None


def test_a_rule_added_by_a_clerk_counts():
    book = load(chapters(categories=shipped("categories") + a_rule()))
    assert book.category_rules[-1].name == "新规则"


@pytest.mark.parametrize(
    ("chapter", "added", "says"),
    [
        ("categories", a_rule(rest=""), "because"),
        ("categories", a_rule(match='["没有这个词。"]'), "没有命中自己的例句"),
        ("categories", a_rule(match="[]"), "没有必须命中的例句"),
        ("categories", a_rule().replace('miss = ["别的。"]', "miss = []"), "没有不得命中的例句"),
        ("categories", a_rule().replace("别的。", "又办电梯卡"), "误中了"),
        ("categories", a_rule(when='{ anyone = ["电梯卡"] }'), "不认识的项目"),
        ("categories", a_rule(when="{}"), "没有任何条件"),
        ("categories", a_rule(when="[]"), "缺少 when"),
        ("categories", a_rule(when='["电梯卡"]'), "写法不对"),
        ("categories", a_rule().replace("when = ", "# "), "没有任何条件"),
        ("categories", a_rule(when='{ any = ["电梯卡", ""] }'), "空白"),
        ("categories", a_rule(when='{ any = ["电梯卡", "电梯卡"] }'), "两遍"),
        ("categories", a_rule(when='{ any = "电梯卡" }'), "写法不对"),
        ("categories", a_rule(when='{ pattern = "(电梯" }'), "表达式"),
        ("categories", a_rule(when='{ any = ["电梯卡"], in = "信封" }'), "不认识“信封”"),
        ("categories", a_rule(when='{ any = ["电梯卡"], none = ["电梯卡"] }'), "永远不会命中"),
        (
            "categories",
            a_rule(when='[{ any = ["电梯卡"] }, { none = ["電梯卡"] }]'),
            "永远不会命中",
        ),
        ("categories", a_rule(when='{ any = ["办理电梯卡"], in = "正文", short = 4 }'), "比 short 允许的 4 个字还长"),
        ("categories", '\n[[category]]\nname = "第十种"\nbecause = "x"\n', "加起来只有 0 分，不到 2 分"),
        ("categories", '\n[[category]]\nname = "乱作为"\nbecause = "x"\n', "写了两遍"),
        ("categories", a_rule() + a_rule(name="另一条", when='{ any = ["電 梯卡"] }'), "条件完全相同"),
        (
            "scope",
            '\n[[rule]]\nname = "甲"\nscope = "属于"\nwhen = { any = ["电梯卡"] }\nbecause = "x"\nmatch = ["电梯卡"]\nmiss = ["x"]\n'
            '\n[[rule]]\nname = "乙"\nscope = "不属于"\nwhen = { any = ["电梯卡"] }\nbecause = "x"\nmatch = ["电梯卡"]\nmiss = ["x"]\n',
            "却归到两处",
        ),
        (
            "grounds",
            '\n[[ground]]\nnumber = "N1"\nname = "甲"\nproposal = "乙"\nguide = "丙"\nbecause = "丁"\n',
            "写了两遍",
        ),
        ("clocks", '\n[clock.new]\nlabel = "新"\ndays = 3\nbecause = "x"\npauses = ["hearng"]\n', "不认识“hearng”"),
        (
            "lines",
            '\n[[line]]\nname = "新线"\nbecause = "x"\nmatch = []\nmiss = []\n[line.words]\n"样" = 1\n',
            "没有必须命中",
        ),
        ("categories", a_rule(category="自动退件"), "不认识“自动退件”"),
        ("categories", a_rule() + a_rule(when='{ any = ["电梯卡片", "电梯卡"] }'), "同名"),
        ("categories", a_rule() + a_rule(name="另一条"), "条件完全相同"),
        ("categories", a_rule(rest='because = "x"\naction = "refuse"'), "不认识的项目“action”"),
        ("categories", a_rule(rest='because = ""'), "because 是空的"),
        ("clocks", '\n[clock.new]\nlabel = "新"\ndays = -3\nbecause = "x"\n', "超出范围"),
        ("clocks", '\n[clock.new]\nlabel = "新"\ndays = 3\n', "because"),
        ("clocks", '\n[clock.new]\nlabel = "新"\ndays = true\nbecause = "x"\n', "一个整数"),
        (
            "clocks",
            '\n[clock.new]\nlabel = "新"\ndays = 3\nbecause = "x"\nsteps = [{ day = 1, do = "退件" }]\n',
            "不认识“退件”",
        ),
        ("clocks", '\n[clock.new]\nlabel = "新"\ndays = 3\nbecause = "x"\nsteps = [3]\n', "阶梯"),
        ("clocks", '\n[clock.new]\nlabel = "新"\ndays = 3\nbecause = "x"\nvariants = { simple = -1 }\n', "超出范围"),
        ("clocks", '\n[clock.new]\nlabel = "新"\ndays = 3\nbecause = "x"\nvariants = { simple = "五" }\n', "超出范围"),
        ("units", '\n[[unit]]\nname = "新局"\nkind = "部门"\nbecause = "x"\naliases = ["国土局"]\n', "同时是"),
        ("units", '\n[[unit]]\nname = "新局"\nkind = "部门"\nbecause = "x"\naliases = ["税务局"]\n', "[[shared]]"),
        ("units", '\n[[unit]]\nname = "新局"\nkind = "部门"\nbecause = "x"\nline = "天上"\n', "归口“天上”"),
        ("units", '\n[[shared]]\nalias = "某局"\nunits = ["不存在局"]\nbecause = "x"\n', "不在单位名录里"),
        ("office", '\n[[staff]]\nname = "甲"\nrole = "nobody"\nmailbox = "a@example.com"\n', "不认识“nobody”"),
        ("office", '\n[[staff]]\nname = "甲"\nrole = "head"\nmailbox = "a"\n', "邮箱"),
        ("office", '\n[[staff]]\nname = "甲"\nrole = "head"\nmailbox = "a@example.com"\ndeputy = "丁"\n', "代理人"),
        ("office", '\n[[bell]]\nname = "x"\nat = "25:00"\nday = "每天"\nbecause = "x"\n', "25:00"),
        ("roles", '\n[role.new]\nlabel = "新"\nmay = ["fly"]\nbecause = "x"\n', "没有“fly”这个指令"),
        ("answers", '\n[[answer]]\nnumber = "D1"\ntitle = "x"\nwords = ["x"]\ntext = "x"\nbecause = "x"\n', "写了两遍"),
        ("answers", '\n[[answer]]\nnumber = "第1"\ntitle = "x"\nwords = ["x"]\ntext = "x"\nbecause = "x"\n', "不合用"),
        ("webform", A_FORM.replace("form@example.com", "表单"), "邮箱"),
        ("record", A_REPORT.replace("weekly", "daily"), "不认识“daily”"),
        ("record", A_REPORT.replace("周一", "每周"), "不认识“每周”"),
        ("record", A_REPORT.replace("08:30", "25:30"), "25:30"),
        ("record", '\n[[recipient]]\nname = "县委办公室"\nmailbox = "没有"\n', "邮箱"),
        ("lines", '\n[[line]]\nname = "新线"\nbecause = "x"\nmatch = ["路灯"]\nmiss = []\n', "没有命中"),
    ],
)
def test_f90_a_fault_is_named_with_file_line_and_remedy(chapter, added, says):
    faults = faults_of(chapters(**{chapter: shipped(chapter) + added}))
    assert any(says in fault.what for fault in faults)
    assert all(fault.file.endswith(".toml") and fault.line > 0 and fault.remedy for fault in faults)


@pytest.mark.parametrize(
    ("chapter", "old", "new", "says"),
    [
        ("kinds", 'kind = "广告"', "", "缺少 kind"),
        ("lines", shipped("lines"), "", "没有一条归口"),
        ("office", 'reference_prefix = "HY"', 'reference_prefix = "桓"', "前缀"),
        ("office", 'unit = "县营商环境建设监督局"', 'unit = "无此局"', "不在单位名录里"),
        ("words", 'complaint = "投诉"\n', "", "叫法"),
        ("scope", 'fallback = "两可"', 'fallback = "也许"', "不认识“也许”"),
        ("limits", "per_minute = 5", 'per_minute = "五"', "写法不对"),
    ],
)
def test_f90_a_changed_value_is_named(chapter, old, new, says):
    faults = faults_of(chapters(**{chapter: shipped(chapter).replace(old, new)}))
    assert any(says in fault.what for fault in faults)


def test_f90_all_errors_come_at_once():
    given = chapters(
        clocks=shipped("clocks") + "\n[clock.new]\ndays = -1\n", categories=shipped("categories") + a_rule(rest="")
    )
    assert {fault.file for fault in faults_of(given)} == {"clocks.toml", "categories.toml"}


def test_f90_a_torn_chapter_hides_no_fault_of_another():
    """Every error at once: what could not be read is told beside what is wrong elsewhere, and nothing that only follows from it."""
    given = chapters(
        limits=shipped("limits")[:300] + '\nx = "',
        words=None,
        clocks=shipped("clocks") + '\n[clock.new]\nlabel = "新"\ndays = 3\n',
        categories=shipped("categories") + a_rule(match='["没有这个词。"]'),
    )
    told = [(fault.file, fault.what) for fault in faults_of(given)]
    assert [file for file, _ in told] == ["categories.toml", "clocks.toml", "limits.toml", "words.toml"]
    assert "没有命中自己的例句" in told[0][1]


def test_f90_examples_are_tried_though_another_rule_is_wrong():
    rules = a_rule(name="甲", when="{ pattern = '(电梯' }") + a_rule(name="乙", match='["没有这个词。"]')
    told = [fault.what for fault in faults_of(chapters(categories=shipped("categories") + rules))]
    assert ["表达式" in what or "“乙”没有命中" in what for what in told] == [True, True]


def test_f90_a_fault_is_told_at_the_line_where_it_stands():
    staff = '\n[[staff]]\nname = "甲"\nmailbox = "a@example.com"\nrole = "nobody"\n'
    text = shipped("office") + staff
    (fault,) = faults_of(chapters(office=text))
    assert text.splitlines()[fault.line - 1] == 'role = "nobody"'


def test_rules_of_which_one_only_adds_points_are_told_to_whoever_checks():
    book = load(
        chapters(categories=shipped("categories") + a_rule() + a_rule("另一条", when='{ any = ["电梯卡", "门禁卡"] }'))
    )
    (fault,) = overlapping(book)
    assert (fault.file, "必定也命中" in fault.what, "“另一条”" in fault.what) == ("categories.toml", True, True)


def test_a_book_that_was_in_force_is_read_again_whatever_is_wrong_by_todays_checks():
    old = chapters(categories=shipped("categories") + a_rule(match='["没有这个词。"]') + a_rule(name="空", when="{}"))
    faults_of(old)
    assert recall(old).category_rules[-2].name == "新规则"
    assert "空" not in {reason.rule for reason in judge(Matter("", "电梯卡。"), recall(old)).why}


def test_f90_deputies_must_not_go_in_a_circle():
    staff = "".join(
        f'\n[[staff]]\nname = "{name}"\nrole = "head"\nmailbox = "{name}@example.com"\ndeputy = "{other}"\n'
        for name, other in (("甲", "乙"), ("乙", "甲"))
    )
    assert any("绕了一圈" in fault.what for fault in faults_of(chapters(office=shipped("office") + staff)))


def test_a72_an_expression_that_needs_too_much_memory_is_refused():
    bomb = a_rule(when="{ pattern = '((a{1,100}){1,100}){1,100}' }")
    assert any("表达式" in fault.what for fault in faults_of(chapters(categories=shipped("categories") + bomb)))


def test_f89_bom_and_crlf_are_accepted():
    text = shipped("limits").replace("\n", "\r\n")
    assert load(chapters(limits=b"\xef\xbb\xbf" + text.encode())).limits.per_address_day == 6


@pytest.mark.parametrize(
    ("data", "says", "remedy"),
    [
        (None, "缺少这一章", "复制"),
        (shipped("limits").encode("gb18030"), "不是 UTF-8", "另存为"),
        (shipped("limits")[:300] + '\nx = "', "没有存完整", "成对"),
        (shipped("limits").replace('because = "防', "because = “防", 1), "没有存完整", "“"),
        ("per_address_day ＝ 6\n", "没有存完整", "＝"),
    ],
)
def test_f89_a_torn_or_foreign_file_says_what_to_do(data, says, remedy):
    (fault,) = faults_of(chapters(limits=data))
    assert says in fault.what
    assert remedy in fault.remedy


def test_f89_a_chapter_nobody_knows_is_named():
    faults = faults_of({**SHIPPED, "limits - 副本.toml": b""})
    assert [fault.file for fault in faults] == ["limits - 副本.toml"]


def test_the_letters_folder_is_part_of_the_hash():
    with_letter = load({**SHIPPED, "letters/receipt.j2": "您好".encode()})
    assert with_letter.hash != load(SHIPPED).hash
    assert dict(with_letter.letters) == {"receipt.j2": "您好".encode()}


def test_the_order_of_chapters_never_matters():
    backwards = dict(reversed(SHIPPED.items()))
    assert load(backwards).hash == load(SHIPPED).hash


def test_a_refused_book_tells_its_faults_in_its_message():
    with pytest.raises(BookRefused, match=r"limits\.toml 第 1 行：缺少这一章"):
        load(chapters(limits=None))
