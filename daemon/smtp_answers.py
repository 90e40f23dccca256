"""What a submission server's refusal of our account means, in words a clerk can act on, with the server's own words behind them.

    in_words("553 Mail from must equal authorized user", place)  ->  "发信服务器 … 不让账号 … 服务器说：553 Mail from must …"
    in_words("发信账号 … 登录被拒绝（535 …）。…", place)  ->  the same sentence

The alarm, `send` and `doctor` say it alike. Which words of a server mean what stands in `smtp.toml`.
"""

import re
import tomllib
from importlib.resources import files

from daemon.places import SmtpPlace
from rules.wording import wording

say = wording("daemon")
_SAYS: dict[str, list[str]] = tomllib.loads(files("daemon").joinpath("smtp.toml").read_text("utf-8"))["says"]
_CODE = re.compile(r"[2-5]\d\d(?!\d)")


def in_words(answer: str, place: SmtpPlace) -> str:
    """The sentence; an answer that is one of our own sentences already stays as it is."""
    if not _CODE.match(answer):
        return answer
    given = {"host": place.host, "user": place.user or place.sender, "sender": place.sender, "setting": place.setting}
    return say(f"smtp-says-{_meaning(answer)}", answer=answer, **given)


def _meaning(answer: str) -> str:
    """sender, permission, suspended, login; passing for 4xx; other."""
    if answer.startswith("4"):
        return "passing"
    said = answer.lower()
    found = (key for key, marks in _SAYS.items() for mark in marks if _fits(mark, said))
    return next(found, "other")


def _fits(mark: str, said: str) -> bool:
    return said.startswith(mark) if mark.isdigit() else mark in said
