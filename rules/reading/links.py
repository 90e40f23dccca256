"""Big attachments left with a provider (超大附件, 云附件): recognised, never fetched (L31)."""

import re
import tomllib
from importlib.resources import files

_TABLE = tomllib.loads(files("rules.reading").joinpath("links.toml").read_text("utf-8"))
_HOSTS = re.compile("|".join(_TABLE["addresses"]), re.I)
_URL = re.compile(r"https?://[^\s<>\"'）)】」，。]{4,2000}", re.I)
_UNTIL = re.compile("|".join(_TABLE["until"]))


def big_links(text: str, hrefs: list[str]) -> tuple[str, ...]:
    """The links to big attachments in a text and its anchors, each once."""
    found = [url for url in [*hrefs, *_URL.findall(text)] if _HOSTS.search(url[:2000])]
    return tuple(dict.fromkeys(found))[:50]


def expiry(text: str) -> str:
    """How long the text says that the link lives; '' if it does not."""
    match = _UNTIL.search(text)
    return " ".join(match[0].split()) if match else ""
