"""Domain §2.4 (what is accepted), §2.8 (R1–R8 as far as judging goes) and the traps A72, A73, L46–L57 of judging, each by its number."""

import pytest
from judging_made import BOOK, Matter, Quest, judge, judged, quests, routed, units

from daemon.books import read_chapters
from rules.judging import Kind, Mode, Verdict
from rules.policy import load
from rules.reading import read

ACCEPTED = {
    "应受理拒不受理": "县林业局对我公司的采伐申请应当受理却拒不受理。",
    "擅自改变程序、增加环节、提高门槛": "县住建局擅自改变审批程序，给我公司的项目增加环节，提高门槛。",
    "不按规定、承诺时限": "县审批局不按承诺的时限办结我公司的营业执照。",
    "敷衍塞责、推诿扯皮、态度生冷、故意刁难": "县住建局窗口敷衍塞责、推诿扯皮，对我们企业态度生冷、故意刁难。",
    "吃拿卡要": "县运管所工作人员对我们司机吃拿卡要。",
    "乱收费、乱罚款、乱摊派": "县环保局对我厂乱收费、乱罚款、乱摊派。",
    "以权谋私": "县国土局科长以权谋私，把项目给了亲戚的公司。",
    "执法不规范、简单粗暴": "县城管局执法不规范，简单粗暴，砸了我店的招牌。",
    "泄露商业秘密": "县市场局把我公司的商业秘密泄露给同行。",
    "打击报复举报人": "我公司举报之后遭到县交通局打击报复。",
    "不作为、慢作为": "县水务局不作为、慢作为，我公司的取水许可三个月没有批。",
    "一次性告知不落实": "县审批局没有一次性告知，我公司跑了五趟。",
    "新官不理旧账、政策不兑现": "开发区管委会新官不理旧账，招商时答应我公司的政策不兑现。",
    "指定中介、强迫购买、强制入会": "县住建局指定中介，强迫我公司购买服务，强制入会。",
    "违规检查处罚": "县安监局对我厂违规检查、违规处罚。",
    "停水停电停气": "供电公司对我厂停水停电，无法生产。",
    "超范围扣押冻结": "县公安局超范围扣押冻结我公司的财产。",
    "准入门槛、地方保护": "县教育局设置准入门槛，搞地方保护，不让我公司投标。",
    "办事拖拉（2007）": "办事拖拉，推诿扯皮，县农业局给我们合作社办手续拖了一年。",
    "态度粗暴生冷硬横（2007）": "县林业局态度粗暴，生冷硬横，对我们木材加工厂很不客气。",
    "审批繁琐（2007）": "县国土局审批繁琐，吃拿卡要，我公司的用地手续办不下来。",
    "野蛮越权执法（2007）": "县城管局野蛮越权执法，扣了我们商户的货。",
    "摊派、培训、出国（2007）": "县工商局乱收费，组团出国的钱也摊派给企业，强制培训。",
}


@pytest.mark.parametrize("matter", ACCEPTED)
def test_24_s61_what_the_lists_accept_is_in_scope_has_a_category_and_one_respondent(matter):
    judgement = judged(ACCEPTED[matter], "投诉")
    assert (judgement.kind, judgement.scope, judgement.grounds) == (Kind.COMPLAINT, Verdict.YES, ())
    assert judgement.categories not in ((), ("其他",))
    assert len(judgement.respondents) == 1


@pytest.mark.parametrize("number", [f"N{number}" for number in range(1, 12)])
def test_24_s41_every_ground_has_basis_proposal_and_a_place_to_go_and_only_asks(number):
    ground = BOOK.grounds[number]
    assert ground.because
    assert ground.proposal
    assert ground.guide
    assert ground.rules


def test_24_n6_a_thin_letter_is_asked_to_say_more_before_anything_is_closed():
    assert BOOK.grounds["N6"].proposal == "补正"


def test_24_n2_what_discipline_takes_is_handed_over_not_refused():
    assert BOOK.grounds["N2"].proposal == "移送"


def test_28_r1_l52_an_anonymous_report_in_two_lines_from_a_phone_is_a_clue_that_goes_to_nobody_reported():
    judgement = judged("匿名举报交警大队收红包。\n不便透露姓名。")
    assert (judgement.kind, judgement.mode) == (Kind.REPORT, Mode.DIRECT)
    assert {"N8", "N2"} <= set(judgement.grounds)
    assert [unit for unit, _ in routed(judgement)] == [None]
    assert {Quest.REPORT, Quest.ANONYMOUS} <= quests(judgement)


