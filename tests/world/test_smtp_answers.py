"""What servers of this country answer to an account that may not send, and what a clerk reads instead (domain §7.1, §7.3)."""

import pytest

from daemon.places import smtp_place
from daemon.secret import Secret
from daemon.smtp_answers import in_words

PLACE = smtp_place("HUIYIN_COMPLAINT_SMTP", "smtps://tousu%40163.example@smtp.163.example:465", Secret("x"))


@pytest.mark.parametrize(
    ("answer", "means", "remedy"),
    [
        ("553 Mail from must equal authorized user", "必须是账号自己的地址", "HUIYIN_COMPLAINT_SMTP"),
        ("501 mail from address must be same as authorization user", "必须是账号自己的地址", "HUIYIN_COMPLAINT_SMTP"),
        ("553 Local user only", "必须是账号自己的地址", "HUIYIN_COMPLAINT_SMTP"),
        ("550 User has no permission", "没有开通客户端发信", "开启 SMTP 服务"),
        ("550 User suspended", "停用或者冻结", "登录网页邮箱"),
        ("535 Error: authentication failed", "不承认账号 tousu@163.example 的登录", "HUIYIN_COMPLAINT_SMTP_PASSWORD"),
        ("530 请先登录", "不承认账号 tousu@163.example 的登录", "客户端授权码"),
        ("553 authentication required", "不承认账号 tousu@163.example 的登录", "客户端授权码"),
        ("421 4.7.0 too many connections", "现在不收", "程序会再试"),
        ("554 5.7.1 no", "不让账号 tousu@163.example 发信", "客服"),
    ],
)
def test_f64_f73_a_refusal_is_said_with_its_remedy_and_the_servers_words_behind(answer: str, means: str, remedy: str):
    said = in_words(answer, PLACE)

    assert means in said
    assert remedy in said
    assert "没有丢失" in said
    assert said.endswith(f"服务器说：{answer}")


def test_a_sentence_of_ours_is_said_once():
    ours = "发信账号 tousu@163.example 登录被拒绝（535 Login Fail）。请核对“客户端授权码”。"

    assert in_words(ours, PLACE) == ours
