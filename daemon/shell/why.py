"""`why NUMBER [--json]`: what the book made of a past case's complaint, with the book as it was then, in the letter's own words."""

import argparse

from daemon.shell._showing import as_json, json_line, say


def arguments(parser: argparse.ArgumentParser) -> None:
    """NUMBER, --json."""
    parser.add_argument("number", help=say("option-number"))
    as_json(parser)


def run(options: argparse.Namespace) -> int:
    """Print the judgement. Raises UsageTrouble where there is no such case."""
    from daemon.past_books import looking
    from daemon.past_judgement import why
    from daemon.shell.judge import print_answer
    from db import books
    from rules.policy import recall
    from rules.trouble import DONE

    with looking() as cx:
        answer = why(cx, options.number)
        book = recall(books.chapters_of(cx, answer["book"]))
    if options.json:
        json_line(answer)
        return DONE
    print(say("why-head", number=answer["number"], reference=answer["reference"], book=answer["book"][:16]))
    print_answer(answer, book)
    return DONE
