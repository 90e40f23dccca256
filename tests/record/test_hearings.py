"""听证: called by the head, everybody concerned invited, answers counted, clocks standing still, minutes in the four stages."""

import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from hashlib import sha256

import pytest
from record_office import ZONE
from sqlalchemy import text

from daemon.auditing import audit
from daemon.demo.cast import HANDLER, HEAD, RECEIVER
from daemon.erasing import erase_due
from daemon.obeying import Obeyed, obey_person
from daemon.office import Office
from daemon.record.evidence import Asked, evidence
from daemon.record.publication import publish
from db import desk as desks
from db import files, lists
from db.books import text_of
from db.pen import look, pen
from db.people import learn
from db.record import record
from rules.case import CaseFile
from rules.decision import Decision, Warrant, WarrantKind
from rules.desk import CodeHit
from rules.events import HearingHeld, SignedFor
from rules.evidence import pack, unpack, verify
from rules.handling.hearing_answer import hearing_answer
from rules.letter import Letter
from rules.life import State
from rules.reading import read
from rules.shield import Identity

NOW = datetime(2017, 5, 24, 9, 0, tzinfo=ZONE)
FOUR = "质询：单位说明收费经过。\n辩论：双方各述理由。\n评议：收费无依据。\n合议：退还。\n"
CONCLUDED = "事实认定：收费三百元没有依据。\n责任划分：由收费窗口负责。\n落实措施：退还所收费用。\n期限：6月30日"
FOUR += CONCLUDED


@pytest.fixture
def case(office: Office) -> str:
    """The story's second case: with the market bureau, signed for, its term running."""
    with look(office.engine) as cx:
        ref = next(str(row["reference"]) for row in lists.cases(cx, office.book) if "〕2号" in row["number"])
        file = files.get(cx, ref)
    assert file is not None
    by_telephone = Warrant(WarrantKind.ORDER, "order:story", HANDLER.name, "handler")
    signed = SignedFor(about=f"case:{ref}", warrant=by_telephone, unit=file.lead)
    with pen(office.engine) as cx:
        record(cx, "story:signed", Decision(events=(signed,)), at=NOW, book=office.book.hash)
    return ref


def file_of(office: Office, ref: str) -> CaseFile:
    with look(office.engine) as cx:
        found = files.get(cx, ref)
    assert found is not None
    return found


def order(office: Office, ref: str, words: str, by: str = HEAD.name, days: int = 0) -> Obeyed:
    return obey_person(office, ref, words, by, NOW + timedelta(days=days, minutes=1))


def called(office: Office, ref: str) -> Obeyed:
    return order(office, ref, "听证 6月20日 下午2时 县政府三楼会议室：罚款依据")


def letters(office: Office, template: str) -> list[tuple[str, str]]:
    with look(office.engine) as cx:
        rows = cx.execute(text("SELECT to_address, raw FROM outbox WHERE template = :name"), {"name": template}).all()
    return [(row.to_address, read(bytes(row.raw)).text) for row in rows]


def answers(office: Office, ref: str, template: str, words: str, n: int = 0) -> None:
    """The invited party replies to its letter."""
    with pen(office.engine) as cx:
        row = cx.execute(text("SELECT * FROM outbox WHERE template = :name"), {"name": template}).one()
        hit = CodeHit(row.occasion, row.about, row.party, row.to_address, row.template, "sent", "subject")
        letter = Letter(f"{n:064}", 10, from_addr=row.to_address, subject="回复", text=words, own_words=words)
        desk = replace(desks.for_case(cx, ref, office.setting(NOW), f"letter:{n}"), hits=(hit,))
        file = desk.file(ref)
        assert file is not None
        done = hearing_answer(letter, desk, hit, file)
        record(cx, desk.cause, replace(done, filings=(), disposition=None), at=NOW, book=office.book.hash)


def test_s69_the_clocks_stand_still_from_the_call_to_the_minutes(office, case):
    before = file_of(office, case).clock("handle")
    assert called(office, case).done
    standing = file_of(office, case)

    assert before is not None
    assert standing.state is State.SUSPENDED
    assert standing.hearing == date(2017, 6, 20)
    assert standing.clock("handle").left == 4
    assert standing.clock("feedback").left is not None


