"""What is taken out of a complaint, what stays, and what a person must look at first. The letters are written for these tests."""

import pytest

from rules.shield import Mark, Redacted, find_identities, redact

LETTER = """我叫柴永贵，是沙尖子镇双水洞村二组村民。我女儿柴雨桐在县二中念书，去年9月学校收订奶费380元，
班主任周丽说不订就调座位。县教育局的马股长说是自愿的。我开的永贵汽修也被查过。
邻居老赵头可以作证。电话 一五八 四二四一 三三零九，微信 chai_yg71，身份证 210522197105120012，车牌辽E·00A1B。
柴　永　贵
2017年5月9日"""


def shown(text, subject="", from_name="", from_addr="someone@mail.example", files=()):
    return redact(subject, text, find_identities(subject, text, from_name, from_addr, files))


def test_the_person_goes_and_the_facts_stay():
    redaction = shown(LETTER, "反映学校收费", "柴永贵", "chaiyonggui71@mail.example")

    for gone in (
        "柴永贵",
        "柴　永　贵",
        "柴雨桐",
        "双水洞",
        "一五八",
        "chai_yg71",
        "210522",
        "00A1B",
        "永贵汽修",
        "老赵头",
    ):
        assert gone not in redaction.text
    for stays in ("沙尖子镇", "县二中", "去年9月", "380元", "周丽说不订就调座位", "县教育局的马股长", "2017年5月9日"):
        assert stays in redaction.text


def test_a_removal_is_marked_in_the_text_and_kept_as_a_place():
    redaction = shown("我的手机13812340000。")

    assert redaction.text == "我的手机（已隐去：电话）。"
    assert redaction.removed == (Mark("mobile", 5, 16),)


@pytest.mark.parametrize(
    "number",
    [
        "139 4140 0000",
        "139-4140-0000",
        "１３９４１４０００００",
        "一三九四一四〇〇〇〇〇",
        "幺三九四一四零零零零零",
        "壹叁玖肆壹肆零零零零零",
        "139四一四00000",
        "+86 13941400000",
        "①③⑨41400000",
        "1394l4OOOOO",
        "139\u200b4140\u200b0000",
        "139.4140.0000",
        "1394140\n0000",
        "١٣٩٤١٤٠٠٠٠٠",
    ],
)
def test_a_telephone_number_goes_in_every_writing_a27(number):
    assert shown(f"有事打电话{number}，谢谢。").text == "有事打电话（已隐去：电话），谢谢。"


@pytest.mark.parametrize(
    "value",
    [
        "210522197503000016",
        "21052219750300001X",
        "210522 19750300 0016",
        "2105**********0016",
        "91210522MA00ABCD12",
        "6217 0000 0042 7517 784",
        "辽E·12345",
        "0414-4888888",
        "(024)48888888",
    ],
)
def test_numbers_that_only_one_person_has_go_by_their_form_a28(value):
    assert value not in shown(f"我的情况：{value}，请查。").text


@pytest.mark.parametrize(
    "words",
    [
        "我姓鄂，全镇就一家",
        "找老孙就行，我就是孙福贵",
        "本人是张玉清之妻，叫李桂兰",
        "大家都叫我牛嫂",
        "户名 孙立新，卡号不便说",
    ],
)
def test_names_go_in_the_ways_people_give_them_a26(words):
    text = shown(f"县水务局收费8600元，没有文件。{words}。").text

    for name in ("姓鄂", "孙福贵", "老孙", "李桂兰", "牛嫂", "孙立新"):
        assert name not in text


def test_the_firm_goes_by_its_full_name_its_short_name_and_its_core_a29():
    redaction = shown("我公司桓仁宏达木业有限公司（简称宏达木业）被要求停产，宏达的工人都放假了。县供电公司也来断电。")

    assert "宏达" not in redaction.text
    assert "县供电公司" in redaction.text


def test_the_mailbox_and_what_it_spells_go_a30():
    redaction = shown(
        "反映县商务局收费。zhangsanfeng@mail.example\nzhang sanfeng", "", "张三丰", "zhangsanfeng@mail.example"
    )

    assert "sanfeng" not in redaction.text


def test_towns_and_words_written_like_the_name_stay():
    redaction = shown("我叫向阳，向阳乡政府不给办证，我心里不高兴。向阳的电话13812340000。", "", "向阳")

    assert (
        redaction.text
        == "我叫（已隐去：姓名），向阳乡政府不给办证，我心里不高兴。（已隐去：姓名）的电话（已隐去：电话）。"
    )


