"""Where a mailbox or a mail server is: one URL of the settings as a frozen value.

    imaps://name%40163.com@imap.163.com:993?folders=INBOX,垃圾邮件
    smtps://name%40163.com@smtp.163.com:465        smtp://…:587?starttls=1        smtp://127.0.0.1:2525?from=office%40x.example

Query: `folders` (IMAP), `from` (SMTP, the sender's address where the user is none), `starttls=1`, `ca` (a file with the only authorities
to trust). Plain `imap://` and `smtp://` without STARTTLS are refused off loopback (F59, F76); a password inside the URL is refused; there is
no way to skip the check of a certificate. SMTP without a user sends without a login.
"""

import ssl
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from daemon.secret import Secret
from rules.trouble import SettingsTrouble
from rules.wording import wording

say = wording("daemon")
PORTS = {"imaps": 993, "imap": 143, "smtps": 465, "smtp": 587}
QUERY = {"imap": {"folders", "starttls", "ca"}, "smtp": {"from", "starttls", "ca"}}


class Safety(StrEnum):
    """How the connection is kept secret."""

    TLS = "tls"
    STARTTLS = "starttls"
    LOOPBACK = "loopback"


@dataclass(frozen=True)
class Place:
    """A server, the account there, and how to reach it. `setting` is the name of the setting it comes from."""

    setting: str
    host: str
    port: int
    safety: Safety
    user: str
    password: Secret | None
    ca: str | None

    def tls(self) -> ssl.SSLContext:
        """Certificates are always checked, name and date too; with `ca` only that file's authorities count. Raises SettingsTrouble."""
        try:
            return ssl.create_default_context(cafile=self.ca)
        except OSError as trouble:
            raise SettingsTrouble(say("setting-ca", setting=self.setting, file=self.ca)) from trouble


@dataclass(frozen=True)
class ImapPlace(Place):
    """A mailbox; `folders` are the ones to poll, empty = all that may hold letters."""

    folders: tuple[str, ...] = ()


@dataclass(frozen=True)
class SmtpPlace(Place):
    """A way out; `sender` is envelope sender and From of everything sent."""

    sender: str = ""


def imap_place(setting: str, url: str, password: Secret | None) -> ImapPlace:
    """The mailbox a URL names. Raises SettingsTrouble."""
    parts, query = _parts(setting, url, "imap")
    if not parts.username:
        raise SettingsTrouble(say("setting-no-user", setting=setting))
    _must_have(setting, parts, password)
    folders = tuple(name.strip() for name in query.get("folders", "").split(",") if name.strip())
    if any(not name.isprintable() for name in folders):
        raise SettingsTrouble(say("setting-folder", setting=setting))
    return ImapPlace(setting, *_common(setting, parts, query), password, query.get("ca"), folders)


def smtp_place(setting: str, url: str, password: Secret | None) -> SmtpPlace:
    """The way out a URL names. Raises SettingsTrouble."""
    parts, query = _parts(setting, url, "smtp")
    sender = query.get("from") or unquote(parts.username or "")
    local, at, domain = sender.rpartition("@")
    if not (local and at and domain and sender.isprintable() and not set(' <>"\\') & set(sender)):
        raise SettingsTrouble(say("setting-no-sender", setting=setting))
    _must_have(setting, parts, password)
    return SmtpPlace(setting, *_common(setting, parts, query), password, query.get("ca"), sender)


def _parts(setting: str, url: str, kind: str) -> tuple[SplitResult, dict[str, str]]:
    try:
        parts = urlsplit(url)
        port_given = parts.port
    except ValueError:
        # The URL may hold a password: it is not shown, nor what was wrong with it.
        raise SettingsTrouble(say("setting-url", setting=setting, kind=kind)) from None
    if parts.scheme not in (kind, f"{kind}s") or not parts.hostname or parts.path not in ("", "/") or port_given == 0:
        raise SettingsTrouble(say("setting-url", setting=setting, kind=kind))
    if parts.password is not None:
        raise SettingsTrouble(say("setting-password-in-url", setting=setting))
    query = dict(parse_qsl(parts.query))
    unknown = sorted(set(query) - QUERY[kind])
    if unknown or query.get("starttls", "1") != "1":
        raise SettingsTrouble(
            say(
                "setting-query",
                setting=setting,
                unknown=",".join(unknown) or "starttls",
                known=",".join(sorted(QUERY[kind])),
            )
        )
    if "ca" in query and not Path(query["ca"]).is_file():
        raise SettingsTrouble(say("setting-ca", setting=setting, file=query["ca"]))
    return parts, query


def _must_have(setting: str, parts: SplitResult, password: Secret | None) -> None:
    if parts.username and password is None:
        raise SettingsTrouble(say("setting-no-password", setting=setting))


def _common(setting: str, parts: SplitResult, query: dict[str, str]) -> tuple[str, int, Safety, str]:
    host, user = parts.hostname or "", unquote(parts.username or "")
    if not user.isprintable():
        raise SettingsTrouble(say("setting-user", setting=setting))
    if parts.scheme.endswith("s"):
        safety = Safety.TLS
    elif "starttls" in query:
        safety = Safety.STARTTLS
    elif is_loopback(host):
        safety = Safety.LOOPBACK
    else:
        raise SettingsTrouble(say("setting-plain", setting=setting, scheme=parts.scheme))
    return host, parts.port or PORTS[parts.scheme], safety, user


def is_loopback(host: str) -> bool:
    """True for this machine itself."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