def test_s70_units_and_complainant_are_invited_and_the_unit_reads_no_name(office, case):
    called(office, case)
    (unit,), (person,) = letters(office, "hearing_invited"), letters(office, "hearing_told")

    assert "2017年6月20日" in unit[1]
    assert "罚款依据" in unit[1]
    assert "不愿意让单位知道的，请不要到场" in person[1]
    assert person[0] not in unit[1]


def test_answers_are_counted_and_the_last_one_counts(office, case):
    called(office, case)
    answers(office, case, "hearing_invited", "参加。副局长一人。", 1)
    answers(office, case, "hearing_told", "参加", 2)
    answers(office, case, "hearing_told", "我不参加了", 3)

    assert dict(file_of(office, case).hearing_answers) == {"unit:市场监督管理局": "yes", "complainant": "no"}


def test_an_answer_that_is_neither_goes_to_a_person(office, case):
    called(office, case)
    answers(office, case, "hearing_told", "要带身份证吗", 1)

    assert file_of(office, case).hearing_answers == ()
    with look(office.engine) as cx:
        assert "hearing" in {row["what"] for row in lists.questions(cx)}


@pytest.mark.parametrize("stage", ["质询", "辩论", "评议", "合议"])
def test_s72_minutes_without_one_of_the_four_stages_are_not_taken(office, case, stage):
    called(office, case)

    said = order(office, case, f"听证笔录：{FOUR.replace(stage, '其他')}", days=27)
    assert not said.done
    assert stage in said.says


def test_s73_with_the_minutes_the_case_goes_on_with_the_days_it_had(office, case):
    called(office, case)
    answers(office, case, "hearing_invited", "参加", 1)
    assert order(office, case, f"听证笔录：{FOUR}", days=27).done
    file = file_of(office, case)

    assert (file.state, file.hearing) == (State.HANDLING, None)
    assert file.clock("handle").due == date(2017, 6, 26)
    with look(office.engine) as cx:
        body = cx.execute(text("SELECT body FROM ledger WHERE kind = 'HearingHeld'")).scalar_one()
        held = HearingHeld(about="x", **json.loads(body))
        assert (held.coming, held.absent) == (1, 0)
        assert "合议" in text_of(cx, held.text)
    assert audit(office, NOW + timedelta(days=28), deep=True).problems == ()


@pytest.mark.parametrize("field", ["事实认定", "责任划分", "落实措施", "期限"])
def test_s73_minutes_without_a_field_of_the_conclusion_are_not_taken(office, case, field):
    called(office, case)

    said = order(office, case, f"听证笔录：{FOUR.replace(field, '其他')}", days=27)
    assert not said.done
    assert f"还缺：{field}。" in said.says


def test_s73_the_units_day_is_the_conclusions_and_it_hears_what_to_do_and_no_more(office, case):
    called(office, case)
    order(office, case, f"听证笔录：{FOUR}", days=27)
    ((_address, words),) = letters(office, "rectification_order")

    assert file_of(office, case).rectify_due == date(2017, 6, 30)
    assert "退还所收费用" in words
    assert "由收费窗口负责" not in words
    with look(office.engine) as cx:
        assert "rectify" in {row["what"] for row in lists.questions(cx)}


def test_the_words_of_the_minutes_reach_neither_side(office, case):
    called(office, case)
    order(office, case, f"听证笔录：{FOUR}", days=27)

    told = [words for template in ("pause_told", "pause_notice") for _address, words in letters(office, template)]
    assert told
    assert not [words for words in told if "收费无依据" in words]


def test_s73_both_sides_hear_what_was_found_and_who_answers_for_it(office, case):
    called(office, case)
    order(office, case, f"听证笔录：{FOUR}", days=27)
    ((_unit, unit),), ((_person, person),) = letters(office, "pause_notice"), letters(office, "pause_told")

    for words in ("事实认定：收费三百元没有依据。", "责任划分：由收费窗口负责。"):
        assert words in unit
    for words in (
        "查明的事实：收费三百元没有依据。",
        "谁的责任：由收费窗口负责。",
        "怎样改正：退还所收费用。",
        "最晚哪天改好：2017年6月30日",
    ):
        assert words in person


