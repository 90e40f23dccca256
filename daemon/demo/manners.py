"""Letters as real mail programs write them: 163 web in GBK, QQ web, 网易邮箱大师, iPhone, Foxmail, QQ's vacation answer, 163's bounce.

Used by the demo and by tests. All names and addresses are samples.
"""

import base64
from datetime import datetime
from email.header import Header
from email.utils import format_datetime


def web_163(sender: str, name: str, to: str, subject: str, text: str, when: datetime) -> bytes:
    """A new letter from the 163 web mailbox: GBK headers and body, text and HTML."""
    head = _head(sender, name, to, subject, when, charset="gbk", mailer="Coremail Webmail Server Version XT2.1.9")
    html = "<div>" + "<br>".join(text.splitlines()) + "</div>"
    parts = [_part("text/plain", text, "gbk"), _part("text/html", html, "gbk")]
    return head + _alternative(parts, "----=_Part_163_web")


def plain_utf8(sender: str, name: str, to: str, subject: str, text: str, when: datetime) -> bytes:
    """A new letter in plain UTF-8 text, as Thunderbird or a telephone writes it."""
    return _head(sender, name, to, subject, when, charset="utf-8", mailer="") + _single("text/plain", text, "utf-8")


def qq_reply(sender: str, name: str, to: str, subject: str, text: str, when: datetime, quoted: str = "") -> bytes:
    """A reply from QQ web: 回复：, HTML, the history below 原始邮件 or no history at all; no References."""
    head = _head(sender, name, to, f"回复：{subject}", when, charset="gb18030", mailer="QQMail 2.x")
    history = ""
    if quoted:
        history = (
            '<div style="font-size: 12px;">------------------&nbsp;原始邮件&nbsp;------------------</div>'
            f'<div style="font-size: 12px;background:#efefef;"><div><b>发件人:</b> {to};</div><div><b>发送时间:</b> '
            f"{when:%Y年%m月%d日} 09:00</div><div><b>收件人:</b> {sender};</div><div><b>主题:</b> {subject}</div></div>"
            f"<div>{_html(quoted)}</div>"
        )
    plain = text + (
        "\n\n------------------ 原始邮件 ------------------\n发件人: " + to + "\n主题: " + subject + "\n\n" + quoted
        if quoted
        else ""
    )
    parts = [_part("text/plain", plain, "gb18030"), _part("text/html", f"<div>{_html(text)}</div>{history}", "gb18030")]
    return head + _alternative(parts, "----=_NextPart_QQ")


def master_reply(sender: str, name: str, to: str, subject: str, text: str, when: datetime, quoted: str) -> bytes:
    """A reply from 网易邮箱大师: the quoted letter under ---- 回复的原邮件 ----."""
    head = _head(sender, name, to, f"回复：{subject}", when, charset="utf-8", mailer="MailMasterAndroid/6.9.6")
    plain = (
        f"{text}\n\n---- 回复的原邮件 ----\n| 发件人 | {to} |\n| 日期 | {when:%Y年%m月%d日} 09:00 |\n"
        f"| 收件人 | {sender} |\n| 主题 | {subject} |\n{quoted}"
    )
    return head + _single("text/plain", plain, "utf-8")


def web_163_reply(sender: str, name: str, to: str, subject: str, text: str, when: datetime, quoted: str) -> bytes:
    """A reply from the 163 web mailbox: 在 … 写道： and the history with > marks."""
    head = _head(
        sender, name, to, f"Re:{subject}", when, charset="gbk", mailer="Coremail Webmail Server Version XT2.1.9"
    )
    history = "\n".join(f"> {line}" for line in quoted.splitlines())
    return head + _single(
        "text/plain", f'{text}\n\n\n\n\n在 {when:%Y-%m-%d %H:%M:%S}，"{to}" <{to}> 写道：\n{history}', "gbk"
    )


def iphone(sender: str, to: str, subject: str, text: str, when: datetime) -> bytes:
    """Two lines from a telephone, no name."""
    head = _head(sender, "", to, subject, when, charset="utf-8", mailer="iPhone Mail (14E304)")
    return head + _single("text/plain", f"{text}\n\n发自我的iPhone", "utf-8")


def foxmail_reply(sender: str, name: str, to: str, subject: str, text: str, when: datetime, quoted: str) -> bytes:
    """A reply from Foxmail: header block without a mark, gb2312, no In-Reply-To."""
    head = _head(sender, name, to, f"回复: {subject}", when, charset="gb2312", mailer="Foxmail 7.2.7.174[cn]")
    block = f"发件人： {to}\n发送时间： {when:%Y-%m-%d %H:%M}\n收件人： {sender}\n主题： {subject}"
    return head + _single("text/plain", f"{text}\n\n\n{name}\n{sender}\n \n{block}\n{quoted}", "gb2312")


