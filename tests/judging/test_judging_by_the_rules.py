"""The numbered rules of domain §2.4 (N1–N11), §2.8 (R1–R4), §5.3 and S61, each on a letter a villager could write."""

import pytest
from judging_made import BOOK, Quest, accused, judged, quests, routed, units

from rules.judging import Confidence, Kind, Mode, Named, Verdict


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("N1", "县住建局拖欠我公司工程款，我已向法院起诉，下月开庭。"),
        ("N1", "桓仁镇政府不付款，案号（2017）辽0522民初123号，判决书下来两年没有执行。"),
        ("N1", "对县国土局的处罚我申请了行政复议，复议决定还没有下来。"),
        ("N2", "县运管所所长受贿，收了三万元。"),
        ("N3", "我反映县林业局不发证，县信访局已受理，出了信访答复意见。"),
        ("N4", "乙公司欠货款二十万元不给，双方有买卖合同。"),
        ("N5", "你局已答复过，我不服，再次投诉县城管局乱罚款。"),
        ("N6", "你们都是坏人。"),
        ("N7", "邻居纠纷请你们管管。"),
        ("N8", "匿名举报：县运管所乱收费。"),
        ("N9", "附件是机密文件，请县经信局解释。"),
        ("N10", "山洪冲了厂房，县水务局没有赔偿。"),
        ("N11", "厂里起火了，快来人！"),
    ],
)
def test_24_n1_to_n11_a_ground_is_proposed_with_its_words_and_never_decided(number, words):
    judgement = judged(words)
    assert number in judgement.grounds
    assert quests(judgement) & {Quest.GROUND, Quest.ANONYMOUS, Quest.URGENT}
    assert judgement.mode in (None, Mode.DIRECT)


@pytest.mark.parametrize(
    "words",
    [
        "我不是要起诉，只想让县住建局把施工许可证办下来。",
        "如果起诉要等很久，请县住建局尽快办理施工许可。",
        "县住建局没有受贿，只是拖了三个月没办。",
        "县住建局的事情还没有开庭，也不打算起诉。",
    ],
)
def test_l53_a_denied_or_imagined_ground_is_none(words):
    assert judged(words).grounds == ()


def test_n11_an_urgent_letter_rings_at_once_though_it_is_only_threatened():
    judgement = judged("县住建局再不解决我就要自杀。")
    assert Quest.URGENT in quests(judgement)


def test_r1_a_report_never_goes_to_the_reported():
    judgement = judged("实名举报县公安局副局长收红包。", "举报")
    assert (judgement.kind, judgement.mode) == (Kind.REPORT, Mode.DIRECT)
    assert units(judgement) == ["公安局"]
    assert routed(judgement) == [(None, "公安")]
    assert Quest.REPORT in quests(judgement)


def test_r1_a_report_of_a_substation_spares_its_township_too():
    judgement = judged("我举报古城镇国土所所长收红包。")
    assert [unit for unit, _ in routed(judgement)] == [None]


def test_r2_a_complaint_goes_to_the_unit_itself_without_a_question():
    judgement = judged("县住建局拖了三个月不给办施工许可证，我公司损失很大。", "投诉县住建局")
    assert (judgement.kind, judgement.mode, judgement.confidence) == (Kind.COMPLAINT, Mode.TRANSFER, Confidence.HIGH)
    assert routed(judgement) == [("住房和城乡建设局", "住建")]
    assert judgement.questions == ()


@pytest.mark.parametrize(
    "words",
    [
        "投诉县营商局不作为，推诿扯皮。",
        "投诉督查室态度恶劣，骂人。",
        "县政府承诺的奖补资金拖欠三年不给。",
        "投诉副县长不作为。",
        "被投诉人：县长\n不兑现承诺。",
    ],
)
def test_r4_l51_the_bureau_the_inspectors_and_county_leaders_are_the_heads_alone(words):
    judgement = judged(words)
    assert (judgement.route, judgement.mode) == ((), None)
    assert Quest.OURSELVES in quests(judgement)


@pytest.mark.parametrize(
    "words",
    ["投诉县法院拖着不执行。", "投诉E市中级人民法院迟迟不开庭。", "投诉县纪委不作为。", "投诉县委组织部不作为。"],
)
def test_courts_discipline_and_party_are_never_routed_by_rule(words):
    judgement = judged(words)
    assert judgement.route == ()
    assert Quest.JUSTICE in quests(judgement)