def test_s73_a_conclusion_that_names_the_complainant_is_not_taken_and_nobody_is_written_to(office, case):
    called(office, case)
    named = FOUR.replace("收费三百元没有依据", f"向{name_of(office, case)}收费三百元没有依据")

    said = order(office, case, f"听证笔录：{named}", days=27)
    assert not said.done
    assert "能认出反映人（姓名）" in said.says
    assert letters(office, "pause_notice") == []


def test_s73_the_evidence_tells_the_conclusion_line_by_line_and_holds_the_minutes_of_the_ledgers_hash(office, case):
    called(office, case)
    order(office, case, f"听证笔录：{FOUR}", days=27)
    made = evidence(office, Asked(case), NOW + timedelta(days=28))
    held = unpack(made.zip)
    (heard,) = json.loads(held["anjuan.json"])["hearings"]
    page = made.page.decode()

    assert verify(made.zip) == ()
    assert heard["day"] == "2017-06-20"
    assert dict(heard["rows"]) == dict(line.split("：", 1) for line in CONCLUDED.splitlines())
    for name, words in heard["rows"]:
        assert f"<tr><th>{name}</th><td>{words}</td></tr>" in page
    minutes = held[heard["file"]]
    assert "合议" in minutes.decode()
    assert sha256(minutes).hexdigest() == heard["sha256"]
    assert heard["sha256"] in held[f"zongzhang/line-{heard['lines'][0]:06}.txt"].decode()
    start = made.zip.index(minutes)
    for place in (start, start + len(minutes) // 2, start + len(minutes) - 1):
        assert verify(made.zip[:place] + bytes([made.zip[place] ^ 1]) + made.zip[place + 1 :])
    forged = pack({**held, heard["file"]: minutes.replace("收费".encode(), "罚款".encode())})
    assert {fault.what for fault in verify(forged)} == {"letter"}


def test_s73_a_units_copy_tells_the_conclusion_without_the_minutes_and_without_whoever_is_known_by_it(office, case):
    """Minutes kept by an earlier program may name somebody in their conclusion: that field alone is withheld."""
    called(office, case)
    order(office, case, f"听证笔录：{FOUR}", days=27)
    unit = file_of(office, case).lead
    copy = evidence(office, Asked(case, unit), NOW + timedelta(days=28))
    (heard,) = json.loads(unpack(copy.zip)["anjuan.json"])["hearings"]

    assert verify(copy.zip) == ()
    assert dict(heard["rows"])["责任划分"] == "由收费窗口负责。"
    assert (heard["file"], heard["withheld"]) == ("", "笔录可能写有反映人，未附")
    assert "收费无依据" not in copy.page.decode()
    with pen(office.engine) as cx:
        known = (Identity("name", "收费窗口"),)
        learn(cx, case, known, 1)
    told = evidence(office, Asked(case, unit), NOW + timedelta(days=29)).page.decode()
    assert "由收费窗口负责" not in told
    assert "收费三百元没有依据" in told


def test_call_and_minutes_are_erased_with_their_case_and_the_evidence_says_so(office, case):
    called(office, case)
    order(office, case, f"听证笔录：{FOUR}", days=27)
    assert order(office, case, "撤回", days=28).done
    then = NOW + timedelta(days=366 * 10 + 60)
    assert erase_due(office, then) > 0

    with look(office.engine) as cx:
        kept = b"\n".join(bytes(data) for data in cx.execute(text("SELECT bytes FROM texts")).scalars())
    assert "收费无依据".encode() not in kept
    assert "县政府三楼会议室".encode() not in kept
    made = evidence(office, Asked(case), then)
    assert "已按规定销毁，只留指纹" in made.page.decode()
    assert verify(made.zip) == ()
    assert audit(office, then, deep=True).problems == ()


def test_only_the_head_calls_a_hearing(office, case):
    assert "不由您决定" in order(office, case, "听证 6月20日：罚款依据", by=RECEIVER.name).says


@pytest.mark.parametrize(("words", "says"), [("听证：罚款依据", "哪一天"), ("听证 5月1日：罚款依据", "已经过了")])
def test_a_hearing_needs_a_day_that_lies_ahead(office, case, words, says):
    assert says in order(office, case, words).says


def test_minutes_of_a_hearing_that_nobody_called_are_not_taken(office, case):
    assert "没有在听证" in order(office, case, f"听证笔录：{FOUR}").says


def test_a_call_that_names_the_complainant_does_not_reach_the_unit(office):
    """The guard reads the finished letter to the unit, whatever the head wrote into it."""
    with look(office.engine) as cx:
        ref = next(str(row["reference"]) for row in lists.cases(cx, office.book) if "〕2号" in row["number"])
    order(office, ref, f"听证 6月20日：{name_of(office, ref)}反映的罚款")
    with look(office.engine) as cx:
        states = cx.execute(text("SELECT state FROM outbox WHERE template = 'hearing_invited'")).scalars().all()

    assert states == ["stopped"]


@pytest.mark.parametrize(
    ("words", "days", "listed"),
    [("罚款依据", 0, True), ("罚款依据，涉及商业秘密，不公开", 0, False), ("罚款依据", 60, False)],
)
def test_s71_the_public_notice_names_number_kind_and_day_of_what_is_open_to_all_and_still_ahead(
    office, case, tmp_path, words, days, listed
):
    order(office, case, f"听证 6月20日：{words}")
    publish(office, tmp_path, NOW + timedelta(days=days, hours=1))
    rows = json.loads((tmp_path / "public" / "hearings.json").read_text("utf-8"))["rows"]

    assert [(row["number"], row["day"]) for row in rows] == [("桓营诉〔2017〕2号", "2017年6月20日")] * listed
    assert all(set(row) == {"number", "kind", "day", "place"} for row in rows)
    assert ("〕2号" in (tmp_path / "public" / "hearings.html").read_text("utf-8")) is listed


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("6月20日 下午2时 县政府三楼会议室：罚款依据", "下午2时 县政府三楼会议室"),
        ("6月20日下午2：30，县政府三楼会议室（东侧）：罚款依据", "下午2:30，县政府三楼会议室（东侧）"),
        ("六月二十日 14:00 303室：罚款3000元的依据", "14:00 303室"),
        ("6月20日：罚款依据", "请来电"),
        ("6月20日 下午2时 县政府三楼会议室", "请来电"),
        ("6月20日 下午2时 {name}家院里：罚款依据", "请来电"),
        ("6月20日 下午2时 市场监督管理局二楼：罚款依据", "请来电"),
        ("6月20日 下午2时 县市场局二楼：罚款依据", "请来电"),
    ],
)
def test_s71_the_public_notice_names_hour_and_place_as_written_unless_they_tell_whose_case_it_is(
    office, case, tmp_path, words, place
):
    assert order(office, case, f"听证 {words.format(name=name_of(office, case))}").done
    publish(office, tmp_path, NOW + timedelta(hours=1))
    page = (tmp_path / "public" / "hearings.html").read_text("utf-8")

    assert [row["place"] for row in json.loads((tmp_path / "public" / "hearings.json").read_text("utf-8"))["rows"]] == [
        place
    ]
    assert f"<td>{place}</td>" in page
    assert "罚款" not in page
    assert "时间、地点" in (tmp_path / "public" / "hearings.csv").read_text("utf-8-sig")


def name_of(office: Office, ref: str) -> str:
    words = "SELECT value FROM identities WHERE \"case\" = :ref AND kind = 'name'"
    with look(office.engine) as cx:
        return str(cx.execute(text(words), {"ref": ref}).scalars().first())


def test_s71_after_the_minutes_the_notice_is_gone(office, case, tmp_path):
    called(office, case)
    order(office, case, f"听证笔录：{FOUR}", days=26)
    publish(office, tmp_path, NOW + timedelta(days=26, hours=1))

    assert json.loads((tmp_path / "public" / "hearings.json").read_text("utf-8"))["rows"] == []