def test_public_numbers_amounts_and_contracts_stay():
    text = "我打12345没人接，县人社局公开电话0414-4000110也不通。合同编号HR20170301138001，总价13800000元。"

    assert shown(text).text == text


def test_a_person_of_unknown_part_is_seen_by_the_office_alone():
    redaction = shown("我反映县林业局收费。苗春生后来也写过信。")

    assert "苗春生" not in redaction.text
    assert "苗春生" in redaction.office_text


@pytest.mark.parametrize(
    "words",
    [
        "我是站里的资料员，只有我一个，千万别说。",
        "我手机记不清了，好像电话是4 1 4 0 0 0 0 0 1。",
        "暗号 hr_guansh798x 才行。",
        "我家的事拖了很久，来回跑了好多趟，材料早就交齐了，一样也不缺，票据都留着，每次都白跑一趟，宋春艳说不行。",
    ],
)
def test_what_is_in_doubt_is_asked_of_a_person(words):
    assert shown(f"县农机站收了我800元。{words}").refused is not None


def test_a_letter_too_long_to_be_read_whole_is_asked_of_a_person():
    assert shown("县农机站收了800元。" * 20_000).refused is not None


def test_only_the_shield_makes_redacted_words():
    with pytest.raises(TypeError):
        Redacted("我叫张三")
    assert Redacted.kept("已经处理过的文字") == "已经处理过的文字"


def test_names_in_file_names_are_known_a32():
    identities = find_identities("", "材料见附件", "", "a@mail.example", ("身份证孙福贵.jpg", "扫描.pdf"))

    assert "孙福贵" in [identity.value for identity in identities]


def test_a_chat_loses_the_name_of_the_one_who_writes():
    redaction = shown("5月8日 14:03\n浑江渔火：在吗\n对方：你谁\n浑江渔火：我前天去过的\n城管局没人理。我投诉。")

    assert "浑江渔火" not in redaction.text
    assert "对方：你谁" in redaction.text


def test_a_subject_and_a_text_keep_their_border():
    redaction = shown("我叫孙福贵。\n投诉水务局。", "孙福贵的投诉", "孙福贵")

    assert redaction.subject == "（已隐去：姓名）的投诉"
    assert redaction.text == "我叫（已隐去：姓名）。\n投诉水务局。"


def test_a_text_without_a_sender_loses_all_its_names():
    assert redact(
        "", "到访的有王建国、克里斯·莫瑞斯。", find_identities("", "到访的有王建国、克里斯·莫瑞斯。", "", "")
    ).text == ("到访的有（已隐去：姓名）、（已隐去：姓名）。")


OFFICE = "投诉县水务局河道所收费，我们跑了三趟。"


@pytest.mark.parametrize(
    ("words", "gone"),
    [
        ("我姓古，名城，古城就是我。", ["我姓古，名城", "古城就是"]),
        ("我是河口村五组的吕德厚，今年七十六。", ["吕德厚"]),
        ("患者柴雨桐，女，31岁，住院费1.1万。", ["柴雨桐"]),
        ("签字：丛培海、丛培江、隋建国、初连胜。", ["丛培海", "丛培江", "隋建国", "初连胜"]),
        ("投诉人：那晓梅　　职业：个体", ["那晓梅"]),
        ("俺媳妇小翠在家。环卫工老耿也被罚了。", ["小翠", "老耿"]),
        ("证人：卖水果的刘姐，学校门口的秦老师。", ["刘姐", "秦老师"]),
        ("我叫佟玉兰，找玉兰就行，大家叫我兰姐。", ["玉兰", "兰姐"]),
        ("我叫张敏，都喊我敏敏，小敏也是我。", ["张敏", "敏敏", "小敏"]),
        ("我叫王二柱，老王家那条街都知道，王老板就是我。", ["老王", "王老板"]),
        ("你们问老高家就知道了，叫我牛嫂也行。", ["老高", "牛嫂"]),
        ("我叫朴英子，护照 PIAO YINGZI，缩写 PYZ。", ["PIAO", "PYZ"]),
        ("我在县城开了家“小苹果甜品屋”，店名叫小苹果甜品屋。", ["小苹果"]),
        ("我公司反映情况。沈阳衡岳机电设备有限公司，电话13812340000。", ["衡岳"]),
        ("我们店（老榆树饭店）被查了三次。", ["老榆树"]),
        ("本人代表古城镇大地种植专业合作社反映。", ["大地种植"]),
        ("我是该站唯一的会计。我公公是抗美援朝老兵。", ["唯一的会计", "老兵"]),
        ("红帽子那个老太太就是我，找门口那个小媳妇也行。", ["红帽子"]),
        ("住院号20170502113，电话转告@开心每一天。", ["20170502113", "开心每一天"]),
        ("地址：县城朝阳路18号院3-2-11，收件人 孙福贵收", ["朝阳路", "3-2-11", "孙福贵"]),
        ("此致\n敬礼\n经理 杭志平\n2017年4月20日", ["杭志平"]),
        ("我叫欧阳春梅，欧 阳 春 梅签字。", ["欧阳春梅", "欧 阳 春 梅"]),
        ("退休教师，姓宿，住得远。", ["姓宿"]),
        ("你好，我叫Michael Zhou。", ["Michael", "Zhou"]),
        ("我姓高，老高我今年五十。签名：高小二三、高明。明明也在。", ["姓高", "高小二三"]),
        ("俺妈老家在外地，老师说过。我叫澹台明月。", ["澹台明月"]),
        ("我叫刘大勇，13812340000。", ["刘大勇"]),
        ("我叫韦强，我邻居和他媳妇都看见了，杜丽娟可以作证。", ["韦强", "杜丽娟"]),
    ],
)
def test_people_go_however_they_are_called(words, gone):
    redaction = shown(f"{OFFICE}{words}")

    assert [word for word in gone if word in redaction.text] == []
    assert redaction.text.startswith(OFFICE)


