"""案卷: everything about a case in one zip that convinces without our word; whatever was changed is found; a unit's copy names nobody."""

import io
import itertools
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

import pytest
from record_office import LATER
from seeds import copied
from sqlalchemy import text

from daemon.auditing import audit
from daemon.demo.cast import HANDLER, LAND, LI, RECEIVER
from daemon.office import Office
from daemon.record.evidence import Asked, Made, evidence
from db import ledger, lists, people
from db.engine import open_engine
from db.pen import look, pen
from db.record import record
from rules.decision import Decision, Warrant, WarrantKind
from rules.events import EvidenceMade, IdentityPermitted, IdentityRead
from rules.evidence import pack, unpack, verify
from rules.evidence.copies import came_from
from rules.evidence.packing import MANIFEST
from rules.evidence.verify import CHAIN, INDEX, Fault
from rules.shield import guard, guard_text
from rules.trouble import UsageTrouble


def ref(office: Office, serial: int = 1) -> str:
    with look(office.engine) as cx:
        return next(row["reference"] for row in lists.cases(cx, office.book) if f"〕{serial}号" in row["number"])


def made(office: Office, serial: int = 1, **asked: str) -> Made:
    return evidence(office, Asked(ref(office, serial), **asked), LATER)


@pytest.fixture(scope="module")
def at_work(played, tmp_path_factory) -> Iterator[Office]:
    """A copy that these tests share: to make evidence leaves a line, and the other tests begin with none."""
    engine = open_engine(copied(played[1], tmp_path_factory.mktemp("whole") / "huiyin.db"))
    yield replace(played[0], engine=engine)
    engine.dispose()


@pytest.fixture(scope="module")
def whole(at_work) -> bytes:
    return made(at_work).zip


def test_the_zip_holds_page_instructions_list_letters_and_lines(whole):
    names = set(unpack(whole))

    assert {"anjuan.html", "shuoming.txt", MANIFEST, INDEX, CHAIN} <= names
    assert any(name.startswith("laixin/") for name in names)
    assert any(name.startswith("faxin/") for name in names)
    assert any(name.startswith("zongzhang/line-") for name in names)


def test_untouched_evidence_is_sound(whole):
    assert verify(whole) == ()


def test_every_letter_of_the_case_is_there_with_its_bytes_and_hash(whole, played):
    files = unpack(whole)
    index = json.loads(files[INDEX])
    with look(played[0].engine) as cx:
        sent = list(lists.outbox(cx, case=index["reference"]))

    assert len([letter for letter in index["letters"] if letter["file"].startswith("faxin/")]) <= len(sent)
    for letter in index["letters"]:
        if letter["file"]:
            assert sha256(files[letter["file"]]).hexdigest() == letter["sha256"]
            assert letter["lines"], letter


def test_the_complaint_itself_is_enclosed(whole):
    assert any(LI.address.encode() in data for name, data in unpack(whole).items() if name.startswith("laixin/"))


def test_the_list_says_who_sent_each_letter_and_calls_no_mail_server_a_complainant(office):
    page = made(office, 2).page.decode()
    row = next(row for row in page.split("<tr>") if "退信" in row)

    assert "来自邮件系统" in row
    assert "来自反映人" in next(row for row in page.split("<tr>") if "投诉举报信" in row)


@pytest.mark.parametrize(
    ("part", "unit", "his", "party"),
    [
        ("complaint", "", True, "complainant"),
        ("complaint", "", False, "complainant"),
        ("result", "财政局", False, "unit:财政局"),
        ("held", "", True, "complainant"),
        ("held", "", False, "other"),
        ("entry", "", False, "staff"),
        ("organ", "", False, "organ"),
    ],
)
def test_a_letter_came_from_whoever_sent_it(part, unit, his, party):
    assert came_from(part, unit, his=his) == party


def test_an_outsider_recomputes_the_chain_with_sha256_alone(whole):
    """What shuoming.txt tells a person to do, done: no code of ours but hashlib."""
    with zipfile.ZipFile(io.BytesIO(whole)) as shelf:
        chain = shelf.read("zongzhang/chain.txt").decode().splitlines()
        page = shelf.read("anjuan.html").decode()
    for line, after in itertools.pairwise(chain):
        assert json.loads(after)[-1] == sha256(line.encode()).hexdigest()
    assert sha256(chain[-1].encode()).hexdigest() in page


def test_the_lines_are_the_ledgers_own(whole, at_work):
    with look(at_work.engine) as cx:
        hashes = {row.seq: row.hash for row, _event in ledger.lines(cx)}

    for line in unpack(whole)[CHAIN].decode().splitlines():
        assert hashes[json.loads(line)[0]] == sha256(line.encode()).hexdigest()


