"""Debian's Dovecot and Postfix on loopback, for tests marked `debian`: the real servers that keep the doubles honest. Needs root.

    with DebianHost({"office@x.example": "code"}) as host:
        host.deliver("office@x.example", raw, "垃圾邮件")
        ... imaps://…@localhost:{host.imaps_port}?ca={host.ca}, imap://…:{host.imap_port}?starttls=1, smtp://…:{host.smtp_port}?starttls=1

Letters handed to `deliver` are put into the Maildir as files, byte for byte (Dovecot itself answers bare LF as CRLF and NUL as 0x80).
Nothing can leave the machine: Postfix knows no way out but the accounts here.
"""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

import trustme
from imapclient.imap_utf7 import encode

DOVECOT = """base_dir = {d}/run
state_dir = {d}/state
log_path = {d}/dovecot.log
protocols = imap lmtp
listen = 127.0.0.1
ssl = yes
ssl_cert = <{d}/cert.pem
ssl_key = <{d}/key.pem
disable_plaintext_auth = yes
auth_mechanisms = plain login
auth_username_format = %Lu
mail_location = maildir:{d}/mail/%u
first_valid_uid = {uid}
mail_uid = {user}
mail_gid = {group}
default_internal_user = {internal}
default_login_user = {login}
passdb {{
  driver = passwd-file
  args = username_format=%u {d}/users.%s
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={d}/mail/%u allow_all_users={everybody}
}}
namespace inbox {{
  inbox = yes
{folders}
}}
service imap-login {{
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = {imaps}
    ssl = yes
  }}
}}
service lmtp {{
  inet_listener lmtp {{
    address = 127.0.0.1
    port = {lmtp}
  }}
}}
service auth {{
  inet_listener {{
    address = 127.0.0.1
    port = {auth}
  }}
}}
"""
FOLDERS = {"Sent": "\\Sent", "Junk": "\\Junk"}
"""Name and special use of the folders every account has."""
POSTFIX = """compatibility_level = 3.6
config_directory = {p}
queue_directory = {d}/queue
data_directory = {d}/data
maillog_file = {d}/postfix.log
maillog_file_prefixes = /tmp, /var, /dev/shm
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mx.x.example
mydestination =
mynetworks = 127.0.0.0/32
virtual_mailbox_domains = {domains}
virtual_mailbox_maps = {maps}
virtual_transport = lmtp:inet:127.0.0.1:{lmtp}
smtpd_sasl_type = dovecot
smtpd_sasl_path = inet:127.0.0.1:{auth}
smtpd_tls_cert_file = {d}/cert.pem
smtpd_tls_key_file = {d}/key.pem
smtpd_tls_security_level = may
smtpd_recipient_restrictions = reject_unauth_destination
default_transport = error:5.1.2 no route out of the test host
message_size_limit = 52428800
virtual_mailbox_limit = 0
mailbox_size_limit = 0
"""
SUBMISSION = """127.0.0.1:{smtp} inet n - n - - smtpd
  -o smtpd_tls_security_level=encrypt
  -o smtpd_sasl_auth_enable=yes
  -o smtpd_recipient_restrictions=permit_sasl_authenticated,reject
"""
OWNER = "nobody"


def missing() -> str:
    """Why these servers cannot be had here; '' where they can."""
    if os.geteuid() != 0:
        return "Dovecot and Postfix need root to start"
    lacking = [name for name in ("dovecot", "doveadm", "postfix") if shutil.which(name) is None]
    return f"not installed: {', '.join(lacking)}" if lacking else ""