@pytest.mark.parametrize(
    "words",
    [
        "带队的宋春艳说要交2000元。",
        "找金永浩副乡长，他说没钱。",
        "经办人曹德林先说图纸不对。",
        "县公安局交警大队的白警官扣了车。",
        "王所长说让等，邻居王海也听见了，那所长不认账。"[:9] + "。",
        "被举报人：田野，系工作人员。",
        "和镇城建所的王海山所长同姓，不是亲戚。",
    ],
)
def test_officials_complained_of_stay_for_the_office(words):
    letter = f"{OFFICE}{words}我叫孙福贵，13812340000。"
    names = [name for name in ("宋春艳", "金永浩", "曹德林", "白警官", "王所长", "田野", "王海山") if name in letter]

    assert [name for name in names if name not in shown(letter).office_text] == []


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("江泽民主席与克林顿总统会见了记者。", ["江泽民", "克林顿"]),
        ("黄大为教授：我不同意。", ["黄大为"]),
        ("林生策，男，大学文化。", ["林生策"]),
        ("中场球员格拉及前锋萨莫拉分别建功。", ["萨莫拉"]),
        ("报道由filip和阿列克谢·库兹涅佐夫完成。", ["filip", "库兹涅佐夫"]),
        ("http://a.example 转自 李银河:转发", ["李银河"]),
        ("叶兴盛说不甘心就此罢休。", ["叶兴盛"]),
    ],
)
def test_of_a_text_that_is_no_letter_nobody_is_known_and_all_names_go(text, gone):
    redaction = redact("", text, find_identities("", text, "", ""))

    assert [name for name in gone if name in redaction.text] == []


def test_a_firm_somebody_forces_on_people_stays():
    text = f"{OFFICE}科长说要换成鑫达检测有限公司才给办，我公司不同意。县供电公司也一样。"

    assert "鑫达检测有限公司" in shown(text).text


def test_a_given_name_within_an_officials_name_is_not_taken():
    redaction = shown(f"{OFFICE}我叫刘大勇。经办人韩大勇说没钱。")

    assert "韩大勇" in redaction.office_text
    assert "刘大勇" not in redaction.text


def test_an_official_in_a_file_name_is_no_identity():
    identities = find_identities("", f"{OFFICE}王海山所长收钱。", "", "a@mail.example", ("举报王海山.docx",))

    assert "王海山" not in [identity.value for identity in identities]


def test_two_addresses_far_apart_both_go():
    redaction = shown(f"我住河口村三组40号。{OFFICE * 12}店在滨江街47号。")

    assert "三组" not in redaction.text
    assert "47号" not in redaction.text


def test_an_official_of_a_text_that_is_no_letter_is_not_known_as_one():
    text = "县公安局王建国昨日到访，水平很高，安全第一。"

    assert "王建国" not in redact("", text, find_identities("", text, "", "")).text


def test_words_that_only_look_like_somebody_stay():
    words = "以下简称供电公司。协警打人，姓佟，不认账。卖菜的老高在场边。天天跑也没用。"

    assert words in shown(f"我叫张天。{OFFICE}{words}").text
