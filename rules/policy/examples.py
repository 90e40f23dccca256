"""Every rule is tried on its own examples: those that must match do, those that must not do not (F90).

An example is a letter in one line: 标题｜正文, or the text alone; 【单位】 before it = a unit's mailbox sent it.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rules.policy.book import Book, chapters_of_rules
from rules.policy.faults import Fault, say
from rules.policy.matters import Line, Rule

if TYPE_CHECKING:
    from rules.judging.court import Court
    from rules.judging.matter import Matter

FROM_UNIT = "【单位】"
SUBJECT_ENDS = "｜"


def examples(book: Book) -> list[Fault]:
    """The faults of all examples; a rule whose conditions are wrong has been told already."""
    from rules.judging.court import court  # late: judging reads the book's own classes

    bench = court(book)
    rules = [rule for chapter in chapters_of_rules(book).values() for rule in chapter]
    faults = [fault for rule in rules if rule.when for fault in _of_rule(rule, bench)]
    return faults + [fault for line in book.lines for fault in _of_line(line, bench)]


def as_matter(example: str) -> "Matter":
    """The letter of one example."""
    from rules.judging.matter import Matter

    unit = FROM_UNIT if example.startswith(FROM_UNIT) else None
    subject, _, own = example.removeprefix(FROM_UNIT).rpartition(SUBJECT_ENDS)
    return Matter(subject, own, sender_unit=unit)


def _of_rule(rule: Rule, bench: "Court") -> Iterator[Fault]:
    for wanted, sentences in ((True, rule.match), (False, rule.miss)):
        if not sentences:
            yield _fault(rule, "no-example" if wanted else "no-counter-example")
        for sentence in sentences:
            if _holds(rule, sentence, bench) is not wanted:
                yield _fault(rule, "must-match" if wanted else "must-miss", sentence)


def _holds(rule: Rule, sentence: str, bench: "Court") -> bool:
    from rules.judging.conditions import rule_holds
    from rules.judging.matters import real

    scene = bench.spotter.scene(as_matter(sentence))
    evidence = rule_holds(scene, rule)
    return evidence is not None and real(scene, rule, evidence, bench) is not None


def _fault(rule: Rule, key: str, sentence: str = "") -> Fault:
    words = {"name": rule.name, "sentence": sentence}
    return Fault(rule.file, rule.line, say(key, **words), say(f"{key}-remedy", **words))


def _of_line(line: Line, bench: "Court") -> Iterator[Fault]:
    for key, wanting in (("no-example", line.match), ("no-counter-example", line.miss)):
        if line.words and not wanting:
            yield Fault("lines.toml", line.at, say(key, name=line.name), say(f"{key}-remedy", name=line.name))
    for wanted, sentences in ((True, line.match), (False, line.miss)):
        for sentence in sentences:
            ranked = bench.lines.ranked(bench.spotter.scene(as_matter(sentence)))
            if (bool(ranked) and ranked[0][0] is line) is not wanted:
                key = "must-match" if wanted else "must-miss"
                words = {"name": line.name, "sentence": sentence}
                yield Fault("lines.toml", line.at, say(key, **words), say(f"{key}-remedy", **words))
