"""`judge [--json] [--book DIR] FILE...`: what the book makes of letters: kind, categories, respondents, route, questions, and why.

Needs no settings, database or network. Each input is answered, in order; one that cannot be read says why and stops nothing.
"""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from daemon.logs import tame
from daemon.shell._showing import Answers, as_json, json_line, say

if TYPE_CHECKING:
    from daemon.matters import Given
    from rules.policy import Book

LABELLED = frozenset(("scope", "confidence"))
"""Told in the book's words; `--json` keeps the keys."""
SHOWN = ("kind", "categories", "scope", "grounds", "mode", "confidence")


def arguments(parser: argparse.ArgumentParser) -> None:
    """FILE..., --json, --book."""
    parser.add_argument("files", nargs="+", metavar="FILE", help=say("option-judge-files"))
    parser.add_argument("--book", type=Path, default=None, metavar="DIR", help=say("option-read-book"))
    as_json(parser)


def run(options: argparse.Namespace) -> int:
    """Judge every letter; 2 where an input could not be opened, or none could be read."""
    from daemon.books import read_book
    from daemon.matters import matters

    book, answers = read_book(options.book), Answers(json=options.json)
    for name in options.files:
        for answer in answers.of(name, (answered(given, book) for given in matters(name))):
            if options.json:
                json_line({"file": name, **answer})
            else:
                print_answer(answer, book)
    return answers.code


def answered(given: "Given", book: "Book") -> dict[str, Any]:
    """The answer to one input, as a JSON object."""
    from rules.judging import as_json as shown
    from rules.judging import judge

    if given.matter is None:
        return {"id": given.id, "trouble": given.trouble, **({"unread": True} if given.unread else {})}
    return {"id": given.id, **shown(judge(given.matter, book), book)}


def print_answer(answer: dict[str, Any], book: "Book") -> None:
    """The answer in the clerk's words."""
    print(say("judge-head", id=tame(str(answer["id"]))))
    if "trouble" in answer:
        print(f"  {answer['trouble']}")
        return
    for key in SHOWN:
        value = "、".join(answer[key]) if isinstance(answer[key], list) else answer[key]
        shown = book.label(key, value) if key in LABELLED else value
        print(f"  {say(f'judge-{key}')}{shown or say('judge-none')}")
    for key in ("respondents", "mentioned"):
        names = "、".join(tame(each["words"]) + (f"（{each['unit']}）" if each["unit"] else "") for each in answer[key])
        print(f"  {say(f'judge-{key}')}{names or say('judge-none')}")
    routed = "、".join(f"{each['unit'] or '—'}（{each['line']}）" for each in answer["route"])
    print(f"  {say('judge-route')}{routed or say('judge-none')}")
    for question in answer["questions"]:
        print(f"  {say('judge-question')}{tame(question)}")
    for reason in answer["why"]:
        words = "、".join(f"“{tame(word)}”" for word in reason["words"])
        print(f"  {say('judge-why', rule=reason['rule'], words=words, because=reason['because'])}")
