"""What a unit's reply says, from its newly written words alone."""

from datetime import date

import pytest

from rules.replies.unit_words import Said, UnitReply, understand

TODAY = date(2017, 5, 15)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("签收", Said.SIGNED),
        ("已收到，马上办理", Said.SIGNED),
        ("您好：\n收到，谢谢", Said.SIGNED),
        ("已 签 收。", Said.SIGNED),
        ("正在调查，预计下周有结果", Said.PROGRESS),
        ("退办：此事不属于我局职责，建议转市场监督管理局", Said.SEND_BACK),
        ("经研究，该事项不属于我单位职责范围。", Said.SEND_BACK),
        ("延期：案情复杂，延至6月20日", Said.EXTENSION),
        ("办结。属实。办理情况：已办证。查处情况：批评教育。依据：土地管理法第三条", Said.RESULT),
        ("办理结果见附件", Said.RESULT),
        ("请问投诉人是谁？请提供电话以便联系", Said.FISHING),
        ("延期。我们需要与来信人当面核实，请提供其联系电话", Said.FISHING),
        ("退办。麻烦说一下是哪家企业投诉的", Said.FISHING),
        ("请核实该投诉人是否叫王大山", Said.FISHING),
        ("请发投诉原文", Said.FISHING),
        ("方便透露一下投诉人吗", Said.FISHING),
        ("办结。属实。办理情况：已告知投诉人处理结果，向投诉人提供了收据。依据：物价法", Said.RESULT),
        ("办结。属实。办理情况：已请投诉人提供材料。查处情况：无。依据：条例", Said.RESULT),
        ("", Said.EMPTY),
        ("  \n", Said.EMPTY),
        ("你们那边几点下班", Said.UNCLEAR),
        ("收到。另外关于上次会议的安排，请再发一份通知给我们，我们要转给各科室传阅学习并贯彻落实下去", Said.UNCLEAR),
        ("收到，争取尽快办结", Said.SIGNED),
    ],
)
def test_a_reply_is_understood_by_its_words(words: str, said: Said):
    assert understand(words, TODAY).said is said


def test_a_result_without_its_parts_names_what_is_missing():
    reply = understand("办结。情况属实，已整改。", TODAY)

    assert reply == UnitReply(Said.RESULT, "办结", "true", ("investigated", "basis"))


def test_a_result_without_a_finding_says_so():
    assert understand("办理情况：已解释。查处情况：未发现违纪。依据：条例", TODAY).missing == ("finding",)


@pytest.mark.parametrize(
    ("words", "finding"),
    [
        ("办结，部分属实", "partly"),
        ("办结，不属实", "false"),
        ("办结，无法查实", "unproven"),
        ("办结，属实", "true"),
        ("办结了", ""),
    ],
)
def test_partly_true_is_never_read_as_true(words: str, finding: str):
    assert understand(words, TODAY).finding == finding


@pytest.mark.parametrize(
    ("words", "until", "days"),
    [
        ("延期至6月20日", date(2017, 6, 20), 0),
        ("延期到2017年6月20日，共5个工作日", date(2017, 6, 20), 5),
        ("延期5天", None, 5),
        ("延期至2月30日", None, 0),
        ("延期", None, 0),
    ],
)
def test_l70_an_extension_reads_only_dates_that_exist(words: str, until: date | None, days: int):
    reply = understand(words, TODAY)

    assert (reply.until, reply.days) == (until, days)