def qq_vacation(sender: str, name: str, to: str, subject: str, when: datetime) -> bytes:
    """QQ's vacation answer: HTML only, 自动回复, In-Reply-To, no machine header."""
    head = _head(
        sender,
        name,
        to,
        f"自动回复: {subject}",
        when,
        charset="utf-8",
        mailer="",
        extra=["In-Reply-To: <answered@tousu.example>"],
    )
    html = "<div>这是来自QQ邮箱的假期自动回复邮件。</div>"
    html += "<div>您好，我最近正在休假中，无法亲自回复您的邮件。我将在假期结束后，尽快给您回复。</div>"
    return head + _single("text/html", html, "utf-8")


def bounce_163(to: str, failed: str, subject: str, when: datetime, message_id: str) -> bytes:
    """163's 系统退信: HTML in gb2312, no delivery-status part."""
    head = _head(
        "Postmaster@163.com",
        "",
        to,
        "系统退信",
        when,
        charset="gb2312",
        mailer="",
        extra=[f"In-Reply-To: {message_id}"],
    )
    link = f"http://feedback.mail.126.com/antispam/report.php?&BounceReason=550&BouncedRcpt={failed.replace('@', '%40')}&Sender={to}"
    html = (
        "<html><body><h1>抱歉，您的邮件被退回来了……</h1><table><tr><td>原邮件信息：</td></tr>"
        f"<tr><td>时　间</td><td>{when:%Y-%m-%d %H:%M:%S}</td></tr><tr><td>主　题</td><td>{subject}</td></tr>"
        f"<tr><td>收件人</td><td>{failed}</td></tr></table><p>退信原因：</p><p>英文说明:550 User unknown</p>"
        f'<p>建议解决方案</p><a href="{link}">反馈</a><p>This message is generated by Coremail. '
        "您收到的是来自 Coremail 专业邮件系统的信件.</p></body></html>"
    )
    return head + _single("text/html", html, "gb2312")


def with_file(
    sender: str, name: str, to: str, subject: str, text: str, when: datetime, file: tuple[str, bytes]
) -> bytes:
    """A letter with one file, its name in RFC 2047 inside quotes as Chinese clients write it."""
    head = _head(sender, name, to, subject, when, charset="gb18030", mailer="Foxmail 7.2.7.174[cn]")
    mark = "----=_Part_file"
    title = Header(file[0], "gb18030", maxlinelen=10_000).encode()
    attached = (
        f'Content-Type: application/octet-stream; name="{title}"\r\nContent-Disposition: attachment; filename="{title}"\r\n'
        "Content-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(file[1]).decode().replace("\n", "\r\n")
    ).encode()
    return head + _multipart("mixed", [_part("text/plain", text, "gb18030"), attached], mark)


def _head(  # one letter's headers
    sender: str,
    name: str,
    to: str,
    subject: str,
    when: datetime,
    *,
    charset: str,
    mailer: str,
    extra: list[str] | None = None,
) -> bytes:
    who = f"{Header(name, charset).encode()} <{sender}>" if name else sender
    lines = [
        f"Date: {format_datetime(when)}",
        f"From: {who}",
        f"To: {to}",
        f"Subject: {Header(subject, charset, maxlinelen=76).encode()}",
        f"Message-ID: <{abs(hash((sender, subject, when))):x}.{when:%Y%m%d%H%M%S}@{sender.rpartition('@')[2]}>",
        *([f"X-Mailer: {mailer}"] if mailer else []),
        *(extra or []),
        "MIME-Version: 1.0",
    ]
    return ("\r\n".join(line.replace("\n", "\r\n") for line in lines) + "\r\n").encode("ascii")


def _part(type_: str, text: str, charset: str) -> bytes:
    data = base64.encodebytes(text.encode(charset, "replace")).decode().replace("\n", "\r\n")
    return f"Content-Type: {type_}; charset={charset}\r\nContent-Transfer-Encoding: base64\r\n\r\n{data}".encode()


def _single(type_: str, text: str, charset: str) -> bytes:
    return _part(type_, text, charset)


def _alternative(parts: list[bytes], mark: str) -> bytes:
    return _multipart("alternative", parts, mark)


def _multipart(kind: str, parts: list[bytes], mark: str) -> bytes:
    body = b"".join(b"--" + mark.encode() + b"\r\n" + part + b"\r\n" for part in parts)
    return (
        f'Content-Type: multipart/{kind}; boundary="{mark}"\r\n\r\n'.encode() + body + b"--" + mark.encode() + b"--\r\n"
    )


def _html(text: str) -> str:
    return "<br>".join(line.replace("&", "&amp;").replace("<", "&lt;") for line in text.splitlines())
