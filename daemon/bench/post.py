"""The letters of the bench: half UTF-8, half GBK, 1–3 KB of complaint each, every one different, all with one clear respondent."""

from datetime import datetime, timedelta, timezone

from daemon.demo.cast import COMPLAINT
from daemon.demo.manners import plain_utf8, web_163
from rules.wording import wording

say = wording("daemon.bench")

ZONE = timezone(timedelta(hours=8))
DEEDS = ("deed-1", "deed-2", "deed-3")


def letter(number: int) -> bytes:
    """Letter number n, from a sender of its own; a hundred senders share a domain, as no domain gets automatic letters without end."""
    when = datetime(2017, 5, 9, 9, 0, tzinfo=ZONE) + timedelta(seconds=number)
    text = say("text", deed=say(DEEDS[number % len(DEEDS)]), number=number, rest=say("fill") * (4 + number % 8))
    manner = web_163 if number % 2 else plain_utf8
    return manner(
        f"writer{number}@bench{number // 100}.example", "", COMPLAINT, say("subject", number=number), text, when
    )
