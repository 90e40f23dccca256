"""The settings: only from the environment, or from a .env file named by HUIYIN_ENV (the environment wins).

    settings = read_settings(os.environ)
    settings.need("HUIYIN_DATABASE", *MAIL)       # one sentence naming all that is missing
    settings.database, settings.complaint.imap.host, settings.contact.smtp.sender

What is given is checked at once, what is missing is said when it is needed: `book check` needs none of it.
`SETTINGS` is the table the README is held against. No default points at a real host.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from io import StringIO
from pathlib import Path
from urllib.parse import unquote, urlsplit

from dotenv import dotenv_values
from dotenv.parser import parse_stream

from daemon.logs import CHINA, register, tame
from daemon.places import ImapPlace, SmtpPlace, imap_place, smtp_place
from daemon.secret import Secret
from rules.trouble import SettingsTrouble
from rules.wording import wording

say = wording("daemon")
MAIL = ("HUIYIN_COMPLAINT_IMAP", "HUIYIN_COMPLAINT_SMTP", "HUIYIN_CONTACT_IMAP", "HUIYIN_CONTACT_SMTP")
LONGEST_PASSWORD_FILE = 4096


@dataclass(frozen=True)
class Setting:
    """One row of the table."""

    name: str
    example: str


SETTINGS = (
    Setting("HUIYIN_ENV", "/etc/huiyin/huiyin.env"),
    Setting("HUIYIN_DATABASE", "sqlite:////var/lib/huiyin/huiyin.db"),
    Setting("HUIYIN_BOOK", "/etc/huiyin/book"),
    Setting("HUIYIN_START", "2017-05-09T08:00:00+08:00"),
    Setting("HUIYIN_COMPLAINT_IMAP", "imaps://tousu%40163.example@imap.163.example:993?folders=INBOX,垃圾邮件"),
    Setting("HUIYIN_COMPLAINT_IMAP_PASSWORD", "…"),
    Setting("HUIYIN_COMPLAINT_IMAP_PASSWORD_FILE", "/run/secrets/complaint"),
    Setting("HUIYIN_COMPLAINT_SMTP", "smtps://tousu%40163.example@smtp.163.example:465"),
    Setting("HUIYIN_COMPLAINT_SMTP_PASSWORD", "…"),
    Setting("HUIYIN_COMPLAINT_SMTP_PASSWORD_FILE", "/run/secrets/complaint"),
    Setting("HUIYIN_CONTACT_IMAP", "imaps://lianxi%40163.example@imap.163.example:993"),
    Setting("HUIYIN_CONTACT_IMAP_PASSWORD", "…"),
    Setting("HUIYIN_CONTACT_IMAP_PASSWORD_FILE", "/run/secrets/contact"),
    Setting("HUIYIN_CONTACT_SMTP", "smtp://lianxi%40163.example@smtp.163.example:587?starttls=1"),
    Setting("HUIYIN_CONTACT_SMTP_PASSWORD", "…"),
    Setting("HUIYIN_CONTACT_SMTP_PASSWORD_FILE", "/run/secrets/contact"),
)

_KNOWN = frozenset(setting.name for setting in SETTINGS)


@dataclass(frozen=True)
class Pair:
    """One mailbox of the office: how letters come in and how they go out."""

    imap: ImapPlace
    smtp: SmtpPlace


@dataclass(frozen=True)
class Settings:
    """What is set. `imap` and `smtp` are keyed by setting name; use `complaint` and `contact`, which raise where one is missing."""

    given: frozenset[str]
    database_url: str | None = field(repr=False)
    book: Path | None
    start: datetime | None
    imap: Mapping[str, ImapPlace]
    smtp: Mapping[str, SmtpPlace]

    def need(self, *names: str) -> None:
        """Raise SettingsTrouble naming every one of these that is missing."""
        missing = [name for name in names if name not in self.given]
        if missing:
            raise SettingsTrouble(say("setting-missing", names="、".join(missing)))

    @property
    def database(self) -> str:
        """The SQLAlchemy URL. Raises SettingsTrouble where there is none."""
        self.need("HUIYIN_DATABASE")
        return self.database_url or ""

    @property
    def complaint(self) -> Pair:
        """The public mailbox (投诉举报信箱); case letters leave from it. Raises SettingsTrouble."""
        return self._pair("HUIYIN_COMPLAINT")

    @property
    def contact(self) -> Pair:
        """The unit contact inbox; contact-table letters leave from it. Raises SettingsTrouble."""
        return self._pair("HUIYIN_CONTACT")

    def _pair(self, prefix: str) -> Pair:
        self.need(f"{prefix}_IMAP", f"{prefix}_SMTP")
        return Pair(self.imap[f"{prefix}_IMAP"], self.smtp[f"{prefix}_SMTP"])


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Read and check all that is set; raises SettingsTrouble with one sentence a fault, all at once."""
    values = _with_file(environment)
    faults = [say("setting-unknown", setting=name) for name in sorted(_unknown(values))]
    imap: dict[str, ImapPlace] = {}
    smtp: dict[str, SmtpPlace] = {}
    for name in MAIL:
        if not values.get(name):
            continue
        try:
            password = _password(values, name)
            if name.endswith("_IMAP"):
                imap[name] = imap_place(name, values[name], password)
            else:
                smtp[name] = smtp_place(name, values[name], password)
        except SettingsTrouble as trouble:
            faults.append(str(trouble))
    start = _start(values.get("HUIYIN_START", ""), faults)
    if faults:
        raise SettingsTrouble("\n".join(dict.fromkeys(faults)))
    given = frozenset(name for name, value in values.items() if value and name.startswith("HUIYIN_"))
    book = Path(values["HUIYIN_BOOK"]) if values.get("HUIYIN_BOOK") else None
    database = values.get("HUIYIN_DATABASE")
    register(_password_of(database or ""))
    return Settings(given, database, book, start, imap, smtp)


