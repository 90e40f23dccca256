"""A mail read for the directory where no book names the receiving server: its own topmost lines tell who received it (A13).

    letter = read(raw, signs_alone(raw))        body = open_paper(body_source(raw))

LIMITS: for a file handed over by a person, not for the mailbox: where the receiving server wrote no Authentication-Results, the topmost
line may be the sender's own. The daemon reads with the servers of the book instead.
"""

import re

from rules.contacts.words import words
from rules.letter import Letter
from rules.numbers import Signs
from rules.reading import LIMITS
from rules.reading.opening import Opened, opened
from rules.reading.parts import content

FEWEST = 2
_BY = re.compile(rb"\sby\s{1,5}([A-Za-z0-9._-]{1,200})")


def signs_alone(raw: bytes) -> Signs:
    """The signs to read the letter with, so that the topmost receiving server's word on its sender is believed."""
    return Signs(servers=tuple(dict.fromkeys(_receivers(opened(raw, LIMITS)))))


def body_source(raw: bytes) -> bytes:
    """The mail's HTML text, to be read as a paper, so that a pasted table keeps its merged cells; b"" where there is none."""
    letter = opened(raw, LIMITS)
    texts = letter.text_leaves
    for leaf in letter.leaves:
        if id(leaf) in texts and leaf.type == "text/html":
            return content(leaf)[0][: LIMITS.text]
    return b""


def may_paste(letter: Letter) -> bool:
    """The letter's words name headings of a sheet: only then can a table of one be pasted into it."""
    return sum(word in letter.text for word in words("mails")["headings"]) >= FEWEST


def _receivers(letter: Opened) -> list[str]:
    """The server of the topmost Authentication-Results, and of the topmost Received."""
    found = []
    fields = letter.tree.root.head.fields
    results = next((value for name, value in fields if name == "authentication-results"), b"")
    received = next((value for name, value in fields if name == "received"), b"")
    words = results.split(b";")[0].split()
    if words:
        found.append(words[0].decode("ascii", "replace").lower())
        match = _BY.search(received)
        found += [match[1].decode("ascii").lower()] if match else []
    return found
