"""What the receiving server said of the sender (A13): only its own topmost Authentication-Results lines count.

LIMITS: a line is believed because of where it stands and whom it names; a receiving server that does not remove forged lines with its
own name defeats this. The book names the servers; without them the answer is `none`.
"""

import re

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
    for wanted in ("fail", "pass"):
        if wanted in results:
            return wanted, lines[results.index(wanted)][:1000]
    return "none", lines[0][:1000] if lines else ""


def _own_lines(head: Head, servers: tuple[str, ...]) -> list[str]:
    """The lines of the receiving server above the first Received that some other server wrote."""
    lines: list[str] = []
    for name, value in head.fields:
        if name == "received":
            match = _BY.search(value.decode("ascii", "replace"))
            host = match[1].lower() if match else ""
            if not any(
                host == server or host.endswith("." + server) or server.endswith("." + host) for server in servers
            ):
                break
        elif name == "authentication-results":
            text = value.decode("ascii", "replace")
            words = text.split(";")[0].split()
            if words and words[0].lower() in servers:
                lines.append(text)
    return lines


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
