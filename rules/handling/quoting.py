"""Words of ours that come back never act, also where a client lost every quote mark (L39): what is left is what the sender wrote himself."""

import dataclasses

from rules.desk import Desk
from rules.letter import Letter
from rules.replies.folding import LONGEST, folded

LONG = 8
"""A line of so many signs that stands in our letter is ours; a shorter one only below such a line: 满意 alone is anybody's."""


def unquoted(letter: Letter, desk: Desk) -> Letter:
    """The letter without the lines of our own letters among its own words.

    LIMITS: looks at as many signs as any reader of replies does; below a line of ours, a short answer that stands in ours too is lost, and a
    person is asked.
    """
    ours = "\n".join(folded(hit.text) for hit in desk.hits)
    if not ours.strip():
        return letter
    head, tail = letter.own_words[:LONGEST], letter.own_words[LONGEST:]
    kept: list[str] = []
    below = False
    for line in head.splitlines():
        said = folded(line)
        known = bool(said) and said in ours
        below = below or (known and len(said) >= LONG)
        if not (known and below):
            kept.append(line)
    return dataclasses.replace(letter, own_words="\n".join(kept).strip() + tail)