def book_named(environment: Mapping[str, str]) -> Path | None:
    """The book's folder as it is set, without a look at the other settings. Raises SettingsTrouble where the .env file cannot be read."""
    named = _with_file(environment).get("HUIYIN_BOOK")
    return Path(named) if named else None


def _with_file(environment: Mapping[str, str]) -> dict[str, str]:
    own = {name: value for name, value in environment.items() if name.startswith("HUIYIN_")}
    path = own.get("HUIYIN_ENV")
    if not path:
        return own
    try:
        text = Path(path).read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as trouble:
        raise SettingsTrouble(say("setting-env-file", file=path)) from trouble
    if torn := [str(binding.original.line) for binding in parse_stream(StringIO(text)) if binding.error]:
        raise SettingsTrouble(say("setting-env-line", file=path, lines="、".join(torn)))
    written = dotenv_values(stream=StringIO(text), interpolate=False)
    ours = {name: value for name, value in written.items() if value is not None and name.startswith("HUIYIN_")}
    if misspelt := sorted(ours.keys() - _KNOWN):
        raise SettingsTrouble("\n".join(say("setting-unknown", setting=name) for name in misspelt))
    return ours | own


def _unknown(values: Mapping[str, str]) -> set[str]:
    """Misspelt settings of the mailboxes: each would be silently without effect. The environment may hold other names, a file may not."""
    return {name for name in values if name.startswith(("HUIYIN_COMPLAINT", "HUIYIN_CONTACT")) and name not in _KNOWN}


def _password(values: Mapping[str, str], name: str) -> Secret | None:
    """The password of a place; SMTP's defaults to its IMAP's. Raises SettingsTrouble."""
    for prefix in (name, name.replace("_SMTP", "_IMAP")):
        word, path = values.get(f"{prefix}_PASSWORD"), values.get(f"{prefix}_PASSWORD_FILE")
        if word and path:
            raise SettingsTrouble(say("setting-two-passwords", setting=prefix))
        if word and not word.isprintable():
            raise SettingsTrouble(say("setting-password", setting=f"{prefix}_PASSWORD"))
        if word:
            return Secret(word)
        if path:
            return Secret(_password_in(path, prefix))
    return None


def _password_in(path: str, prefix: str) -> str:
    try:
        with Path(path).open(encoding="utf-8") as file:
            word = file.read(LONGEST_PASSWORD_FILE).strip("\r\n")
    except (OSError, UnicodeDecodeError) as trouble:
        raise SettingsTrouble(say("setting-password-file", setting=f"{prefix}_PASSWORD_FILE", file=path)) from trouble
    if not word or not word.isprintable():
        raise SettingsTrouble(say("setting-password-file", setting=f"{prefix}_PASSWORD_FILE", file=path))
    return word


def _start(text: str, faults: list[str]) -> datetime | None:
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        faults.append(say("setting-start", value=tame(text, 40)))
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=CHINA)


def _password_of(url: str) -> str:
    """The password inside a database URL, '' where there is none."""
    try:
        return unquote(urlsplit(url).password or "")
    except ValueError:
        return ""
