"""Names that only look like a unit's (A73): 市埸监督管理局, 囯土资源局, 五里旬子镇. Never matched as the unit; a person is asked 「疑似」."""

from rules.judging.court import Court
from rules.judging.spotting import Scene

SHORTEST = 3


def lookalikes(scene: Scene, court: Court) -> tuple[tuple[str, str], ...]:
    """(the letter's words, the unit they look like), in order; empty for nearly every letter, at the price of one look at its signs."""
    text = scene.text
    if court.lookalike_signs.isdisjoint(text):
        return ()
    mended = text.translate(court.lookalikes)
    found = {}
    for start, end, name in court.spotter.standing(mended):
        unit = court.book.units.find(name)
        if unit and len(name) >= SHORTEST and text[start:end] != mended[start:end]:
            found[scene.quote(start, end)] = unit.name
    longest = [words for words in found if not any(words != other and words in other for other in found)]
    return tuple((words, found[words]) for words in longest)
