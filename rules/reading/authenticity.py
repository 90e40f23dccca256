"""What the receiving server said of the sender (A13): its own topmost Authentication-Results line counts, in the words of the book.

    163.com           exactly this authserv-id (RFC 8601)
    .163.com          the domain and every server below it: matched label by label, so that evil163.com is none of them
    mx*.163.com       a label may have one run of letters and digits left open: a provider numbers its servers

A pass stands only in the topmost line; a failure in any of the server's own lines is believed, since nobody forges one against himself.
The topmost Received is the receiving server's own: Coremail calls itself there by a short name (`by mx16`) that no book needs to list.

LIMITS: a line is believed because of where it stands and whom it names; a receiving server that writes none of its own, and does not remove
forged lines with its name, defeats this. The book names the servers; without them the answer is `none`.
"""

import re
from functools import cache

from rules.reading.fields import Head

_BY = re.compile(r"(?:^|\s)by\s{1,5}([A-Za-z0-9._-]{1,200})")
_METHOD = re.compile(r"(?:^|[;\s])(dmarc|dkim|spf)\s{0,3}=\s{0,3}([a-z]{1,20})", re.I)
_DOMAIN = re.compile(
    r"(header\.d|header\.i|header\.from|smtp\.mailfrom|smtp\.mail|envelope-from)\s{0,3}=\s{0,3}\"?<?(?:[^\s;@\"<>]{0,128}@)?([A-Za-z0-9.-]{1,253})",
    re.I,
)


def auth_of(head: Head, address: str, servers: tuple[str, ...]) -> tuple[str, str]:
    """pass, fail or none, and the line it was read from."""
    lines = _own_lines(head, tuple(server.lower() for server in servers))
    results = [_result(line, address.rpartition("@")[2]) for line in lines]
    if "fail" in results:
        return "fail", lines[results.index("fail")][:1000]
    return (results[0], lines[0][:1000]) if lines else ("none", "")


def listed(host: str, entry: str) -> bool:
    """Whether the book's entry names this server, by whole labels alone."""
    return bool(host) and _pattern(entry).fullmatch(host) is not None


@cache
def _pattern(entry: str) -> re.Pattern[str]:
    below = r"(?:[a-z0-9_-]{1,63}\.){0,8}" if entry.startswith(".") else ""
    return re.compile(below + re.escape(entry.removeprefix(".")).replace(r"\*", "[a-z0-9]{1,20}"))


def _own_lines(head: Head, servers: tuple[str, ...]) -> list[str]:
    """The lines of the receiving server above the first Received that some other server wrote."""
    lines: list[str] = []
    received = 0
    for name, value in head.fields:
        text = value.decode("ascii", "replace") if name in ("received", "authentication-results") else ""
        if name == "received":
            received += 1
            if not _of_the_house(text, servers, topmost=received == 1):
                break
        elif name == "authentication-results":
            server = next(iter(text.split(";", maxsplit=1)[0].split()), "").lower()
            lines += [text] if any(listed(server, entry) for entry in servers) else []
    return lines


def _of_the_house(line: str, servers: tuple[str, ...], *, topmost: bool) -> bool:
    """Written by a server listed, one below it or the domain it stands in; on top also by one with a short name."""
    match = _BY.search(line)
    host = match[1].lower() if match else ""
    return bool(host) and ((topmost and "." not in host) or any(_akin(host, entry) for entry in servers))


def _akin(host: str, entry: str) -> bool:
    name = entry.removeprefix(".")
    return listed(host, entry) or host.endswith("." + name) or ("." in host and name.endswith("." + host))


def _result(line: str, domain: str) -> str:
    found = {method.lower(): result.lower() for method, result in reversed(_METHOD.findall(line))}
    dmarc: str = found.get("dmarc", "")
    if dmarc in {"pass", "fail"}:
        return dmarc
    named = [match[1].lower().rstrip(".") for match in _DOMAIN.findall(line)]
    aligned = any(domain == name or domain.endswith("." + name) for name in named) if named else False
    if "pass" in found.values() and aligned:
        return "pass"
    return "fail" if {"fail", "softfail", "permerror"} & set(found.values()) else "none"
