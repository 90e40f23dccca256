"""The pure parts, timed alone: reading beside mail-parser, judging with a small and a large book, redaction and guard."""

import time
from collections.abc import Callable
from itertools import count
from statistics import median

import mailparser

from daemon.bench.post import letter
from daemon.books import read_chapters
from daemon.demo.cast import LI, filled
from rules.judging import Matter, judge
from rules.policy import load
from rules.reading import read
from rules.shield import find_identities, guard_text, redact
from rules.wording import wording

say = wording("daemon.bench")
SECONDS = 0.5


def each(*works: Callable[[], object]) -> tuple[float, ...]:
    """Median seconds of one call of each work, over half a second of calls in turn: what disturbs one disturbs the others."""
    times: list[tuple[float, ...]] = []
    until = time.perf_counter() + SECONDS * len(works)
    while time.perf_counter() < until or len(times) < 3:
        times.append(tuple(_timed(work) for work in works))
    return tuple(map(median, zip(*times, strict=True)))


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def reading_ratio() -> tuple[float, float]:
    """Milliseconds to read a plain 2 KB Chinese letter, and as a multiple of mail-parser's parse."""
    raw = letter(2)
    ours, theirs = each(lambda: read(raw), lambda: mailparser.parse_from_bytes(raw).body)
    return ours * 1000, ours / theirs


def judging_rate(extra_rules: int = 0) -> float:
    """Letters judged a second on one core, with the book as shipped or with so many rules more, a tenth of which hold."""
    said = read(letter(1))
    book = load(_grown(filled(dict(read_chapters())), extra_rules, said.own_words))
    matter = Matter(said.subject, said.own_words, "", said.from_name, said.from_addr)
    judge(matter, book)
    return 1 / each(lambda: judge(matter, book))[0]


def _grown(chapters: dict[str, bytes], count: int, said: str) -> dict[str, bytes]:
    """The book with so many category rules more, each on a word of its own; every tenth also on a word the letter says."""
    rules = []
    for n in range(count):
        words = [f"样词{n}号", *([said[n % 40 : n % 40 + 2]] if n % 10 == 0 else [])]
        rules.append(
            f'\n[[rule]]\nname = "bench-{n}"\ncategory = "其他"\nweight = 1\nwhen = {{ any = {words} }}\n'
            f'because = "bench"\nmatch = ["样词{n}号"]\nmiss = ["ok"]\n'
        )
    return {**chapters, "categories.toml": chapters["categories.toml"] + "".join(rules).encode()} if count else chapters


def shield_milliseconds() -> float:
    """Redaction and guard of a 5 KB letter."""
    subject, text = say("short-subject"), (read(letter(1)).own_words + "\n" + say("person") + "\n") * 3
    identities = find_identities(subject, text[:1690], LI.name, LI.address)
    numbers = count()

    def work() -> object:
        fresh = f"{text[:1690]}{next(numbers)}"  # the last few texts are remembered: each letter is another
        return guard_text(redact(subject, fresh, identities).text, identities)

    return each(work)[0] * 1000