def test_28_r2_a_complaint_about_ones_own_matter_goes_to_the_unit_that_must_mend_it():
    assert judged("县林业局三个月不给我公司办采伐证。", "投诉县林业局").mode is Mode.TRANSFER


def test_28_r4_s44_who_decides_about_the_bureau_is_said_and_nothing_is_proposed():
    judgement = judged("投诉县营商环境建设监督局推诿。")
    assert (judgement.mode, judgement.route) == (None, ())
    assert any("组长" in query.says for query in judgement.questions)


def test_l48_a_contact_table_is_known_by_its_words_wherever_it_is_sent():
    judgement = judged("现将我镇信息表报上，请查收。", "古城镇投诉举报电话和联系人信息表", sender_unit="古城镇")
    assert (judgement.kind, judgement.mode, judgement.respondents) == (Kind.CONTACT, None, ())


def test_l49_r8_a_letter_that_also_went_to_the_respondent_is_judged_like_any_other():
    assert units(judged("县国土局乱收费，此信同时抄送县国土局。", "投诉县国土局")) == ["国土资源局"]


def test_l50_a_clerk_who_writes_from_his_units_mailbox_about_his_own_chief_is_proposed_to_nobody():
    judgement = judged("我举报我们局长收红包。", "举报", sender_unit="林业局")
    assert (judgement.respondents, judgement.mode) == (
        (),
        None if judgement.kind is not Kind.REPORT else judgement.mode,
    )
    assert Quest.UNIT_SENDER in quests(judgement)
    assert all(unit is None for unit, _ in routed(judgement))


@pytest.mark.parametrize("words", ["县局起火了，快来人！", "他们正在打人，县城管打人了。", "再不解决我就要自杀。"])
def test_l54_n11_danger_is_asked_about_first(words):
    assert judged(words).questions[0].quest is Quest.URGENT


@pytest.mark.parametrize(
    ("own", "subject", "kind"),
    [
        ("请问办理营业执照需要哪些材料？", "咨询", Kind.CONSULT),
        ("我建议在大厅设一个复印处。", "关于大厅的建议", Kind.SUGGESTION),
        ("谢谢市场局三天办好执照。", "感谢信", Kind.THANKS),
        ("查询 HY2017-00012-K7", "", Kind.URGE),
    ],
)
def test_l55_a_question_a_suggestion_thanks_and_a_query_have_no_handling(own, subject, kind):
    judgement = judged(own, subject)
    assert (judgement.kind, judgement.mode) == (kind, None)


def test_l56_two_signs_and_no_word_of_complaint_make_an_advertisement():
    assert judged("代开发票，税点优惠，加微信。").kind is Kind.ADVERT
    assert judged("代开发票。").kind is not Kind.ADVERT


@pytest.mark.parametrize(
    ("own", "subject"),
    [("县国土局乱收费，不给收据。", "自动回复系统乱收费"), ("代开发票的在税务所门口加微信揽客，税务局不管。", "投诉")],
)
def test_l57_a_complaint_that_looks_like_a_machines_is_a_complaint(own, subject):
    assert judged(own, subject).kind is Kind.COMPLAINT


@pytest.mark.parametrize("bomb", ["(a+)+b", "(a|a)*b", "(.*a){20}b", "([a-z]+)*1"])
def test_a72_an_expression_that_would_hang_other_engines_is_answered_like_any_other(bomb):
    """Engines that go back and try again would not end within years; RE2 answers in linear time, so it is enough that the test ends."""
    chapters = dict(read_chapters())
    rule = (
        f"\n[[rule]]\nname = '炸'\ncategory = '其他'\nwhen = {{ pattern = '{bomb}' }}\nbecause = 'x'\n"
        f"match = ['{'a' * 30}b{'a' * 30}1']\nmiss = ['乙']\n"
    )
    book = load({**chapters, "categories.toml": chapters["categories.toml"] + rule.encode()})
    told = {reason.rule for reason in judge(Matter("", "a" * 20_000 + "!"), book).why}
    assert "炸" not in told


def test_a73_a_cyrillic_reference_finds_no_case():
    assert read("Subject: =?utf-8?b?0J3Qozog?=\n\nНУ2017-00012-K7".encode()).numbers == ()