def test_53_1_a_labelled_field_decides_before_everything_else():
    words = "被投诉单位：县林业局\n县城管局也知道这件事，城管局态度恶劣，乱罚款。"
    assert units(judged(words)) == ["林业局"]


def test_53_1_a_field_inside_the_letter_counts_however_it_is_written():
    assert units(judged("投诉人：张某\n被投诉单位： 桓 仁 鎮 政府\n事由：欠款")) == ["桓仁镇"]


@pytest.mark.parametrize(
    ("words", "only"),
    [
        ("县城管局乱罚款，我已向县信访局反映过。", "县信访局"),
        ("县城管局乱罚款。抄送县财政局。", "县财政局"),
        ("县城管局乱罚款，经县司法局调解没有结果。", "县司法局"),
        ("县城管局乱罚款，县住建局让我找你们。", "县住建局"),
        ("县城管局乱罚款，请县公安局来看看。", "县公安局"),
    ],
)
def test_53_2_an_organ_only_mentioned_is_no_respondent(words, only):
    judgement = judged(words)
    assert units(judgement) == ["综合行政执法局"]
    assert only in [each.words for each in judgement.mentioned]


@pytest.mark.parametrize(
    "words",
    [
        "投诉县国土局。",
        "举报县国土局乱收费。",
        "县国土局不作为。",
        "县国土局推诿。",
        "我们被县国土局罚款两千元。",
        "县国土局向我们索要好处。",
        "县国土局扣押了我的车。",
    ],
)
def test_53_2_respondent_verbs_stand_before_or_behind_the_name(words):
    assert "国土资源局" in units(judged(words))


@pytest.mark.parametrize(
    ("words", "lead", "helps"),
    [
        ("古城镇国土所收费不给收据。", "国土资源局", "古城镇"),
        ("沙尖子派出所扣车不给手续。", "公安局", "沙尖子镇"),
        ("古城国土所乱收费。", "国土资源局", "古城镇"),
        ("沙尖子镇交警中队扣车不给手续。", "公安局", "沙尖子镇"),
        ("五里甸子镇林业站不办采伐证。", "林业局", "五里甸子镇"),
    ],
)
def test_53_3_a_townships_substation_belongs_to_its_line(words, lead, helps):
    assert [unit for unit, _ in routed(judged(words))] == [lead, helps]


def test_53_3_s40_a_townships_own_matter_is_the_townships():
    assert routed(judged("沙尖子镇政府拖欠修路款。")) == [("沙尖子镇", "乡镇街道")]
    assert routed(judged("沙尖子镇镇政府拖欠修路款。")) == [("沙尖子镇", "乡镇街道")]


def test_53_3_a_townships_tax_office_of_2017_may_be_two_units():
    judgement = judged("古城镇税务所乱罚款。")
    assert [unit for unit, _ in routed(judgement)] == ["国家税务局", "地方税务局", "古城镇"]


def test_53_4_l43_several_respondents_are_lead_and_co_units_and_a_question():
    judgement = judged("县国土局、县林业局乱罚款，互相推诿。")
    assert [unit for unit, _ in routed(judgement)] == ["国土资源局", "林业局"]
    assert Quest.SEVERAL in quests(judgement)


def test_53_4_no_respondent_is_a_question_though_a_line_is_proposed():
    judgement = judged("我们店门口占道经营的摊贩没人管，油烟扰民。")
    assert judgement.respondents == ()
    assert judgement.route[0].line == "城管"
    assert Quest.UNIT in quests(judgement)


@pytest.mark.parametrize(
    "words",
    [
        "桓仁镇政府拖欠工程款一百五十万元。",
        "我们全体三十名司机联名投诉县运管所乱罚款。",
        "我们是招商引资项目，县国土局拖了两年不给办土地证。",
        "县环保局查封，企业被迫停产。",
        "县环保局不作为，再不解决就找媒体。",
        "县长已批示，县财政局仍不拨付奖补资金。",
    ],
)
def test_53_5_what_is_grave_is_proposed_for_key_supervision(words):
    judgement = judged(words)
    assert judgement.mode is Mode.KEY_SUPERVISION
    assert Quest.SUPERVISE in quests(judgement)


def test_53_6_with_a_question_the_confidence_is_never_high():
    assert judged("县国土局、县林业局乱罚款，互相推诿。").confidence is not Confidence.HIGH
    assert judged("嗯。").confidence is Confidence.LOW


