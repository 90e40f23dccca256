"""What a newer program adds to a book of before: shown to a person, who is asked; or told in lines to a program, which says --yes."""

from typing import TYPE_CHECKING

from daemon.shell._showing import confirmed, json_line, say

if TYPE_CHECKING:
    from rules.policy.updating import Update


def agreed_to(update: "Update", *, yes: bool, json: bool = False) -> bool:
    """Whether there is something to add and it may be added; shown unless as JSON."""
    if not json:
        _show(update)
    return bool(update.additions) and (yes or (not json and confirmed("book-update-sure")))


def _show(update: "Update") -> None:
    for heading, additions in (("book-lacks", update.additions), ("book-by-hand", update.by_hand)):
        if additions:
            print(say(heading, count=len(additions)))
        for addition in additions:
            print(f"{addition.file} {addition.place}".rstrip())
            print("\n".join(f"    {line}" for line in addition.lines))


def lines(update: "Update", *, written: bool) -> None:
    """A line an addition: chapter, keys, the lines as shipped, whether they were written in."""
    for additions, done in ((update.additions, written), (update.by_hand, False)):
        for one in additions:
            json_line({"file": one.file, "keys": one.keys, "lines": one.lines, "written": done})
