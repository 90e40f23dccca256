"""What may go to a mail server: one recipient's address, a letter's bytes; checked before any socket is touched (A54-A56, F75).

    recipient("王@例子.example")   -> NotSendable: SMTPUTF8 is not spoken
    recipient("a@例子.example")    -> "a@xn--fsqu00a.example"
    wire_form(raw, "a@b.example")  -> the letter with CRLF only, its dots stuffed, without the final dot

LIMITS: quoted local parts, address literals and local parts beyond ASCII are refused, though RFC 5321 and 6531 know them.
"""

import re
from email.utils import getaddresses

from rules.wording import wording

say = wording("daemon")
LINE_MOST = 998
"""RFC 5322 §2.1.1; servers answer 500 to longer ones."""
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.][A-Za-z0-9!#$%&'*+/=?^_`{|}~.\-]{0,63}")
_LABEL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9\-]{0,61}[A-Za-z0-9])?")
_HEADER = re.compile(rb"([!-9;-~]{1,76}):(?:[ \t].{0,998})?")
_BARE = re.compile(rb"\r\n|\r|\n")
ONCE = frozenset((b"from", b"to", b"subject", b"date", b"message-id", b"reply-to", b"sender"))
NEVER = frozenset((b"bcc", b"cc", b"resent-to", b"resent-cc", b"resent-bcc"))


class NotSendable(ValueError):
    """This cannot be sent; the text says why, in Chinese."""


def recipient(address: str) -> str:
    """The address for RCPT TO, its domain in ASCII. Raises NotSendable."""
    local, _, domain = address[:400].rpartition("@")
    if not _LOCAL.fullmatch(local):
        raise NotSendable(say("address-local"))
    try:
        ascii_domain = domain.encode("idna").decode("ascii")
    except UnicodeError:
        raise NotSendable(say("address-domain")) from None
    labels = ascii_domain.split(".")
    if len(labels) < 2 or len(ascii_domain) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise NotSendable(say("address-domain"))
    return f"{local}@{ascii_domain}"


def wire_form(raw: bytes, to: str) -> bytes:
    """The letter as DATA sends it, ending in CRLF, still without the final dot. Raises NotSendable."""
    lines = _BARE.split(raw)
    if lines[-1] == b"":
        del lines[-1]
    _check_headers(lines, to)
    if max(map(len, lines), default=LINE_MOST + 1) > LINE_MOST or b"\x00" in raw:
        raise NotSendable(say("letter-line"))
    return b"\r\n".join(lines).replace(b"\r\n.", b"\r\n..") + b"\r\n"  # the first line is a header, never a dot


def _check_headers(lines: list[bytes], to: str) -> None:
    """One line a header, none twice that may stand once, no other recipient than ours (A54)."""
    seen: dict[bytes, bytes] = {}
    name = b""
    for line in lines[: lines.index(b"") if b"" in lines else len(lines)]:
        if line[:1] in (b" ", b"\t") and name and line.strip():
            seen[name] += line
            continue
        match = _HEADER.fullmatch(line)
        name = match[1].lower() if match else b""
        if not name or name in NEVER or (name in ONCE and name in seen):
            raise NotSendable(say("letter-header"))
        seen[name] = line.partition(b":")[2]
    if b"from" not in seen:
        raise NotSendable(say("letter-header"))
    if b"to" in seen and not _only(seen[b"to"].decode("utf-8", "replace"), to):
        raise NotSendable(say("letter-to"))


def _only(header: str, to: str) -> bool:
    found = [address for _, address in getaddresses([header])]
    try:
        return len(found) == 1 and recipient(found[0]).lower() == to.lower()
    except NotSendable:
        return False
