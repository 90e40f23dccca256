"""Directory rows before they are written: a person is shown the change and asked; a program reads it in lines and says --yes."""

import argparse
from datetime import datetime
from typing import TYPE_CHECKING

from daemon.shell._showing import confirmed, json_line, say

if TYPE_CHECKING:
    from daemon.listing import Change, SheetRead
    from daemon.office import Office


def show_and_enter(office: "Office", read: "SheetRead", options: argparse.Namespace, now: datetime) -> int:
    """Show the change, enter it where it is agreed to. Exit 1 where nothing was entered. Raises UsageTrouble."""
    from daemon.listing import enter, planned
    from rules.trouble import DONE, FOUND

    doubts = (*(f"· {doubt}" for doubt in read.doubts), *read.left_out)
    if not options.json:
        for doubt in doubts:
            print(doubt)
    change = planned(office, read.entries, options.by)
    if not options.json:
        _show(change)
    agreed = bool(change.entries) and (options.yes or (not options.json and confirmed("directory-sure")))
    if agreed:
        enter(office, change, now)
    if options.json:
        _lines(change, (*read.doubts, *read.left_out), entered=agreed)
    else:
        print(say("directory-entered", count=len(change.entries)) if agreed else say("directory-unchanged"))
    return DONE if agreed else FOUND


def _show(change: "Change") -> None:
    for entry in change.entries:
        old, person = change.old.get(entry.unit, say("none")), entry.person or say("none")
        print(say("directory-change", unit=entry.unit, old=old, new=entry.address, person=person))


def _lines(change: "Change", doubts: tuple[str, ...], *, entered: bool) -> None:
    """A line a doubt ({"says"}), then a line a row; `old` is '' where the unit had no mailbox."""
    for doubt in doubts:
        json_line({"says": doubt})
    for entry in change.entries:
        json_line(
            {
                "unit": entry.unit,
                "old": change.old.get(entry.unit, ""),
                "new": entry.address,
                "person": entry.person,
                "phone": entry.phone,
                "public": entry.public,
                "leader_mailbox": entry.leader_mailbox,
                "entered": entered,
            }
        )
