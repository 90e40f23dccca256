"""`why NUMBER` and `why-date NUMBER`: what was decided about a past case, and how its dates came about."""

import json
from datetime import datetime, timedelta

import pytest
from office_time import a_round, book_before, complain, take, the_case

from daemon.__main__ import main
from daemon.books import read_chapters
from daemon.demo import manners
from daemon.demo.cast import COMPLAINT, NAMELESS, RECEIVER, filled
from daemon.demo.stage import Stage
from daemon.office import take_rules
from db.books import keep_book
from db.ledger import append
from db.moment import kept
from db.pen import pen
from db.record import record
from rules.days import SHANGHAI
from rules.decision import Decision, Warrant, WarrantKind
from rules.events import Recounted, Registered
from rules.shown import next_reference
from rules.wording import wording

say = wording("daemon.demo")
NEWER = "这是后来改写的依据"


@pytest.fixture
def office(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Stage:
    """The commands of this test look at the stage's database."""
    monkeypatch.setenv("HUIYIN_DATABASE", str(stage.rounds.office.engine.url))
    monkeypatch.delenv("HUIYIN_BOOK", raising=False)
    return stage


def shown(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(list(words)) == 0
    return capsys.readouterr().out


def another_book_comes_into_force(stage: Stage) -> str:
    """The kinds' rules get another basis; returns the new book's hash."""
    chapters = filled(dict(read_chapters()))
    lines = chapters["categories.toml"].decode().splitlines()
    chapters["categories.toml"] = "\n".join(
        f'because = "{NEWER}"' if line.startswith("because") else line for line in lines
    ).encode()
    rules = take_rules(chapters=chapters)
    with pen(stage.rounds.office.engine) as cx:
        keep_book(cx, rules.book.hash, rules.chapters, stage.now)
    return rules.book.hash


def test_f91_why_tells_the_judgement_with_the_book_as_it_was_then(
    office: Stage, capsys: pytest.CaptureFixture[str]
) -> None:
    complain(office)
    then = office.rounds.office.book.hash
    now = another_book_comes_into_force(office)
    file = the_case(office)

    answer = json.loads(shown(capsys, "why", file.ref, "--json"))

    assert (answer["reference"], answer["book"], answer["kind"]) == (file.ref, then, "投诉")
    assert answer["categories"] == list(file.categories)
    assert answer["respondents"] == [{"unit": "国土资源局", "words": "县国土资源局"}]
    assert answer["route"][0]["unit"] == file.lead
    assert any(reason["words"] for reason in answer["why"])
    assert NEWER not in json.dumps(answer, ensure_ascii=False)
    assert then != now


def test_why_tells_a_clerk_the_rule_its_basis_and_the_letters_words(
    office: Stage, capsys: pytest.CaptureFixture[str]
) -> None:
    complain(office)

    told = shown(capsys, "why", "桓营诉〔2018〕1号")

    assert told.startswith("桓营诉〔2018〕1号")
    assert office.rounds.office.book.hash[:16] in told
    assert "理由：" in told
    assert "“" in told


def test_a_case_that_is_not_there_is_named_in_one_sentence(office: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    complain(office)

    for command in ("why", "why-date"):
        assert main([command, "桓营诉〔2018〕77号"]) == 2
        assert "77" in capsys.readouterr().err
        assert main([command, "HY2018-00001-ZZ"]) == 2
        assert "校验码" in capsys.readouterr().err


def test_a_case_without_a_letter_says_so(office: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    complain(office)
    event = Registered(
        about=f"case:{next_reference(office.rounds.office.book, 2018, 2)}",
        warrant=Warrant(WarrantKind.ORDER, "telephone", "somebody", "receiver"),
        year=2018,
        serial=2,
        kind_of="complaint",
        received=office.now.date(),
        channel="telephone",
    )
    with pen(office.rounds.office.engine) as cx:
        append(cx, "telephone", [event], at=kept(office.now), book=office.rounds.office.book.hash)

    assert "没有留存的来信" in shown(capsys, "why", "桓营诉〔2018〕2号")


def test_why_date_names_the_notice_and_how_a_new_calendar_moved_the_day(
    office: Stage, capsys: pytest.CaptureFixture[str]
) -> None:
    office.now = datetime(2020, 1, 20, 9, 0, tzinfo=SHANGHAI)
    take(office, book_before(2020))
    complain(office)
    old = the_case(office).clock("handle")
    take(office, book_before())
    office.rounds.recount(office.now)
    new = the_case(office).clock("handle")
    assert old is not None
    assert new is not None

    told = shown(capsys, "why-date", the_case(office).ref)

    assert f"由 {old.due} 改为 {new.due}（顺延" in told
    assert "春节" in told
    assert f"办理：{new.due} 到期" in told


def test_why_date_says_where_a_promise_was_kept_though_the_days_count_shorter(
    office: Stage, capsys: pytest.CaptureFixture[str]
) -> None:
    office.now = datetime(2020, 1, 20, 9, 0, tzinfo=SHANGHAI)
    complain(office)
    file = the_case(office)
    clock = file.clock("feedback")
    assert clock is not None
    later = clock.due + timedelta(days=7)
    kept_on = Recounted(
        about=f"case:{file.ref}",
        warrant=Warrant(WarrantKind.WORLD, "calendar"),
        clock="feedback",
        old=later,
        new=later,
        calendar=clock.calendar,
        why="kept-promise",
    )
    with pen(office.rounds.office.engine) as cx:
        record(cx, "kept", Decision(events=(kept_on,)), at=office.now, book=office.rounds.office.book.hash)

    told = shown(capsys, "why-date", file.ref)

    assert f"按上面数是 {clock.due}，已经告知的日期不提前，仍是 {later}。" in told
    assert "日历更新" not in told


def test_why_date_says_what_stands_still(office: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    office.post(manners.iphone(NAMELESS.address, COMPLAINT, "", say("text-unclear"), office.now), NAMELESS, COMPLAINT)
    a_round(office)
    office.order(RECEIVER, say("order-supplement"), office.now)
    a_round(office)

    told = shown(capsys, "why-date", the_case(office).ref)

    assert "受理告知：暂停，恢复后还有 5 个工作日" in told
    assert "待补正：" in told