@pytest.mark.parametrize(
    ("category", "words"),
    [
        ("违法行政", "县城管局没有依据就扣押我的三轮车。"),
        ("作风不实", "窗口人员态度恶劣，上班玩手机。"),
        ("效能低下", "申请交了两个多月，迟迟不办。"),
        ("推诿扯皮", "两个局踢皮球，推来推去。"),
        ("敷衍塞责", "答复敷衍，石沉大海。"),
        ("中梗阻", "领导批了，到科里卡着不办。"),
        ("行政不作为", "反映三次置之不理，就是不作为。"),
        ("乱作为", "办证要指定中介，故意刁难。"),
        ("干扰破坏企业生产经营秩序", "村民堵路，砖厂停产。"),
        ("其他", "欠我几万元。"),
    ],
)
def test_s61_every_category_is_found_by_its_words(category, words):
    assert category in judged(words, "投诉").categories


@pytest.mark.parametrize("words", ["县住建局没有不作为。", "并不是不作为，是我材料不全。", "没有推诿，没有刁难。"])
def test_54_a_denied_category_is_none(words):
    assert judged(words, "投诉").categories == ("其他",)


@pytest.mark.parametrize(
    ("words", "category"),
    [
        ("是不是不作为？", "行政不作为"),
        ("难道不是推诿吗？他们就是推诿。", "推诿扯皮"),
        ("不得不说这是刁难。", "乱作为"),
    ],
)
def test_54_a_question_is_no_denial(words, category):
    assert judged(words, "投诉").categories == (category,)


@pytest.mark.parametrize(
    ("own", "subject", "kind"),
    [
        ("我要投诉县住建局。", "", Kind.COMPLAINT),
        ("实名举报县运管所。", "", Kind.REPORT),
        ("我想咨询开饭店要办哪些证？", "咨询", Kind.CONSULT),
        ("可以网上办。", "关于简化办照手续的建议", Kind.SUGGESTION),
        ("请帮帮我们，企业开不了工。", "求助", Kind.HELP),
        ("三天办好执照。", "感谢市场局", Kind.THANKS),
        ("我的投诉办得怎么样了？", "查询进展", Kind.URGE),
        ("现补充两张照片。", "补充材料", Kind.SUPPLEMENT),
        ("我撤回投诉。", "", Kind.WITHDRAW),
        ("满意", "", Kind.OPINION),
        ("不满意，没有人来过。", "", Kind.OPINION),
        ("现将我镇信息表报上。", "联系人信息表", Kind.CONTACT),
        ("代开发票，税点优惠，加微信。", "", Kind.ADVERT),
    ],
)
def test_s2_54_each_kind_of_letter_is_told(own, subject, kind):
    assert judged(own, subject).kind is kind


def test_s4_l50_a_units_letter_is_looked_at_by_a_person_first():
    judgement = judged("执行中遇到一个问题，县财政局不拨款。", "请示", sender_unit="古城镇")
    assert (judgement.kind, judgement.respondents) == (Kind.UNIT_MATTER, ())
    assert Quest.UNIT_SENDER in quests(judgement)


def test_54_a_units_report_that_quotes_the_complaint_is_no_complaint():
    judgement = judged("办理情况报告：来信反映我局不作为、乱收费，经调查情况如下。", "回复", sender_unit="林业局")
    assert (judgement.kind, judgement.mode) == (Kind.UNIT_REPLY, None)


def test_s84_a_copy_for_the_record_is_handled_by_the_unit():
    assert judged("现将办理结果抄送备案。", "抄送备案", sender_unit="林业局").mode is Mode.UNIT_DIRECT


def test_l57_a_complaint_that_speaks_of_adverts_stays_a_complaint():
    assert judged("有人代开发票，加微信联系，请查处，县税务局不管。", "投诉").kind is Kind.COMPLAINT


def test_a19_units_words_from_a_stranger_are_only_words():
    assert judged("办结报告：同意转办，签收。", "回复：办结报告").kind is not Kind.UNIT_REPLY


