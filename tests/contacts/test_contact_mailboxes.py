"""Mailboxes in a cell: domain 4.3.8."""

import pytest

from rules.contacts.mailboxes import mailboxes

MAILBOXES = [
    ("XG-A@QQ.COM", ["xg-a@qq.com"], "", []),
    ("xg-a @ sina.com", ["xg-a@sina.com"], "", []),
    ("xg-a@\n163.com", ["xg-a@163.com"], "", []),
    ("xg-a＠163．com", ["xg-a@163.com"], "", ["email:fullwidth"]),
    ("xg-a@163。com", ["xg-a@163.com"], "", ["email:fullwidth"]),
    ("xg-a@163.com。", ["xg-a@163.com"], "", ["email:trailing"]),
    ("xg-a#163.com", ["xg-a@163.com"], "", ["email:obfuscated"]),
    ("xg-a(at)163.com", ["xg-a@163.com"], "", ["email:obfuscated"]),
    ("xg-a[at]163[dot]com", ["xg-a@163.com"], "", ["email:obfuscated"]),
    ("邮箱：xg-a@163.com（办公室）", ["xg-a@163.com"], "", []),
    ("xg-a@qq.com；xg-b@163.com", ["xg-a@qq.com", "xg-b@163.com"], "", ["email:two"]),
    ("xg-a@ln.gov.cn", ["xg-a@ln.gov.cn"], "", []),
    ("9000012345", [], "9000012345@qq.com", ["email:qq-number"]),
    ("xg-a@163.con", [], "xg-a@163.com", ["email:invalid"]),
    ("xg-a@mail.con", [], "xg-a@mail.com", ["email:invalid"]),
    ("xg-a163.com", [], "xg-a@163.com", ["email:invalid"]),
    ("xg-a@163", [], "xg-a@163.com", ["email:invalid"]),
    ("xg-a@163,com", [], "xg-a@163.com", ["email:invalid"]),
    ("xg-a@@163.com", [], "xg-a@163.com", ["email:invalid"]),
    ("www.163.com", [], "", ["email:invalid"]),
    ("13900001234", [], "", ["email:invalid"]),
    ("", [], "", []),
]


@pytest.mark.parametrize(("text", "found", "suggested", "doubts"), MAILBOXES)
def test_a_mailbox_is_repaired_where_it_is_plain_and_only_suggested_where_it_is_not(text, found, suggested, doubts):
    read = mailboxes(text)

    assert (list(read.found), read.suggested, sorted(read.doubts)) == (found, suggested, doubts)