def free_ports(count: int) -> list[int]:
    """Ports nobody listens on."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


class DebianHost:
    """Dovecot (IMAP, IMAPS, LMTP) and Postfix (submission) that share their mailboxes."""

    everybody = False
    """Whether there is a mailbox for whoever is written to; else for the accounts alone."""

    def __init__(self, accounts: dict[str, str], folders: dict[str, str] = FOLDERS) -> None:
        self.accounts, self.folders = accounts, folders
        place = os.environ.get("PYTEST_DEBUG_TEMPROOT")
        self.folder = Path(tempfile.mkdtemp(prefix="mh", dir=place))  # short: paths of Unix sockets end at 107 bytes
        self.folder.chmod(0o755)
        self.imap_port, self.imaps_port, self.smtp_port, self._lmtp, self._auth = free_ports(5)
        self.ca = str(self.folder / "ca.pem")
        self._postfix = self.folder / "etc"

    def __enter__(self) -> Self:
        self._write()
        self._call("dovecot", "-c", str(self.folder / "dovecot.conf"))
        self._call("postfix", "-c", str(self._postfix), "start")
        for port in (self.imap_port, self.imaps_port, self.smtp_port):
            self._await(port)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._call("postfix", "-c", str(self._postfix), "stop", check=False)
        self._call("doveadm", "-c", str(self.folder / "dovecot.conf"), "stop", check=False)
        shutil.rmtree(self.folder, ignore_errors=True)

    def deliver(self, to: str, raw: bytes, folder: str = "INBOX", internaldate: datetime | None = None) -> None:
        """Put a letter into a Maildir, as a delivery agent does."""
        box = self.box(to, folder)
        for part in ("tmp", "new", "cur"):
            (box / part).mkdir(parents=True, exist_ok=True)
        if folder != "INBOX":
            (box / "maildirfolder").touch()
        name = f"{time.time_ns()}.M1.test"
        (box / "tmp" / name).write_bytes(raw)
        if internaldate is not None:
            os.utime(box / "tmp" / name, (internaldate.timestamp(),) * 2)
        self._own(self.folder / "mail")
        (box / "tmp" / name).rename(box / "new" / name)

    def box(self, account: str, folder: str = "INBOX") -> Path:
        """The Maildir of a folder."""
        home = self.folder / "mail" / account
        return home if folder == "INBOX" else home / ("." + encode(folder).decode("ascii"))

    def letters(self, account: str, folder: str = "INBOX") -> list[bytes]:
        """The letters a folder holds, as files."""
        paths = [path for part in ("new", "cur") for path in (self.box(account, folder) / part).glob("*")]
        return [path.read_bytes() for path in sorted(paths, key=lambda path: path.name)]

    def renumber(self, account: str, folder: str = "INBOX") -> None:
        """Take Dovecot's memory of UIDs away: the folder gets a new UIDVALIDITY."""
        for path in self.box(account, folder).glob("dovecot*"):
            path.unlink()
        time.sleep(1.1)  # Dovecot's validity is a time in seconds

    def _write(self) -> None:
        d, owner = self.folder, pwd.getpwnam(OWNER)
        authority = trustme.CA()
        server = authority.issue_cert("localhost")
        authority.cert_pem.write_to_path(self.ca)
        (d / "cert.pem").write_bytes(b"".join(blob.bytes() for blob in server.cert_chain_pems))
        (d / "key.pem").write_bytes(server.private_key_pem.bytes())
        words = {
            "d": d,
            "uid": 1,
            "user": OWNER,
            "group": owner.pw_gid,
            "imap": self.imap_port,
            "imaps": self.imaps_port,
        }
        words |= {"everybody": "yes" if self.everybody else "no"}
        words |= {"lmtp": self._lmtp, "auth": self._auth, "internal": "dovecot", "login": "dovenull"}
        words["folders"] = "\n".join(_folder(name, use) for name, use in self.folders.items())
        (d / "dovecot.conf").write_text(DOVECOT.format_map(words), "utf-8")
        for service in ("imap", "smtp", "lmtp"):
            self.write_users(self.accounts, service)
        for name in ("mail", "queue", "data", "etc"):
            (d / name).mkdir()
        self._own(d / "mail")
        self._write_postfix()

    def write_users(self, accounts: dict[str, str], service: str) -> None:
        """Who may log in there; Dovecot reads it anew in the next second, where the file's second is another."""
        aside = self.folder / "users.new"
        aside.write_text("".join(f"{address}:{{PLAIN}}{code}::::::\n" for address, code in accounts.items()))
        aside.replace(self.folder / f"users.{service}")

    def _write_postfix(self) -> None:
        d, p = self.folder, self._postfix
        words = {"d": d, "p": p, "lmtp": self._lmtp, "auth": self._auth}
        words["domains"] = " ".join(sorted({address.rpartition("@")[2] for address in self.accounts}))
        words["maps"] = f"texthash:{p}/vmap"
        if self.everybody:
            words |= {"domains": "static:ALL", "maps": "static:OK"}
        (p / "main.cf").write_text(POSTFIX.format_map(words))
        (p / "vmap").write_text("".join(f"{address} OK\n" for address in self.accounts))
        listed = Path("/usr/share/postfix/master.cf.dist").read_text().splitlines()
        services = [_without_chroot(line) for line in listed if line.split()[:2] != ["smtp", "inet"]]
        (p / "master.cf").write_text("\n".join(services) + "\n" + SUBMISSION.format(smtp=self.smtp_port))
        shutil.chown(d / "data", "postfix")
        self._call("postfix", "-c", str(p), "set-permissions", check=False)

    def _own(self, root: Path) -> None:
        owner = pwd.getpwnam(OWNER)
        for path in (root, *root.rglob("*")):
            os.chown(path, owner.pw_uid, owner.pw_gid)

    def _call(self, *words: str, check: bool = True) -> None:
        with (self.folder / "start.log").open("ab") as log:
            subprocess.run(words, check=check, stdin=subprocess.DEVNULL, stdout=log, stderr=log, timeout=60)

    def _await(self, port: int) -> None:
        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
            except OSError:
                time.sleep(0.1)
            else:
                return
        raise TimeoutError((self.folder / "start.log").read_text()[-2000:])


def _folder(name: str, use: str) -> str:
    return f"  mailbox {name} {{\n    auto = create\n" + (f"    special_use = {use}\n" if use else "") + "  }"


def _without_chroot(line: str) -> str:
    words = line.split()
    if line.startswith((" ", "#")) or len(words) < 8:
        return line
    return " ".join([*words[:4], "n", *words[5:]])
