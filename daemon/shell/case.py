"""`case NUMBER`: a case's whole story, with every letter. The number is the register number or the reference."""

import argparse

from daemon.shell._showing import as_json, json_line, moment, say, show


def arguments(parser: argparse.ArgumentParser) -> None:
    """NUMBER, --json."""
    parser.add_argument("number", help=say("option-number"))
    as_json(parser)


def run(options: argparse.Namespace) -> int:
    """Show the case."""
    from daemon.chronicle import events
    from daemon.named import reference_of
    from daemon.opening import office_seen
    from daemon.shell import _chronicle
    from db import lists
    from rules.trouble import UsageTrouble

    with office_seen(moment(options)) as (office, cx):
        ref = reference_of(options.number, office.book)
        case = next((row for row in lists.cases(cx, office.book) if row["reference"] == ref), None)
        story, letters = lists.story(cx, ref), [row for row in lists.letters(cx) if row["case"] == ref]
        sent = lists.outbox(cx, case=ref)
    if case is None:
        raise UsageTrouble(say("no-case", number=options.number))
    if options.json:
        json_line({**case, "story": story, "incoming": letters, "outgoing": sent})
        return 0
    book = office.book
    show([_chronicle.head(case, book)], ("number", "reference", "state", "kind", "mode", "lead", "due"), json=False)
    show(events(story, book), ("at", "event", "detail", "warrant", "actor"), json=False)
    show(_chronicle.came(letters, book), ("id", "from_addr", "subject", "disposition"), json=False)
    show(_chronicle.sent(sent, book), ("made", "notice", "to", "state", "tries"), json=False)
    return 0
