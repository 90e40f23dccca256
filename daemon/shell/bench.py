"""`bench`: speed and memory, each beside the same work without our code where there is such a thing. Quote ratios and medians."""

import argparse
from dataclasses import asdict
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from daemon.shell._showing import as_json, json_line, say

A_ROUND = 500
A_MORNING = 20
"""Letters of each office where several are measured at once."""
A_YEAR = 10_000


def arguments(parser: argparse.ArgumentParser) -> None:
    """--letters, --runs, --stored, --year, --database, --offices, --json."""
    parser.add_argument("--letters", type=int, help=say("option-letters"))
    parser.add_argument("--runs", type=int, default=3, help=say("option-runs"))
    parser.add_argument("--stored", type=int, default=0, help=say("option-stored"))
    parser.add_argument("--year", action="store_true", help=say("option-year"))
    parser.add_argument("--database", default="", metavar="URL", help=say("option-bench-database"))
    parser.add_argument("--offices", type=int, nargs="+", default=[], metavar="N", help=say("option-bench-offices"))
    as_json(parser)


def run(options: argparse.Namespace) -> int:
    """Measure and print."""
    from daemon.bench.attachment import attachment_milliseconds
    from daemon.bench.small import judging_rate, reading_ratio, shield_milliseconds
    from daemon.bench.whole import peak_megabytes
    from daemon.logs import open_log
    from daemon.shell.demo import Nowhere

    open_log(stream=Nowhere())
    if options.year:
        return _year(options.letters or A_YEAR, json=options.json)
    if options.offices:
        return _offices(options)
    options.letters = options.letters or A_ROUND
    ways = [_way(options.letters, options.stored, options.database) for _ in range(options.runs)]
    found = {name: median(way[name] for way in ways) for name in ways[0]}
    found["peak_mb"] = peak_megabytes()  # before books of thousands of rules are made
    reading, ratio = reading_ratio()
    found |= {
        "read_ms": reading,
        "read_per_mailparser": ratio,
        "judge_per_second": judging_rate(),
        "judge_per_second_5000_rules": judging_rate(5000),
        "shield_ms": shield_milliseconds(),
        "attachment_ms": attachment_milliseconds(),
    }
    if options.json:
        json_line({name: round(value, 3) for name, value in found.items()})
    else:
        for name, value in found.items():
            print(f"{say(f'bench-{name}')}：{value:.2f}")
    return 0


def _year(letters: int, *, json: bool) -> int:
    """A whole year of the office: its time, how the cost of a letter grows, and what the audit finds at its end."""
    from daemon.bench.year import play_year
    from rules.trouble import DONE, FOUND

    with TemporaryDirectory(prefix="huiyin-bench-") as folder:
        year = play_year(Path(folder), letters)
    quarters = {f"year_ms_quarter_{number}": each for number, each in enumerate(year.quarters, 1)}
    found: dict[str, float] = {
        "year_letters": year.letters,
        "year_out": year.out,
        "year_cases": year.cases,
        "year_ended": year.ended,
        "year_seconds": year.seconds,
        "year_audit_seconds": year.audit_seconds,
        **quarters,
        "year_growth": year.growth,
        "year_problems": len(year.problems),
    }
    if json:
        json_line({name: round(value, 3) for name, value in found.items()})
    else:
        for name, value in found.items():
            print(f"{say(f'bench-{name}')}：{value:.2f}")
        for problem in year.problems:
            print(problem.invariant, problem.where, problem.says)
    return FOUND if year.problems else DONE


def _offices(options: argparse.Namespace) -> int:
    """So many offices at once on one database server, or each on a SQLite file of its own."""
    from daemon.bench.offices import many

    for count in options.offices:
        found = many(options.database, count, options.letters or A_MORNING)
        if options.json:
            json_line({name: round(value, 3) for name, value in asdict(found).items()})
        else:
            shown = {
                "speed": f"{found.per_second:.1f}",
                "sent": found.sent,
                "memory": f"{found.memory_mb:.0f}",
                "takeover": f"{found.takeover_seconds:.1f}",
            }
            print(say("bench-offices", count=count, **shown), flush=True)
    return 0


def _way(letters: int, stored: int, url: str) -> dict[str, float]:
    """One run: the whole way, and the plumbing over the same letters in the same minute."""
    from daemon.backup import scratch
    from daemon.bench.plumbing import plumbing
    from daemon.bench.post_office import PostOffice
    from daemon.bench.whole import MORNING, whole_way
    from db.engine import open_engine

    with TemporaryDirectory(prefix="huiyin-bench-") as folder, PostOffice(MORNING) as office:
        engine = open_engine(url or f"sqlite:///{folder}/bench.db")
        with scratch(engine) as place:
            at = place.url.render_as_string(hide_password=False)
            timed = whole_way(office, at, letters, stored=stored)
            place.dispose()
        engine.dispose()
        bare = letters / plumbing(office, timed.uids, Path(folder))
    return {
        "keep_per_second": letters / timed.keep,
        "decide_per_second": letters / timed.decide,
        "send_per_second": timed.sent / timed.send,
        "whole_per_second": timed.whole,
        "plumbing_per_second": bare,
        "whole_per_plumbing": timed.whole / bare,
    }
