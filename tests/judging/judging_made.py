"""Letters to judge in tests, with the shipped book."""

from daemon.books import read_book
from rules.judging import Matter, Quest, judge

BOOK = read_book()


def judged(own_words="", subject="", **more):
    """The judgement of a letter by Huanren's book."""
    return judge(Matter(subject, own_words, **more), BOOK)


def accused(own_words="", subject="", **more):
    """The letter's own words for those complained of."""
    return [each.words for each in judged(own_words, subject, **more).respondents]


def units(judgement):
    """The official names of those complained of."""
    return [each.unit for each in judgement.respondents]


def routed(judgement):
    """(unit, line) of the route."""
    return [(each.unit, each.line) for each in judgement.route]


def quests(judgement):
    """The kinds of its questions."""
    return {query.quest for query in judgement.questions}


__all__ = ["BOOK", "Matter", "Quest", "accused", "judge", "judged", "quests", "routed", "units"]
