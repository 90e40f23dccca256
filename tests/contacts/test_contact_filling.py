"""What a cell becomes: whose number it is, what is public, what is only a suggestion."""

from sheet_builders import FLAT, only, sheet

FIELDS = ("leader_phone", "office_phone", "mobile", "hotline")


def phones(header, row):
    found = only(f"\n单位|分管领导|联系人|{header}|邮箱\n教育局|赵一鸣|李二丫|{row}|a@163.example\n")
    return [found.get(name, "") for name in FIELDS]


def test_a_mobile_beside_a_landline_goes_to_the_mobile():
    assert phones("联系电话|举报电话", "024-48000001/13900000002|13900000003") == [
        "",
        "024-48000001",
        "13900000002",
        "13900000003",
    ]
    assert phones("办公电话|举报电话", "024-48000001 13900000002|024-48000003") == [
        "",
        "024-48000001",
        "13900000002",
        "024-48000003",
    ]


def test_a_mobile_alone_under_office_stays_and_under_telephone_is_a_mobile():
    assert phones("办公电话|举报电话", "13900000002|024-48000003")[1:3] == ["13900000002", ""]
    assert phones("电话|举报电话", "13900000002|024-48000003")[1:3] == ["", "13900000002"]


def test_under_mobile_a_landline_is_the_office_and_a_mistyped_mobile_stays():
    assert phones("手机|举报电话", "024-48000001|024-48000003")[1:3] == ["024-48000001", ""]
    assert phones("手机|举报电话", "1390000002|024-48000003")[1:3] == ["", "1390000002"]


def test_only_telephone_and_nothing_public_is_said():
    text = "\n单位|联系人|电话|邮箱\n教育局|李二丫|024-48000001|a@163.example\n"

    assert (only(text)["office_phone"], sheet(text).doubts) == ("024-48000001", ("phone:public-unknown",))


def test_a_heading_that_says_which_telephone_is_no_doubt_and_digits_of_a_mailbox_are_none():
    which = sheet("\n单位|联系人|电话（手机）|邮箱\n教育局|李二丫|13900000002|a@163.example\n")
    both = only("\n单位|联系人|电话及邮箱|举报电话\n教育局|李二丫|13900000002 xg20170421@163.example|024-48000003\n")

    assert (which.rows[0].mobile, which.doubts) == ("13900000002", ())
    assert (both["mobile"], both["email"]) == ("13900000002", "xg20170421@163.example")


def test_a_telephone_before_anybody_is_named_is_the_units():
    understood = sheet("\n单位|电话|联系人|手机|邮箱\n教育局|024-48000001|李二丫|13900000002|a@163.example\n")

    assert (understood.rows[0].office_phone, understood.doubts) == ("024-48000001", ("phone:public-unknown",))


def test_a_number_glued_to_a_name_is_that_persons():
    found = only(
        "\n单位|分管领导|联系人|举报电话|邮箱\n教育局|赵一鸣13900000001|李二丫13900000002|024-48000003|a@163.example\n"
    )

    assert (found["leader_phone"], found["mobile"]) == ("13900000001", "13900000002")


def test_a_name_that_stands_in_the_number_cell_is_taken_and_a_heading_is_not():
    named = only("\n单位|联系人电话|举报电话|邮箱\n教育局|李二丫 13900000002|024-48000003|a@163.example\n")
    heading = sheet(
        "\n单位|分管领导|联系人电话|举报电话|邮箱\n教育局|赵一鸣|手机 13900000002|024-48000003|a@163.example\n"
    )

    assert (named["contact"], heading.rows[0].contact) == ("李二丫", "")


def test_two_people_in_a_cell_and_two_leaders_are_said():
    two = sheet(FLAT.replace("李二丫", "李二丫、王小三"))
    leaders = sheet(
        "教育局", "\n分管领导|赵一鸣\n分管领导|孙老大\n联系人|李二丫\n手机|13900000002\n邮箱|a@163.example\n"
    )

    assert (two.rows[0].contact, two.doubts) == ("李二丫、王小三", ("person:two",))
    assert (leaders.rows[0].leader, leaders.doubts) == ("赵一鸣、孙老大", ("person:two",))


def test_the_head_counts_as_leader_only_where_there_is_no_other():
    header = "\n单位|主要负责人|联系人|手机|邮箱\n教育局|孙老大|李二丫|13900000002|a@163.example\n"

    assert only(header)["leader"] == "孙老大"


def test_a_mailbox_that_must_be_guessed_is_a_suggestion():
    wrong = sheet(FLAT.replace("jyj@163.example", "jyj@163.con"))
    number = sheet(FLAT.replace("jyj@163.example", "9000012345"))
    none = sheet(FLAT.replace("jyj@163.example", "无"))

    assert [(found.rows[0].email, found.rows[0].email_suggested, found.doubts) for found in (wrong, number, none)] == [
        ("", "jyj@163.com", ("email:invalid",)),
        ("", "9000012345@qq.com", ("email:qq-number",)),
        ("", "", ("email:missing",)),
    ]


def test_a_qq_number_in_its_own_column_is_suggested_only_without_a_mailbox():
    header = FLAT.replace("|邮箱", "|邮箱|QQ号|备注")

    with_mailbox = only(header.replace("jyj@163.example", "jyj@163.example|9000012345|周一至周五"))
    without = only(header.replace("jyj@163.example", "|9000012345|周一至周五"))

    assert (with_mailbox.get("email_suggested"), with_mailbox["note"], without["email_suggested"]) == (
        None,
        "周一至周五",
        "9000012345@qq.com",
    )


def test_the_working_body_of_the_unit_is_kept():
    assert (
        only(FLAT.replace("单位|", "单位|工作机构|").replace("教育局|", "教育局|纪检 监察室|"))["org"] == "纪检监察室"
    )


def test_titles_in_the_name_cell_and_a_title_before_the_name_are_found():
    found = only("\n单位|职务|姓名|电话|举报电话|邮箱\n教育局|科长|李二丫|13900000002|024-48000003|a@163.example\n")

    assert (found["contact"], found["contact_title"]) == ("李二丫", "科长")