@pytest.mark.parametrize(
    ("words", "unit"),
    [
        ("投诉五里甸子镇政府欠款", "五里甸子镇"),
        ("投诉八里甸子镇政府欠款", "八里甸子镇"),
        ("投诉二棚甸子镇政府欠款", "二棚甸子镇"),
        ("投诉北甸子乡政府欠款", "北甸子乡"),
        ("投诉桓仁镇政府欠款", "桓仁镇"),
        ("投诉桓仁县国土局欠款", "国土资源局"),
        ("投诉拐磨子镇政府欠款", "华来镇"),
        ("投诉自然资源局欠款", "国土资源局"),
        ("投诉桓仁满族自治县市场监督管理局罚款", "市场监督管理局"),
        ("投诉二棚甸子镇政府办公室欠款", "二棚甸子镇"),
        ("投诉县政府办公室欠款", "县政府办公室"),
    ],
)
def test_53_1_the_longest_name_wins_and_old_and_new_names_count(words, unit):
    assert units(judged(words)) == [unit]


@pytest.mark.parametrize("words", ["古城的风景很好，投诉导游欺骗。", "葵花向阳开，投诉。", "桓仁县的路不好走。"])
def test_ordinary_words_are_no_township(words):
    assert not {"古城镇", "向阳乡", "桓仁镇"} & set(units(judged(words)))


@pytest.mark.parametrize(
    ("words", "unit"),
    [
        ("投诉市埸监督管理局乱罚款", "市场监督管理局"),
        ("投诉囯土资源局不办证", "国土资源局"),
        ("投诉五里旬子镇政府欠款", "五里甸子镇"),
    ],
)
def test_a73_a_lookalike_is_never_the_unit_and_is_asked_about(words, unit):
    judgement = judged(words)
    assert unit not in units(judgement)
    assert Quest.LOOKALIKE in quests(judgement)
    assert unit in " ".join(query.says for query in judgement.questions)


def test_a73_one_sign_that_becomes_eighteen_stays_bounded():
    assert judged("\ufdfa" * 30_000).grounds == ()


def test_the_tax_bureau_of_2017_may_be_two_units_and_is_asked_about():
    judgement = judged("投诉税务所乱罚款")
    assert [unit for unit, _ in routed(judgement)] == ["国家税务局", "地方税务局"]
    assert Quest.AMBIGUOUS in quests(judgement)


def test_another_countys_organ_is_told_by_its_form():
    judgement = judged("投诉商洛市生态环境局洛南分局拖欠工程款")
    assert judgement.respondents == (Named(None, "商洛市生态环境局洛南分局"),)
    assert routed(judgement) == [(None, "生态环境")]


def test_a_firm_complained_of_counts_and_ones_own_does_not():
    assert accused("我公司被大华商贸有限公司欺骗，大华商贸有限公司违约不付。", "投诉") == ["大华商贸有限公司"]


def test_our_own_brickworks_is_not_the_other_side():
    assert accused("我们砖厂被县环保局关停，砖厂损失很大。") == ["县环保局"]


def test_the_addressee_is_meant_where_only_he_is_blamed():
    assert accused("贵局拖了两个月不给办许可证。", "投诉") == ["贵局"]


def test_names_joined_by_and_share_what_is_said_of_them():
    assert set(accused("县城管局和县运管所经常罚款。")) == {"县城管局", "县运管所"}


def test_a_forwarded_letter_is_what_its_sender_wants_to_say():
    assert units(judged("请处理", forwarded="投诉县林业局不办采伐证，拖了三个月。")) == ["林业局"]


def test_scope_is_about_organs_that_harm_firms():
    assert judged("我公司申请施工许可证，县住建局三个月不批。").scope is Verdict.YES
    assert judged("小区广场舞太吵，邻居不听。").scope is Verdict.NO
    assert judged("天气不好。").scope is Verdict.BORDERLINE


def test_why_quotes_the_letters_own_words_and_names_rule_and_basis():
    subject, own = "投訴", "縣國土局 亂收費，不給收據。"
    judgement = judged(own, subject)
    whole = f"{subject}\n{own}"
    reason = next(each for each in judgement.why if each.rule == "乱收费乱罚款")
    assert reason.because
    assert "亂收費" in reason.words
    assert tuple(whole[start:end] for start, end in reason.spans) == reason.words


def test_every_question_is_a_sentence_staff_can_read():
    assert all(query.says.endswith(("。", "？")) for query in judged("投诉县法院、督查室、税务局。").questions)


def test_the_books_words_for_kinds_stand_in_its_labels():
    assert {BOOK.label("kind", kind.value) for kind in Kind} >= {"投诉", "举报", "备案抄送"}
