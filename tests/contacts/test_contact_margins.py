"""What stands around the records, and the edges of the readers."""

from sheet_builders import EDUCATION, FLAT, only, sheet, table

from rules.contacts.arriving import body_source, signs_alone
from rules.contacts.marginal import is_ditto, is_footer, is_sample, is_total, without_void


def test_notes_are_known_by_their_first_word_and_what_follows_it():
    assert [is_footer(text) for text in ("注：请填写", "（说明）1.", "注册地址", "附件2", "备注")] == [
        True,
        False,
        False,
        True,
        False,
    ]


def test_samples_are_known_by_word_by_sign_by_address_and_by_name():
    rows = [
        ("例", "某镇"),
        ("1", "示例：某镇"),
        ("1", "××局"),
        ("1", "某镇", "example@163.com"),
        ("1", "张三", "李四"),
        ("1", "张三", "赵一鸣"),
    ]

    assert [is_sample(row) for row in rows] == [True, True, True, True, True, False]


def test_totals_dittos_and_voids():
    assert (
        is_total(("合 计", "12个单位")),
        is_ditto("同 上"),
        is_ditto(""),
        without_void(" 无 "),
        without_void("无锡"),
    ) == (True, True, False, "", "无锡")


def test_a_sample_row_under_a_header_is_left_out_whatever_shows_it():
    for shown in ("例|张一|副局长|李四", "××局|张一|副局长|李四"):
        assert sheet(FLAT + f"{shown}|13800000000|024-48000009|a@163.example\n").rows == (EDUCATION,)
    assert sheet(FLAT + "某局|张一|副局长|李四|13800000000|024-48000009|example@163.com\n").rows == (EDUCATION,)


def test_overlapping_merges_stop_at_the_bound():
    rows = "\n".join("|".join(["x"] * 60) for _ in range(3000))
    wide = table(rows, merges=((0, 0, 3000, 60), (0, 0, 3000, 60), (0, 0, 2999, 59)))

    assert sheet(wide).rows == ()


def test_the_same_number_twice_is_one():
    assert (
        only(FLAT.replace("13900000002", "13900000002|13900000002").replace("手机", "手机|联系电话"))["mobile"]
        == "13900000002"
    )


def test_an_unknown_cell_under_a_town_stays_unknown():
    understood = sheet("古城镇", FLAT.replace("教育局", "参茸公司"))

    assert (understood.units, understood.doubts) == ((), ("unit:unknown",))


def test_a_numbered_row_with_nothing_in_it_is_no_row():
    assert sheet("\n序号|单位|联系人|手机|邮箱\n1|教育局|李二丫|13900000002|a@163.example\n2||无||\n").units == (
        "教育局",
    )


def test_a_mail_without_results_names_no_server_and_one_without_html_has_no_page():
    raw = b"Received: by mx11 id 1\r\nFrom: a@163.example\r\nSubject: x\r\n\r\ntext\r\n"

    assert (signs_alone(raw).servers, body_source(raw)) == ((), b"")


def test_the_topmost_results_and_the_server_that_received_the_mail_are_believed():
    raw = b"Received: from x by mx11 id 1\r\nAuthentication-Results: mx.163.example; spf=pass\r\nFrom: a@163.example\r\n\r\n"
    alone = b"Authentication-Results: mx.163.example; spf=pass\r\nFrom: a@163.example\r\n\r\n"

    assert (signs_alone(raw).servers, signs_alone(alone).servers) == (("mx.163.example", "mx11"), ("mx.163.example",))
