"""Staff and the shield: marks added and lifted, units that fish, consent and disclosure, the identity room, erasing by the book."""

import json
from datetime import timedelta

import pytest
from shield_office import COMPLAINT, REPORT, Bench, a_mail
from sqlalchemy import select

from daemon.__main__ import main
from daemon.demo.cast import HANDLER, HEAD, LAND, LI, RECEIVER, REVIEWER
from daemon.erasing import erase_due
from daemon.post import _take
from db import ledger, lists, people
from db import tables as t
from db.pen import look
from rules import events as ev
from rules.numbers import reference
from rules.reading import read
from rules.wording import wording

say = wording("rules")
REF = reference(2017, 1)
TRANSFER = f"transfer:{REF}:1:{LAND.name}"
UNSURE = COMPLAINT + "同去的张大爷也等了三个月。这事全县只有我一家碰上。"


def lines(bench: Bench, kind: type[ev.Event]) -> list[ev.Event]:
    with look(bench.engine) as cx:
        return [event for _, event in ledger.lines(cx) if isinstance(event, kind)]


def draft(bench: Bench) -> str:
    with look(bench.engine) as cx:
        made = people.draft_of(cx, REF)
    assert made is not None
    return f"{made.subject}\n{made.text}"


def because(reason: str) -> str:
    """Why an order is not done, as a person reads it."""
    return say(f"order-{reason}").partition("{")[0]


def last_to_unit(bench: Bench):
    return bench.to_units()[-1]


# --- marks ----------------------------------------------------------------------------------------------------------------


def test_what_was_taken_out_stands_in_the_ledger_as_places_and_never_as_text(bench):
    bench.receive(a_mail(COMPLAINT))

    (line,) = lines(bench, ev.Shielded)
    said = read(a_mail(COMPLAINT))
    whole = f"{said.subject}\n{said.own_words}"
    found = {kind: whole[int(a) : int(b)] for kind, a, b in (mark.replace("-", ":").split(":") for mark in line.marks)}
    assert (found["name"], found["mobile"]) == ("李明远", "13800000021")
    with look(bench.engine) as cx:
        assert all("李明远" not in row.body and "13800000021" not in row.body for row, _ in ledger.lines(cx))


def test_a_person_adds_a_mark_the_question_comes_again_and_the_guard_knows_the_words_from_now_on(bench):
    bench.receive(a_mail(UNSURE))
    assert "加急费" in draft(bench)

    bench.answer("forward", "隐去：加急费2000元", RECEIVER.name)

    assert "加急费2000元" not in draft(bench)
    assert "（已隐去：身份信息）" in draft(bench)
    (line,) = lines(bench, ev.MarksChanged)
    assert (line.what, len(line.marks)) == ("added", 1)
    assert bench.asked() == ["forward"]
    bench.answer("forward", f"改派 {LAND.name}", RECEIVER.name)
    assert last_to_unit(bench).state == "queued"
    assert "加急费2000元" not in read(last_to_unit(bench).raw).text
    assert bench.problems() == ()


def test_a_person_lifts_a_mark_that_was_wrong(bench):
    bench.receive(a_mail(UNSURE))
    assert "张大爷" not in draft(bench)

    refused = bench.answer("forward", "不隐去：张大爷", RECEIVER.name)
    bench.answer("forward", "不隐去：张大爷", HEAD.name)

    assert because("unhide-head") in refused
    assert "张大爷" in draft(bench)
    bench.answer("forward", f"改派 {LAND.name}", RECEIVER.name)
    assert last_to_unit(bench).state == "queued"
    assert bench.problems() == ()


@pytest.mark.parametrize("words", ["李明远", "13800000021", LI.address])
def test_the_writer_himself_is_never_put_back(bench, words):
    bench.receive(a_mail(UNSURE))

    said = bench.answer("forward", f"不隐去：{words}", HEAD.name)

    assert because("unhide-own") in said or because("no-such-words") in said
    assert words not in draft(bench)


@pytest.mark.parametrize(("order", "why"), [("隐去", "no-words"), ("隐去：从来没有写过的话", "no-such-words")])
def test_a_mark_that_cannot_be_made_says_why(bench, order, why):
    bench.receive(a_mail(UNSURE))

    assert because(why) in bench.answer("forward", order, RECEIVER.name)


# --- fishing --------------------------------------------------------------------------------------------------------------


def test_a22_a_unit_that_asks_who_wrote_gets_the_standard_answer_only_by_a_person(bench):
    bench.receive(a_mail(COMPLAINT))
    before = len(bench.to_units())

    bench.receive(bench.code(TRANSFER, "投诉人是谁？请提供电话以便联系。", LAND.address))
    assert len(bench.to_units()) == before
    assert [event.what for event in lines(bench, ev.Noted)] == ["fishing"]
    assert bench.question("fishing").choices[0] == "standard-answer"
    bench.answer("fishing", "同意", HANDLER.name)

    answer = last_to_unit(bench)
    assert (answer.template, answer.to_address, answer.state) == ("fishing_answered", LAND.address, "queued")
    assert "依法保密" in read(answer.raw).text
    assert bench.problems() == ()


