"""The other forms of a value that must not leave either: a mailbox's local part, a name in Latin letters, a firm without its place,
an address below its township, a number without its country (A26, A27, A29, A30)."""

import re
from collections.abc import Iterator
from functools import lru_cache

from rules.shield.firms import short_forms
from rules.shield.folding import normal, seen_plainly
from rules.shield.latin import spellings
from rules.shield.values import Identity

BELOW = re.compile(r"^.{0,24}?(?:街道|[镇乡])(?=.{4})")
BLANKS = re.compile(r"\s+")
HAN = re.compile(r"[一-鿿]{2,4}")


@lru_cache(maxsize=4096)
def forms(identity: Identity) -> tuple[str, ...]:
    """The value's normal form first, then the others; none shorter than two signs."""
    value = normal(identity.value)
    others = _others(identity.kind, value, BLANKS.sub("", seen_plainly(identity.value).text))
    return tuple(dict.fromkeys(each for each in (value, *others) if len(each) > 1))


def _others(kind: str, value: str, plain: str) -> Iterator[str]:
    if kind == "email":
        local = re.split(r"@|\(at\)|#", value)[0]
        if len(local) > 4:
            yield local
    elif kind in ("mobile", "landline") and re.match(r"(?:00)?86[0-9]{11}$", value.lstrip("+")):
        yield value[-11:]
    elif kind == "company":
        yield from (normal(each) for each in short_forms(plain))
    elif kind == "address":
        yield BELOW.sub("", value)
    elif kind == "name" and HAN.fullmatch(plain):
        yield from spellings(plain)
