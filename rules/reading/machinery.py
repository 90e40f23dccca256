"""The signs of a letter gathered for the table of machines, and what a bounce among them says."""

import re

from rules.reading import machines
from rules.reading.addresses import mailboxes
from rules.reading.bodies import Body
from rules.reading.bounces import Bounce, Returned, read_bounce
from rules.reading.odd import Sender
from rules.reading.opening import REPORTS, Opened
from rules.reading.parts import Part, content

_LONGEST = 1000
_FIELDS = 500
_PARTS = 100
_RETURNED = {"message/rfc822", "text/rfc822-headers", "message/partial"}


def verdict_of(
    letter: Opened, sender: Sender, subject: str, folded: str, hint: str | None, *, ours: bool
) -> machines.Verdict:
    """The kind of machine. `subject` and `folded` (the text) are folded; `hint` is what the own words sound like."""
    found = {
        name: value[:_LONGEST].decode("utf-8", "replace").lower()
        for name, value in reversed(letter.tree.root.head.fields[:_FIELDS])
    }
    found |= {
        "from": sender.address,
        "name": machines.folded(sender.name),
        "subject": subject,
        "body": folded,
        "type": "\n".join(_declared(part) for part in [letter.tree.root, *letter.leaves[:_PARTS]]),
        "part": "\n".join(leaf.type for leaf in letter.leaves[:_PARTS]),
        "hint": hint or "",
    }
    mass = re.match("bulk|list|junk", found.get("precedence", "")) is not None and "list-id" not in found
    found["mass" if mass else "single"] = "yes"
    return machines.verdict(found, ours=ours)


def _declared(part: Part) -> str:
    return part.head.first("content-type")[:500].decode("ascii", "replace").lower() or part.type


def bounce_of(letter: Opened, sender: Sender, body: Body, shown: list[str]) -> Bounce:
    """What a bounce says; `shown` is the text of the letters inside, which is not its own."""
    head = letter.tree.root.head
    words = body.text.split("\n\n" + shown[0])[0] if shown and body.split.own.strip() else body.text
    return read_bounce(
        Returned(
            words,
            _joined(letter, REPORTS),
            _joined(letter, _RETURNED),
            head.first("x-failed-recipients").decode("ascii", "replace"),
            tuple(body.links),
            frozenset({sender.address} | {box.address for box in mailboxes(head.first("to"), 20)}),
        )
    )


def _joined(letter: Opened, kinds: set[str]) -> str:
    parts = [content(leaf)[0][:20_000] for leaf in letter.leaves[:_PARTS] if leaf.type in kinds]
    return "\n".join(part.decode("utf-8", "replace").replace("\r", "") for part in parts)