# --- consent and disclosure -----------------------------------------------------------------------------------------------


def disclosed(bench: Bench, words: str) -> str:
    """A complaint at the unit, the complainant's word, the unit's question, the head's order and a second person's yes."""
    bench.receive(a_mail(COMPLAINT))
    bench.receive(bench.code(f"receipt:{REF}", words, LI.address))
    bench.receive(bench.code(TRANSFER, "请提供投诉人的电话。", LAND.address))
    said = bench.answer("fishing", "披露身份", HEAD.name)
    if "second" in bench.asked():
        said = bench.answer("second", "同意", REVIEWER.name)
    return said


def test_l77_disclosure_needs_consent_two_people_and_stops_at_what_was_agreed(bench):
    disclosed(bench, "可以实名转办，名字给他们没问题。")

    letter = last_to_unit(bench)
    said = read(letter.raw).text
    assert (letter.template, letter.state) == ("identity_disclosed", "queued")
    assert "李明远" in said
    assert "13800000021" not in said
    (line,) = lines(bench, ev.Disclosed)
    assert (line.unit, line.kinds) == (LAND.name, ("name",))
    assert bench.problems() == ()


@pytest.mark.parametrize("words", ["不同意", "同意，但别说名字", "请尽快处理。"])
def test_l77_without_a_clear_yes_nobody_can_disclose(bench, words):
    assert because("no-consent") in disclosed(bench, words)
    assert {row.template for row in bench.to_units()} == {"transfer"}


def test_f94_consent_taken_back_stops_the_letter_that_waits(bench):
    disclosed(bench, "同意披露")
    waiting = last_to_unit(bench)
    bench.receive(bench.code(f"receipt:{REF}", "我撤回同意披露。", LI.address))

    taken = _take(bench.office, waiting.id, bench.now)

    assert taken is not None
    assert taken.state == "stopped"
    assert "stopped" in bench.asked()
    assert bench.file(REF).consent == "refused"
    assert bench.file(REF).consent_scope == ()


def test_f94_a_name_learned_after_the_letter_was_queued_stops_it(bench):
    bench.receive(a_mail(COMPLAINT + "我们一起去的人都可以作证。"))
    with look(bench.engine) as cx:
        waiting = next(row for row in lists.outbox(cx) if row["notice"] == "transfer")
    bench.receive(
        bench.code(
            f"receipt:{REF}",
            "补充：我说的加急费2000元，收款人是窗口，付款人是我爱人孙桂芬，她可以作证；窗口承诺也是对她说的。",
            LI.address,
        )
    )
    bench.answer("supplement", "暂存", RECEIVER.name)
    with look(bench.engine) as cx:
        assert "孙桂芬" in {one.value for one in people.known_by(cx, REF)}

    taken = _take(bench.office, waiting["id"], bench.now)

    assert taken is not None  # it names nobody: it goes, and what it would not say is known now
    assert taken.state == "sending"


# --- the identity room ----------------------------------------------------------------------------------------------------


def identity(capsys, *words: str) -> tuple[int, dict]:
    code = main(["identity", REF, "--json", "--now", "2017-05-09T10:00:00", *words])
    out = capsys.readouterr().out
    return code, json.loads(out) if out.startswith("{") else {"says": out}


def test_who_looks_into_the_room_is_a_line_and_sees_the_letter_beside_what_the_unit_reads(bench, capsys):
    bench.receive(a_mail(COMPLAINT))

    code, seen = identity(capsys, "--by", RECEIVER.name, "--why", "电话核实")

    assert code == 0
    assert {"kind": "姓名", "value": "李明远", "part": "来信人", "level": "direct"} in seen["identities"]
    (letter,) = seen["letters"]
    assert "李明远" in letter["original"]
    assert "李明远" not in letter["redacted"]
    assert {"kind", "start", "end"} == set(letter["marks"][0])
    assert [row["who"] for row in seen["readings"]] == [RECEIVER.name]
    (line,) = lines(bench, ev.IdentityRead)
    assert line.who == RECEIVER.name
    assert "电话核实" not in json.dumps(line.body(), ensure_ascii=False)
    assert main(["identity", REF, "--by", RECEIVER.name, "--why", "再看一次"]) == 0
    assert "转给单位的内容" in capsys.readouterr().out
    assert len(lines(bench, ev.IdentityRead)) == 2
    assert bench.problems() == ()


