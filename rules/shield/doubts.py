"""What a redacted draft leaves open, so that a person must look before it goes: the key of a sentence in `wording.toml`, or None.

Nothing here says what was found, only of which kind it is.
"""

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from rules.shield.cues import cues
from rules.shield.firms import like_shops
from rules.shield.folding import MOST, Sight
from rules.shield.knowledge import is_word
from rules.shield.names import Name, find_names
from rules.shield.patterns import pattern
from rules.shield.told import namely
from rules.shield.values import Mark

NUMBER = pattern("doubt_number")
ALONE = pattern("doubt_alone")
OWNER = pattern("doubt_owner")
TOWN = pattern("doubt_town")
PUBLIC = pattern("doubt_public")
TOKEN = re.compile(
    r"(?<![a-z0-9])(?!qq[0-9]+(?![a-z0-9_\-]))(?=[a-z_\-]{0,19}[0-9])(?=[0-9_\-]{0,19}[a-z])[a-z0-9][a-z0-9_\-]{5,19}(?![a-z0-9])"
)
NAMED = pattern("doubt_named")
"""What may stand before a token of letters and digits that is nobody's account."""
VILLAGE = pattern("doubt_village")
OWN_NUMBERS = frozenset(("mobile", "landline", "idcard"))
SURE = 0.5
NEAR = 40


def doubt(seen: Sight, marks: Sequence[Mark]) -> str | None:
    """Why a person must look at the draft of this text; None where nothing is open."""
    if len(seen.original) > MOST:
        return "refused-long"
    if cues().telling.search(seen.digits):
        return "refused-telling"
    hidden = {place for mark in marks for place in range(mark.start, mark.end)}
    if any(seen.span(start, start + 1)[0] not in hidden for start in _numbers(seen.digits)):
        return "refused-number"
    if any(seen.span(*met.span())[1] - 1 not in hidden for met in VILLAGE.finditer(seen.digits)):
        return "refused-place"
    if _nameless(marks):
        return "refused-nameless"
    names = (*find_names(seen.text, SURE), *_alone(seen.text))
    left = [name for name in names if seen.span(name.start, name.end)[0] not in hidden]
    named = any(mark.kind == "name" for mark in marks)
    if _owner(seen.original, marks, hidden) or any(not _official(seen.text, name, sure=not named) for name in left):
        return "refused-person"
    shops = any(hidden.isdisjoint(range(*seen.span(start, end))) for start, end in like_shops(seen.text))
    towns = any(hidden.isdisjoint(range(*seen.span(*met.span()))) for met in TOWN.finditer(seen.text))
    return "refused-firm" if shops or towns else None


def _owner(text: str, marks: Sequence[Mark], hidden: AbstractSet[int]) -> bool:
    """Whether signs that are no word stand alone right before a telephone number, as its owner's name would: 宝力德，144…."""
    for mark in marks:
        met = OWNER.search(text, max(0, mark.start - 8), mark.start) if mark.kind in ("mobile", "landline") else None
        if met and met.end(1) - 1 not in hidden and not is_word(met[1]):
            return True
    return False


def _alone(text: str) -> Iterator[Name]:
    """A surname and given signs between stops, under the weight of a name: （莫雨）, ，童谣，."""
    for met in ALONE.finditer(text):
        if not is_word(met[1]) and namely(met[1], 0):
            yield Name(*met.span(1), 0.0)


def _nameless(marks: Sequence[Mark]) -> bool:
    """Whether a number of the writer's was taken out, but neither a name nor a firm: his name may still stand there."""
    kinds = {mark.kind for mark in marks}
    return bool(kinds & OWN_NUMBERS) and not kinds & {"name", "company"}


def _numbers(text: str) -> Iterator[int]:
    """Where a number or an account seems to stand that no finder took."""
    for form, group, allowed in ((NUMBER, 1, PUBLIC), (TOKEN, 0, NAMED)):
        for met in form.finditer(text):
            start = met.start(group)
            if not allowed.search(text, max(0, start - 16), start):
                yield start
    yield from (met.end() for met in cues().number_field.finditer(text) if met.end() < len(text))


def _official(text: str, name: Name, *, sure: bool) -> bool:
    """Whether the words about a name that stays say that he acts for a public body; `sure`: say it right beside the name."""
    known = cues()
    before, after = text[max(0, name.start - NEAR) : name.start], text[name.end : name.end + 6]
    beside = (
        known.official_right.match(after) or known.official_sure.search(before) or known.official_left.search(before)
    )
    again = text.find(text[name.start : name.end]) < name.start
    return bool(beside or again or (not sure and known.official_verb.match(after) and known.organ.search(before)))
