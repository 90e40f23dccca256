"""What a bounce says: which address was not reached, why, for good or only for now, and which letter it was (L79, domain §6.4).

First the machine-readable parts (RFC 3464), then a provider's link (163: BouncedRcpt), then the words, at last the returned letter's To.

LIMITS: where a bounce names several addresses none is taken; an address is what the bounce says, anybody can write a bounce.
"""

import re
import tomllib
from importlib.resources import files
from typing import NamedTuple
from urllib.parse import unquote

from rules.reading.addresses import clean

_WORDS = tomllib.loads(files("rules.reading").joinpath("bounces.toml").read_text("utf-8"))
_FIELD = re.compile(
    r"^(final-recipient|original-recipient|action|status|diagnostic-code|x-actual-recipient)[ \t]*:[ \t]*([^\n]*(?:\n[ \t]+[^\n]*){0,20})",
    re.I | re.M,
)
_ADDR = r"[^\s<>\"'():;,\[\]@|=]{1,64}@[A-Za-z0-9][A-Za-z0-9.-]{1,200}[A-Za-z0-9]"
_ANY = re.compile(_ADDR)
_IN_WORDS = r"[^\s<>\"'():;,\[\]@|=\u3000-\u9fff\uff00-\uffef]{1,64}@[A-Za-z0-9][A-Za-z0-9.-]{1,200}[A-Za-z0-9]"
"""An address glued to Chinese words and signs: 收件人邮件地址（a@example.com）."""
_RULES = [
    re.compile(pattern.replace("ADDR", f"(?:<|&lt;|\"|'|mailto:)?({_IN_WORDS})(?:>|\"|')?"), re.I | re.M)
    for pattern in _WORDS["address"]
]
_STATUS = re.compile(r"(?<![\d.])([245])\.\d{1,3}\.\d{1,3}(?![\d.])")
_REPLY = re.compile(r"(?<![\d.:-])([45]\d\d)(?:[ -](?:[45]\.\d|[A-Za-z#<])|\s)")
_REASON = re.compile("|".join(_WORDS["reason"]), re.I)
_DELAYED = re.compile("|".join(_WORDS["delayed"]), re.I)
_MESSAGE_ID = re.compile(r"^message-id[ \t]*:\s{0,20}(<[^<>\s]{3,500}>)", re.I | re.M)
_RETURNED_TO = re.compile(r"^to[ \t]*:[ \t]*([^\n]{1,500})", re.I | re.M)
_READ = 60_000


class Bounce(NamedTuple):
    """The address ('' = none beyond doubt), the reason in the server's words, failed/delayed/relayed/'', and the returned Message-ID."""

    address: str = ""
    reason: str = ""
    kind: str = ""
    message_id: str = ""


class Returned(NamedTuple):
    """What a bounce brings along: its words, its delivery-status text, the head of the returned letter, and the X-Failed-Recipients."""

    words: str
    status: str
    head: str
    failed: str
    links: tuple[str, ...]
    own: frozenset[str]
    """Addresses that cannot be the one that bounced: the bounce's own From and To."""


def read_bounce(returned: Returned) -> Bounce:
    """Read a bounce."""
    words = returned.words[:_READ]
    fields: dict[str, list[str]] = {}
    for match in _FIELD.finditer(returned.status[:_READ] or words):
        fields.setdefault(match[1].lower(), []).append(" ".join(match[2].split()))
    address = _address(returned, fields, words)
    reason = _reason(fields, words)
    found = _MESSAGE_ID.search(returned.head[:_READ]) or _MESSAGE_ID.search(words)
    return Bounce(address, reason, _kind(fields, words, reason), found[1] if found else "")


def _address(returned: Returned, fields: dict[str, list[str]], words: str) -> str:
    candidates = (
        _of_fields(fields),
        {clean(found) for found in _ANY.findall(returned.failed)},
        {
            clean(unquote(found))
            for link in returned.links
            for found in re.findall(r"BouncedRcpt=([^&\s\"']{3,300})", link, re.I)
        },
        {clean(unquote(found)) for found in re.findall(r"BouncedRcpt=([^&\s\"']{3,300})", words, re.I)},
        *({clean(found.rstrip(".")) for found in rule.findall(words)} for rule in _RULES),
        {clean(found) for found in _ANY.findall(" ".join(_RETURNED_TO.findall(returned.head[:_READ])))},
    )
    for found in candidates:
        usable = {address for address in found if address}
        if len(usable) > 1:
            usable -= returned.own
        if len(usable) == 1:
            return usable.pop()
    return ""


def _of_fields(fields: dict[str, list[str]]) -> set[str]:
    """Original-Recipient is what we wrote to; Final-Recipient what it became. Several recipients: only those that failed."""
    actions = [action.lower() for action in fields.get("action", [])]
    for name in ("final-recipient", "original-recipient", "x-actual-recipient"):
        found = [_ANY.search(value) for value in fields.get(name, [])]
        addresses = [clean(match[0]) for match in found if match]
        if len(addresses) == len(actions) > 1:
            failed = {address for address, action in zip(addresses, actions, strict=True) if action.startswith("fail")}
            addresses = sorted(failed) if failed else addresses
        if addresses:
            return set(addresses)
    return set()


def _reason(fields: dict[str, list[str]], words: str) -> str:
    diagnostic = next(
        (value.partition(";")[2].strip() or value for value in fields.get("diagnostic-code", []) if value), ""
    )
    if diagnostic:
        return diagnostic[:300]
    for line in words.split("\n"):
        said = " ".join(line.split())
        if (_REASON.search(line) or _REPLY.search(line) or _STATUS.search(line)) and not said.endswith((":", "：")):
            return said[:300]  # a heading alone is no reason: it stands below
    return next(iter(fields.get("status", [])), "")


def _kind(fields: dict[str, list[str]], words: str, reason: str) -> str:
    actions = {action.lower().split(" ")[0].strip() for action in fields.get("action", [])}
    for name, kind in (
        ("failed", "failed"),
        ("delayed", "delayed"),
        ("relayed", "relayed"),
        ("delivered", "relayed"),
        ("expanded", "relayed"),
    ):
        if name in actions:
            return kind
    status = _STATUS.search(" ".join(fields.get("status", [])) or reason)
    if _DELAYED.search(words[:4000]) or (status and status[1] == "4"):
        return "delayed"
    return "relayed" if status and status[1] == "2" else "failed"