def test_a_report_opens_only_after_a_second_person_agreed_and_only_to_him_who_asked(bench, capsys):
    bench.receive(a_mail(REPORT, subject="举报"))
    assert bench.file(REF).kind == "report"

    assert identity(capsys, "--by", RECEIVER.name, "--why", "回访核实")[0] == 1
    code, again = identity(capsys, "--by", RECEIVER.name, "--why", "回访核实")
    assert (code, "已在等第二人同意" in again["says"]) == (1, True)
    assert lines(bench, ev.IdentityRead) == []
    bench.answer("second", "同意", REVIEWER.name)

    assert identity(capsys, "--by", RECEIVER.name, "--why", "回访核实")[0] == 0
    assert identity(capsys, "--by", HANDLER.name, "--why", "看看")[0] == 1
    assert [event.who for event in lines(bench, ev.IdentityRead)] == [RECEIVER.name]
    assert main(["identity", REF, "--by", RECEIVER.name, "--why", "x", "--now", "2017-05-20T10:00:00"]) == 1
    assert bench.problems() == ()


@pytest.mark.parametrize(("by", "why"), [("没有此人", "核实"), (RECEIVER.name, " ")])
def test_nobody_sees_without_a_name_of_the_book_and_a_reason(bench, capsys, by, why):
    bench.receive(a_mail(COMPLAINT))

    assert main(["identity", REF, "--by", by, "--why", why]) == 2
    assert "李明远" not in capsys.readouterr().out
    assert lines(bench, ev.IdentityRead) == []


# --- erasing --------------------------------------------------------------------------------------------------------------


def years_later(bench: Bench, years: int) -> None:
    bench.now += timedelta(days=366 * years + 2)


def test_identities_go_when_the_books_years_are_over_and_a_tombstone_stays(bench):
    bench.receive(a_mail(COMPLAINT))
    bench.receive(bench.code(f"receipt:{REF}", "撤回", LI.address))
    bench.answer("withdrawal", "撤回", RECEIVER.name)
    assert bench.file(REF).ended

    assert erase_due(bench.office, bench.now) == 0
    years_later(bench, 2)
    assert erase_due(bench.office, bench.now) == 1
    assert erase_due(bench.office, bench.now) == 0

    with look(bench.engine) as cx:
        assert people.known_by(cx, REF) == ()
        assert LI.address not in {row.address for row in cx.execute(select(t.parties))}
        assert ledger.verify(cx) == []
    assert [(event.what, event.about) for event in lines(bench, ev.Erased)] == [("identities", f"case:{REF}")]
    assert bench.problems() == ()


def test_letters_go_with_every_byte_and_word_after_their_own_years_and_the_audit_is_clean(bench):
    bench.receive(a_mail(COMPLAINT))
    bench.receive(bench.code(f"receipt:{REF}", "撤回", LI.address))
    bench.answer("withdrawal", "撤回", RECEIVER.name)
    years_later(bench, 10)

    assert erase_due(bench.office, bench.now) == 2

    bench.engine.dispose()
    with look(bench.engine) as cx:
        for table in t.meta.sorted_tables:
            for row in cx.execute(select(table)):
                held = b" ".join(v if isinstance(v, bytes) else str(v).encode() for v in row)
                assert "李明远".encode() not in held, table.name
                assert b"13800000021" not in held, table.name
                assert LI.address.encode() not in held, table.name
        assert ledger.verify(cx) == []
    assert bench.problems() == ()


def test_a_machines_letter_goes_after_a_year(bench):
    auto = b"Auto-Submitted: auto-replied\r\n" + a_mail("我正在休假，回来后答复。", subject="自动回复")
    bench.receive(auto)
    years_later(bench, 1)

    assert erase_due(bench.office, bench.now) == 1
    assert [event.what for event in lines(bench, ev.Erased)] == ["machine"]
    assert bench.problems() == ()


def test_held_letters_and_what_we_wrote_of_them_go_after_the_letters_years(bench):
    bench.receive(
        a_mail("桓营诉〔2017〕9号的事怎么样了，我是李明远。", subject="查问", sender="stranger@elsewhere.example")
    )
    assert bench.asked() == ["held"]
    years_later(bench, 10)

    assert erase_due(bench.office, bench.now) > 0
    assert erase_due(bench.office, bench.now) == 0

    with look(bench.engine) as cx:
        held = [
            str(row).encode() + b"".join(v for v in row if isinstance(v, bytes)) for row in cx.execute(select(t.outbox))
        ]
        held += [str(row).encode() for row in cx.execute(select(t.letters))]
        assert all(b"stranger@" not in each and "李明远".encode() not in each for each in held)
        assert ledger.verify(cx) == []
    assert bench.problems() == ()


# --- officials ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("shown", [True, False])
def test_the_book_says_whether_a_unit_reads_the_names_of_officials_complained_of_the_office_always_does(shown):
    from dataclasses import replace

    from doors.desks import a_desk, a_letter, the_book

    from rules.handling.drafting import drafted, hidden

    book = the_book()
    desk = a_desk(book=replace(book, office=replace(book.office, names_officials=shown)))
    letter = a_letter("我叫李明远。我投诉县国土资源局窗口主任王建国，他让我另交加急费2000元。")

    redaction = drafted(letter, hidden(letter).identities, desk)

    assert ("王建国" in redaction.text) is shown
    assert "王建国" in redaction.office_text
    assert "李明远" not in redaction.office_text