def test_the_letters_of_the_offices_day_bear_witness(whole):
    """The heads in hand-over letters and audits are in the chain, so whoever kept a letter can compare."""
    page = unpack(whole)["anjuan.html"].decode()

    assert "可以向收信人核对" in page


KINDS = ("anjuan.html", "shuoming.txt", INDEX, MANIFEST, CHAIN, "laixin/", "faxin/", "zongzhang/line-")


def test_one_changed_byte_in_any_file_and_in_its_frame_is_found(whole):
    """Every member of the zip, of every kind: in its name, at its beginning, in its middle and at its end."""
    files = unpack(whole)
    with zipfile.ZipFile(io.BytesIO(whole)) as shelf:
        heads = {entry.filename: entry.header_offset for entry in shelf.infolist()}

    assert {kind for kind in KINDS if any(name.startswith(kind) for name in files)} == set(KINDS)
    assert all(name.startswith(KINDS) for name in files), "a kind of file that this test does not know"
    for name, data in files.items():
        start = whole.index(data, heads[name])
        for place in (heads[name], heads[name] + 35, start, start + len(data) // 2, start + len(data) - 1):
            assert verify(flipped(whole, place)), (name, place - start)


def flipped(zip_file: bytes, place: int, bits: int = 1) -> bytes:
    return zip_file[:place] + bytes([zip_file[place] ^ bits]) + zip_file[place + 1 :]


@pytest.mark.long
def test_one_changed_byte_anywhere_is_found(whole):
    """Also in the zip's own frame: names, times, sizes, the directory at its end."""
    frame = [*range(60), *range(len(whole) - 4000, len(whole))]
    for place in [*frame, *range(60, len(whole), 997)]:
        assert verify(flipped(whole, place, 0x40)), place


def test_a_file_added_or_taken_away_is_found(whole):
    files = unpack(whole)
    letter = next(name for name in files if name.startswith("laixin/"))
    listed = {name: data for name, data in files.items() if name != letter}

    assert Fault("missing", letter) in verify(zipped({**listed, MANIFEST: files[MANIFEST]}))
    assert Fault("added", "x.txt") in verify(zipped({**files, "x.txt": b"x"}))


def zipped(files: dict[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as shelf:
        for name, data in files.items():
            shelf.writestr(name, data)
    return held.getvalue()


def test_a_forger_who_mends_the_list_too_is_found_by_the_chain(whole):
    """A letter exchanged, list and zip made anew: the ledger's line names the letter that really came."""
    files = unpack(whole)
    name = next(name for name in files if name.startswith("laixin/"))
    forged = {**files, name: files[name].replace(b"Subject", b"Subjekt", 1)}

    assert {fault.what for fault in verify(pack(forged))} == {"letter"}


def test_a_forger_who_rewrites_a_line_breaks_the_chain_behind_it(whole):
    files = unpack(whole)
    chain = files[CHAIN].decode().splitlines()
    chain[1] = (
        chain[1].replace('"rule"', '"order"', 1).replace('"world"', '"order"', 1).replace('"clock"', '"order"', 1)
    )
    forged = {**files, CHAIN: ("\n".join(chain) + "\n").encode()}

    assert "chain" in {fault.what for fault in verify(pack(forged))}


@pytest.mark.parametrize("data", [b"", b"PK", b"no zip", b"PK\x05\x06" + b"\0" * 18])
def test_what_is_no_evidence_is_said_to_be_none(data):
    assert verify(data)


def test_the_page_says_which_terms_ran_and_why_each_date_is_what_it_is(whole):
    page = unpack(whole)["anjuan.html"].decode()

    for words in ("时限表", "签收", "办理", "日期怎样算出来", "工作日"):
        assert words in page


def test_a_units_copy_is_sound_and_names_nobody(office):
    copy = made(office, unit=LAND.name)
    with look(office.engine) as cx:
        known = people.known_by(cx, ref(office))

    assert verify(copy.zip) == ()
    for name, data in unpack(copy.zip).items():
        found = guard(data, known) if name.endswith(".eml") else guard_text(data.decode(), known)
        assert found == (), name
    for secret in (LI.name, LI.address, "13800000021", "业主沟村"):
        assert secret.encode() not in copy.zip


def test_a_units_copy_holds_its_own_letters_and_no_other_line(office):
    index = json.loads(unpack(made(office, unit=LAND.name).zip)[INDEX])

    assert index["head"] is None
    assert CHAIN not in unpack(made(office, unit=LAND.name).zip)
    assert any(letter["file"].startswith("faxin/") for letter in index["letters"])


def test_one_changed_byte_in_a_units_copy_is_found(office):
    copy = made(office, unit=LAND.name).zip

    for name, data in unpack(copy).items():
        start = copy.index(data)
        for place in (start, start + len(data) // 2, start + len(data) - 1):
            assert verify(flipped(copy, place)), (name, place - start)


def test_a_letter_of_the_unit_that_names_him_is_withheld_from_its_copy(office):
    """A result that repeats the complainant's name is listed by its hash alone."""
    with look(office.engine) as cx:
        known = people.known_by(cx, ref(office))
    copy = made(office, unit=LAND.name)

    for name, data in unpack(copy.zip).items():
        assert not name.endswith(".eml") or guard(data, known) == ()


def test_a_unit_that_never_had_the_case_gets_no_copy(office):
    with pytest.raises(UsageTrouble, match="没有承办过"):
        made(office, unit="财政局")


def test_the_whole_file_leaves_a_line_of_who_read_it_and_that_it_was_made(office):
    evidence_made = made(office, by=RECEIVER.name, why="移送纪检")
    with look(office.engine) as cx:
        told = [event for _row, event in ledger.lines(cx, f"case:{ref(office)}")]
        room = people.readings(cx, ref(office))

    assert [event.seal for event in told if isinstance(event, EvidenceMade)] == [evidence_made.seal]
    assert [event.who for event in told if isinstance(event, IdentityRead)] == [RECEIVER.name]
    assert room[-1][:2] == (RECEIVER.name, "移送纪检")
    assert audit(office, LATER, deep=True).problems == ()


def test_who_may_not_look_gets_no_file(office):
    """督查室不看投诉人身份."""
    with pytest.raises(UsageTrouble, match="不能查看"):
        made(office, by="没有这个人")


def test_a_report_keeps_its_writer_until_a_second_person_agreed(office):
    case = ref(office)
    with pen(office.engine) as cx:
        cx.execute(
            text('UPDATE cases SET body = replace(body, \'"kind":"complaint"\', \'"kind":"report"\') WHERE ref = :ref'),
            {"ref": case},
        )
    kept = made(office, by=RECEIVER.name)
    permitted = IdentityPermitted(
        about=f"case:{case}",
        warrant=Warrant(WarrantKind.ORDER, "o-1", HANDLER.name, "handler"),
        to=RECEIVER.name,
        until=LATER.date(),
    )
    with pen(office.engine) as cx:
        record(cx, "order:o-1", Decision(events=(permitted,)), at=LATER, book=office.book.hash)
    shown = evidence(office, Asked(case, "", RECEIVER.name, "核查"), LATER + timedelta(minutes=1))

    assert LI.address.encode() not in kept.zip
    assert "须第二人同意" in kept.page.decode()
    assert LI.address.encode() in shown.zip


def test_reply_codes_of_staff_that_still_act_are_not_given_away(whole, played):
    with look(played[0].engine) as cx:
        live = (
            cx.execute(
                text(
                    "SELECT o.raw FROM outbox o JOIN codes c ON c.outbox = o.id WHERE o.audience = 'staff' AND c.spent IS NULL AND o.about LIKE 'case:%'"
                )
            )
            .scalars()
            .all()
        )

    assert live
    assert all(bytes(raw) not in whole for raw in live)


def test_the_page_is_text_whatever_the_letters_say(office):
    page = made(office).page.decode()

    assert "<script" not in page
    assert not re.search(r"https?://", page)


def test_s67a_a_letter_gone_from_the_mailbox_while_the_case_ran_stands_on_the_page_with_its_weight(office):
    with pen(office.engine) as cx:
        began = cx.execute(text("SELECT at FROM ledger WHERE kind = 'Registered' ORDER BY seq")).scalars().first()
        folder = cx.execute(text("SELECT min(folder) FROM sightings")).scalar_one()
        words = "INSERT INTO sightings (folder, uid, note, at) VALUES (:folder, 9001, 'vanished', :at)"
        cx.execute(text(words), {"folder": folder, "at": began})
    files = unpack(made(office).zip)
    index = json.loads(files[INDEX])

    assert [clue["ground"] for clue in index["clues"] if "9001" in clue["what"]] == ["lost"]
    assert [one["label"] for one in index["graded"] if one["whose"] == "本局"] != []
    assert "遗失信件" in files["anjuan.html"].decode()
