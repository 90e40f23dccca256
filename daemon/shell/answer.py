"""`answer ID ORDER… [--json]`: the same order that a reply by letter gives, by a person of the book."""

import argparse

from daemon.shell._showing import as_json, json_line, moment, say, start_log


def arguments(parser: argparse.ArgumentParser) -> None:
    """ID, the order's words, --by NAME."""
    parser.add_argument("question", help=say("option-question"))
    parser.add_argument("order", nargs="+", help=say("option-order"))
    parser.add_argument("--by", required=True, metavar="NAME", help=say("option-by"))
    as_json(parser)


def run(options: argparse.Namespace) -> int:
    """Obey, or say why not."""
    from daemon.obeying import obey_person
    from daemon.opening import open_office, settings
    from rules.trouble import DONE, FOUND

    start_log(options)
    now = moment(options)
    said = obey_person(open_office(settings(), now), options.question, " ".join(options.order), options.by, now)
    if options.json:
        json_line({"id": options.question, "done": said.done, "says": said.says})
    else:
        print(said.says)
    return DONE if said.done else FOUND
